"""What the technical team types: for each machine what is not recognized and why."""

from django import forms
from django.core.exceptions import ValidationError

from programs.forms import GuidedForm, RupiahField
from programs.rupiah import format_rupiah
from subsidies.enums import CutReason

ROWS = 2
MOST_ROWS = 20


class CutForm(GuidedForm):
    """One cut of one machine. An empty row is no cut."""

    reason = forms.ChoiceField(label="Yang tidak diakui", required=False)
    amount = RupiahField(label="Jumlah", required=False, min_value=1)
    note = forms.CharField(label="Uraian", required=False, max_length=300)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.hide_optional = True
        self.fields["reason"].choices = [
            ("", "Tidak ada"),
            *((reason.value, _capital(reason.label)) for reason in CutReason),
        ]

    def clean(self):
        cleaned = super().clean()
        reason, amount, note = (cleaned.get(name) for name in ("reason", "amount", "note"))
        if amount and not reason:
            self.add_error("reason", "Pilih apa yang tidak diakui sebesar jumlah ini.")
        if reason and not amount and "amount" not in self.errors:
            self.add_error("amount", "Isi berapa rupiah yang tidak diakui, atau pilih “Tidak ada”.")
        if reason == CutReason.OTHER and not note:
            self.add_error("note", "Uraikan alasan lain; pemohon membacanya.")
        return cleaned

    @property
    def cut(self):
        """(reason, note, rupiah), or None for an empty row."""
        values = self.cleaned_data
        if not values.get("reason"):
            return None
        return values["reason"], values["note"], values["amount"]


class OtherAmountForm(GuidedForm):
    """An officer's other sum beside the computed one, with its reason."""

    amount = RupiahField(
        label="Nilai lain yang ditetapkan",
        required=False,
        min_value=1,
        help_text="Kosongkan bila sesuai hitungan. Tidak dapat lebih besar daripada hitungan.",
    )
    override_reason = forms.CharField(
        label="Alasan nilai lain",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
        help_text="Wajib bila nilainya berbeda; dibaca pemohon dan disimpan dalam riwayat.",
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("amount") and not cleaned.get("override_reason"):
            self.add_error(
                "override_reason", "Tulis alasan mengapa nilainya berbeda dari hitungan."
            )
        return cleaned


class Assessment:
    """The whole page: rows of cuts under each machine, and the other sum. Iterates its forms."""

    management_form = None  # an error summary takes it for a formset

    def __init__(self, machines, data=None, *, one_more=""):
        """``one_more`` is the key of the machine that gets another row."""
        self.machines = []
        for machine in machines:
            rows = _rows_sent(machine, data) if data else max(len(machine.cuts.all()) + 1, ROWS)
            rows = min(rows + (str(machine.pk) == one_more), MOST_ROWS)
            self.machines.append((machine, [self._row(machine, at, data) for at in range(rows)]))
        self.other = OtherAmountForm(data, prefix="lain")

    @staticmethod
    def _row(machine, at, data):
        cuts, initial = list(machine.cuts.all()), {}
        if data is None and at < len(cuts):
            initial = {
                "reason": cuts[at].reason,
                "amount": cuts[at].amount,
                "note": cuts[at].note,
            }
        return CutForm(data, prefix=f"m{machine.pk}-{at}", initial=initial)

    def __iter__(self):
        for _, rows in self.machines:
            yield from rows
        yield self.other

    def non_form_errors(self):
        return []

    def is_valid(self):
        valid = all([form.is_valid() for form in self])  # noqa: C419 - every form is judged
        for machine, rows in self.machines:
            cut = sum(row.cut[2] for row in rows if row.is_valid() and row.cut)
            if cut > machine.claimed:
                rows[0].add_error(
                    "amount",
                    ValidationError(
                        f"{machine.name}: jumlah potongan {format_rupiah(cut)} melebihi harga "
                        f"{format_rupiah(machine.claimed)}."
                    ),
                )
                valid = False
        return valid

    @property
    def cuts(self):
        """{machine's key: [(reason, note, rupiah)]}, as ``workflow`` takes it."""
        return {machine.pk: [row.cut for row in rows if row.cut] for machine, rows in self.machines}


def _rows_sent(machine, data):
    at = ROWS
    while f"m{machine.pk}-{at}-reason" in data and at < MOST_ROWS:
        at += 1
    return at


def _capital(words):
    return words[:1].upper() + words[1:]
