from django.apps import AppConfig


class SubsidiesConfig(AppConfig):
    name = "subsidies"
    verbose_name = "Bantuan mesin dan peralatan"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from subsidies import document_access, measures, personal_data  # noqa: F401  # late: models
