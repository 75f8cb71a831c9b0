"""What a Diklat 3in1 means for a person's own data (see ``programs.my_data``)."""

from programs.models import SensitiveAccess
from programs.my_data import tells_data
from programs.workflow.accounts import NOBODY, forgets, hinders_closing
from training.diklat_enums import BatchStatus, TraineeStatus
from training.models import Trainee

# A place is kept for them, or somebody expects them every day.
EXPECTED = [TraineeStatus.SELECTED, TraineeStatus.TRAINING]


@hinders_closing
def trainings_under_way(user):
    """Who has a place gives it back first, so that somebody else can have it."""
    trainees = (
        Trainee.objects.of_person(user)
        .filter(status__in=EXPECTED)
        .exclude(batch__status=BatchStatus.CANCELLED)
        .select_related("batch__course")
        .defer("nik")
    )
    return [
        f"Anda peserta {trainee.batch}. Undurkan diri di halaman pelatihan itu, atau tunggu sampai "
        "hasilnya dicatat."
        for trainee in trainees
    ]


@forgets
def trainings_without_result(user):
    """Who was tested stays known under the name of the competence certificate, without NIK."""
    mine = Trainee.objects.of_person(user)
    mine.update(nik="", nik_index="", email="", needs="")
    mine.filter(results=None).update(name=NOBODY)


@tells_data("diklat_3in1")
def trainings_of(user):
    """The person's trainings, as they stand today. That the NIK went out is written down."""
    trainees = (
        Trainee.objects.of_person(user)
        .select_related("batch__course__unit", "region", "sent_by")
        .prefetch_related("history", "attendance", "results", "placements", "followups")
    )
    return [_facts(user, trainee) for trainee in trainees]


def _facts(user, trainee):
    if trainee.nik:
        SensitiveAccess.objects.create(
            user=user, what="NIK peserta diklat (unduhan data)", subject=str(trainee.batch)[:200]
        )
    return {
        "pelatihan": str(trainee.batch),
        "penyelenggara": trainee.batch.course.unit.name,
        "nama": trainee.name,
        "nik": trainee.nik,
        "surel": trainee.email,
        "telepon": str(trainee.phone),
        "tanggal_lahir": trainee.birth_date,
        "jenis_kelamin": trainee.get_gender_display(),
        "tempat_tinggal": trainee.region.name,
        "pendidikan": trainee.get_education_display(),
        "kebutuhan_khusus": trainee.needs,
        "dikirim_oleh": trainee.sender,
        "status": trainee.get_status_display(),
        "nilai_seleksi": trainee.score,
        "presensi": [
            {"hari": row.day, "kehadiran": row.get_state_display(), "catatan": row.note}
            for row in trainee.attendance.all()
        ],
        "hasil_uji": [
            {
                "tanggal": row.assessed_on,
                "kompeten": row.is_competent,
                "skema": row.scheme_name,
                "nomor_sertifikat": row.certificate_number,
                "dibatalkan": row.void_reason,
            }
            for row in trainee.results.all()
        ],
        "pekerjaan": [
            {"tempat": row.company_name, "pekerjaan": row.position, "mulai": row.starts_on}
            for row in trainee.placements.all()
        ],
        "tindak_lanjut": [
            {"bulan": row.months, "keadaan": row.get_state_display(), "catatan": row.note}
            for row in trainee.followups.all()
            if row.done_on
        ],
        "riwayat": [
            {"pada": entry.at, "status": entry.to_status, "alasan": entry.reason}
            for entry in trainee.history.all()
        ],
    }
