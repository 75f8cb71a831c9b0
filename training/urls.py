from django.urls import path

from training.views import (
    answers,
    calendar,
    check_in,
    diklat,
    diklat_record,
    diklat_registration,
    events,
    groups,
    jp,
    materials,
    registrations,
)

app_name = "training"

urlpatterns = [
    path("", events.event_list, name="event_list"),
    path("saya/", registrations.registration_list, name="registration_list"),
    path("saya/kalender/", calendar.feed_renew, name="feed_renew"),
    path("saya/kalender/tutup/", calendar.feed_revoke, name="feed_revoke"),
    path("kalender/<slug:token>.ics", calendar.calendar_feed, name="calendar_feed"),
    path("pendaftaran/<int:pk>/", registrations.registration_detail, name="registration_detail"),
    path(
        "pendaftaran/<int:pk>/mundur/",
        registrations.registration_withdraw,
        name="registration_withdraw",
    ),
    path(
        "pendaftaran/<int:pk>/surat-tugas/",
        registrations.registration_letter,
        name="registration_letter",
    ),
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
    path("<slug:slug>/kalender.ics", calendar.event_calendar, name="event_calendar"),
    path("<slug:slug>/daftar/", registrations.registration_new, name="registration_new"),
    path("<slug:slug>/rombongan/", groups.group_new, name="group_new"),
    path("<slug:slug>/rombongan/periksa/", groups.group_check, name="group_check"),
    path("<slug:slug>/rombongan/templat.xlsx", groups.group_template, name="group_template"),
    path("<slug:slug>/hadir/", check_in.check_in, name="check_in"),
]
