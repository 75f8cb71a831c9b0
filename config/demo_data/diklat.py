"""Diklat 3in1 at seven BDI: courses of ``domain.md`` §C4, with a batch at every stage.

Companies and people are invented, and say so.
"""

from datetime import timedelta
from typing import NamedTuple

from config.demo_data.attendees import FIRST, LAST, accounts
from config.demo_data.clock import at, moment
from programs.enums import OrganizationKind
from programs.models import Organization, Region
from training.diklat_enums import (
    AttendanceState,
    Education,
    FollowupState,
    Gender,
    TraineeStatus,
)
from training.diklat_enums import BatchStatus as B
from training.models import Batch, Course, Followup
from training.workflow import batch as batches
from training.workflow import certification, daily_attendance, placement
from training.workflow import trainee as trainees

A_DAY = timedelta(days=1)
SUNDAY = 6
CONDITIONS = "Sehat jasmani dan rohani\nTidak sedang bekerja\nBersedia tinggal di asrama"
FACILITIES = "Asrama\nMakan tiga kali sehari\nBahan dan seragam praktik\nUji dan sertifikat"


class Offer(NamedTuple):
    """A course of one BDI, with the partner that takes its graduates."""

    satker: str
    title: str
    field: str
    scheme: str
    days: int
    city: str
    province: str
    partner: str
    partner_region: str
    position: str


GARMENT = Offer(
    "579360", "Operator mesin jahit garmen", "Tekstil dan produk tekstil", "Operator Jahit Garmen",
    18, "31.75", "32", "PT Garmen Grobogan Contoh", "33.15", "Operator jahit",
)  # fmt: skip
EMBROIDERY = Offer(
    "579343", "Bordir komputer untuk busana", "Bordir dan fesyen", "Operator Bordir Komputer",
    15, "13.71", "13", "PT Busana Minang Contoh", "13.71", "Operator bordir",
)  # fmt: skip
SHOES = Offer(
    "579339", "Pembuatan alas kaki", "Aneka kerajinan dan alas kaki", "Penjahit Alas Kaki",
    13, "34.71", "33", "PT Sepatu Bantul Contoh", "34.02", "Penjahit atasan sepatu",
)  # fmt: skip
ANIMATION = Offer(
    "579342", "Animasi dua dimensi", "Industri kreatif", "Animator Muda",
    30, "51.71", "51", "PT Animasi Dewata Contoh", "51.71", "Animator",
)  # fmt: skip
ELECTRONICS = Offer(
    "579344", "Perakitan perangkat elektronik", "Elektronika dan telematika",
    "Operator Perakitan Elektronik",
    18, "35.78", "35", "PT Elektronika Rungkut Contoh", "35.15", "Operator perakitan",
)  # fmt: skip
RUBBER = Offer(
    "579340", "Operator pengolahan karet", "Karet dan kelapa sawit", "Operator Pengolahan Karet",
    14, "12.71", "12", "PT Karet Deli Contoh", "12.07", "Operator mesin penggiling",
)  # fmt: skip
COCOA = Offer(
    "579341", "Pengolahan kakao menjadi cokelat", "Kakao dan rumput laut", "Pengolah Cokelat",
    12, "73.71", "73", "PT Cokelat Makassar Contoh", "73.71", "Operator produksi",
)  # fmt: skip


class Story(NamedTuple):
    """How far a batch has come; ``starts_in`` is the distance of its first day from today."""

    offer: Offer
    number: int
    starts_in: int
    reaches: B
    people: int = 0
    places: int = 24


STORIES = [
    Story(GARMENT, 27, -300, B.CLOSED, 30, 30),
    Story(GARMENT, 28, -135, B.PLACEMENT, 26, 24),
    Story(GARMENT, 31, 24, B.OPEN, 14, 30),
    Story(EMBROIDERY, 4, -130, B.PLACEMENT, 22, 20),
    Story(EMBROIDERY, 5, -8, B.RUNNING, 26, 20),
    Story(EMBROIDERY, 6, 28, B.OPEN, 9, 20),
    Story(SHOES, 11, -17, B.CERTIFICATION, 22, 20),
    Story(ANIMATION, 3, 4, B.SELECTION, 28, 20),
    Story(ELECTRONICS, 8, 21, B.OPEN, 17, 24),
    Story(RUBBER, 2, 60, B.PLANNED, 0, 24),
    Story(COCOA, 7, 30, B.CANCELLED, 6, 24),
]
REACHED = list(B)


