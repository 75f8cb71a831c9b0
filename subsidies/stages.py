"""What each stage means, to whom. One table feeds pages, mails, my-tasks and the queue."""

from typing import NamedTuple

from subsidies.enums import Stage


class StageWords(NamedTuple):
    """A stage in words.

    ``owner`` is what it means for the applicant and ``next_step`` what happens afterwards; both
    may hold ``{due}``. ``actor`` says who must act. ``permission`` is what an officer needs to act
    on it: with it the stage is part of that officer's queue.
    """

    badge: str
    icon: str
    title: str
    owner: str
    next_step: str
    actor: str
    permission: str = ""


STAGES = {
    Stage.DRAFT: StageWords(
        "accent",
        "edit",
        "Permohonan belum dikirim",
        "Lengkapi bagian di bawah ini, lalu kirim. Anda dapat berhenti dan melanjutkan kapan saja.",
        "Setelah dikirim, petugas memeriksa kelengkapan berkas.",
        "Anda",
    ),
    Stage.COMPLETENESS: StageWords(
        "info",
        "eye",
        "Berkas Anda sedang diperiksa",
        "Petugas memeriksa apakah semua berkas ada dan terbaca. Paling lambat {due}, Anda menerima "
        "kabar lewat surel. Anda tidak perlu melakukan apa pun.",
        "Bila lengkap, permohonan mendapat nomor registrasi.",
        "Pemeriksa administrasi",
        "subsidies.check_completeness",
    ),
    Stage.CORRECTION: StageWords(
        "warn",
        "edit",
        "Perlu diperbaiki",
        "Ada catatan petugas yang menunggu jawaban Anda, paling lambat {due}. Waktu pemeriksaan "
        "kami berhenti sampai Anda mengirim kembali. Bila lewat batas, permohonan gugur.",
        "Setelah dikirim kembali, petugas melanjutkan pemeriksaan.",
        "Anda",
    ),
    Stage.CONFORMITY: StageWords(
        "info",
        "search",
        "Isi berkas sedang dicocokkan",
        "Permohonan Anda sudah terdaftar. Petugas mencocokkan isi berkas dengan syarat program, "
        "paling lambat {due}. Anda tidak perlu melakukan apa pun.",
        "Bila sesuai, verifikator mengunjungi tempat usaha Anda.",
        "Pemeriksa kesesuaian",
        "subsidies.check_conformity",
    ),
    Stage.VISIT_PLANNING: StageWords(
        "info",
        "calendar",
        "Jadwal kunjungan sedang disusun",
        "Verifikator akan memberi tahu hari dan jam kunjungan, paling lambat {due}.",
        "Petugas mengunjungi tempat usaha Anda dan melihat mesin.",
        "Verifikator lapangan",
        "subsidies.conduct_visit",
    ),
    Stage.VISIT: StageWords(
        "info",
        "pin",
        "Petugas akan mengunjungi tempat usaha Anda",
        "Mohon ada di tempat bersama mesin yang menyala dan berkas asli. Petugas membawa surat "
        "tugas dan tidak memungut biaya apa pun.",
        "Setelah kunjungan, Anda dan petugas menyetujui berita acara.",
        "Verifikator lapangan",
        "subsidies.conduct_visit",
    ),
    Stage.MINUTES: StageWords(
        "warn",
        "file",
        "Berita acara menunggu persetujuan Anda",
        "Baca berita acara kunjungan, lalu setujui paling lambat {due}. Bila ada yang keliru, "
        "sampaikan keberatan beserta alasannya.",
        "Setelah disetujui, tim teknis menetapkan nilai yang diakui.",
        "Anda",
        "subsidies.check_conformity",
    ),
    Stage.ASSESSMENT: StageWords(
        "info",
        "clipboard",
        "Nilai penggantian sedang dihitung",
        "Tim teknis menetapkan nilai yang diakui, paling lambat {due}. Anda akan melihat setiap "
        "potongan beserta alasannya.",
        "Setelah dihitung, pejabat yang berwenang memutuskan.",
        "Tim teknis",
        "subsidies.assess_application",
    ),
    Stage.APPROVAL: StageWords(
        "info",
        "scale",
        "Menunggu keputusan",
        "Hitungan selesai dan menunggu keputusan pejabat yang berwenang, paling lambat {due}.",
        "Bila disetujui, anggaran dicadangkan untuk Anda dan surat keputusan disiapkan.",
        "Pejabat pemberi persetujuan",
        "subsidies.approve_application",
    ),
    Stage.WAITING: StageWords(
        "warn",
        "clock",
        "Masuk daftar tunggu",
        "Permohonan Anda memenuhi syarat, tetapi anggaran sudah terpakai. Permohonan dilayani "
        "menurut urutan registrasi bila ada anggaran yang kembali.",
        "Bila anggaran tersedia, keputusan dikirim kepada Anda.",
        "Kementerian",
        "subsidies.approve_application",
    ),
    Stage.DECREE: StageWords(
        "ok",
        "check-circle",
        "Permohonan disetujui",
        "Anggaran sudah dicadangkan untuk Anda. Surat keputusan penerima disiapkan, paling lambat "
        "{due}.",
        "Setelah surat keputusan terbit, pembayaran diproses.",
        "Pejabat pembuat komitmen",
        "subsidies.issue_decree",
    ),
    Stage.SPP: StageWords(
        "ok",
        "file",
        "Surat keputusan sudah terbit",
        "Surat permintaan pembayaran (SPP) disiapkan, paling lambat {due}.",
        "Setelah SPP, surat perintah membayar (SPM) diterbitkan.",
        "Petugas keuangan",
        "subsidies.request_payment",
    ),
    Stage.SPM: StageWords(
        "ok",
        "money",
        "Permintaan pembayaran sudah dibuat",
        "Surat perintah membayar (SPM) diperiksa dan diterbitkan, paling lambat {due}.",
        "Setelah SPM, kas negara mengirim uang.",
        "Pejabat penanda tangan SPM",
        "subsidies.order_payment",
    ),
    Stage.SP2D: StageWords(
        "ok",
        "money",
        "Perintah membayar sudah dikirim ke kas negara",
        "Kas negara (KPPN) mengirim uang ke rekening Anda, paling lambat {due}.",
        "Anda menerima pemberitahuan beserta nomor SP2D.",
        "Kas negara",
        "subsidies.record_payment",
    ),
    Stage.PAID: StageWords(
        "ok",
        "check-circle",
        "Uang sudah dikirim ke rekening Anda",
        "Periksa rekening Anda. Simpan surat pemberitahuan pembayaran. Mesin tidak boleh "
        "dipindahtangankan selama masa yang tertulis dalam surat keputusan.",
        "Berkas ditutup oleh petugas.",
        "Petugas keuangan",
        "subsidies.record_payment",
    ),
    Stage.CLOSED: StageWords(
        "ok",
        "check-circle",
        "Selesai",
        "Permohonan selesai. Semua surat tetap dapat diunduh di halaman ini.",
        "",
        "",
    ),
    Stage.REJECTED: StageWords(
        "danger",
        "x-circle",
        "Permohonan ditolak",
        "Alasan dan dasarnya tertulis di bawah. Anda dapat mengajukan lagi bila syaratnya sudah "
        "terpenuhi dan masa pengajuan masih dibuka.",
        "",
        "",
    ),
    Stage.LAPSED: StageWords(
        "danger",
        "x-circle",
        "Permohonan gugur",
        "Perbaikan tidak diterima sampai batas waktunya. Anda dapat mengajukan lagi selama masa "
        "pengajuan masih dibuka; berkas lama tetap tersimpan.",
        "",
        "",
    ),
    Stage.WITHDRAWN: StageWords(
        "plain",
        "x",
        "Permohonan ditarik",
        "Anda menarik permohonan ini. Anda dapat mengajukan lagi selama masa pengajuan dibuka.",
        "",
        "",
    ),
}


def stages_for(user):
    """The stages on which ``user`` may act: an officer's own queue."""
    return [
        stage
        for stage, words in STAGES.items()
        if words.permission and user.has_perm(words.permission)
    ]
