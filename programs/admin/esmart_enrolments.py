"""Who takes part in e-Smart IKM, and where each IKM stands."""

from django.contrib import admin

from programs.admin_base import ChoicesDropdownFilter, ReadOnlyAdmin
from programs.models import Enrolment


@admin.register(Enrolment)
class EnrolmentAdmin(ReadOnlyAdmin):
    """Read here; moved by ``programs.workflow`` alone."""

    list_display = ["organization", "status", "source", "entered_at"]
    list_select_related = ["organization"]
    list_filter = [("status", ChoicesDropdownFilter), ("source", ChoicesDropdownFilter)]
    search_fields = ["organization__name", "organization__nib"]
    search_help_text = "Cari nama usaha atau NIB"
