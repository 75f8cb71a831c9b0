"""e-Smart IKM: enrolment, products, shops, sales, catalogue, campaigns."""

app_name = "esmart"
urlpatterns = []
