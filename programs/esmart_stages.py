"""What each stage of e-Smart means, to whom. One table feeds pages and my-tasks."""

from typing import NamedTuple

from programs.esmart_enums import EnrolmentStatus as S
from programs.templatetags.bina import tanggal_hari
from programs.working_days import add_working_days

# How long an officer usually takes to verify (working days); the mail promises the same.
VERIFIED_WITHIN = 2


OWNER = "Pemilik IKM"


class Words(NamedTuple):
    """A stage in words: for the people of the IKM, and for a Dinas or officer who looks at it.

    ``{workshop}`` and ``{day}`` are filled in; ``actor`` must act next.
    """

    kind: str
    icon: str
    title: str
    own: str
    others: str
    next_step: str
    actor: str

    @property
    def word(self):
        return self.title


STAGES = {
    S.PROPOSED: Words(
        "warn",
        "mail",
        "Menunggu persetujuan pemilik",
        "Dinas mengisi pendaftaran ini untuk Anda. Periksa isinya, lalu setujui atau tolak.",
        "Pemilik belum menyetujui pendaftaran ini. Tautannya dikirim lewat surel; ingatkan "
        "pemilik bila perlu.",
        "Setelah pemilik setuju, petugas Kementerian memeriksa data usahanya.",
        OWNER,
    ),
    S.REGISTERED: Words(
        "info",
        "clipboard",
        "Sedang diperiksa petugas",
        "Petugas memeriksa data usaha Anda, biasanya sampai {day}. Anda tidak perlu melakukan apa "
        "pun; kabarnya dikirim lewat surel.",
        "Menunggu petugas Kementerian memeriksa data usahanya, biasanya sampai {day}.",
        "Setelah diterima, Anda diundang mengikuti lokakarya. Sambil menunggu, isi produk Anda.",
        "Petugas Kementerian",
    ),
    S.VERIFIED: Words(
        "info",
        "check-circle",
        "Diterima, menunggu jadwal lokakarya",
        "Usaha Anda sudah menjadi peserta e-Smart IKM. Jadwal lokakarya kami beritahukan lewat "
        "surel. Siapkan foto produk dan daftar harga.",
        "Diterima sebagai peserta. Menunggu tempat dalam lokakarya.",
        "Di lokakarya Anda belajar memotret produk dan berjualan di lokapasar.",
        "Petugas Kementerian",
    ),
    S.SCHEDULED: Words(
        "warn",
        "calendar",
        "Terjadwal lokakarya",
        "Datanglah ke {workshop} pada {day}. Bawa ponsel, contoh produk, dan daftar harga.",
        "Dijadwalkan mengikuti {workshop} pada {day}.",
        "Setelah lokakarya selesai, buka toko di lokapasar dan catat tautannya di sini.",
        OWNER,
    ),
    S.TRAINED: Words(
        "warn",
        "certificate",
        "Lulus lokakarya, belum punya toko",
        "Buka toko di salah satu lokapasar, lalu catat tautannya di sini. Bila terhambat, minta "
        "bantuan pendamping.",
        "Lulus lokakarya dan belum mencatat toko. Pendamping menghubungi 30 hari sesudahnya.",
        "Setelah tokonya tercatat, isi laporan penjualan sekali sebulan.",
        OWNER,
    ),
    S.ONBOARD: Words(
        "warn",
        "shop",
        "Punya toko, belum ada penjualan",
        "Toko Anda sudah tercatat. Isi laporan penjualan setiap bulan, paling lambat tanggal 10. "
        "Belum ada yang terjual? Isi 0, atau minta bantuan pendamping.",
        "Punya toko dan belum melaporkan penjualan.",
        "Setelah ada penjualan, usaha Anda tercatat aktif menjual.",
        OWNER,
    ),
    S.SELLING: Words(
        "ok",
        "chart",
        "Aktif menjual",
        "Teruskan. Isi laporan penjualan setiap bulan, paling lambat tanggal 10.",
        "Melaporkan penjualan dalam tiga bulan terakhir.",
        "Usaha yang penjualannya mantap dinyatakan naik kelas oleh petugas.",
        OWNER,
    ),
    S.GRADUATED: Words(
        "ok",
        "flag",
        "Naik kelas",
        "Usaha Anda dinyatakan mampu berjualan daring sendiri. Produk Anda tetap tampil di "
        "katalog.",
        "Dinyatakan naik kelas.",
        "",
        "",
    ),
    S.INACTIVE: Words(
        "danger",
        "pause",
        "Tidak aktif: tiga bulan tanpa penjualan",
        "Tidak ada penjualan yang dilaporkan selama tiga bulan. Isi laporan yang belum diisi, atau "
        "minta bantuan pendamping.",
        "Tiga bulan tanpa penjualan. Hubungi pemiliknya dan tanyakan hambatannya.",
        "Laporan dengan penjualan membuat usaha ini aktif lagi.",
        OWNER,
    ),
    S.LEFT: Words(
        "plain",
        "logout",
        "Keluar dari e-Smart IKM",
        "Usaha Anda tidak lagi menjadi peserta. Laporan yang sudah diisi tetap tersimpan. Anda "
        "dapat mendaftar lagi kapan saja.",
        "Tidak lagi menjadi peserta.",
        "",
        "",
    ),
    S.REFUSED: Words(
        "danger",
        "x-circle",
        "Pendaftaran belum dapat diterima",
        "Baca alasannya, perbaiki data usaha Anda, lalu daftar lagi.",
        "Pendaftaran ini ditolak; alasannya tertulis di bawah.",
        "",
        "",
    ),
}

