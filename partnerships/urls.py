"""The pages of link and match for schools, companies and Dinas."""

app_name = "partnerships"

urlpatterns = []
