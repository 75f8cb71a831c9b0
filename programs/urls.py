from django.urls import path

from programs.views import (
    documents,
    inbox,
    members,
    my_data,
    news,
    organizations,
    profile,
    verification,
)

app_name = "programs"

urlpatterns = [
    path("akun/profil/", profile.profile, name="profile"),
    path("akun/data-saya/", my_data.my_data, name="my_data"),
    path("akun/data-saya/unduh/", my_data.my_data_download, name="my_data_download"),
    path("akun/data-saya/setuju/<str:purpose>/", my_data.consent_give, name="consent_give"),
    path("akun/data-saya/tarik/<str:purpose>/", my_data.consent_withdraw, name="consent_withdraw"),
    path("akun/data-saya/sudah-dibaca/", my_data.notice_read, name="notice_read"),
    path("akun/tutup/", my_data.account_close, name="account_close"),
    path("organisasi/", organizations.organization_list, name="organization_list"),
    path("organisasi/baru/", organizations.organization_new, name="organization_new"),
    path("organisasi/bergabung/", organizations.organization_join, name="organization_join"),
    path("organisasi/<int:pk>/", organizations.organization_detail, name="organization_detail"),
    path("organisasi/<int:pk>/ubah/", organizations.organization_edit, name="organization_edit"),
    path("organisasi/<int:pk>/anggota/", members.member_list, name="member_list"),
    path(
        "organisasi/<int:pk>/anggota/<int:member_pk>/setujui/",
        members.member_approve,
        name="member_approve",
    ),
    path(
        "organisasi/<int:pk>/anggota/<int:member_pk>/tolak/",
        members.member_refuse,
        name="member_refuse",
    ),
    path(
        "organisasi/<int:pk>/anggota/<int:member_pk>/jadikan-pemilik/",
        members.member_make_owner,
        name="member_make_owner",
    ),
    path(
        "organisasi/<int:pk>/anggota/<int:member_pk>/akhiri/",
        members.member_end,
        name="member_end",
    ),
    path("notifikasi/", inbox.inbox, name="inbox"),
    path("notifikasi/sudah-dibaca/", inbox.inbox_read_all, name="inbox_read_all"),
    path("notifikasi/<int:pk>/", inbox.notification, name="notification"),
    path("berita/", news.news_list, name="news_list"),
    path("berita/<slug:slug>/", news.news_detail, name="news_detail"),
    path("dokumen/<uuid:code>/", documents.document, name="document"),
    path("surat/<str:code>/", verification.paper, name="paper"),
    path("verifikasi/", verification.verify_form, name="verify_form"),
    path("verifikasi/<str:code>/", verification.verify, name="verify"),
]
