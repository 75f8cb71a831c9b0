"""The addresses of link and match, as tests write them."""

from django.urls import reverse


def page(name, record):
    return reverse(f"partnerships:{name}", args=[record.pk])
