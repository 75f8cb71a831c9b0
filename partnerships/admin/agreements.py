"""All agreements in a list."""

from django.contrib import admin

from partnerships.admin import figures
from partnerships.models import Agreement
from programs.admin_base import ReadOnlyAdmin


@admin.register(Agreement)
class AgreementAdmin(ReadOnlyAdmin):
    list_display = ["school", "company", "number", "status"]

    def get_urls(self):
        return [*figures.urls(self), *super().get_urls()]
