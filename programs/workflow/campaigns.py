"""Who takes part in a campaign: one business by its own people, millions from files.

A file is recorded batch by batch. Each batch is one transaction that also says how far the file
got, so that whoever goes on after a kill begins at the right line and nothing is counted twice.
"""

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from programs.campaign_lines import Refusal, key_of, problem_of_day
from programs.enums import OrganizationKind
from programs.esmart_enums import ImportState
from programs.models import CampaignImport, CampaignParticipation, CampaignRefusal
from programs.transitions import TransitionNotAllowed
from programs.workflow.esmart_figures import refresh_soon

# A file with more refused lines than this is of another kind than we think.
MOST_REFUSED = 100_000
LINES_TABLE = """
    CREATE TEMPORARY TABLE IF NOT EXISTS programs_campaign_lines
        (key varchar(32), name varchar(200), region varchar(5), joined_on date)
    ON COMMIT DROP
"""
# In the order of the keys, so that two files that are recorded at once never wait for each other.
RECORD_LINES = """
    INSERT INTO programs_campaignparticipation
           (campaign_id, key, name, region_id, joined_on, organization_id)
    SELECT %s, line.key, line.name, line.region, line.joined_on,
           (SELECT min(o.id) FROM programs_organization o WHERE o.nib = line.key AND o.kind = %s)
      FROM programs_campaign_lines line
     ORDER BY line.key
        ON CONFLICT (campaign_id, key) DO NOTHING
"""


@transaction.atomic
def join(campaign, organization, *, by, today):
    """Let an IKM take part in a campaign that runs today, once.

    ``TransitionNotAllowed`` when it does not run, takes part already, or has no kabupaten/kota.
    """
    if problem := problem_of_day(campaign, today, today=today):
        raise TransitionNotAllowed(problem)
    region = organization.region
    if region is None or region.is_province:
        raise TransitionNotAllowed(
            "Lengkapi dahulu kabupaten/kota usaha Anda, supaya dapat dihitung menurut wilayah."
        )
    already = f"{organization} sudah ikut {campaign}."
    joined = CampaignParticipation.objects.filter(campaign=campaign)
    if joined.filter(organization=organization).exists():
        raise TransitionNotAllowed(already)
    try:
        with transaction.atomic():
            participation = joined.create(
                campaign=campaign,
                key=organization.nib or key_of(organization.name, region.pk),
                name=organization.name,
                region=region,
                joined_on=today,
                organization=organization,
            )
    except IntegrityError:
        raise TransitionNotAllowed(already) from None
    refresh_soon()
    return participation


@transaction.atomic
def take_in(campaign, *, sha256, name, by, file=None):
    """The import of this very file into the campaign; a file that came before is the same import.

    Nothing of it is recorded before ``start``. ``file`` is kept, where a worker will read it.
    """
    record, _ = CampaignImport.objects.get_or_create(
        campaign=campaign, sha256=sha256, defaults={"name": name[:120], "by": by}
    )
    record = CampaignImport.objects.select_for_update(of=("self",)).get(pk=record.pk)
    if file is not None and not record.file and record.state != ImportState.DONE:
        file.seek(0)
        record.file.save(name, file, save=False)
        record.advanced_at = timezone.now()
        record.save(update_fields=["file", "advanced_at"])
    return record


@transaction.atomic
def start(record, *, by):
    """Begin to record a file, or go on with one that stopped. Says nothing when it runs or ran."""
    record = _locked(record.pk)
    if record.state in (ImportState.WAITING, ImportState.STOPPED):
        record.state, record.note, record.by = ImportState.RUNNING, "", by
        record.advanced_at = timezone.now()
        record.save(update_fields=["state", "note", "by", "advanced_at"])
    return record


@transaction.atomic
def record_batch(record_id, told, *, done):
    """Record the lines that follow the first ``done`` of a file: participants and refusals.

    Returns the import as it stands then; None when somebody else has gone on with it meanwhile.
    """
    record = _locked(record_id)
    if record.state != ImportState.RUNNING or record.lines_done != done:
        return None
    refusals = [one for one in told if isinstance(one, Refusal)]
    participants = [one for one in told if not isinstance(one, Refusal)]
    recorded = _record(record.campaign_id, participants) if participants else 0
    CampaignRefusal.objects.bulk_create(
        [CampaignRefusal(file=record, **one._asdict()) for one in refusals], batch_size=2000
    )
    record.lines_done += len(told)
    record.recorded += recorded
    record.known += len(participants) - recorded
    record.refused += len(refusals)
    record.advanced_at = timezone.now()
    if record.refused > MOST_REFUSED:
        record.state = ImportState.STOPPED
        record.note = (
            f"Lebih dari {MOST_REFUSED} baris ditolak. Periksa apakah susunan kolomnya benar, lalu "
            "kirim berkas yang sudah diperbaiki."
        )
    record.save()
    return record


@transaction.atomic
def finish_import(record_id):
    """All lines were told of. The file itself is not needed any more and goes."""
    record = _locked(record_id)
    if record.state == ImportState.RUNNING:
        record.state, record.finished_at = ImportState.DONE, timezone.now()
        forget_file(record)
        record.save()
        refresh_soon()
    return record


@transaction.atomic
def stop(record_id, *, note):
    """The file cannot be read on; ``note`` says why and what to do."""
    record = _locked(record_id)
    if record.state == ImportState.RUNNING:
        record.state, record.note = ImportState.STOPPED, note[:300]
        record.save(update_fields=["state", "note"])
    return record


@transaction.atomic
def forget(record_id):
    """Drop a file that was only looked at, and say whether. One that somebody records stays."""
    record = CampaignImport.objects.select_for_update().filter(pk=record_id).first()
    if record is None or record.state != ImportState.WAITING:
        return False
    forget_file(record)
    record.delete()
    return True


def forget_file(record):
    """Drop the kept file once the transaction is committed. The caller saves the record."""
    if record.file:
        storage, path = record.file.storage, record.file.name
        record.file = ""
        transaction.on_commit(lambda: storage.delete(path))


def stage(cursor, participants):
    """Bring participants into a table of this transaction alone, as fast as PostgreSQL takes them.

    None of the texts holds a tab or a line break: ``programs.campaign_lines`` sees to that.
    """
    cursor.execute(LINES_TABLE)
    cursor.execute("TRUNCATE programs_campaign_lines")
    rows = "".join(
        f"{one.key}\t{one.name}\t{one.region}\t{one.joined_on}\n" for one in participants
    )
    with cursor.copy("COPY programs_campaign_lines FROM STDIN") as copy:
        copy.write(rows.replace("\\", "\\\\"))


def _record(campaign_id, participants):
    """How many of them took part in the campaign for the first time."""
    with connection.cursor() as cursor:
        stage(cursor, participants)
        cursor.execute(RECORD_LINES, [campaign_id, OrganizationKind.IKM])
        return cursor.rowcount


def _locked(record_id):
    return CampaignImport.objects.select_for_update().get(pk=record_id)
