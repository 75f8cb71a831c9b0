"""What each status of a PKS means, to whom. One table feeds pages, mails and my-tasks."""

from typing import NamedTuple

from django.utils.formats import date_format

from partnerships.enums import AgreementStatus as S
from partnerships.permissions import waits_for


class Words(NamedTuple):
    """A status in words. ``acting`` is for the side that must act now, ``waiting`` for the other,
    ``officer`` for the desk; they may hold ``{end}`` and ``{number}``.
    """

    badge: str
    icon: str
    title: str
    acting: str
    waiting: str
    officer: str
    next_step: str
    actor: str


_ACT_OR_WAIT = "Anda tidak perlu melakukan apa pun; kabar berikutnya dikirim lewat surel."

STAGES = {
    S.PROPOSED: Words(
        "info",
        "send",
        "Usulan kerja sama",
        "Kerja sama ini diusulkan kepada Anda. Baca kompetensi dan lingkupnya, lalu setujui atau "
        "tolak dengan alasan.",
        "Usulan sudah dikirim dan menunggu persetujuan pihak lain. " + _ACT_OR_WAIT,
        "Menunggu persetujuan pihak yang belum menjawab. Petugas dapat menjawab atas nama mereka.",
        "Setelah kedua pihak setuju, petugas Kementerian mencocokkan kompetensinya.",
        "Pihak yang belum menjawab",
    ),
    S.MATCHING: Words(
        "info",
        "scale",
        "Kompetensi sedang dicocokkan",
        "",
        "Kedua pihak sudah setuju. Petugas Kementerian mencocokkan kompetensi dan lingkupnya. "
        + _ACT_OR_WAIT,
        "Kedua pihak sudah setuju. Periksa kompetensi dan lingkup, lalu teruskan ke naskah.",
        "Sesudah itu kedua pihak mengisi naskah perjanjian.",
        "Petugas Kementerian",
    ),
    S.DRAFTING: Words(
        "warn",
        "edit",
        "Naskah sedang dibahas",
        "Lengkapi naskah: penanda tangan, masa berlaku, dan target. Petugas menetapkannya setelah "
        "lengkap.",
        "Lengkapi naskah: penanda tangan, masa berlaku, dan target. Petugas menetapkannya setelah "
        "lengkap.",
        "Kedua pihak mengisi naskah. Tetapkan naskah setelah lengkap; sesudahnya isinya tidak "
        "berubah.",
        "Setelah naskah ditetapkan, penanda tangan kedua pihak menerima tautan pribadi.",
        "Kedua pihak",
    ),
    S.READY: Words(
        "warn",
        "certificate",
        "Siap ditandatangani",
        "Naskah sudah ditetapkan. Tanda tangani lewat tautan di surel atau di halaman ini, atau "
        "unduh, tanda tangani di kertas, lalu unggah pindaiannya.",
        "Anda sudah menandatangani. Menunggu pihak lain; lalu petugas menyelesaikannya.",
        "Setelah kedua pihak menandatangani, catat hari, meterai, dan saksi. PKS lalu berlaku.",
        "Petugas Kementerian menyaksikan dan menyelesaikannya; PKS lalu berlaku.",
        "Penanda tangan kedua pihak",
    ),
    S.ACTIVE: Words(
        "ok",
        "check-circle",
        "Perjanjian berjalan",
        "Perjanjian berlaku sampai {end}. Catat kegiatan begitu selesai, dan isi laporan setiap "
        "semester.",
        "Perjanjian berlaku sampai {end}. Catat kegiatan begitu selesai, dan isi laporan setiap "
        "semester.",
        "Perjanjian berlaku sampai {end}.",
        "Sembilan puluh hari sebelum berakhir, kedua pihak diingatkan untuk memperpanjang.",
        "Kedua pihak",
    ),
    S.ENDING: Words(
        "warn",
        "clock",
        "Perjanjian akan berakhir",
        "Perjanjian berakhir {end}. Usulkan perpanjangan bila kerja sama diteruskan.",
        "Perjanjian berakhir {end}. Usulkan perpanjangan bila kerja sama diteruskan.",
        "Perjanjian berakhir {end}. Belum diperpanjang, kecuali tertulis di bawah.",
        "Tanpa perpanjangan, perjanjian berakhir sendiri sesudah hari itu.",
        "Kedua pihak",
    ),
    S.DORMANT: Words(
        "danger",
        "pause",
        "Perjanjian tidak berjalan",
        "Dua semester berturut-turut tidak ada laporan. Isi laporan semester terakhir; perjanjian "
        "lalu tercatat berjalan lagi.",
        "Dua semester berturut-turut tidak ada laporan. Isi laporan semester terakhir; perjanjian "
        "lalu tercatat berjalan lagi.",
        "Dua semester berturut-turut tanpa laporan. Hubungi kedua pihak, atau hentikan dengan "
        "alasan.",
        "Laporan yang diisi membuatnya berjalan lagi.",
        "Kedua pihak",
    ),
    S.ENDED: Words(
        "plain",
        "flag",
        "Perjanjian sudah berakhir",
        "",
        "Masa berlakunya selesai {end}. Anda dapat mengusulkan kerja sama baru.",
        "Masa berlakunya selesai {end}.",
        "",
        "",
    ),
    S.RENEWED: Words(
        "ok",
        "refresh",
        "Perjanjian sudah diperpanjang",
        "",
        "Perjanjian ini selesai {end} dan diteruskan oleh perpanjangannya.",
        "Selesai {end} dan diteruskan oleh perpanjangannya.",
        "",
        "",
    ),
    S.TERMINATED: Words(
        "danger",
        "x-circle",
        "Perjanjian dihentikan",
        "",
        "Perjanjian dihentikan sebelum waktunya. Alasannya tertulis di bawah ini.",
        "Dihentikan sebelum waktunya.",
        "",
        "",
    ),
    S.DECLINED: Words(
        "danger",
        "x-circle",
        "Usulan tidak disepakati",
        "",
        "Usulan ini tidak dilanjutkan. Alasannya tertulis di bawah ini. Anda dapat mengusulkan "
        "kerja sama lain.",
        "Usulan tidak dilanjutkan.",
        "",
        "",
    ),
    S.WITHDRAWN: Words(
        "plain",
        "undo",
        "Usulan ditarik",
        "",
        "Usulan ini ditarik oleh pengusulnya. Alasannya tertulis di bawah ini.",
        "Usulan ditarik.",
        "",
        "",
    ),
}


def must_act(agreement, side, *, has_signed=False):
    """Whether the next step is this side's."""
    if agreement.status == S.PROPOSED:
        return waits_for(agreement, side)
    if agreement.status == S.READY:
        return side is not None and not has_signed
    return side is not None and agreement.status in (S.DRAFTING, S.ENDING, S.DORMANT)


def own_text(agreement, side, *, has_signed=False):
    """What the status means for the people of ``side``, with the days written out."""
    words = STAGES[agreement.status]
    acts = must_act(agreement, side, has_signed=has_signed)
    return _filled(words.acting if acts and words.acting else words.waiting, agreement)


def officer_text(agreement):
    return _filled(STAGES[agreement.status].officer, agreement)


def _filled(text, agreement):
    end = agreement.terminated_on or agreement.ends_on
    day = date_format(end, "l, j F Y") if end else "–"
    return text.format(end=day, number=agreement.number)
