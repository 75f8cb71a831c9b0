import os

from celery import Celery
from celery.signals import setup_logging
from django_structlog.celery.steps import DjangoStructLogInitStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("bina")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# Celery looks for modules called "tasks"; these stand beside what they send and draw.
app.autodiscover_tasks(["programs"], related_name="notifications")
app.autodiscover_tasks(["programs"], related_name="papers")
app.autodiscover_tasks(["programs"], related_name="campaign_tasks")
app.autodiscover_tasks(["programs"], related_name="esmart_tasks")
app.autodiscover_tasks(["programs"], related_name="sales_tasks")
app.autodiscover_tasks(["programs"], related_name="mentoring_tasks")
app.autodiscover_tasks(["programs.workflow"], related_name="esmart_figures")
app.autodiscover_tasks(["programs.workflow"], related_name="live_figures")
app.autodiscover_tasks(["training"], related_name="diklat_tasks")
app.autodiscover_tasks(["partnerships.workflow"], related_name="figures")
app.autodiscover_tasks(["partnerships"], related_name="memorandum_tasks")
# A task's log lines carry the id of the request that asked for it.
app.steps["worker"].add(DjangoStructLogInitStep)


@setup_logging.connect
def keep_our_logging(**details):
    """Celery would replace the handlers; that it is connected here keeps Django's."""
