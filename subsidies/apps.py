from django.apps import AppConfig


class SubsidiesConfig(AppConfig):
    name = "subsidies"
    verbose_name = "Bantuan mesin dan peralatan"
    default_auto_field = "django.db.models.BigAutoField"
