"""Courses, batches and trainees of Diklat 3in1 at every stage, as tests need them.

``BatchFactory(status=BatchStatus.RUNNING)`` has walked there along its arrows, because the database
lets nobody begin in the middle. The days fit the status and hang on today.
"""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from programs import roles
from tests.factories.programs import OrganizationFactory, RegionFactory, officer
from tests.factories.subsidy_stages import day
from tests.factories.training import UnitFactory, works_at
from training import diklat_arrows as arrows
from training.diklat_days import months_after
from training.diklat_enums import (
    AT_WORK,
    FOLLOWUP_MONTHS,
    BatchStatus,
    Education,
    Gender,
    PlacementKind,
    TraineeStatus,
)
from training.models import (
    Batch,
    CertificationResult,
    Course,
    PartnerDemand,
    Placement,
    Trainee,
)

B, T = BatchStatus, TraineeStatus
A_DAY = timedelta(days=1)
# How far the first and the last day of training lie from today, by status.
TRAINING_DAYS = {
    B.PLANNED: (20, 37),
    B.OPEN: (20, 37),
    B.SELECTION: (3, 20),
    B.RUNNING: (-5, 12),
    B.CERTIFICATION: (-20, -3),
    B.PLACEMENT: (-40, -23),
    B.CLOSED: (-260, -243),
    B.CANCELLED: (20, 37),
}
WAY_TO = {
    B.PLANNED: [],
    B.OPEN: [arrows.OPEN],
    B.SELECTION: [arrows.OPEN, arrows.END_REGISTRATION],
    B.RUNNING: [arrows.OPEN, arrows.END_REGISTRATION, arrows.START],
    B.CERTIFICATION: [arrows.OPEN, arrows.END_REGISTRATION, arrows.START, arrows.END_TRAINING],
    B.CANCELLED: [arrows.OPEN, arrows.CANCEL],
}
WAY_TO[B.PLACEMENT] = [*WAY_TO[B.CERTIFICATION], arrows.BEGIN_PLACEMENT]
WAY_TO[B.CLOSED] = [*WAY_TO[B.PLACEMENT], arrows.CLOSE]

TRAINEE_WAY_TO = {
    T.REGISTERED: [],
    T.SELECTED: [arrows.SELECT],
    T.NOT_SELECTED: [arrows.DECLINE],
    T.TRAINING: [arrows.SELECT, arrows.BEGIN_TRAINING],
    T.COMPETENT: [arrows.SELECT, arrows.BEGIN_TRAINING, arrows.PASS],
    T.NOT_YET_COMPETENT: [arrows.SELECT, arrows.BEGIN_TRAINING, arrows.FAIL],
    T.WITHDRAWN: [arrows.WITHDRAW],
    T.DROPPED_OUT: [arrows.SELECT, arrows.BEGIN_TRAINING, arrows.DROP_OUT],
}
TRAINEE_WAY_TO[T.PLACED] = [*TRAINEE_WAY_TO[T.COMPETENT], arrows.PLACE]
TRAINEE_WAY_TO[T.SELF_EMPLOYED] = [*TRAINEE_WAY_TO[T.COMPETENT], arrows.START_BUSINESS]
TRAINEE_WAY_TO[T.NOT_WORKING] = [*TRAINEE_WAY_TO[T.COMPETENT], arrows.NOTE_NOT_WORKING]


class CourseFactory(DjangoModelFactory):
    """The garment course of the sources, 18 days, held by a BDI."""

    class Meta:
        model = Course

    unit = factory.SubFactory(UnitFactory)
    title = factory.Sequence(lambda n: f"Operator mesin jahit garmen {n}")
    field = "Tekstil dan produk tekstil"
    scheme_name = "Operator Jahit Garmen"
    lsp = "LSP P1 BDI Jakarta"
    days = 18
    jp = 144
    description = "Menjahit bagian pakaian dengan mesin kecepatan tinggi."
    conditions = "Sehat jasmani\nIjazah paling rendah SMP"
    facilities = "Asrama\nMakan tiga kali sehari"


class BatchFactory(DjangoModelFactory):
    """A planned batch of 20 places with one partner's demand; ``status`` lets it walk further.

    ``demand_count=0`` leaves the demand out; ``member`` is an officer of its unit.
    """

    class Meta:
        model = Batch

    status = B.PLANNED
    demand_count = 1
    member = None

    course = factory.SubFactory(CourseFactory)
    number = factory.Sequence(lambda n: n + 1)
    starts_on = factory.LazyAttribute(lambda b: day(TRAINING_DAYS[b.status][0]))
    ends_on = factory.LazyAttribute(lambda b: day(TRAINING_DAYS[b.status][1]))
    year = factory.LazyAttribute(lambda b: b.starts_on.year)
    opens_on = factory.LazyAttribute(lambda b: b.starts_on - 30 * A_DAY)
    closes_on = factory.LazyAttribute(lambda b: b.starts_on - 6 * A_DAY)
    place = "Kampus BDI Jakarta"
    region = factory.SubFactory(RegionFactory)
    capacity = 20
    contact = "Panitia BDI Jakarta, (021) 000 0000, panitia@bdi.example"

    @classmethod
    def _create(cls, model_class, *args, status, demand_count, member, **values):
        batch = model_class.objects.create(**values)
        for _ in range(demand_count):
            DemandFactory(batch=batch)
        if member:
            works_at(member, batch.course.unit)
        lead_batch(batch, status)
        return batch


