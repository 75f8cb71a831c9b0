from django.urls import path

from subsidies.views import (
    applications,
    eligibility,
    files,
    machines,
    parts,
    review,
    schemes,
    visit,
)

app_name = "subsidies"

urlpatterns = [
    path("", schemes.scheme_list, name="scheme_list"),
    path("cek-kelayakan/", eligibility.eligibility_check, name="eligibility"),
    path("permohonan/", applications.application_list, name="application_list"),
    path("permohonan/<int:pk>/", applications.application_detail, name="application_detail"),
    path("permohonan/<int:pk>/bagian/<slug:key>/", parts.application_part, name="application_part"),
    path("permohonan/<int:pk>/mesin/tambah/", machines.machine_add, name="machine_add"),
    path(
        "permohonan/<int:pk>/mesin/<int:machine_pk>/",
        machines.application_machine,
        name="application_machine",
    ),
    path(
        "permohonan/<int:pk>/mesin/<int:machine_pk>/hapus/",
        machines.machine_remove,
        name="machine_remove",
    ),
    path("permohonan/<int:pk>/periksa/", review.application_review, name="application_review"),
    path("permohonan/<int:pk>/terkirim/", review.application_sent, name="application_sent"),
    path(
        "permohonan/<int:pk>/tarik/", applications.application_withdraw, name="application_withdraw"
    ),
    path("permohonan/<int:pk>/kunjungan/setuju/", visit.visit_agree, name="visit_agree"),
    path(
        "permohonan/<int:pk>/kunjungan/ganti-jadwal/",
        visit.visit_other_day,
        name="visit_other_day",
    ),
    path("permohonan/<int:pk>/kunjungan/berita-acara/", visit.visit_minutes, name="visit_minutes"),
    path("foto/<uuid:code>/", files.file_thumbnail, name="file_thumbnail"),
    # After the fixed addresses: a code is a word as well.
    path("<slug:code>/", schemes.scheme_detail, name="scheme_detail"),
    path("<slug:code>/ajukan/", applications.application_start, name="application_start"),
]
