from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from config import (
    dashboard,
    demo,
    health,
    home,
    install,
    pages,
    program_list,
    program_page,
    search,
)
from config.desk_home import begin_at_the_work

admin.site.login = secure_admin_login(admin.site.login)
admin.site.index = begin_at_the_work(admin.site.index)

urlpatterns = [
    path("", home.home, name="home"),
    path("privasi/", pages.privacy_notice, name="privacy_notice"),
    path("aksesibilitas/", pages.accessibility, name="accessibility"),
    path("bantuan/", pages.help_page, name="help"),
    path("luring/", install.offline, name="offline"),
    path("sw.js", install.service_worker, name="service_worker"),
    path("manifest.webmanifest", install.webmanifest, name="webmanifest"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("data/", include("config.open_data_urls")),
    path("beranda/", dashboard.beranda, name="beranda"),
    path("program/", program_list.program_list, name="program_list"),
    path("program/<slug:slug>/", program_page.program_detail, name="program_detail"),
    path("bantuan-mesin/", include("subsidies.urls")),
    path("pelatihan/", include("training.urls")),
    path("kemitraan/", include("partnerships.urls")),
    path("esmart/", include("programs.esmart_urls")),
    path("akun/", include("allauth.urls")),
    path("admin/cari/", admin.site.admin_view(search.page), name="desk_search"),
    path("admin/cari/usulan/", admin.site.admin_view(search.suggestions), name="desk_suggestions"),
    path("admin/menteri/", include("config.minister.urls")),
    path("admin/", admin.site.urls),
    # After the prefixes, which sort most requests with one look.
    path("", include("programs.urls")),
]

if settings.DEMO:
    urlpatterns += [
        path("demo/surat/", demo.mail_list, name="demo_mail_list"),
        path("demo/surat/<slug:name>/", demo.mail_detail, name="demo_mail_detail"),
        path("demo/surat/<slug:name>/html/", demo.mail_html, name="demo_mail_html"),
    ]
