from django.core.management.base import BaseCommand

from partnerships.workflow import figures


class Command(BaseCommand):
    """Make the stored figures of link and match anew. Safe at any time, and twice."""

    help = "Menghitung ulang semua angka kemitraan dari data SMK, perusahaan, dan PKS."

    def handle(self, **options):
        groups = figures.rebuild()
        self.stdout.write(f"Angka kemitraan dihitung ulang: {groups} kelompok.")
