"""The technical team's page: cuts with reasons, the calculation before the decision."""

import pytest

from programs import roles
from subsidies.enums import Stage
from subsidies.models import Application, MachineCut
from subsidies.workflow import decision
from tests.factories.programs import officer
from tests.factories.subsidies import ApplicationFactory
from tests.people import sign_in
from tests.subsidies.desk import address, signed_in, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    return ApplicationFactory(assessment=True, prices=(200_000_000, 100_000_000))


@pytest.fixture
def assessor(client):
    return signed_in(client, roles.ASSESSOR)


def cut(machine, reason="TAX", amount="10.000.000", note="", row=0):
    prefix = f"m{machine.pk}-{row}"
    return {f"{prefix}-reason": reason, f"{prefix}-amount": amount, f"{prefix}-note": note}


def post(client, application, press, **typed):
    return client.post(address(application, "assess"), {press: "1", **typed})


def test_the_page_begins_with_the_calculation_without_cuts(client, assessor, application):
    text = words(client.get(address(application, "assess")))

    assert "Penggantian Rp90.000.000" in text
    assert "Bila disetujui nanti Rp6.410.000.000" in text


def test_a_calculation_shows_every_cut_and_writes_nothing(client, assessor, application):
    machine = application.machines.first()

    answer = post(client, application, "hitung", **cut(machine, note="PPN 11 %"))

    text = words(answer)
    assert answer.status_code == 200
    assert "PPN dan pajak lain (PPN 11 %) tidak diakui −Rp10.000.000" in text
    assert "Penggantian Rp87.000.000" in text
    assert 'value="10.000.000"' in answer.content.decode()
    assert not MachineCut.objects.exists()
    assert Application.objects.get(pk=application.pk).recognized is None


def test_the_sum_is_fixed_with_its_cuts(client, assessor, application):
    machine = application.machines.first()

    answer = post(client, application, "tetapkan", **cut(machine))

    application = Application.objects.with_stage().get(pk=application.pk)
    assert answer.url == address(application)
    assert application.stage == Stage.APPROVAL
    assert (application.recognized, application.reimbursed) == (290_000_000, 87_000_000)
    assert application.assessed_by == assessor


def test_another_sum_needs_its_reason_and_can_only_be_lower(client, assessor, application):
    bare = post(client, application, "tetapkan", **{"lain-amount": "80.000.000"})
    assert "Tulis alasan mengapa nilainya berbeda dari hitungan." in words(bare)
    more = post(
        client,
        application,
        "tetapkan",
        **{"lain-amount": "95.000.000", "lain-override_reason": "Lebih."},
    )
    assert "melebihi hitungan Rp90.000.000" in words(more)
    assert 'value="95.000.000"' in more.content.decode()

    post(
        client,
        application,
        "tetapkan",
        **{"lain-amount": "80.000.000", "lain-override_reason": "Sesuai kesepakatan."},
    )
    application.refresh_from_db()
    assert (application.computed, application.reimbursed) == (90_000_000, 80_000_000)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"reason": "", "amount": "5.000.000"}, "Pilih apa yang tidak diakui"),
        ({"reason": "TAX", "amount": ""}, "Isi berapa rupiah yang tidak diakui"),
        ({"reason": "OTHER", "amount": "5.000.000"}, "Uraikan alasan lain"),
        ({"reason": "TAX", "amount": "201.000.000"}, "melebihi harga Rp200.000.000"),
        ({"reason": "TAX", "amount": "5 juta lebih"}, "5 juta lebih"),
    ],
)
def test_a_cut_that_makes_no_sense_is_explained(client, assessor, application, typed, sentence):
    answer = post(client, application, "tetapkan", **cut(application.machines.first(), **typed))

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert not MachineCut.objects.exists()


def test_a_machine_gets_another_row(client, assessor, application):
    machine = application.machines.first()

    answer = client.post(
        address(application, "assess"), {"baris": machine.pk, **cut(machine), **cut(machine, row=1)}
    )

    assert answer.status_code == 200
    assert f'name="m{machine.pk}-2-reason"' in answer.content.decode()


def test_cuts_of_an_assessment_that_was_given_back_are_there_again(client, assessor, application):
    machine = application.machines.first()
    post(client, application, "tetapkan", **cut(machine))
    decision.return_assessment(
        application, by=officer(roles.PPK), reason="Hitung lagi.", today=application.due_on
    )

    page = client.get(address(application, "assess")).content.decode()

    assert 'value="10.000.000"' in page
    assert '<option value="TAX" selected>' in page


def test_who_visited_does_not_assess(client, application):
    visitor = application.visited_by
    visitor.groups.add(officer(roles.ASSESSOR).groups.get())
    sign_in(client, visitor)

    assert "Anda yang mengunjungi pemohon" in words(client.get(address(application)))
    answer = post(client, application, "tetapkan")
    assert "tidak mengunjungi pemohon" in words(answer)
    assert Application.objects.get(pk=application.pk).recognized is None


@pytest.mark.parametrize("role", [roles.PPK, roles.CONFORMITY_CHECKER, roles.AUDITOR])
def test_the_page_is_for_the_technical_team(client, application, role):
    signed_in(client, role)

    assert client.get(address(application, "assess")).status_code == 403


def test_at_another_stage_the_page_leads_back(client, assessor):
    application = ApplicationFactory(assessed=True)

    answer = client.get(address(application, "assess"), follow=True)

    assert "permohonan ini sekarang pada tahap “Persetujuan”" in words(answer)
