"""The pages of link and match for schools, companies and Dinas."""

from django.urls import path

from partnerships.views import about, matching, records, signing, tax_facts

app_name = "partnerships"

urlpatterns = [
    path("", about.about, name="about"),
    path("cocok/<int:pk>/", matching.matches, name="matches"),
    path("kesenjangan/", matching.gap_list, name="gaps"),
    path("perjanjian/<int:pk>/", records.agreement_detail, name="agreement_detail"),
    path("perjanjian/<int:pk>/naskah/", records.agreement_text, name="agreement_text"),
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
    path("laporan/<int:pk>/", records.report_file, name="report_file"),
    path("tanda-tangan/<str:token>/", signing.sign_by_link, name="sign_by_link"),
]
