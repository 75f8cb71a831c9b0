"""e-Smart IKM: enrolment, products, shops, sales, catalogue, campaigns."""

from django.urls import path

from programs.views import esmart_enrolment, esmart_record, esmart_sales, esmart_shops

app_name = "esmart"

urlpatterns = [
    path("", esmart_enrolment.about, name="about"),
    path("daftar/", esmart_enrolment.enrol_choose, name="enrol_choose"),
    path("daftar/<int:pk>/", esmart_enrolment.enrol, name="enrol"),
    path("usulkan/", esmart_enrolment.proposal_list, name="proposal_list"),
    path("usulkan/<int:pk>/", esmart_enrolment.propose, name="propose"),
    path("setujui/<uuid:code>/", esmart_enrolment.confirm, name="confirm"),
    path("setujui/<uuid:code>/tolak/", esmart_enrolment.decline, name="decline"),
    path("saya/", esmart_record.enrolment_list, name="enrolment_list"),
    path("<int:pk>/", esmart_record.enrolment_detail, name="enrolment_detail"),
    path("<int:pk>/keluar/", esmart_enrolment.leave, name="leave"),
    path("toko/", esmart_shops.shop_list, name="shop_list"),
    path("toko/baru/", esmart_shops.shop_new, name="shop_new"),
    path("toko/<int:pk>/", esmart_shops.shop_detail, name="shop_detail"),
    path("toko/<int:pk>/ubah/", esmart_shops.shop_edit, name="shop_edit"),
    path("toko/<int:pk>/tutup/", esmart_shops.shop_close, name="shop_close"),
    path("toko/<int:pk>/lapor/<str:month>/", esmart_sales.sales_report, name="sales_report"),
    path("toko/<int:pk>/riwayat/", esmart_sales.sales_history, name="sales_history"),
]
