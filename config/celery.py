import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("bina")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# Celery looks for modules called "tasks"; these stand beside what they send and draw.
app.autodiscover_tasks(["programs"], related_name="notifications")
app.autodiscover_tasks(["programs"], related_name="papers")
