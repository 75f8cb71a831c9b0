"""What each status of an event means to the officers who hold it, with its colour and picture."""

from typing import NamedTuple

from training.enums import EventStatus as E


class EventWords(NamedTuple):
    badge: str
    icon: str
    title: str
    meaning: str

    @property
    def state(self):
        """The colour of the head of its page, which knows fewer."""
        return self.badge if self.badge in ("ok", "warn", "danger") else ""


EVENT_WORDS = {
    E.DRAFT: EventWords(
        "none",
        "edit",
        "Kegiatan ini masih konsep",
        "Hanya petugas unit yang melihatnya. Lengkapi isinya, lalu umumkan.",
    ),
    E.OPEN: EventWords(
        "ok",
        "check",
        "Pendaftaran dibuka",
        "Kegiatan tampil di halaman Pelatihan dan orang dapat mendaftar selama masa pendaftaran.",
    ),
    E.CLOSED: EventWords(
        "info",
        "lock",
        "Pendaftaran ditutup",
        "Orang tidak dapat mendaftar sendiri lagi; panitia masih dapat menambah peserta.",
    ),
    E.RUNNING: EventWords(
        "accent",
        "clock",
        "Kegiatan sedang berlangsung",
        "Tampilkan kode daftar hadir di setiap sesi dan catat siapa yang hadir.",
    ),
    E.FINISHED: EventWords(
        "warn",
        "half",
        "Kegiatan selesai, hasilnya belum ditetapkan",
        "Betulkan daftar hadir bila perlu, lalu tetapkan hasil setiap peserta.",
    ),
    E.CONCLUDED: EventWords(
        "ok",
        "check-circle",
        "Hasil sudah ditetapkan",
        "Terbitkan sertifikat bagi yang memenuhi syarat, lalu arsipkan kegiatan.",
    ),
    E.ARCHIVED: EventWords(
        "none",
        "inbox",
        "Kegiatan sudah diarsipkan",
        "Tidak ada lagi yang berubah, kecuali pencabutan atau penggantian sertifikat.",
    ),
    E.POSTPONED: EventWords(
        "warn",
        "pause",
        "Kegiatan ditunda",
        "Pendaftaran yang ada tetap berlaku. Isi jadwal barunya begitu diketahui.",
    ),
    E.CANCELLED: EventWords(
        "danger",
        "x-circle",
        "Kegiatan dibatalkan",
        "Semua pendaftar sudah diberi tahu. Kegiatan ini tidak dapat dibuka kembali.",
    ),
}
