from django.core.management.base import BaseCommand
from django.utils import timezone

from programs.workflow import esmart_figures


class Command(BaseCommand):
    """Make the stored figures of e-Smart and its campaigns anew. Safe at any time, and twice."""

    help = "Menghitung ulang semua angka e-Smart dan kampanye dari data peserta, toko, penjualan."

    def handle(self, **options):
        groups = esmart_figures.rebuild(today=timezone.localdate())
        self.stdout.write(f"Angka e-Smart dihitung ulang: {groups} kelompok.")
