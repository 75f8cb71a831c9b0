"""Every admin class of the project is imported from here, so that leaving the theme is one file.

``django-unfold`` is frozen at the last version for Python 3.11 (ADR 7). It keeps
the last request on the ModelAdmin object that all threads share, only to collect the media of
``list_filter``: never let ``get_list_filter`` depend on the request.
"""

from django.contrib.admin import ShowFacets, SimpleListFilter
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.utils.text import capfirst
from unfold.admin import ModelAdmin as ThemeModelAdmin
from unfold.admin import StackedInline as ThemeStackedInline
from unfold.admin import TabularInline as ThemeTabularInline
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    BooleanRadioFilter,
    ChoicesDropdownFilter,
    DropdownFilter,
    RangeDateFilter,
    RelatedDropdownFilter,
)
from unfold.decorators import action, display
from unfold.views import ChangeList
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget as CheckboxSelectMultiple
from unfold.widgets import UnfoldAdminFileFieldWidget as FileInput
from unfold.widgets import UnfoldAdminSelectWidget as Select
from unfold.widgets import UnfoldAdminTextareaWidget as Textarea
from unfold.widgets import UnfoldAdminTextInputWidget as TextInput

from programs.forms import GuidedModelForm

__all__ = [
    "AutocompleteSelectFilter",
    "BooleanRadioFilter",
    "ChangeList",
    "CheckboxSelectMultiple",
    "ChoicesDropdownFilter",
    "DropdownFilter",
    "FileInput",
    "ModelAdmin",
    "RangeDateFilter",
    "ReadOnlyAdmin",
    "RelatedDropdownFilter",
    "Select",
    "SimpleListFilter",
    "StackedInline",
    "TabularInline",
    "TextInput",
    "Textarea",
    "action",
    "display",
    "in_rupiah",
    "plain_year",
]


class WithoutSideDoors:
    """Choosing a related record is choosing: it is added and edited on a page of its own."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            for door in ("add", "change", "delete", "view"):
                setattr(field.widget, f"can_{door}_related", False)
        return field


class TabularInline(WithoutSideDoors, ThemeTabularInline):
    """Rows whose controls stand under a heading: each is named for those who do not see it."""

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        for field in formset.form.base_fields.values():
            field.widget.attrs.setdefault("aria-label", capfirst(field.label))
        return formset


class StackedInline(WithoutSideDoors, ThemeStackedInline):
    pass


class ModelAdmin(WithoutSideDoors, ThemeModelAdmin):
    """A list and a form of the register, limited to the rows that this officer may see."""

    form = GuidedModelForm
    list_per_page = 50
    list_filter_submit = True
    list_filter_sheet = False
    warn_unsaved_form = True
    empty_value_display = "–"
    # More COUNTs over the whole table say nothing that an officer needs.
    show_full_result_count = False
    show_facets = ShowFacets.NEVER

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.visible_to(request.user) if hasattr(rows, "visible_to") else rows


def in_rupiah(shown):
    """An amount that is only read: the number format gave it its dots, or a dash if empty."""
    return f"Rp{shown}" if shown[:1].isdigit() else shown


def plain_year(shown):
    """A year as it is read: the number format has put a dot into it."""
    return shown.replace(".", "")


class ReadOnlyAdmin(ModelAdmin):
    """Records that the system writes. Officers read them; nobody adds, changes or deletes here."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
