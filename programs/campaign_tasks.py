"""Files of campaign participants, recorded by a worker. Safe to run twice, and to be killed."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from programs import campaign_import
from programs.models import CampaignImport
from programs.queue import hand_over
from programs.workflow import campaigns

# A batch takes a second; an import that has not moved for so long has nobody at work on it.
LEFT_ALONE_AFTER = timedelta(minutes=5)
# A file that was looked at and not recorded by then is forgotten: it names people.
FORGOTTEN_AFTER = timedelta(days=1)


def record_soon(record):
    """Let a worker record the file once the transaction is committed."""
    hand_over(record_campaign_file, record.pk)


@shared_task
def record_campaign_file(record_id):
    """Record a kept file from where it stopped."""
    record = CampaignImport.objects.select_related("campaign").get(pk=record_id)
    if not record.file:
        return
    try:
        with record.file.open("rb") as file:
            campaign_import.go_on(record, file, today=timezone.localdate())
    except FileNotFoundError:
        campaigns.stop(
            record_id,
            note="Berkasnya tidak ada lagi di tempat simpan. Unggah berkas itu sekali lagi.",
        )


@shared_task
def sweep_campaign_imports():
    """Every few minutes: go on where a worker was killed, and forget what nobody recorded."""
    now = timezone.now()
    for record_id in CampaignImport.objects.left_alone(since=now - LEFT_ALONE_AFTER):
        record_campaign_file(record_id)
    for record_id in CampaignImport.objects.never_recorded(since=now - FORGOTTEN_AFTER):
        campaigns.forget(record_id)
