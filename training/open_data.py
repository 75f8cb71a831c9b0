"""What training gives to everybody: the events that were held. Of participants only the number."""

from django.db.models import F
from django.db.models.functions import TruncDate

from programs.dates import ZONES
from programs.open_data import DAY, NUMBER, Column, Dataset, offer, words_for
from training.enums import HELD, EventKind, EventMode
from training.models import Event


def events():
    """Events that began; their days are those in WIB."""
    return Event.objects.filter(status__in=HELD).annotate(
        first_day=TruncDate(F("starts_at"), tzinfo=ZONES["WIB"]),
        last_day=TruncDate(F("ends_at"), tzinfo=ZONES["WIB"]),
    )


offer(
    Dataset(
        slug="kegiatan",
        title="Bimtek, webinar, dan pelatihan",
        about="Kegiatan yang sedang atau sudah dilaksanakan. Peserta adalah mereka yang mendapat "
        "tempat; orang yang ikut dua kegiatan dihitung dua kali.",
        period="Menurut hari kegiatan",
        unit="kegiatan",
        rows=events,
        key={"id": int},
        columns=(
            Column("kegiatan", "Kode kegiatan, bagian akhir alamat halamannya.", "slug"),
            Column("judul", "Judul kegiatan.", "title"),
            Column("jenis", "Jenis kegiatan.", "kind", read=words_for(EventKind)),
            Column("cara", "Daring, tatap muka, atau keduanya.", "mode", read=words_for(EventMode)),
            Column("penyelenggara", "Unit kementerian.", "unit__name"),
            Column("program", "Kode program, bila ada.", "program__slug"),
            Column("mulai", "Hari pertama.", "first_day", DAY),
            Column("selesai", "Hari terakhir.", "last_day", DAY),
            Column("kode_wilayah", "Kode Kemendagri tempat kegiatan, bila ada.", "place_region_id"),
            Column("peserta", "Jumlah peserta yang mendapat tempat.", "taken", NUMBER),
        ),
    )
)
