"""The pages of what happens at an event and what comes of it, from attendance to certificates."""

from training.admin import attendance, check_in_screen, zoom

PAGES = [attendance, check_in_screen, zoom]


def urls(model_admin):
    return [url for module in PAGES for url in module.urls(model_admin)]
