"""Choosing competences: those that fit as cards, any other by its code or name."""

from django import forms

from partnerships.models import Competence
from programs.forms import TypedField

LIST_ID = "daftar-kompetensi"
EXAMPLE = "Tulis kode atau namanya, misalnya 1.4.1 Teknik Pemesinan."
MANY_NAMED = 4
TAUGHT_AND_NEEDED = "Diajarkan sekolah dan dibutuhkan perusahaan"


class Catalog:
    """All competences in use, read once for a page, with what people may call them."""

    def __init__(self):
        self.competences = list(
            Competence.objects.filter(is_active=True).order_by("name", "-curriculum", "code")
        )

    @property
    def names(self):
        return [competence.full_name for competence in self.competences]

    def find(self, typed):
        """The competence that is meant; without the list's name that of the newer list."""
        wanted = _folded(typed)
        exact = [
            one
            for one in self.competences
            if wanted in map(_folded, (one.full_name, str(one), one.code, one.name))
        ]
        if exact:
            return max(exact, key=lambda one: one.curriculum)
        near = [one for one in self.competences if wanted in _folded(one.full_name)]
        if len(near) == 1:
            return near[0]
        if near:
            named = "; ".join(one.full_name for one in near[:MANY_NAMED])
            raise ValueError(f"Ada {len(near)} kompetensi yang cocok, antara lain: {named}.")
        raise ValueError(f"“{typed}” tidak ada dalam daftar kompetensi. {EXAMPLE}")


class CompetenceField(TypedField):
    """One competence, typed with the suggestions of the page's list. ``catalog`` comes later."""

    attrs = {"autocomplete": "off", "list": LIST_ID}
    empty_value = None
    catalog = None

    def read(self, value):
        return self.catalog.find(value)

    def prepare_value(self, value):
        return value.full_name if isinstance(value, Competence) else value


class CompetenceCards(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, competence):
        return competence.full_name


class ChoosesCompetences(forms.Form):
    """The part of a form that asks which competences: ``chosen()`` are they, in their order.

    ``offered`` are (competence, why it is offered); the others can be typed.
    """

    competences = CompetenceCards(
        Competence.objects.none(), label="Kompetensi keahlian", required=False
    )
    more_1 = CompetenceField(label="Kompetensi lain", required=False, help_text=EXAMPLE)
    more_2 = CompetenceField(label="Satu kompetensi lagi", required=False)

    def offer(self, offered, catalog):
        self.catalog = catalog
        for name in ("more_1", "more_2"):
            self.fields[name].catalog = catalog
        cards = self.fields["competences"]
        cards.hide_optional = True
        cards.queryset = Competence.objects.filter(pk__in=[one.pk for one, _ in offered])
        cards.choices = [(one.pk, one.full_name) for one, _ in offered]
        cards.choice_help = {one.pk: why for one, why in offered}
        if not offered:
            del self.fields["competences"]
            self.fields["more_1"].label = "Kompetensi keahlian"
            self.fields["more_1"].hide_optional = True

    def chosen(self):
        cards = list(self.cleaned_data.get("competences") or [])
        typed = [self.cleaned_data.get("more_1"), self.cleaned_data.get("more_2")]
        return list(dict.fromkeys([*cards, *filter(None, typed)]))

    def require_one(self):
        first = "competences" if "competences" in self.fields else "more_1"
        known = {"competences", "more_1", "more_2"} & set(self.errors)
        if not known and not self.chosen():
            self.add_error(first, "Pilih paling sedikit satu kompetensi.")


def offered_to(school, company, *, chosen=()):
    """(competence, why) for a pair: taught and needed first, then taught, then needed."""
    taught = set(school.school.competences.all()) if hasattr(school, "school") else set()
    needed = set(company.company.needs.all()) if hasattr(company, "company") else set()
    offered = []
    for competence in sorted(
        taught | needed | set(chosen),
        key=lambda one: (-(one in taught) - (one in needed), one not in taught, one.name),
    ):
        if competence in taught and competence in needed:
            why = TAUGHT_AND_NEEDED
        elif competence in taught:
            why = "Diajarkan sekolah"
        elif competence in needed:
            why = "Dibutuhkan perusahaan"
        else:
            why = "Sudah dipilih pada perjanjian ini"
        offered.append((competence, why))
    return offered


def _folded(text):
    return " ".join(str(text).casefold().split())
