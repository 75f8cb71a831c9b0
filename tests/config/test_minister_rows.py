"""From a figure to the rows that make it: they add up to it, and not everybody reads them."""

import csv
import datetime
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from config.minister import rows as view
from partnerships.enums import AgreementStatus
from programs import roles
from programs.enums import Counting
from programs.models import LiveFigure
from programs.workflow import live_figures
from tests.config.minister import indicator
from tests.factories.partnerships import AgreementFactory, PartnerFactory, SchoolFactory
from tests.factories.programs import RegionFactory, officer
from tests.factories.training import EventFactory, RegistrationFactory, bring_to, organizer
from tests.people import body_of, sign_in
from tests.training.desk import words
from training.enums import EventKind, EventStatus

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    return sign_in(client, officer(roles.BPSDMI_OFFICER))


@pytest.fixture
def pks():
    return indicator("lm-pks", counting=Counting.CUMULATIVE, unit="PKS")


def sign(number, code="13.71"):
    region = RegionFactory(code=code)
    made = [
        AgreementFactory(
            school=SchoolFactory(region=region), company=PartnerFactory(),
            status=AgreementStatus.ACTIVE,
        )
        for _ in range(number)
    ]  # fmt: skip
    live_figures.recount("partnerships")
    return made


def page(client, slug="lm-pks", **query):
    return client.get(reverse("minister:rows", args=[slug]), query)


def test_the_rows_are_as_many_as_the_figure_says(desk, pks):
    sign(3)
    sign(2, code="32.73")

    everywhere, west = page(desk), page(desk, wilayah="13")

    figure = LiveFigure.objects.get(indicator=pks, region=None)
    assert figure.value == everywhere.context_data["number"] == 5
    assert "5 baris" in words(everywhere)
    assert west.context_data["number"] == 3
    assert {row["counted_province"] for row, *_ in west.context_data["rows"]} == {"13"}


def test_each_row_leads_to_its_record(desk, pks):
    (agreement,) = sign(1)

    shown = page(desk)

    record = reverse("admin:partnerships_agreement_change", args=[agreement.pk])
    assert f'<a href="{record}">{agreement.number}</a>' in shown.text
    assert desk.get(record).status_code == 200


def test_the_days_may_be_chosen(desk, pks):
    (agreement,) = sign(1)
    day = agreement.signed_on
    before = day - datetime.timedelta(days=1)

    assert page(desk, dari=f"{day:%d/%m/%Y}", sampai=f"{day}").context_data["number"] == 1
    assert "Tidak ada baris" in words(page(desk, dari="2001-01-01", sampai=f"{before}"))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"dari": "kemarin"}, "Tulis tanggal seperti 17/08/2026"),
        ({"sampai": "31/02/2026"}, "Tanggal 31 tidak ada di bulan itu"),
        ({"dari": "2026-02-01", "sampai": "2026-01-01"}, "Tukar keduanya"),
        ({"wilayah": "99"}, "Provinsi “99” tidak ada."),
    ],
)
def test_what_cannot_be_asked_is_answered_kindly(desk, pks, query, sentence):
    sign(1)

    shown = page(desk, **query)

    assert shown.status_code == 200
    assert sentence in words(shown)


def test_who_may_not_see_such_rows_is_told_which_right_is_missing(client, pks):
    (agreement,) = sign(1)
    sign_in(client, officer(roles.IKMA_OFFICER))

    for name in ("rows", "rows_csv", "rows_xlsx"):
        refused = client.get(reverse(f"minister:{name}", args=["lm-pks"]))
        assert refused.status_code == 403
        assert "partnerships.view_agreement" in words(refused)
        assert agreement.number not in words(refused)


def test_a_unit_sees_its_own_rows_of_a_figure_that_is_of_all(client):
    indicator("webinar-kegiatan", counting=Counting.CUMULATIVE, unit="webinar")
    program = indicator("webinar-peserta", counting=Counting.CUMULATIVE).program
    program.slug = "webinar-ikm"
    program.save()
    ours, theirs = (
        bring_to(EventFactory(kind=EventKind.WEBINAR, program=program), EventStatus.RUNNING)
        for _ in range(2)
    )
    RegistrationFactory(event=theirs, name="Peserta Unit Lain")
    live_figures.recount("training")
    sign_in(client, organizer(roles.BDI_ADMIN, ours.unit))

    shown = page(client, "webinar-kegiatan")

    assert ours.unit_id != theirs.unit_id
    assert LiveFigure.objects.get(indicator__slug="webinar-kegiatan").value == 2
    assert [row["pk"] for row, *_ in shown.context_data["rows"]] == [ours.pk]
    assert "Angka seluruhnya 2 dari 2 baris. Anda melihat baris unit Anda" in words(shown)
    assert "Peserta Unit Lain" not in words(page(client, "webinar-peserta"))
    csv_file = client.get(reverse("minister:rows_csv", args=["webinar-peserta"]))
    assert "Peserta Unit Lain" not in body_of(csv_file).decode()


def test_money_adds_up_in_rupiah(client, desk):
    from subsidies.enums import Stage
    from subsidies.models import Disbursement
    from tests.factories.subsidies import ApplicationFactory

    paid = indicator("mesin-penggantian", counting=Counting.CUMULATIVE, unit="rupiah")
    ApplicationFactory(stage=Stage.PAID)
    live_figures.recount("subsidies")
    sign_in(client, officer(roles.AUDITOR))

    shown = page(client, paid.slug)

    amount = Disbursement.objects.get().amount
    assert shown.context_data["amount"] == f"Rp{amount:,}".replace(",", ".")


def test_only_so_many_pages_are_shown(desk, pks, monkeypatch):
    monkeypatch.setattr(view, "ON_A_PAGE", 2)
    monkeypatch.setattr(view, "MOST_PAGES", 1)
    sign(3)

    shown = page(desk, halaman=2)

    assert len(shown.context_data["rows"]) == 2
    assert "3 baris" in words(shown)
    assert "Yang tampil 2 baris terbaru." in words(shown)


def test_the_page_costs_the_same_with_more_rows(desk, pks):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            page(desk)
        return len(queries)

    sign(1)
    page(desk)
    few = cost()
    sign(4)

    assert cost() == few <= 14


def test_the_files_have_every_row(desk, pks):
    made = sign(3)
    AgreementFactory(status=AgreementStatus.DRAFTING)

    as_csv = desk.get(reverse("minister:rows_csv", args=["lm-pks"]), {"wilayah": "13"})
    as_xlsx = desk.get(reverse("minister:rows_xlsx", args=["lm-pks"]))

    lines = list(csv.reader(io.StringIO(body_of(as_csv).decode("utf-8-sig"))))
    assert lines[0] == ["Tanggal", "Nama", "Provinsi", "Pks"]
    assert {line[1] for line in lines[1:]} == {one.number for one in made}
    assert {line[2] for line in lines[1:]} == {"Sumatera Barat"}
    assert f"{timezone.localdate():%Y-%m}" in as_csv["Content-Disposition"]
    book = load_workbook(io.BytesIO(body_of(as_xlsx)), read_only=True)
    assert len(list(book["Baris"].iter_rows(values_only=True))) == 4


def test_what_does_not_fit_into_a_sheet_is_for_csv(desk, pks, monkeypatch):
    monkeypatch.setattr(view, "MOST_IN_A_SHEET", 0)
    sign(1)

    assert reverse("minister:rows_xlsx", args=["lm-pks"]) not in page(desk).text
    answer = desk.get(reverse("minister:rows_xlsx", args=["lm-pks"]))
    assert answer.url.startswith(reverse("minister:rows", args=["lm-pks"]))
