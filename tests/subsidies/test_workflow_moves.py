"""The whole table: every move of the three records from every status."""

import datetime

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from programs import roles
from programs.transitions import TransitionNotAllowed
from subsidies import arrows
from subsidies.enums import ApplicationStatus, RejectionCode, Stage
from subsidies.models import Application, ApprovalBand, Disbursement, Visit
from subsidies.models.visit import ABOUT_A_MACHINE, ABOUT_THE_COMPANY
from subsidies.workflow import application as applications
from subsidies.workflow import decision, payment, visit
from tests.factories.programs import DocumentFactory, UserFactory, officer
from tests.factories.subsidies import ApplicationFactory
from tests.factories.subsidy_stages import day

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def a_ppk():
    person = officer(roles.PPK)
    ApprovalBand.objects.update_or_create(
        group=person.groups.get(), defaults={"up_to": 300_000_000}
    )
    return person


def pass_the_deadline(application):
    Application.objects.filter(pk=application.pk).update(due_on=day(-1))
    applications.lapse(application, today=TODAY)


def ask_for_correction(application):
    application.documents.update(
        check_state="REJECTED",
        check_note="Kabur.",
        checked_by=UserFactory(),
        checked_at=timezone.now(),
    )
    applications.request_correction(application, by=UserFactory(), reason="Perbaiki.", today=TODAY)


def hand_in_again(application):
    application.documents.update(check_state="PENDING", checked_by=None, checked_at=None)
    application.correction_notes.all().delete()
    applications.resubmit(application, by=None, today=TODAY)


def register(application):
    application.documents.update(
        check_state="ACCEPTED", checked_by=UserFactory(), checked_at=timezone.now()
    )
    applications.register(application, by=UserFactory(), today=TODAY)


STAGE_OF = {
    ApplicationStatus.DRAFT: Stage.DRAFT,
    ApplicationStatus.SUBMITTED: Stage.COMPLETENESS,
    ApplicationStatus.CORRECTION: Stage.CORRECTION,
    ApplicationStatus.REGISTERED: Stage.CONFORMITY,
    ApplicationStatus.VISITING: Stage.MINUTES,
    ApplicationStatus.ASSESSMENT: Stage.ASSESSMENT,
    ApplicationStatus.ASSESSED: Stage.APPROVAL,
    ApplicationStatus.WAITING: Stage.WAITING,
    ApplicationStatus.APPROVED: Stage.DECREE,
    ApplicationStatus.REJECTED: Stage.REJECTED,
    ApplicationStatus.LAPSED: Stage.LAPSED,
    ApplicationStatus.WITHDRAWN: Stage.WITHDRAWN,
    ApplicationStatus.CLOSED: Stage.CLOSED,
}
MOVES = {
    arrows.SUBMIT: lambda a: applications.submit(a, by=None, today=TODAY),
    arrows.REQUEST_CORRECTION: ask_for_correction,
    arrows.RESUBMIT: hand_in_again,
    arrows.LAPSE: pass_the_deadline,
    arrows.REGISTER: register,
    arrows.SEND_TO_VISIT: lambda a: visit.send_to_visit(
        a, by=UserFactory(), verifier=officer(roles.FIELD_VERIFIER), today=TODAY
    ),
    arrows.END_VISIT: lambda a: visit.confirm(
        a.visit, by=UserFactory(), reason="Di kertas.", today=TODAY
    ),
    arrows.ASSESS: lambda a: decision.assess(a, by=UserFactory(), cuts={}, today=TODAY),
    arrows.RETURN_ASSESSMENT: lambda a: decision.return_assessment(
        a, by=UserFactory(), reason="Hitung ulang.", today=TODAY
    ),
    arrows.APPROVE: lambda a: decision.approve(a, by=a_ppk(), today=TODAY),
    arrows.REJECT: lambda a: applications.reject(
        a, by=UserFactory(), code=RejectionCode.R07, reason="Mesin bekas.", today=TODAY
    ),
    arrows.WITHDRAW: lambda a: applications.withdraw(a, by=UserFactory(), reason="Batal."),
}
# The move to the waiting list is a form of approval and has tests of its own; closing needs a
# paid application, which is a stage of the third record.
NAMED_ELSEWHERE = {arrows.PUT_ON_WAITING_LIST, arrows.CLOSE}


def test_the_table_holds_every_move():
    assert set(MOVES) | NAMED_ELSEWHERE == set(arrows.APPLICATION_MOVES)


LEGAL = [(move, status) for move in MOVES for status in move.sources]


@pytest.mark.parametrize(
    ("move", "status"), LEGAL, ids=[f"{move.action}-{status}" for move, status in LEGAL]
)
def test_a_move_leads_where_its_arrow_ends(move, status):
    application = ApplicationFactory(stage=STAGE_OF[status], complete=True)
    before = application.history.count()

    MOVES[move](application)

    application.refresh_from_db()
    assert application.status == move.target
    assert application.history.count() == before + 1


