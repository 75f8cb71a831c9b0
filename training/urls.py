from django.urls import path

from training.views import (
    answers,
    check_in,
    diklat,
    diklat_record,
    diklat_registration,
    events,
    jp,
    materials,
    registrations,
)

app_name = "training"

urlpatterns = [
    path("pendaftaran/<int:pk>/", registrations.registration_detail, name="registration_detail"),
    path("pendaftaran/<int:pk>/tes/<slug:occasion>/", answers.test, name="test"),
    path("pendaftaran/<int:pk>/evaluasi/", answers.evaluation, name="evaluation"),
    path("pendaftaran/<int:pk>/nama/", answers.name_confirm, name="name_confirm"),
    path("jp/", jp.jp_record, name="jp_record"),
    path("jp/<int:year>/unduh/", jp.jp_download, name="jp_download"),
    path("materi/<int:pk>/", materials.material, name="material"),
    path("diklat/", diklat.diklat_list, name="diklat_list"),
    path("diklat/<int:pk>/", diklat.diklat_detail, name="diklat_detail"),
    path("diklat/<int:pk>/daftar/", diklat_registration.diklat_register, name="diklat_register"),
    path("diklat/<int:pk>/kirim/", diklat_registration.diklat_send, name="diklat_send"),
    path("diklat/peserta/<int:pk>/", diklat_record.diklat_trainee, name="diklat_trainee"),
    path("diklat/peserta/<int:pk>/mundur/", diklat_record.diklat_withdraw, name="diklat_withdraw"),
    # After the fixed addresses: a slug is a word as well.
    path("<slug:slug>/", events.event_detail, name="event_detail"),
    path("<slug:slug>/hadir/", check_in.check_in, name="check_in"),
]