def lead_batch(batch, status):
    """Let ``batch`` walk along its arrows to ``status``, with the line of each in its history."""
    facts = {
        arrows.OPEN: {"opened_at": timezone.now()},
        arrows.CANCEL: {"cancellation": "Mitra mundur."},
    }
    for move in WAY_TO[status]:
        if batch.status not in move.sources:
            continue
        Batch.objects.filter(pk=batch.pk).update(status=move.target, **facts.get(move, {}))
        _write_down(batch, move)
    batch.refresh_from_db()
    return batch


class DemandFactory(DjangoModelFactory):
    class Meta:
        model = PartnerDemand

    batch = factory.SubFactory(BatchFactory, demand_count=0)
    company = factory.SubFactory(OrganizationFactory)
    position = "Operator jahit"
    places = 20


class TraineeFactory(DjangoModelFactory):
    """Somebody of twenty years who registered; ``status`` lets them walk further.

    The batch stands where such a person can be, unless it is given.
    """

    class Meta:
        model = Trainee

    status = T.REGISTERED
    nik_number = ""

    batch = factory.LazyAttribute(lambda t: BatchFactory(status=BATCH_OF[t.status]))
    user = None
    name = factory.Sequence(lambda n: f"Peserta {n}")
    email = factory.LazyAttributeSequence(
        lambda t, n: t.user.email if t.user else f"peserta{n}@contoh.id"
    )
    phone = "+6281234567890"
    birth_date = factory.LazyFunction(lambda: day(-20 * 366))
    gender = Gender.FEMALE
    region = factory.SubFactory(RegionFactory)
    education = Education.VOCATIONAL

    @classmethod
    def _create(cls, model_class, *args, status, nik_number, **values):
        trainee = model_class(**values)
        trainee.set_nik(nik_number)
        trainee.save()
        trainee.history.create(action="register", from_status="", to_status=T.REGISTERED)
        return lead_trainee(trainee, status)


BATCH_OF = {
    T.REGISTERED: B.OPEN,
    T.SELECTED: B.SELECTION,
    T.NOT_SELECTED: B.SELECTION,
    T.WITHDRAWN: B.OPEN,
    T.TRAINING: B.RUNNING,
    T.DROPPED_OUT: B.RUNNING,
    T.COMPETENT: B.CERTIFICATION,
    T.NOT_YET_COMPETENT: B.CERTIFICATION,
    T.PLACED: B.PLACEMENT,
    T.SELF_EMPLOYED: B.PLACEMENT,
    T.NOT_WORKING: B.PLACEMENT,
}


def lead_trainee(trainee, status):
    """Let ``trainee`` walk to ``status`` with all that somebody there has behind them."""
    for move in TRAINEE_WAY_TO[status]:
        facts = {}
        if move == arrows.SELECT:
            facts["decided_by"] = officer(roles.BDI_ADMIN)
        if move in (arrows.PASS, arrows.FAIL):
            result = ResultFactory(trainee=trainee, is_competent=move == arrows.PASS)
            if result.is_competent:
                facts["certified_on"] = result.assessed_on
        if move.target in AT_WORK:
            facts["working_since"] = _settle(trainee, move.target).starts_on
        Trainee.objects.filter(pk=trainee.pk).update(status=move.target, **facts)
        _write_down(trainee, move)
    # Not read anew in place: what a test gave along stays as it is.
    return Trainee.objects.select_related("batch__course__unit", "user").get(pk=trainee.pk)


class ResultFactory(DjangoModelFactory):
    class Meta:
        model = CertificationResult

    trainee = factory.SubFactory(TraineeFactory, status=T.TRAINING)
    attempt = 1
    lsp = "LSP P1 BDI Jakarta"
    scheme_name = "Operator Jahit Garmen"
    assessed_on = factory.LazyAttribute(lambda r: r.trainee.batch.ends_on)
    is_competent = True
    recorded_by = factory.LazyFunction(lambda: officer(roles.BDI_ADMIN))


def _settle(trainee, status):
    own = status == T.SELF_EMPLOYED
    demand = None if own else trainee.batch.demands.first()
    placement = Placement.objects.create(
        trainee=trainee,
        kind=PlacementKind.SELF_EMPLOYED if own else PlacementKind.EMPLOYED,
        demand=demand,
        company=demand and demand.company,
        company_name="Jahit Melati" if own else demand.company.name,
        position="Penjahit",
        starts_on=trainee.batch.ends_on + 3 * A_DAY,
        recorded_by=officer(roles.BDI_ADMIN),
    )
    for months in FOLLOWUP_MONTHS:
        trainee.followups.create(months=months, due_on=months_after(placement.starts_on, months))
    return placement


def _write_down(record, move):
    record.history.create(
        action=move.action,
        from_status=record.status,
        to_status=move.target,
        reason="Alasan contoh." if move.needs_reason else "",
    )
    record.status = move.target
