from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "training"
    verbose_name = "Bimbingan teknis dan pelatihan"
    default_auto_field = "django.db.models.BigAutoField"
