"""The pages of link and match for schools, companies and Dinas."""

from django.urls import path

<<<<<<< HEAD
from partnerships.views import matching, records, signing
=======
from partnerships.views import about, records, signing
>>>>>>> 7fadc7e (partnerships: Show live figures beside official ones, and keep memoranda with their follow-ups.)

app_name = "partnerships"

urlpatterns = [
<<<<<<< HEAD
    path("cocok/<int:pk>/", matching.matches, name="matches"),
    path("kesenjangan/", matching.gap_list, name="gaps"),
=======
    path("", about.about, name="about"),
>>>>>>> 7fadc7e (partnerships: Show live figures beside official ones, and keep memoranda with their follow-ups.)
    path("perjanjian/<int:pk>/", records.agreement_detail, name="agreement_detail"),
    path("perjanjian/<int:pk>/naskah/", records.agreement_text, name="agreement_text"),
    path("laporan/<int:pk>/", records.report_file, name="report_file"),
    path("tanda-tangan/<str:token>/", signing.sign_by_link, name="sign_by_link"),
]
