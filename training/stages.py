"""What each status of a registration means, to whom. One table feeds pages, mails and my-tasks."""

from typing import NamedTuple

from training.enums import RegistrationStatus as R


class StatusWords(NamedTuple):
    """A status in words: ``participant`` is what it means for the person, ``next_step`` what
    happens afterwards, ``actor`` who must act."""

    badge: str
    icon: str
    title: str
    participant: str
    next_step: str
    actor: str


WORDS = {
    R.PENDING: StatusWords(
        "info",
        "clock",
        "Pendaftaran Anda menunggu persetujuan panitia",
        "Panitia memeriksa apakah Anda termasuk peserta yang dituju. Anda tidak perlu melakukan "
        "apa pun.",
        "Anda menerima surel begitu panitia memutuskan.",
        "Panitia",
    ),
    R.ACCEPTED: StatusWords(
        "ok",
        "check",
        "Anda terdaftar sebagai peserta",
        "Tempat untuk Anda sudah dipesan. Simpan jadwalnya; tautan dan bahan ada di halaman ini.",
        "Isi daftar hadir di setiap sesi dengan kode yang ditampilkan panitia.",
        "Anda",
    ),
    R.WAITING: StatusWords(
        "warn",
        "clock",
        "Anda ada di daftar tunggu",
        "Semua tempat sudah terisi. Bila ada yang mundur, tempatnya berpindah sendiri menurut "
        "urutan mendaftar, dan Anda menerima surel.",
        "Bila Anda tidak jadi ikut, undurkan diri agar urutan di bawah Anda naik.",
        "Menunggu tempat",
    ),
    R.REJECTED: StatusWords(
        "danger",
        "x",
        "Pendaftaran Anda tidak diterima",
        "Alasannya tertulis di bawah ini. Bila menurut Anda keliru, hubungi narahubung.",
        "Anda dapat mendaftar pada kegiatan lain.",
        "",
    ),
    R.WITHDRAWN: StatusWords(
        "none",
        "undo",
        "Anda mengundurkan diri",
        "Tempat Anda sudah dilepas untuk orang lain.",
        "Selama pendaftaran masih dibuka, Anda dapat mendaftar lagi.",
        "",
    ),
    R.UNPLACED: StatusWords(
        "none",
        "x-circle",
        "Anda tidak mendapat tempat",
        "Sampai kegiatan dimulai tidak ada tempat yang kosong untuk Anda.",
        "Lihat jadwal kegiatan berikutnya.",
        "",
    ),
    R.ABSENT: StatusWords(
        "danger",
        "x-circle",
        "Anda tercatat tidak hadir",
        "Tidak ada sesi dengan kehadiran atas nama Anda. Bila keliru, hubungi narahubung.",
        "",
        "",
    ),
    R.PARTLY: StatusWords(
        "warn",
        "half",
        "Syarat sertifikat belum terpenuhi",
        "Kehadiran, evaluasi, atau nilai tes akhir Anda belum memenuhi syarat; rinciannya di bawah "
        "ini. Bila keliru, hubungi narahubung.",
        "",
        "",
    ),
    R.QUALIFIED: StatusWords(
        "ok",
        "check-circle",
        "Anda memenuhi syarat",
        "Anda memenuhi semua syarat kegiatan ini. Periksa nama Anda: begitulah sertifikat ditulis.",
        "Sertifikat diterbitkan panitia; Anda menerima surel.",
        "Panitia",
    ),
    R.CERTIFIED: StatusWords(
        "ok",
        "certificate",
        "Sertifikat Anda sudah terbit",
        "Unduh sertifikat di halaman ini. Siapa pun dapat memeriksa keasliannya lewat kode QR.",
        "",
        "",
    ),
    R.REVOKED: StatusWords(
        "danger",
        "alert",
        "Sertifikat Anda dicabut",
        "Alasannya tertulis di bawah ini. Bila menurut Anda keliru, hubungi narahubung.",
        "",
        "",
    ),
}
