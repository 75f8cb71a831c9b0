"""What is done under an agreement: activities, reports, addenda."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from partnerships.enums import AgreementStatus, AmendmentStatus, ScopeKind, Side
from partnerships.models import Agreement, Report
from partnerships.workflow import amendments, cooperation
from programs.once import new_token
from tests.factories.partnerships import ReportFactory
from tests.factories.programs import DinasFactory, UserFactory
from tests.factories.subsidy_stages import day
from tests.partnerships.pages import page
from tests.people import body_of
from tests.programs.evil_files import pdf

pytestmark = pytest.mark.django_db
S = AgreementStatus


@pytest.fixture
def active(at):
    return at(S.ACTIVE)


def activity_answers(**others):
    return {
        "once": new_token(),
        "kind": ScopeKind.INTERNSHIP,
        "description": "PKL di bengkel CNC",
        "starts_on": f"{day(-5):%d/%m/%Y}",
        "ends_on": "",
        "quantity": "12",
    } | others


def test_an_activity_is_written_down_with_its_evidence(client, active, school_person):
    client.force_login(school_person)
    client.get(page("activity_record", active))

    answer = client.post(
        page("activity_record", active),
        activity_answers(evidence=SimpleUploadedFile("daftar hadir.pdf", pdf())),
    )

    assertRedirects(answer, page("agreement_detail", active))
    activity = active.activities.get()
    assert (activity.quantity, activity.ends_on, activity.side) == (12, day(-5), Side.SCHOOL)
    opened = client.get(reverse("programs:document", args=[activity.evidence.code]))
    assert body_of(opened).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("wrong", "status", "told"),
    [
        ({"quantity": "0"}, 422, "paling sedikit 1"),
        ({"quantity": "dua"}, 422, "dengan angka saja"),
        ({"value": "1.000.000"}, 422, "hanya untuk peralatan dan beasiswa"),
        ({"ends_on": "01/01/2020"}, 422, "pada atau sesudah hari mulainya"),
        ({"starts_on": "01/01/2090"}, 409, "tanggal mulainya belum tiba"),
        ({"starts_on": "01/01/2001"}, 409, "dalam masa berlaku"),
        ({"kind": ""}, 422, "Pilih lingkup."),
    ],
)
def test_an_activity_that_cannot_be_is_told(client, active, school_person, wrong, status, told):
    client.force_login(school_person)

    answer = client.post(page("activity_record", active), activity_answers(**wrong))

    assertContains(answer, told, status_code=status)
    assertContains(answer, "PKL di bengkel CNC", status_code=status)
    assert not active.activities.exists()


def recorded(agreement, by, side):
    return cooperation.record_activity(
        agreement,
        by=by,
        side=side,
        values={
            "kind": ScopeKind.INTERNSHIP,
            "starts_on": day(-5),
            "ends_on": day(-5),
            "description": "PKL di bengkel CNC",
            "quantity": 12,
        },
        today=day(0),
    )


def test_the_side_that_wrote_it_down_takes_it_back(client, active, school_person, company_person):
    activity = recorded(active, school_person, Side.SCHOOL)
    where = page("activity_withdraw", activity)

    client.force_login(company_person)
    assert client.get(where).status_code == 403
    assert client.post(where, {"reason": "Keliru."}).status_code == 403
    client.force_login(school_person)
    assertContains(client.post(where, {"reason": ""}), "Tulis alasan", status_code=422)
    assertContains(client.get(where), "PKL di bengkel CNC")
    client.post(where, {"reason": "Jumlahnya keliru.", "once": new_token()})

    activity.refresh_from_db()
    assert activity.withdrawn_reason == "Jumlahnya keliru."
    again = client.post(where, {"reason": "Keliru lagi.", "once": new_token()})
    assertContains(again, "sudah dibatalkan", status_code=409)


def test_a_report_is_handed_in_once_for_both(client, at, school_person, company_person):
    report = ReportFactory(agreement=at(S.DORMANT))
    where = page("report_file", report)
    client.force_login(school_person)
    client.get(where)
    client.post(where, {"summary": "PKL berjalan lagi.", "once": new_token()})

    assert Report.objects.get(pk=report.pk).side == Side.SCHOOL
    assert Agreement.objects.get(pk=report.agreement_id).status == S.ACTIVE
    client.force_login(company_person)
    late = client.post(where, {"summary": "Dari kami.", "once": new_token()})
    assertContains(late, "sudah diisi", status_code=409)
    assertContains(late, "Dari kami.", status_code=409)


def test_an_empty_report_is_asked_for_words(client, active, school_person):
    report = ReportFactory(agreement=active)
    client.force_login(school_person)

    answer = client.post(page("report_file", report), {"summary": ""})

    assertContains(answer, "Tulis apa yang sudah berjalan", status_code=422)


def addendum_answers(agreement, **others):
    return {
        "once": new_token(),
        "reason": "Jumlah siswa bertambah.",
        "ends_on": f"{agreement.ends_on:%d/%m/%Y}",
        "clauses": "",
        "signatory": agreement.school_signatory,
        "position": agreement.school_position,
        "competences": [one.pk for one in agreement.competences.all()],
        **{f"target_{item.kind}": str(item.target) for item in agreement.scope.all()},
    } | others


def test_an_addendum_holds_only_what_was_changed(client, active, school_person):
    client.force_login(school_person)
    client.get(page("amendment_propose", active))

    client.post(page("amendment_propose", active), addendum_answers(active, target_INTERNSHIP="60"))

    amendment = active.amendments.get()
    change = amendment.changes.get()
    assert change.field == "scope"
    assert ["INTERNSHIP", 60, ""] in change.after


def test_an_addendum_that_changes_nothing_is_told(client, active, school_person):
    client.force_login(school_person)

    answer = client.post(page("amendment_propose", active), addendum_answers(active))

    assertContains(answer, "Belum ada yang diubah", status_code=409)


@pytest.fixture
def amendment(active, school_person):
    return amendments.propose_amendment(
        active,
        by=school_person,
        side=Side.SCHOOL,
        reason="Perlu.",
        changes={"clauses": "Asuransi ditanggung perusahaan."},
        today=day(0),
    )


def test_the_other_side_agrees_to_an_addendum_once(
    client, amendment, school_person, company_person
):
    where = page("amendment_confirm", amendment)
    client.force_login(school_person)
    own = client.post(where, {"once": new_token()})
    assertContains(own, "menunggu persetujuan pihak lain", status_code=409)

    client.force_login(company_person)
    assert client.get(where).status_code == 405
    client.post(where, {"once": new_token()})

    amendment.refresh_from_db()
    assert amendment.status == AmendmentStatus.CONFIRMED
    assert client.post(where, {"once": new_token()}).status_code == 409


def test_the_other_side_refuses_with_a_reason(client, amendment, school_person, company_person):
    where = page("amendment_refuse", amendment)
    client.force_login(school_person)
    assert client.post(where, {"reason": "Tidak."}).status_code == 403
    client.force_login(company_person)
    assert client.post(where, {"reason": ""}).status_code == 422
    client.post(where, {"reason": "Anggaran tidak ada.", "once": new_token()})

    amendment.refresh_from_db()
    assert amendment.status == AmendmentStatus.REFUSED


def test_only_its_own_side_withdraws_an_addendum(client, amendment, school_person, company_person):
    where = page("amendment_withdraw", amendment)
    client.force_login(company_person)
    assert client.post(where, {"reason": "Tidak."}).status_code == 403
    client.force_login(school_person)
    client.post(where, {"reason": "Tidak jadi.", "once": new_token()})

    amendment.refresh_from_db()
    assert amendment.status == AmendmentStatus.WITHDRAWN


def test_a_dinas_and_a_stranger_write_nothing(client, active, amendment, school_person):
    activity = recorded(active, school_person, Side.SCHOOL)
    report = ReportFactory(agreement=active)
    dinas = UserFactory()
    DinasFactory(region=active.school.region, member=dinas)
    pages = [
        page("activity_record", active),
        page("amendment_propose", active),
        page("activity_withdraw", activity),
        page("report_file", report),
        page("amendment_confirm", amendment),
        page("amendment_refuse", amendment),
        page("amendment_withdraw", amendment),
    ]

    for user, refusal in ((dinas, 403), (UserFactory(), 404)):
        client.force_login(user)
        assert {client.post(where, {"reason": "x"}).status_code for where in pages} == {refusal}
