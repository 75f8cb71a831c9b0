"""Files of campaign participants: looked at first, then recorded so far as each line allows.

Other imports take a file whole or not at all. Here one bad line in a hundred is usual and there
are millions, so good lines are recorded and bad ones told of, each by its line and column.
"""

import hashlib
from dataclasses import dataclass, field
from itertools import islice

from django.db import connection, transaction

from programs.campaign_lines import CampaignLines, Refusal
from programs.esmart_enums import ImportState
from programs.spreadsheets import TableRefused
from programs.workflow import campaigns

BATCH = 20_000
SEEN_TABLE = """
    CREATE TEMPORARY TABLE IF NOT EXISTS programs_campaign_seen (key varchar(32) PRIMARY KEY)
    ON COMMIT DROP
"""
COUNT_NEW = """
    INSERT INTO programs_campaign_seen
    SELECT line.key FROM programs_campaign_lines line
     WHERE NOT EXISTS (SELECT 1 FROM programs_campaignparticipation p
                        WHERE p.campaign_id = %s AND p.key = line.key)
        ON CONFLICT DO NOTHING
"""


@dataclass
class Preview:
    """What would become of a file. ``is_whole`` is False when only its beginning was looked at."""

    ready: int = 0
    known: int = 0
    refused: int = 0
    refusals: list = field(default_factory=list)
    unknown: list = field(default_factory=list)
    is_whole: bool = True

    @property
    def lines(self):
        return self.ready + self.known + self.refused


def digest_of(file):
    """The SHA-256 by which a file is known again."""
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()


def preview(file, campaign, *, today, most_told, most_lines=None):
    """Look at a file and write nothing: a ``Preview`` with the first ``most_told`` refusals.

    Raises ``TableRefused`` when it is no such table. The tables that it fills are PostgreSQL's own
    notes of this connection.
    """
    lines = CampaignLines(file, campaign, today=today)
    found = Preview(unknown=lines.unknown)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SEEN_TABLE)
        cursor.execute("TRUNCATE programs_campaign_seen")
        rest = iter(lines)
        for told in _batches(rest, BATCH):
            participants = [one for one in told if not isinstance(one, Refusal)]
            campaigns.stage(cursor, participants)
            cursor.execute(COUNT_NEW, [campaign.pk])
            found.ready += cursor.rowcount
            found.known += len(participants) - cursor.rowcount
            found.refused += len(told) - len(participants)
            room = most_told - len(found.refusals)
            found.refusals += [one for one in told if isinstance(one, Refusal)][: max(room, 0)]
            if most_lines is not None and found.lines >= most_lines:
                found.is_whole = next(rest, None) is None
                break
    return found


def go_on(record, file, *, today, batch=BATCH):
    """Record what is left of a file, from where it stopped. Returns the import as it then stands.

    Safe to run twice at once: whoever comes second to a batch leaves the file to the other one.
    """
    try:
        lines = CampaignLines(file, record.campaign, today=today)
    except TableRefused as refusal:
        return campaigns.stop(record.pk, note=str(refusal))
    done = record.lines_done
    for told in _batches(lines.after(done), batch):
        advanced = campaigns.record_batch(record.pk, told, done=done)
        if advanced is None or advanced.state != ImportState.RUNNING:
            record.refresh_from_db()
            return record
        done = advanced.lines_done
    return campaigns.finish_import(record.pk)


def _batches(lines, size):
    lines = iter(lines)
    while batch := list(islice(lines, size)):
        yield batch
