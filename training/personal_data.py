"""What events mean for a person's own data (see ``programs.my_data``)."""

from django.utils import timezone

from programs.my_data import tells_data
from programs.workflow.accounts import NOBODY, forgets, hinders_closing
from training.enums import BEFORE_IT_BEGINS, EventStatus, RegistrationStatus
from training.models import CalendarFeed, Registration
from training.ranks import rank_label

STILL_TO_COME = [*BEFORE_IT_BEGINS, EventStatus.POSTPONED]
UNDECIDED = [
    RegistrationStatus.PENDING,
    RegistrationStatus.WAITING,
    RegistrationStatus.ACCEPTED,
]


@hinders_closing
def events_to_come(user):
    """A place that nobody will use belongs to the next of the waiting list."""
    waiting = (
        Registration.objects.of(user)
        .filter(status__in=UNDECIDED, event__status__in=STILL_TO_COME)
        .select_related("event")
    )
    return [
        f"Anda masih terdaftar pada {registration.event}. Undurkan diri lebih dahulu di halaman "
        "Kegiatan saya, agar tempatnya dipakai orang lain."
        for registration in waiting
    ]


@forgets
def registrations_without_certificate(user):
    """A certificate keeps who it was issued to; of other registrations the count is enough."""
    CalendarFeed.objects.filter(user=user).delete()
    mine = Registration.objects.of(user)
    mine.update(phone="", needs="")
    mine.filter(certificate=None).update(name=NOBODY, nip="", rank="", position="", nib="")


@tells_data("kegiatan_pelatihan")
def registrations_of(user):
    """Every registration with what was noted of it: presence, tests, evaluation, certificate."""
    registrations = (
        Registration.objects.of(user)
        .select_related("event", "region", "certificate", "evaluation", "sent_by")
        .prefetch_related("attendances__session", "test_attempts", "history", "evaluation__scores")
        .order_by("pk")
    )
    return [_as_told(registration) for registration in registrations]


@tells_data("alamat_kalender")
def calendar_feed_of(user):
    return list(CalendarFeed.objects.filter(user=user).values("made_at"))


def _as_told(registration):
    evaluation = getattr(registration, "evaluation", None)
    paper = registration.certificate
    return {
        "kegiatan": registration.event.title,
        "mulai": timezone.localtime(registration.event.starts_at),
        "sebagai": registration.get_kind_display(),
        "nama_di_sertifikat": registration.name,
        "whatsapp": registration.phone,
        "nip": registration.nip,
        "status_kepegawaian": registration.get_servant_kind_display(),
        "pangkat_golongan": rank_label(registration.rank),
        "jabatan": registration.position,
        "instansi": registration.institution,
        "nib": registration.nib,
        "wilayah": registration.region.name if registration.region else "",
        "kebutuhan_khusus": registration.needs,
        "diutus_oleh": registration.sent_by.name if registration.sent_by else "",
        "status": registration.get_status_display(),
        "mendaftar_pada": registration.registered_at,
        "jp_diikuti": registration.attended_jp,
        "nomor_sertifikat": paper.number if paper else "",
        "kehadiran": [
            {"sesi": row.session.title, "hadir": row.is_present, "menit_zoom": row.zoom_minutes}
            for row in registration.attendances.all()
        ],
        "tes": [
            {"saat": attempt.get_occasion_display(), "nilai": attempt.score}
            for attempt in registration.test_attempts.all()
        ],
        "evaluasi": {
            "saran": evaluation.comment,
            "nilai": [
                {"aspek": mark.get_aspect_display(), "nilai": mark.score}
                for mark in evaluation.scores.all()
            ],
        }
        if evaluation
        else None,
        "riwayat": [
            {"pada": entry.at, "status": entry.to_status, "alasan": entry.reason}
            for entry in registration.history.all()
        ],
    }