# Each deed of the history in words.
DEEDS = {
    "enrol": "Didaftarkan",
    "confirm": "Disetujui pemilik",
    "verify": "Diterima petugas",
    "refuse": "Ditolak",
    "schedule": "Dijadwalkan lokakarya",
    "unschedule": "Jadwal lokakarya dibatalkan",
    "pass": "Lulus lokakarya",
    "retract": "Kelulusan lokakarya dibatalkan",
    "onboard": "Toko pertama tercatat",
    "sell": "Penjualan tercatat",
    "fall_silent": "Tercatat tidak aktif",
    "graduate": "Naik kelas",
    "leave": "Keluar dari e-Smart IKM",
}
SETBACKS = {"refuse", "unschedule", "retract", "fall_silent", "leave"}
# What still comes, in order, with who acts.
WAY = [
    (S.REGISTERED, "Pemeriksaan data usaha", "Petugas Kementerian"),
    (S.VERIFIED, "Lokakarya", "Petugas menjadwalkan, Anda hadir"),
    (S.TRAINED, "Toko di lokapasar", OWNER),
    (S.ONBOARD, "Penjualan pertama", OWNER),
    (S.SELLING, "Menjual setiap bulan", OWNER),
    (S.GRADUATED, "Naik kelas", "Petugas Kementerian"),
]
_PLACE = {
    S.PROPOSED: -1,
    S.SCHEDULED: 1,
    S.INACTIVE: 4,
    **{status: number for number, (status, _, _) in enumerate(WAY)},
}


class Step(NamedTuple):
    """One step on the way: done, now, later, or a setback (warn)."""

    stage: str
    title: str
    when: str = ""
    who: str = ""
    due: str = ""
    reason: str = ""


def due_on(enrolment, holidays):
    """Until when the next thing should happen, where there is a day for it; else None."""
    if enrolment.status == S.SCHEDULED:
        return enrolment.workshop_on
    if enrolment.status == S.REGISTERED:
        since = (enrolment.confirmed_at or enrolment.entered_at).date()
        return add_working_days(since, VERIFIED_WITHIN, holidays)
    return None


def text_for(enrolment, holidays, *, is_own):
    """What the stage means for this reader, with the days written out."""
    words = STAGES[enrolment.status]
    return (words.own if is_own else words.others).format(
        workshop=enrolment.workshop, day=tanggal_hari(due_on(enrolment, holidays))
    )


def way_of(enrolment, history):
    """The whole way: what was done, with its day, and what still comes."""
    done = [
        Step(
            "warn" if entry.action in SETBACKS else "done",
            DEEDS.get(entry.action, entry.action),
            when=tanggal_hari(entry.at),
            reason=entry.reason,
        )
        for entry in history
    ]
    if enrolment.status == S.PROPOSED:
        done.append(Step("now", "Persetujuan pemilik", who=OWNER))
    place = _PLACE.get(enrolment.status)
    if place is None or enrolment.status == S.GRADUATED:
        return done
    ahead = WAY[max(place, 0) :]
    return done + [
        Step("now" if number == place else "later", title, who=who)
        for number, (_, title, who) in enumerate(ahead, start=max(place, 0))
    ]
