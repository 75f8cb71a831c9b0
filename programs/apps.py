from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    name = "programs"
    verbose_name = "Register pembinaan industri"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from programs import (  # noqa: F401  # late: models
            esmart_measures,
            esmart_open_data,
            esmart_personal_data,
            register_open_data,
        )
