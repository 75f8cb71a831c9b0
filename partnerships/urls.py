"""The pages of link and match for schools, companies and Dinas."""

from django.urls import path

from partnerships.views import (
    about,
    activities,
    agreements,
    amendments,
    answers,
    matching,
    profiles,
    propose,
    records,
    reports,
    signing,
    tax_facts,
    text,
)

app_name = "partnerships"

urlpatterns = [
    path("", about.about, name="about"),
    path("cocok/<int:pk>/", matching.matches, name="matches"),
    path("kesenjangan/", matching.gap_list, name="gaps"),
    path(
        "perjanjian/<int:pk>/super-tax-deduction/<int:year>/",
        tax_facts.tax_facts,
        name="tax_facts",
    ),
    path(
        "perjanjian/<int:pk>/super-tax-deduction/<int:year>/unduh/",
        tax_facts.tax_annex_download,
        name="tax_annex_download",
    ),
    path("saya/", agreements.agreement_list, name="agreement_list"),
    path("profil/<int:pk>/", profiles.profile_edit, name="profile_edit"),
    path("usulan/<int:pk>/", propose.agreement_propose, name="agreement_propose"),
    path("perjanjian/<int:pk>/", records.agreement_detail, name="agreement_detail"),
    path("perjanjian/<int:pk>/setujui/", answers.agreement_confirm, name="agreement_confirm"),
    path("perjanjian/<int:pk>/tolak/", answers.agreement_decline, name="agreement_decline"),
    path("perjanjian/<int:pk>/tarik/", answers.agreement_withdraw, name="agreement_withdraw"),
    path("perjanjian/<int:pk>/perpanjang/", answers.agreement_renew, name="agreement_renew"),
    path("perjanjian/<int:pk>/hentikan/", answers.agreement_terminate, name="agreement_terminate"),
    path("perjanjian/<int:pk>/naskah/", text.agreement_text, name="agreement_text"),
    path("perjanjian/<int:pk>/tanda-tangani/", signing.agreement_sign, name="agreement_sign"),
    path("perjanjian/<int:pk>/tautan/", signing.agreement_send_link, name="agreement_send_link"),
    path("perjanjian/<int:pk>/pindaian/", signing.agreement_scan, name="agreement_scan"),
    path("perjanjian/<int:pk>/kegiatan/", activities.activity_record, name="activity_record"),
    path("perjanjian/<int:pk>/addendum/", amendments.amendment_propose, name="amendment_propose"),
    path("kegiatan/<int:pk>/batalkan/", activities.activity_withdraw, name="activity_withdraw"),
    path("laporan/<int:pk>/", reports.report_file, name="report_file"),
    path("addendum/<int:pk>/setujui/", amendments.amendment_confirm, name="amendment_confirm"),
    path("addendum/<int:pk>/tolak/", amendments.amendment_refuse, name="amendment_refuse"),
    path("addendum/<int:pk>/tarik/", amendments.amendment_withdraw, name="amendment_withdraw"),
    path("tanda-tangan/<str:token>/", signing.sign_by_link, name="sign_by_link"),
    path("tanda-tangan/<str:token>/naskah/", signing.sign_paper, name="sign_paper"),
]
