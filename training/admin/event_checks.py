"""What an event still lacks before it can be announced, and what happens to it by the clock."""

from typing import NamedTuple

from django.urls import reverse

from programs.templatetags.bina import tanggal_hari, waktu
from training.enums import BEFORE_IT_BEGINS, EventMode, EventStatus


class Check(NamedTuple):
    """One line of the list before announcing. Without a needed one the workflow refuses."""

    title: str
    about: str
    is_done: bool
    is_needed: bool
    url: str


def checks(event, sessions, *, questions, now):
    """The list for a draft; ``sessions`` are its sessions with speakers."""
    form = reverse("admin:training_event_change", args=[event.pk])
    yield Check(
        "Sesi dan waktunya",
        f"{len(sessions)} sesi, {sum(session.jp for session in sessions)} JP."
        if sessions
        else "Tambahkan paling sedikit satu sesi.",
        bool(sessions),
        True,
        f"{form}#sessions",
    )
    if sessions:
        yield _window(event, sessions, form)
        yield _speakers(sessions, form)
        if min(session.starts_at for session in sessions) <= now:
            yield Check(
                "Sesi pertama sudah lewat",
                "Begitu diumumkan, kegiatan langsung berlangsung. Periksa waktunya.",
                False,
                False,
                f"{form}#sessions",
            )
    if event.mode != EventMode.ONLINE:
        about = event.place or "Isi nama gedung dan alamatnya."
        yield Check("Tempat", about, bool(event.place), True, form)
    if event.mode != EventMode.PLACE:
        about = "Hanya ditunjukkan kepada peserta; dapat diisi kemudian."
        yield Check("Tautan daring", about, bool(event.online_url), False, form)
    if event.has_pretest or event.has_posttest:
        about = f"{questions} soal." if questions else "Tambahkan soal, atau matikan tesnya."
        yield Check("Soal tes", about, bool(questions), True, f"{form}#questions")


def _window(event, sessions, form):
    is_in_time = event.closes_at <= max(session.ends_at for session in sessions)
    about = f"{waktu(event.opens_at)} sampai {waktu(event.closes_at)}."
    if not is_in_time:
        about += " Harus ditutup sebelum sesi terakhir selesai."
    return Check("Masa pendaftaran", about, is_in_time, True, form)


def _speakers(sessions, form):
    without = [str(session.number) for session in sessions if not session.speakers.all()]
    about = f"Sesi {', '.join(without)} belum memiliki narasumber." if without else "Lengkap."
    url = form
    if without:
        first = next(session for session in sessions if not session.speakers.all())
        url = reverse("admin:training_session_change", args=[first.pk])
    return Check("Narasumber setiap sesi", about, not without, False, url)


def by_the_clock(event, *, quotas_wait, now):
    """Sentences of what happens next without anybody's doing, in the order of time."""
    coming = []
    if event.status == EventStatus.OPEN:
        if now < event.opens_at:
            coming.append((event.opens_at, f"{waktu(event.opens_at)}: orang mulai dapat mendaftar"))
        coming.append((event.closes_at, f"{waktu(event.closes_at)}: pendaftaran ditutup"))
    if event.status in BEFORE_IT_BEGINS:
        coming.append(
            (
                event.starts_at,
                f"{waktu(event.starts_at)}: kegiatan dimulai; yang masih menunggu diberi tahu "
                "bahwa tidak mendapat tempat",
            )
        )
    if event.status == EventStatus.RUNNING:
        coming.append(
            (event.ends_at, f"{waktu(event.ends_at)}: kegiatan selesai; hasil dapat ditetapkan")
        )
    closes = event.evaluation_closes_at
    if closes and closes > now and event.status in (EventStatus.RUNNING, EventStatus.FINISHED):
        coming.append((closes, f"{waktu(closes)}: evaluasi dan tes akhir ditutup"))
    sentences = [f"{words}." for _, words in sorted(coming)]
    if quotas_wait and event.quotas_released_on and event.status in BEFORE_IT_BEGINS:
        sentences.insert(
            0, f"{tanggal_hari(event.quotas_released_on)}: sisa kuota dibuka untuk semua."
        )
    return sentences
