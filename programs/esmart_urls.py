"""e-Smart IKM: enrolment, products, shops, sales, catalogue, campaigns."""

from django.urls import path

from programs.views import (
    esmart_campaigns,
    esmart_catalogue,
    esmart_enrolment,
    esmart_products,
    esmart_record,
    esmart_sales,
    esmart_shops,
)

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
    path("<int:pk>/minta-bantuan/", esmart_record.ask_for_help, name="ask_for_help"),
    path("<int:pk>/keluar/", esmart_enrolment.leave, name="leave"),
    path("produk/", esmart_products.product_list, name="product_list"),
    path("produk/izin/", esmart_products.publish, name="publish"),
    path("produk/baru/<int:pk>/", esmart_products.product_new, name="product_new"),
    path("produk/<int:pk>/", esmart_products.product_detail, name="product_detail"),
    path("produk/<int:pk>/ubah/", esmart_products.product_edit, name="product_edit"),
    path("produk/<int:pk>/tampil/", esmart_products.product_show, name="product_show"),
    path("produk/<int:pk>/foto/", esmart_products.photo_add, name="photo_add"),
    path("produk/foto/<int:photo_pk>/hapus/", esmart_products.photo_remove, name="photo_remove"),
    path("produk/foto/<int:photo_pk>/pertama/", esmart_products.photo_first, name="photo_first"),
    path(
        "produk/<int:pk>/sertifikat/",
        esmart_products.certification_add,
        name="certification_add",
    ),
    path(
        "produk/sertifikat/<int:certification_pk>/hapus/",
        esmart_products.certification_remove,
        name="certification_remove",
    ),
    path("katalog/", esmart_catalogue.catalogue, name="catalogue"),
    path("katalog/<int:pk>/", esmart_catalogue.product, name="catalogue_product"),
    path("katalog/ikm/<int:pk>/", esmart_catalogue.business, name="catalogue_business"),
    path("foto/<uuid:code>/", esmart_catalogue.photo, name="photo"),
    path("toko/", esmart_shops.shop_list, name="shop_list"),
    path("toko/baru/", esmart_shops.shop_new, name="shop_new"),
    path("toko/<int:pk>/", esmart_shops.shop_detail, name="shop_detail"),
    path("toko/<int:pk>/ubah/", esmart_shops.shop_edit, name="shop_edit"),
    path("toko/<int:pk>/tutup/", esmart_shops.shop_close, name="shop_close"),
    path("toko/<int:pk>/lapor/<str:month>/", esmart_sales.sales_report, name="sales_report"),
    path("toko/<int:pk>/riwayat/", esmart_sales.sales_history, name="sales_history"),
    path("kampanye/", esmart_campaigns.campaign_list, name="campaign_list"),
    path("kampanye/<slug:slug>/", esmart_campaigns.campaign_detail, name="campaign_detail"),
    path("kampanye/<slug:slug>/ikut/", esmart_campaigns.campaign_join, name="campaign_join"),
]