def bring_diklat_to_life(officers, *, today):
    """Every story up to where it stands today."""
    people = iter(accounts("diklat", sum(story.people for story in STORIES), called=_name))
    # The one who can be signed in with has a place waiting.
    ordered = sorted(STORIES, key=lambda story: story.reaches != B.SELECTION)
    for story in ordered:
        own = [next(people) for _ in range(story.people)]
        by = officers["bdi" if story.offer is EMBROIDERY else "bpsdmi"]
        _Batch(story, own, by=by, today=today).live()


def _name(number):
    return f"{FIRST[number * 11 % len(FIRST)]} {LAST[number * 3 % len(LAST)]} Contoh"


class _Batch:
    """One batch on its way, each step on its day."""

    def __init__(self, story, people, *, by, today):
        self.story, self.people, self.by, self.today = story, people, by, today
        self.starts_on = today + timedelta(days=story.starts_in)
        self.ends_on = self.starts_on + timedelta(days=story.offer.days - 1)
        self.closes_on = self.starts_on - timedelta(days=10)
        self.opens_on = self.starts_on - timedelta(days=40)
        if story.reaches == B.OPEN:
            self.opens_on = today - timedelta(days=12)

    def live(self):
        steps = [
            (B.PLANNED, self.opens_on - 5 * A_DAY, self.plan),
            (B.OPEN, self.opens_on, self.open),
            (B.SELECTION, self.closes_on + A_DAY, self.end_registration),
            (B.RUNNING, self.starts_on, self.train),
            (B.CERTIFICATION, self.ends_on + A_DAY, self.end_training),
            (B.PLACEMENT, self.ends_on + 5 * A_DAY, self.place),
            (B.CLOSED, self.today - 20 * A_DAY, self.close),
        ]
        until = B.OPEN if self.story.reaches == B.CANCELLED else self.story.reaches
        for status, day, step in steps:
            if REACHED.index(status) <= REACHED.index(until):
                with at(moment(min(day, self.today))):
                    step(min(day, self.today))
        if self.story.reaches == B.CANCELLED:
            with at(moment(self.today - 2 * A_DAY)):
                reason = "Mitra menunda pembukaan pabriknya sampai tahun depan."
                batches.cancel(self.batch, by=self.by, reason=reason)

    def plan(self, day):
        offer = self.story.offer
        unit = Organization.objects.get(satker_code=offer.satker)
        course, _ = Course.objects.get_or_create(
            unit=unit,
            title=offer.title,
            defaults={
                "field": offer.field,
                "scheme_name": offer.scheme,
                "lsp": f"LSP P1 {unit.name.replace('Balai Diklat Industri', 'BDI')}",
                "days": offer.days,
                "jp": offer.days * 8,
                "description": f"Pelatihan kerja {offer.title.lower()} dengan praktik di bengkel "
                "balai, disiapkan bersama perusahaan yang akan menerima lulusannya.",
                "conditions": CONDITIONS,
                "facilities": FACILITIES,
            },
        )
        short = unit.name.replace("Balai Diklat Industri", "BDI")
        self.batch = batches.plan(
            Batch(
                course=course,
                number=self.story.number,
                starts_on=self.starts_on,
                ends_on=self.ends_on,
                opens_on=self.opens_on,
                closes_on=self.closes_on,
                place=f"Kampus {short}",
                region_id=offer.city,
                capacity=self.story.places,
                contact=f"Panitia Diklat {short}, {unit.email}",
            ),
            by=self.by,
        )
        company, _ = Organization.objects.get_or_create(
            kind=OrganizationKind.COMPANY,
            name=offer.partner,
            defaults={"region_id": offer.partner_region},
        )
        self.demand = batches.name_demand(
            self.batch,
            by=self.by,
            company=company,
            position=offer.position,
            places=self.story.places,
            region=Region.objects.get(pk=offer.partner_region),
        )

    def open(self, day):
        batches.open_registration(self.batch, by=self.by, today=day)
        regencies = list(Region.objects.filter(province=self.story.offer.province).order_by("pk"))
        dinas = Organization.objects.filter(
            kind=OrganizationKind.AGENCY, region=self.story.offer.province
        ).first()
        educations = [Education.VOCATIONAL, Education.SENIOR, Education.JUNIOR, Education.DIPLOMA]
        for number, user in enumerate(self.people):
            # Every fifth is sent by the Dinas of the province, where the demo has one.
            sender = dinas if dinas and number % 5 == 4 else None
            person = {
                "name": user.name,
                "email": user.email,
                "phone": f"+62813{10_000_000 + user.pk * 7919 % 80_000_000}",
                "birth_date": self.starts_on - timedelta(days=19 * 366 + number * 97),
                "gender": Gender.MALE if number % 3 == 2 else Gender.FEMALE,
                "region": regencies[number * 3 % len(regencies)],
                "education": educations[number % len(educations)],
                "wanted": self.demand if number % 2 else None,
            }
            registered_on = min(day + (1 + number % 10) * A_DAY, self.today)
            with at(moment(registered_on, number)):
                trainees.register(
                    self.batch,
                    by=user if sender is None else dinas.members.first(),
                    today=registered_on,
                    details=person,
                    user=user if sender is None else None,
                    sent_by=sender,
                )

    def end_registration(self, day):
        batches.end_registration(self.batch, today=day)
        candidates = list(self.batch.trainees.order_by("pk"))
        grades = [(one, 60 + one.pk * 7 % 38, "") for one in candidates]
        ranked = sorted(grades, key=lambda grade: -grade[1])
        # Where the choice is still to be made, a few are left undecided.
        places = self.story.places if self.story.reaches != B.SELECTION else 12
        chosen = {one.pk for one, *_ in ranked[:places]} | {candidates[0].pk}
        chosen = [one for one in candidates if one.pk in chosen][:places]
        trainees.select(chosen, by=self.by, grades=grades)
        if self.story.reaches != B.SELECTION:
            others = self.batch.trainees.filter(status=TraineeStatus.REGISTERED)
            if others:
                reason = "Semua tempat terisi oleh pendaftar dengan nilai seleksi lebih tinggi."
                trainees.decline(others, by=self.by, reason=reason)

    def train(self, day):
        batches.start(self.batch, today=day)
        self.learners = list(self.batch.trainees.filter(status=TraineeStatus.TRAINING))
        # Today's list is still to be written.
        while day <= min(self.ends_on, self.today - A_DAY):
            if day.weekday() != SUNDAY:
                with at(moment(day)):
                    daily_attendance.record_attendance(
                        self.batch,
                        by=self.by,
                        day=day,
                        states={one.pk: self._presence(one, day) for one in self.learners},
                        today=day,
                    )
            day += A_DAY

    def _presence(self, one, day):
        turn = (one.pk * 31 + day.toordinal() * 17) % 40
        if turn == 0:
            return AttendanceState.ILL, "Demam"
        if turn == 1:
            return AttendanceState.EXCUSED, "Keperluan keluarga"
        return AttendanceState.PRESENT, ""

    def end_training(self, day):
        batches.end_training(self.batch, today=day)
        # One or two of thirty fail; where the tests still go on, the last have no result yet.
        tested = self.learners
        if self.story.reaches == B.CERTIFICATION:
            tested = tested[: len(tested) // 2]
        certification.record_results(
            [
                (one, turn % 15 != 7, f"LSP-{day:%Y}-{one.pk:05d}" if turn % 15 != 7 else "")
                for turn, one in enumerate(tested)
            ],
            by=self.by,
            assessed_on=day,
            today=day,
            valid_until=day + timedelta(days=3 * 365),
        )

    def place(self, day):
        batches.begin_placement(self.batch, by=self.by)
        graduates = list(self.batch.trainees.seated().order_by("pk"))
        waiting = 3 if self.story.reaches == B.PLACEMENT else 0
        own, others = graduates[0], graduates[1 : len(graduates) - waiting]
        starts_on = self.ends_on + 10 * A_DAY
        with at(moment(self.ends_on + 8 * A_DAY)):
            placement.place_all(others, by=self.by, demand=self.demand, starts_on=starts_on)
            placement.start_business(
                own,
                by=self.by,
                company_name=f"Usaha {own.name.split()[0]} Contoh",
                position=self.story.offer.field,
                region=own.region,
                starts_on=starts_on,
            )
        for turn, call in enumerate(
            Followup.objects.filter(trainee__batch=self.batch, due_on__lte=self.today)
            .select_related("trainee")
            .order_by("due_on", "pk")
        ):
            # Of a batch that is still looked after, a few wait to be asked.
            if self.story.reaches == B.CLOSED or turn % 3:
                answered_on = min(call.due_on + 3 * A_DAY, self.today)
                state = FollowupState.UNREACHABLE if turn % 9 == 4 else FollowupState.SAME_PLACE
                with at(moment(answered_on)):
                    placement.record_followup(call, by=self.by, state=state, today=answered_on)

    def close(self, day):
        batches.close(self.batch, by=self.by)
