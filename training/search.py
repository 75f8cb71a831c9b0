"""What training offers to the officers' search box: events, participants, Diklat and its people."""

from django.db.models import Q
from django.urls import reverse
from django.utils.text import capfirst

from programs.enums import PaperKind
from programs.models import IssuedPaper, User
from programs.papers import clean_code
from programs.searching import Hit, Searchable, exactly, look_up, named, telling
from training.diklat_enums import BatchStatus, TraineeStatus
from training.event_stages import EVENT_WORDS
from training.models import Batch, Event, Registration, Trainee
from training.models.event import EVENT_TEXT
from training.models.event_queries import run_by
from training.news import when_in_words
from training.stages import WORDS


def find_events(user, words, limit):
    steps = exactly(Q(slug=words.typed.lower()))
    steps += named(words, "title")
    steps += telling(words, EVENT_TEXT)
    events = Event.objects.visible_to(user).select_related("unit").defer("description")
    return look_up(events, words, steps, hit=_event, limit=limit, name="title")


def _event(event):
    days = when_in_words(event) if event.starts_at else "belum dijadwalkan"
    return Hit(
        event.title,
        f"{capfirst(event.get_kind_display())}, {days}, {event.unit.name}",
        reverse("admin:training_event_desk", args=[event.pk]),
        capfirst(event.get_status_display()),
        EVENT_WORDS[event.status].badge,
    )


def find_participants(user, words, limit):
    """By name, NIP, and the number or code of the certificate; with an account's own addresses."""
    typed = {words.typed, words.typed.upper()}
    certificates = IssuedPaper.objects.filter(kind=PaperKind.CERTIFICATE, number__in=typed)
    conditions = [Q(certificate__in=certificates.values("pk"))]
    if code := clean_code(words.typed):
        conditions.append(Q(certificate__in=IssuedPaper.objects.filter(code=code).values("pk")))
    if len(words.number) == 18:
        conditions.append(Q(nip=words.number))
    conditions += [Q(user__in=people.values("pk")) for people in _people_with(words)]
    registrations = Registration.objects.filter(run_by(user, "event__")).select_related(
        "event", "certificate"
    )
    steps = [*exactly(*conditions), *named(words)]
    return look_up(registrations, words, steps, hit=_participant, limit=limit)


def _people_with(words):
    if words.email:
        yield User.objects.filter(email=words.email)
    if words.phone:
        yield User.objects.filter(phone=words.phone)


def _participant(registration):
    certificate = registration.certificate
    about = registration.event.title
    return Hit(
        registration.name,
        f"{about}, sertifikat {certificate.number}" if certificate else about,
        reverse("admin:training_registration_change", args=[registration.pk]),
        capfirst(registration.get_status_display()),
        WORDS[registration.status].badge,
    )


def find_trainees(user, words, limit):
    conditions = [Q(email=words.email)] if words.email else []
    if words.phone:
        conditions.append(Q(phone=words.phone))
    trainees = (
        Trainee.objects.filter(batch__in=Batch.objects.visible_to(user))
        .select_related("batch__course")
        .defer("nik")
    )
    steps = [*exactly(*conditions), *named(words)]
    return look_up(trainees, words, steps, hit=_trainee, limit=limit)


def _trainee(trainee):
    return Hit(
        trainee.name,
        str(trainee.batch),
        reverse("admin:training_batch_person", args=[trainee.batch_id, trainee.pk]),
        capfirst(TraineeStatus(trainee.status).label),
    )


def find_batches(user, words, limit):
    batches = Batch.objects.visible_to(user).with_names()
    steps = named(words, "course__title")
    return look_up(batches, words, steps, hit=_batch, limit=limit, name="course__title")


def _batch(batch):
    return Hit(
        str(batch),
        f"{batch.course.unit.name}, {batch.place}",
        reverse("admin:training_batch_change", args=[batch.pk]),
        capfirst(BatchStatus(batch.status).label),
    )


SEARCHABLES = [
    Searchable(Event, "Kegiatan pelatihan", "calendar", find_events),
    Searchable(Registration, "Peserta dan sertifikat", "certificate", find_participants),
    Searchable(Batch, "Angkatan Diklat 3in1", "school", find_batches),
    Searchable(Trainee, "Peserta Diklat 3in1", "users", find_trainees),
]
