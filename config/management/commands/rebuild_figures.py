import time

from django.core.management.base import BaseCommand
from django.utils import timezone

from partnerships.workflow import figures as partnerships
from programs.workflow import esmart_figures, live_figures
from training.workflow.event_figures import count_events


class Command(BaseCommand):
    """Make every stored figure of every program anew, from the rows. Safe at any time, and twice.

    Until the end of each part everybody reads its old figures.
    """

    help = "Menghitung ulang semua angka tersimpan dari semua program."

    def handle(self, **options):
        today = timezone.localdate()
        parts = [
            ("Kemitraan SMK dan industri", partnerships.rebuild),
            ("e-Smart IKM dan kampanye", lambda: esmart_figures.rebuild(today=today)),
            ("Kegiatan pelatihan", lambda: count_events(anew=True)),
            ("Indikator semua program", live_figures.recount),
        ]
        for words, count in parts:
            start = time.monotonic()
            count()
            self.stdout.write(
                f"{words}: dihitung ulang dalam {time.monotonic() - start:.1f} detik."
            )
