from django.contrib import admin
from django.urls import path
from django.views.decorators.cache import never_cache

from config.minister import freezing, pages, report, rows

app_name = "minister"


def _desk(view):
    """For officers alone, as all of the desk."""
    return admin.site.admin_view(never_cache(view))


urlpatterns = [
    path("", _desk(pages.overview), name="overview"),
    path("laporan.pdf", _desk(report.pdf), name="pdf"),
    path("laporan.xlsx", _desk(report.xlsx), name="xlsx"),
    path("<slug:slug>/", _desk(pages.indicator), name="indicator"),
    path("<slug:slug>/baris/", _desk(rows.rows), name="rows"),
    path("<slug:slug>/baris/unduh.csv", _desk(rows.rows_csv), name="rows_csv"),
    path("<slug:slug>/baris/unduh.xlsx", _desk(rows.rows_xlsx), name="rows_xlsx"),
    path("<slug:slug>/bekukan/", _desk(freezing.freeze_figure), name="freeze"),
]
