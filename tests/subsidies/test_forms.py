"""What owners type: what is right is taken, what is wrong is said, what is empty may wait."""

import datetime
import json

import pytest
from django.utils import timezone

from subsidies.amounts import Limits
from subsidies.checklist import Slot
from subsidies.enums import Origin
from subsidies.forms.business import AccountForm, BaselineForm, BusinessForm, StatementForm
from subsidies.forms.eligibility import MachineAnswersForm
from subsidies.forms.machine import MachineForm
from subsidies.forms.papers import PapersForm
from subsidies.models import Application, Machine, Scheme
from subsidies.views.part_order import Note

TODAY = timezone.localdate()
SCHEME = Scheme(purchase_from=datetime.date(2025, 10, 1), purchase_until=datetime.date(2026, 8, 31))
LIMITS = Limits(domestic_percent=30, import_percent=25, floor=0, ceiling=1)


def machine_form(machine=None, **typed):
    machine = machine or Machine(name="Mesin bordir")
    data = {"name": "Mesin bordir", "quantity": "1"} | typed
    return MachineForm(data, record=machine, scheme=SCHEME, limits=LIMITS)


def said(form, name):
    return form.errors.get(name, [""])[0]


def test_an_empty_part_may_be_saved():
    for form in [
        BaselineForm({}, record=Application()),
        AccountForm({}, record=Application()),
        StatementForm({}, record=Application()),
        machine_form(),
    ]:
        assert form.is_valid(), form.errors


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("25.000.000", 25_000_000), ("25000000", 25_000_000), ("Rp 25.000.000,-", 25_000_000)],
)
def test_a_price_may_be_written_as_people_write_it(typed, amount):
    form = machine_form(unit_price=typed)

    assert form.is_valid()
    assert form.cleaned_data["unit_price"] == amount


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("unit_price", "25,5 juta", "25,5 juta"),
        ("unit_price", "0", "paling sedikit 1"),
        ("quantity", "dua", "dengan angka saja"),
        ("quantity", "1.001", "antara 1 dan 1.000"),
        ("year", "1875", "Anda menulis 1875"),
        ("year", str(TODAY.year + 1), f"dan {TODAY.year}"),
        ("bought_on", "31/02/2026", "31/02/2026"),
        ("bought_on", f"01/01/{TODAY.year + 1}", "belum terjadi"),
        ("bought_on", "01/01/1990", "Periksa tahunnya"),
        ("seller_npwp", "123", "Anda menulis"),
        ("tkdn_percent", "120", "antara 0 dan 100"),
        ("tkdn_percent", "banyak", "dengan angka"),
    ],
)
def test_what_is_wrong_about_a_machine_is_said(name, typed, words):
    assert words in said(machine_form(**{name: typed}), name)


@pytest.mark.parametrize(("typed", "value"), [("42,5", "42.5"), ("42.5", "42.5"), ("40", "40")])
def test_a_percentage_takes_comma_and_point(typed, value):
    form = machine_form(tkdn_percent=typed)

    assert form.is_valid(), form.errors
    assert form.cleaned_data["tkdn_percent"] == pytest.approx(float(value))


def test_workers_with_a_thousands_dot_are_not_one():
    form = BusinessForm({"workers": "1.000"}, record=Application())
    form.fields.pop("site_region")

    form.is_valid()

    assert form.cleaned_data["workers"] == 1000


def test_a_machine_is_not_installed_before_it_was_bought():
    form = machine_form(bought_on="14/04/2026", installed_on="02/04/2026")

    assert "harus 14 April 2026 atau sesudahnya" in said(form, "installed_on")


def test_an_account_number_may_have_spaces_but_no_letters():
    spaced = AccountForm({"account_number": "123-456 7890"}, record=Application())
    lettered = AccountForm({"account_number": "BRI 123"}, record=Application())

    assert spaced.is_valid()
    assert spaced.cleaned_data["account_number"] == "1234567890"
    assert "6 sampai 20 angka" in said(lettered, "account_number")


