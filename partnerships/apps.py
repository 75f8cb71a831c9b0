from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    name = "partnerships"
    verbose_name = "Kemitraan SMK dan industri"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from partnerships import (  # noqa: F401  # late: models
            document_access,
            measures,
            open_data,
            personal_data,
        )
