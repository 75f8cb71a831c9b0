"""The participants of an event as a table, for Excel and whoever counts further with it."""

from django.utils import timezone

from programs.spreadsheets import temporary_xlsx
from training.enums import (
    AudienceKind,
    CivilServantKind,
    PositionKind,
    RegistrationSource,
    RegistrationStatus,
)

COLUMNS = [
    ("Urutan", "arrival"),
    ("Nama", "name"),
    ("NIP", "nip"),
    ("Status kepegawaian", "servant_kind"),
    ("Pangkat/golongan", "rank"),
    ("Jabatan", "position"),
    ("Jenis jabatan", "position_kind"),
    ("Instansi", "institution"),
    ("Kode wilayah", "region_id"),
    ("Kabupaten/kota", "region__name"),
    ("Provinsi", "region__province__name"),
    ("Surel", "user__email"),
    ("Telepon", "phone"),
    ("Sebagai", "kind"),
    ("Keadaan", "status"),
    ("Cara mendaftar", "source"),
    ("Diutus oleh", "sent_by__name"),
    ("Mendaftar pada", "registered_at"),
    ("JP diikuti", "attended_jp"),
    ("Nomor sertifikat", "certificate__number"),
    ("Kebutuhan khusus", "needs"),
]
IN_WORDS = {
    "servant_kind": CivilServantKind,
    "position_kind": PositionKind,
    "kind": AudienceKind,
    "status": RegistrationStatus,
    "source": RegistrationSource,
}
AT_ONCE = 2000


def lines(registrations):
    """The headings, then a line for each participant, read in pieces from the database."""
    yield [heading for heading, _ in COLUMNS]
    names = [name for _, name in COLUMNS]
    rows = registrations.order_by("arrival").values_list(*names)
    for row in rows.iterator(chunk_size=AT_ONCE):
        yield [_shown(name, value) for name, value in zip(names, row, strict=True)]


def excel(registrations):
    """The same table as a file, gone once it was sent."""
    return temporary_xlsx({"Peserta": lines(registrations)})


def _shown(name, value):
    if name in IN_WORDS:
        return IN_WORDS[name](value).label if value else ""
    if name == "registered_at":
        return timezone.localtime(value).replace(microsecond=0)
    return value
