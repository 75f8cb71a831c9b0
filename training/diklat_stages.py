"""What each stage of a Diklat 3in1 means, to whom. One table feeds pages, mails and my-tasks."""

from typing import NamedTuple

from training.diklat_enums import TRAINED_ONCE, BatchStatus, TraineeStage, TraineeStatus


class TraineeWords(NamedTuple):
    """Where a trainee stands, in words for that person; ``own`` may hold ``{start}``, ``{end}``,
    ``{closes}`` and ``{course}``. ``next_step`` is what happens afterwards, ``actor`` who acts.
    """

    badge: str
    icon: str
    title: str
    own: str
    next_step: str
    actor: str


TRAINEE_STAGES = {
    TraineeStage.REGISTERED: TraineeWords(
        "info",
        "clock",
        "Pendaftaran Anda sudah diterima",
        "Panitia memilih peserta setelah pendaftaran ditutup pada {closes}. Hasilnya dikirim lewat "
        "surel, paling lambat sebelum pelatihan mulai pada {start}. Anda tidak perlu melakukan apa "
        "pun.",
        "Bila lulus seleksi, Anda mengikuti pelatihan mulai {start}.",
        "Panitia",
    ),
    TraineeStage.SELECTED: TraineeWords(
        "ok",
        "check-circle",
        "Anda lulus seleksi",
        "Tempat untuk Anda sudah disediakan. Datanglah pada hari pertama, {start}, dengan KTP dan "
        "berkas yang disyaratkan. Bila tidak dapat ikut, undurkan diri agar tempatnya dapat "
        "dipakai orang lain.",
        "Pelatihan berlangsung sampai {end}; kehadiran dicatat setiap hari.",
        "Anda",
    ),
    TraineeStage.NOT_SELECTED: TraineeWords(
        "warn",
        "x-circle",
        "Anda belum lulus seleksi",
        "Terima kasih sudah mendaftar. Alasannya tertulis di bawah ini. Bila ada peserta yang "
        "mundur, panitia dapat menghubungi Anda.",
        "Anda dapat mendaftar pada angkatan lain yang sedang dibuka.",
        "",
    ),
    TraineeStage.TRAINING: TraineeWords(
        "info",
        "school",
        "Anda sedang mengikuti pelatihan",
        "Pelatihan berlangsung sampai {end}. Instruktur mencatat kehadiran Anda setiap hari; bila "
        "sakit atau berhalangan, kabari panitia pada hari itu juga.",
        "Setelah pelatihan, Anda mengikuti uji kompetensi.",
        "Anda",
    ),
    TraineeStage.ASSESSMENT: TraineeWords(
        "info",
        "clipboard",
        "Hasil uji kompetensi Anda ditunggu",
        "Pelatihan sudah selesai. Anda menerima surel begitu panitia mencatat hasil uji.",
        "Bila kompeten, Anda menerima sertifikat kompetensi; penempatan kerja menyusul.",
        "LSP dan panitia",
    ),
    TraineeStage.COMPETENT: TraineeWords(
        "ok",
        "certificate",
        "Anda dinyatakan kompeten",
        "Selamat, Anda lulus uji kompetensi. Panitia sedang mengatur penempatan kerja Anda.",
        "Panitia mengabari tempat dan hari pertama Anda bekerja.",
        "Panitia",
    ),
    TraineeStage.NOT_YET_COMPETENT: TraineeWords(
        "warn",
        "refresh",
        "Anda belum dinyatakan kompeten",
        "Hasil uji menunjukkan masih ada yang perlu dilatih. Anda dapat mengikuti uji ulang; "
        "tanyakan jadwalnya kepada panitia.",
        "Penempatan kerja tetap diusahakan, juga sebelum uji ulang.",
        "Anda dan panitia",
    ),
    TraineeStage.PLACED: TraineeWords(
        "ok",
        "factory",
        "Anda sudah ditempatkan",
        "Tempat kerja Anda tertulis di bawah ini. Bila ada masalah pada hari-hari pertama, hubungi "
        "panitia.",
        "Panitia menghubungi Anda tiga dan enam bulan setelah hari pertama bekerja.",
        "",
    ),
    TraineeStage.SELF_EMPLOYED: TraineeWords(
        "ok",
        "shop",
        "Anda menjalankan usaha sendiri",
        "Usaha Anda tertulis di bawah ini. Program bagi pelaku IKM, termasuk penggantian pembelian "
        "mesin, terbuka juga untuk Anda.",
        "Panitia menghubungi Anda tiga dan enam bulan sesudahnya.",
        "",
    ),
    TraineeStage.NOT_WORKING: TraineeWords(
        "warn",
        "search",
        "Penempatan Anda belum berhasil",
        "Panitia mencatat bahwa Anda belum bekerja. Bila keadaan berubah, atau Anda masih mencari, "
        "kabari panitia.",
        "Panitia menghubungi Anda bila ada mitra yang membutuhkan.",
        "Panitia",
    ),
    TraineeStage.WITHDRAWN: TraineeWords(
        "plain",
        "undo",
        "Anda mengundurkan diri",
        "Tempat Anda sudah dilepas untuk orang lain.",
        "Selama pendaftaran masih dibuka, Anda dapat mendaftar lagi.",
        "",
    ),
    TraineeStage.DROPPED_OUT: TraineeWords(
        "danger",
        "x-circle",
        "Pelatihan Anda dihentikan",
        "Panitia mencatat bahwa Anda berhenti sebelum pelatihan selesai. Alasannya tertulis di "
        "bawah ini; bila keliru, hubungi panitia.",
        "Anda dapat mendaftar pada angkatan lain yang sedang dibuka.",
        "",
    ),
    TraineeStage.CANCELLED: TraineeWords(
        "danger",
        "x-circle",
        "Angkatan ini dibatalkan",
        "Pelatihan tidak jadi dilaksanakan. Alasannya tertulis di bawah ini. Kami mohon maaf; Anda "
        "tidak perlu melakukan apa pun.",
        "Anda dapat mendaftar pada angkatan lain yang sedang dibuka.",
        "",
    ),
}


