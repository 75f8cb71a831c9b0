"""e-Smart IKM: enrolment, products, shops, sales, catalogue, campaigns."""

from django.urls import path

from programs.views import esmart_sales, esmart_shops

app_name = "esmart"

urlpatterns = [
    path("toko/", esmart_shops.shop_list, name="shop_list"),
    path("toko/baru/", esmart_shops.shop_new, name="shop_new"),
    path("toko/<int:pk>/", esmart_shops.shop_detail, name="shop_detail"),
    path("toko/<int:pk>/ubah/", esmart_shops.shop_edit, name="shop_edit"),
    path("toko/<int:pk>/tutup/", esmart_shops.shop_close, name="shop_close"),
    path("toko/<int:pk>/lapor/<str:month>/", esmart_sales.sales_report, name="sales_report"),
    path("toko/<int:pk>/riwayat/", esmart_sales.sales_history, name="sales_history"),
]
