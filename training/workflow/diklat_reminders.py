"""What people are reminded of in a Diklat 3in1: the first day, undecided places, the follow-up."""

from programs.enums import NotificationKind
from training.diklat_enums import TraineeStatus
from training.diklat_news import long_day, tell_officers, tell_trainees
from training.models import Followup


def remind_of_the_start(batch, *, today):
    """Tell the selected when and where to come, and the officers who is still undecided."""
    selected = batch.trainees.filter(status=TraineeStatus.SELECTED)
    tell_trainees(
        batch,
        selected.select_related("user", "registered_by"),
        fact=f"batch.start.{batch.pk}.{today}",
        subject=f"Pelatihan mulai {long_day(batch.starts_on)}",
        body=f"Datanglah ke {batch.place}, {batch.region.full_name}, dengan KTP dan berkas yang "
        "disyaratkan. Bila tidak dapat ikut, undurkan diri hari ini juga.",
    )
    undecided = batch.trainees.filter(status=TraineeStatus.REGISTERED).count()
    if undecided or not batch.seated:
        tell_officers(
            batch,
            fact=f"batch.undecided.{batch.pk}.{today}",
            subject=f"Seleksi belum selesai: {batch}",
            body=f"Pelatihan mulai {long_day(batch.starts_on)}. {batch.seated} dari "
            f"{batch.capacity} tempat terisi dan {undecided} pendaftar belum diputuskan. Tanpa "
            "peserta yang lulus seleksi, pelatihan tidak dimulai.",
            page="selection",
            kind=NotificationKind.REMINDER,
        )


def remind_of_followups(batch, *, today):
    """Tell the unit's officers whom to ask; again each week while nobody has asked."""
    due = Followup.objects.due(today=today).filter(trainee__batch=batch)
    for months in sorted(set(due.values_list("months", flat=True))):
        waiting = due.filter(months=months)
        first = waiting.order_by("due_on").first().due_on
        week = (today - first).days // 7
        tell_officers(
            batch,
            fact=f"followup.{batch.pk}.{months}.{first}.{week}",
            subject=f"Tindak lanjut bulan ke-{months}: {batch}",
            body=f"{waiting.count()} lulusan perlu ditanya apakah masih bekerja, yang pertama "
            f"jatuh tempo {long_day(first)}. Catat jawabannya, juga bila tidak dapat dihubungi.",
            page="followup",
            kind=NotificationKind.REMINDER,
        )