class BatchWords(NamedTuple):
    """A batch's status in words: ``public`` for who reads its page, ``officer`` for its unit."""

    badge: str
    icon: str
    label: str
    public: str
    officer: str


BATCH_STAGES = {
    BatchStatus.PLANNED: BatchWords(
        "plain",
        "edit",
        "Direncanakan",
        "Angkatan ini belum diumumkan.",
        "Catat kebutuhan mitra, lalu buka pendaftaran. Sebelum dibuka, angkatan ini hanya terlihat "
        "di sini.",
    ),
    BatchStatus.OPEN: BatchWords(
        "ok",
        "clock",
        "Pendaftaran dibuka",
        "Pendaftaran dibuka sampai {closes}.",
        "Orang mendaftar sendiri atau dikirim dinas dan mitra. Pendaftaran ditutup sendiri setelah "
        "{closes}.",
    ),
    BatchStatus.SELECTION: BatchWords(
        "info",
        "clipboard",
        "Seleksi peserta",
        "Pendaftaran sudah ditutup dan panitia memilih peserta.",
        "Putuskan setiap pendaftar. Pelatihan mulai sendiri pada {start}, dengan peserta yang "
        "lulus seleksi.",
    ),
    BatchStatus.RUNNING: BatchWords(
        "info",
        "school",
        "Pelatihan berlangsung",
        "Pelatihan berlangsung sampai {end}.",
        "Catat kehadiran setiap hari. Sesudah {end} angkatan berpindah sendiri ke uji kompetensi.",
    ),
    BatchStatus.CERTIFICATION: BatchWords(
        "info",
        "certificate",
        "Uji kompetensi",
        "Pelatihan selesai; peserta mengikuti uji kompetensi.",
        "Catat hasil uji setiap peserta, lalu tutup uji kompetensi. Uji ulang tetap dapat dicatat "
        "sesudahnya.",
    ),
    BatchStatus.PLACEMENT: BatchWords(
        "info",
        "factory",
        "Penempatan kerja",
        "Peserta sedang ditempatkan di perusahaan mitra.",
        "Catat tempat kerja setiap peserta, dan tanyakan kabarnya setelah tiga dan enam bulan. "
        "Angkatan ditutup setelah semuanya tercatat.",
    ),
    BatchStatus.CLOSED: BatchWords(
        "ok", "check-circle", "Selesai", "Angkatan ini sudah selesai.", "Semuanya sudah tercatat."
    ),
    BatchStatus.CANCELLED: BatchWords(
        "danger",
        "x-circle",
        "Dibatalkan",
        "Angkatan ini dibatalkan.",
        "Pendaftar dan peserta sudah diberi tahu.",
    ),
}


def stage_of(trainee):
    """Where ``trainee`` stands; needs the batch beside the row."""
    status, batch = trainee.status, trainee.batch
    ended = (TraineeStatus.WITHDRAWN, TraineeStatus.NOT_SELECTED, TraineeStatus.DROPPED_OUT)
    if batch.status == BatchStatus.CANCELLED and status not in ended:
        return TraineeStage.CANCELLED
    if status == TraineeStatus.TRAINING and batch.status in TRAINED_ONCE:
        return TraineeStage.ASSESSMENT
    return TraineeStage(status)
