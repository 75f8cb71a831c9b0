from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "training"
    verbose_name = "Bimbingan teknis dan pelatihan"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from training import (  # noqa: F401  # late: models
            calendar_mails,
            diklat_personal_data,
            document_access,
            measures,
            open_data,
            paper_access,
            personal_data,
        )
