from django.apps import AppConfig


class SubsidiesConfig(AppConfig):
    name = "subsidies"
    verbose_name = "Bantuan mesin dan peralatan"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from subsidies import (  # noqa: F401  # late: models
            document_access,
            measures,
            open_data,
            personal_data,
        )