@pytest.mark.parametrize("status", ApplicationStatus)
def test_a_move_starts_only_where_its_arrow_starts(status):
    application = ApplicationFactory(stage=STAGE_OF[status])
    before = application.history.count()

    for move, press in MOVES.items():
        if status in move.sources or (move == arrows.END_VISIT and no_visit(application)):
            continue
        with pytest.raises(TransitionNotAllowed):
            press(application)

    application.refresh_from_db()
    assert application.status == status
    assert application.history.count() == before


def no_visit(application):
    """There is nothing to press yet."""
    return not Visit.objects.filter(application=application).exists()


@pytest.mark.parametrize("source", ApplicationStatus)
def test_the_database_refuses_what_is_not_an_arrow(source):
    legal = {(status, move.target) for move in arrows.APPLICATION_MOVES for status in move.sources}
    application = ApplicationFactory(stage=STAGE_OF[source])

    for target in ApplicationStatus:
        if source == target or (source, target) in legal:
            continue
        with (
            pytest.raises(DatabaseError, match="Invalid transition"),
            transaction.atomic(),
        ):
            Application.objects.filter(pk=application.pk).update(status=target)


def yes_to_everything(machines):
    return [
        *[(question, None, True, "") for question in ABOUT_THE_COMPANY],
        *[(question, machine, True, "") for question in ABOUT_A_MACHINE for machine in machines],
    ]


VISIT_MOVES = {
    arrows.SCHEDULE: lambda v: visit.schedule(
        v, by=v.verifier, starts_at=timezone.now() + datetime.timedelta(days=2), today=TODAY
    ),
    arrows.ASK_OTHER_DAY: lambda v: visit.ask_other_day(
        v, by=UserFactory(), reason="Sedang pameran.", today=TODAY
    ),
    arrows.REASSIGN: lambda v: visit.reassign(
        v,
        by=UserFactory(),
        verifier=officer(roles.FIELD_VERIFIER),
        reason="Cuti.",
        today=TODAY,
    ),
    arrows.CONDUCT: lambda v: visit.conduct(
        v,
        by=v.verifier,
        answers=yes_to_everything(list(v.application.machines.all())),
        findings="Sesuai.",
        met_with="Pemilik",
        today=day(10),
    ),
    arrows.DISPUTE: lambda v: visit.dispute(
        v, by=UserFactory(), reason="Nomor seri keliru.", today=TODAY
    ),
    arrows.CONFIRM: lambda v: visit.confirm(v, by=UserFactory(), reason="Di kertas.", today=TODAY),
}


@pytest.mark.parametrize(
    "stage", [Stage.VISIT_PLANNING, Stage.VISIT, Stage.MINUTES, Stage.ASSESSMENT]
)
@pytest.mark.parametrize("move", arrows.VISIT_MOVES, ids=lambda move: move.action)
def test_a_visit_moves_only_along_its_arrows(move, stage):
    record = ApplicationFactory(stage=stage).visit
    status = record.status
    if not record.photos.exists():
        add_photo(record)

    if status in move.sources:
        VISIT_MOVES[move](record)
        expected = move.target
    else:
        with pytest.raises(TransitionNotAllowed):
            VISIT_MOVES[move](record)
        expected = status

    assert Visit.objects.get(pk=record.pk).status == expected


def add_photo(record):
    record.photos.create(document=DocumentFactory(organization=record.application.organization))


PAYMENT_MOVES = {
    arrows.REQUEST_PAYMENT: lambda d: payment.request_payment(
        d, by=UserFactory(), spp_number="SPP-9", spp_on=TODAY, today=TODAY
    ),
    arrows.ORDER_PAYMENT: lambda d: payment.order_payment(
        d, by=UserFactory(), spm_number="SPM-9", spm_on=TODAY, today=TODAY
    ),
    arrows.RETURN_REQUEST: lambda d: payment.return_request(
        d, by=UserFactory(), reason="Salah nomor.", today=TODAY
    ),
    arrows.RECORD_PAYMENT: lambda d: payment.record_payment(
        d, by=UserFactory(), sp2d_number="9", sp2d_on=TODAY, amount=d.amount, today=TODAY
    ),
}


@pytest.mark.parametrize("stage", [Stage.SPP, Stage.SPM, Stage.SP2D, Stage.PAID])
@pytest.mark.parametrize("move", arrows.DISBURSEMENT_MOVES, ids=lambda move: move.action)
def test_a_payment_moves_only_along_its_arrows(move, stage):
    record = ApplicationFactory(stage=stage).disbursement
    status = record.status

    if status in move.sources:
        PAYMENT_MOVES[move](record)
        expected = move.target
    else:
        with pytest.raises(TransitionNotAllowed):
            PAYMENT_MOVES[move](record)
        expected = status

    assert Disbursement.objects.get(pk=record.pk).status == expected


@pytest.mark.parametrize("stage", Stage)
def test_the_stage_of_lists_is_the_stage_of_the_three_records(stage):
    application = ApplicationFactory(stage=stage)

    assert Application.objects.with_stage().get(pk=application.pk).stage == stage
    assert list(Application.objects.in_stage(stage)) == [application]
