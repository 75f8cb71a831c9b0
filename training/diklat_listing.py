"""The people of a batch as a table for Excel: from the registration to the follow-up."""

from django.db.models import Count, Q

from programs.spreadsheets import temporary_xlsx
from training.diklat_enums import AttendanceState
from training.models import CertificationResult, Followup, Placement

HEADINGS = [
    "Nama",
    "NIK (disamarkan)",
    "Jenis kelamin",
    "Tanggal lahir",
    "Kabupaten/kota",
    "Provinsi",
    "Pendidikan",
    "Telepon",
    "Surel",
    "Kebutuhan khusus",
    "Dikirim oleh",
    "Status",
    "Nilai seleksi",
    "Hari hadir",
    "Hari tercatat",
    "Kompeten pada",
    "Nomor sertifikat",
    "Berlaku sampai",
    "Tempat kerja",
    "Pekerjaan",
    "Mulai bekerja",
    "Kabar bulan ke-3",
    "Kabar bulan ke-6",
]


def lines(batch):
    """The headings, then a line for each person, in four queries."""
    yield HEADINGS
    results = _by_trainee(
        CertificationResult.objects.filter(trainee__batch=batch, is_competent=True, void_reason="")
    )
    work = _by_trainee(Placement.objects.current().filter(trainee__batch=batch))
    news = {
        (row.trainee_id, row.months): row.get_state_display()
        for row in Followup.objects.filter(trainee__batch=batch, done_on__isnull=False)
    }
    present = Q(attendance__state=AttendanceState.PRESENT)
    people = batch.trainees.select_related("region__province", "sent_by").annotate(
        days_present=Count("attendance", filter=present), days_listed=Count("attendance")
    )
    for trainee in people.order_by("name", "pk"):
        result, place = results.get(trainee.pk), work.get(trainee.pk)
        yield [
            trainee.name,
            trainee.masked_nik,
            trainee.get_gender_display(),
            trainee.birth_date,
            trainee.region.name,
            trainee.region.province.name,
            trainee.get_education_display(),
            str(trainee.phone),
            trainee.email,
            trainee.needs,
            trainee.sender,
            trainee.get_status_display(),
            trainee.score,
            trainee.days_present,
            trainee.days_listed,
            trainee.certified_on,
            result.certificate_number if result else "",
            result.valid_until if result else None,
            place.company_name if place else "",
            place.position if place else "",
            trainee.working_since,
            news.get((trainee.pk, 3), ""),
            news.get((trainee.pk, 6), ""),
        ]


def excel(batch):
    """The table as a file, gone once it was sent."""
    return temporary_xlsx({"Peserta": lines(batch)})


def _by_trainee(rows):
    return {row.trainee_id: row for row in rows}
