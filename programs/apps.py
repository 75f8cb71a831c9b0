from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    name = "programs"
    verbose_name = "Register pembinaan industri"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from programs import esmart_personal_data  # noqa: F401  # late: models
