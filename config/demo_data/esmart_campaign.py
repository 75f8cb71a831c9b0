"""Who took part in #SemuanyaAdaDisini: a file as the regions send it, read as the import does."""

import csv
import hashlib
import io
from datetime import timedelta
from random import Random

from programs.campaign_import import go_on
from programs.models import Campaign, Region
from programs.workflow import campaigns

PARTICIPANTS = 1200


def bring_the_campaign_to_life(officer, *, today):
    """The file of the first months, with some lines that nobody could read."""
    campaign = Campaign.objects.get(slug="semuanya-ada-di-sini")
    content = _file(campaign)
    record = campaigns.take_in(
        campaign,
        sha256=hashlib.sha256(content).hexdigest(),
        name="peserta-2020.csv",
        by=officer,
    )
    go_on(campaigns.start(record, by=officer), io.BytesIO(content), today=today)


def _file(campaign):
    random = Random("semuanya ada di sini")  # noqa: S311 - invented names
    regions = list(
        Region.objects.exclude(province=None).order_by("code").values_list("code", flat=True)
    )
    target = io.StringIO()
    rows = csv.writer(target)
    rows.writerow(["nib", "nama", "kode_kabkota", "tanggal"])
    for number in range(PARTICIPANTS):
        day = campaign.starts_on + timedelta(days=int(random.triangular(0, 115, 100)))
        region = "99.99" if number % 300 == 299 else random.choice(regions)
        rows.writerow([f"812{number:010d}", f"IKM Contoh {number + 1}", region, day.isoformat()])
    return target.getvalue().encode()
