from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "training"
    verbose_name = "Bimbingan teknis dan pelatihan"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from training import diklat_personal_data, paper_access  # noqa: F401  # late: models