def test_the_rates_of_the_call_stand_at_the_choice_of_origin():
    help_words = machine_form().fields["origin"].choice_help

    assert help_words[Origin.DOMESTIC].startswith("Diganti 30 %")
    assert help_words[Origin.IMPORT].startswith("Diganti 25 %")


def test_the_window_of_purchase_stands_at_the_date():
    assert "1 Oktober 2025 dan 31 Agustus 2026" in machine_form().fields["bought_on"].help_text


def test_an_officers_note_stands_at_its_field_and_only_there():
    notes = [Note("serial_number", "Berbeda.", "Petugas", 7), Note("", "Foto kabur.", "Petugas")]

    form = MachineForm(record=Machine(name="Mesin"), scheme=SCHEME, limits=LIMITS, notes=notes)

    assert form.fields["serial_number"].notes == [notes[0]]
    assert not hasattr(form.fields["brand"], "notes")


def test_only_what_was_changed_is_saved():
    machine = Machine(name="Mesin bordir", brand="Tekno", quantity=1)

    form = machine_form(machine, brand="Tekno", serial_number="CTH-1")

    assert form.is_valid()
    assert form.values_to_save() == {"serial_number": "CTH-1"}


class TestTwoTabs:
    """A page that was opened before another tab saved."""

    def opened(self, **stored):
        page = BaselineForm(record=Application(**stored))
        return page["opened"].value()

    def send(self, opened, stored, **typed):
        form = BaselineForm({**typed, "opened": opened}, record=Application(**stored))
        assert form.is_valid()
        return form, form.values_to_save()

    def test_an_older_page_does_not_undo_what_it_did_not_touch(self):
        opened = self.opened(capacity="100", turnover=5)

        _, values = self.send(
            opened, {"capacity": "200", "turnover": 5}, capacity="100", turnover="7"
        )

        assert values == {"turnover": 7}

    def test_what_both_changed_is_not_overwritten_and_both_are_shown(self):
        opened = self.opened(capacity="100")

        form, values = self.send(opened, {"capacity": "200"}, capacity="300")

        assert values == {}
        assert "“200”" in said(form, "capacity")
        assert form["capacity"].value() == "300"

    def test_the_second_try_overwrites_knowingly(self):
        opened = self.opened(capacity="100")
        form, _ = self.send(opened, {"capacity": "200"}, capacity="300")
        again = form.shown_again()["opened"].value()

        _, values = self.send(again, {"capacity": "200"}, capacity="300")

        assert values == {"capacity": "300"}

    def test_the_same_answer_in_both_is_no_conflict(self):
        opened = self.opened(capacity="100")

        form, values = self.send(opened, {"capacity": "200"}, capacity="200")

        assert (values, dict(form.errors)) == ({}, {})

    @pytest.mark.parametrize("broken", ["", "bukan json", "[1]"])
    def test_a_page_without_its_memory_still_saves(self, broken):
        _, values = self.send(broken, {"capacity": "100"}, capacity="300")

        assert values == {"capacity": "300"}

    def test_the_account_number_does_not_stand_in_the_memory(self):
        application = Application()
        application.account_number = "1234567890"

        opened = AccountForm(record=application)["opened"].value()

        assert "1234567890" not in opened
        assert set(json.loads(opened)) == {"bank_name", "account_number", "account_holder"}


def test_a_machine_with_a_price_needs_its_origin_in_the_check():
    form = MachineAnswersForm({"m1-price": "100.000.000"}, prefix="m1")

    assert "Pilih asal mesin" in said(form, "origin")


def test_a_machine_of_which_nothing_was_said_is_no_machine():
    form = MachineAnswersForm({}, prefix="m2")

    assert form.is_valid()
    assert not form.is_answered


def test_a_file_input_is_the_anchor_that_lists_of_missing_papers_lead_to():
    form = PapersForm(slots=[Slot("DOK01", None, True, ())])

    assert form["dokumen-DOK01"].auto_id == "dokumen-DOK01"
