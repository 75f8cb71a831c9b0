"""The history of a record on the desk says what was and what is: “Nilai (1.000 → 1.200)”."""

from datetime import date

from django.db import models
from django.utils.text import Truncator, capfirst

from programs.templatetags.bina import tanggal

NOTHING = "kosong"
LONGEST = 60


class TellsOldAndNew:
    """For a ``ModelAdmin``: each changed field is written down with its old and its new value.

    A form with a method ``told(name, value)`` says itself how a value is told.
    """

    def construct_change_message(self, request, form, formsets, add=False):
        message = super().construct_change_message(request, form, formsets, add)
        for entry in message:
            # Only the record itself; rows of a formset are named and carry no values of the form.
            if "changed" in entry and "object" not in entry["changed"]:
                entry["changed"]["fields"] = _moves(form)
        return [entry for entry in message if entry.get("changed", {}).get("fields") != []]


def _moves(form):
    """What really moved: 2600 typed where “2.600” stood is no change."""
    told = getattr(form, "told", lambda name, value: None)
    moves = []
    for name in form.changed_data:
        field = form._meta.model._meta.get_field(name)
        was, became = (
            told(name, value) or _told(field, value)
            for value in (form.initial.get(name), form.cleaned_data[name])
        )
        if was != became:
            label = capfirst(str(form.fields[name].label or field.verbose_name))
            moves.append(f"{label} ({was} → {became})")
    return moves


def _told(field, value):
    """``value`` of a field as people read it; of a related record, its name."""
    if value in (None, "", []):
        return NOTHING
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(field, models.ForeignKey) and not isinstance(value, models.Model):
        value = field.related_model._default_manager.filter(pk=value).first() or value
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, date):
        return tanggal(value)
    if isinstance(value, list):
        names = dict(getattr(field.base_field, "flatchoices", ()))
        return ", ".join(str(names.get(one, one)) for one in value)
    return Truncator(str(value)).chars(LONGEST)
