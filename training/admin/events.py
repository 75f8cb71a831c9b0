"""The events of an officer's unit: the list, and the form in which one is prepared."""

from django.contrib import admin

from programs.admin_base import ModelAdmin
from training.admin import event_desk, results_pages
from training.models import Event

# Modules with pages about one event: each offers urls(model_admin).
PAGES = [event_desk, results_pages]


@admin.register(Event)
class EventAdmin(ModelAdmin):
    """Events are prepared in this form; what happens to them happens on their desk pages."""

    list_display = ["title", "unit", "starts_at", "status"]

    def get_urls(self):
        return [*(url for module in PAGES for url in module.urls(self)), *super().get_urls()]
