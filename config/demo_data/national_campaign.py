"""#SemuanyaAdaDisini at its published size: 2,925 IKM on 1 July 2020, 1.6 million by 26 October.

The participants are made one after the other and recorded batch by batch, as a file of the regions
is: there is never more than one batch in memory. Names are invented, and say so.
"""

import hashlib
from datetime import date, timedelta
from itertools import islice

from config.demo_data.national_esmart import KEY
from config.demo_data.shares import apportion, wheel
from programs.campaign_lines import Participant, key_of
from programs.models import Campaign, CampaignParticipation, Participation, Region
from programs.workflow import campaigns

CAMPAIGN = "semuanya-ada-di-sini"
FIRST_DAY, LAST_DAY = date(2020, 7, 1), date(2020, 10, 26)
FILE = "peserta-nasional-2020.csv"
AT_ONCE = 20_000
# One in five has no NIB.
WITHOUT_NIB = 5


def joined():
    """Who took part by 26 October 2020."""
    return CampaignParticipation.objects.filter(campaign__slug=CAMPAIGN, joined_on__lte=LAST_DAY)


def fill_campaign(sizes, *, by):
    """Bring the participants up to ``sizes``. Says how many were new."""
    missing = sizes.campaign - joined().count()
    if missing <= 0:
        return 0
    known = joined().filter(joined_on=FIRST_DAY).count()
    days = by_day(missing, on_the_first=sizes.campaign_on_the_first_day - known)
    campaign = Campaign.objects.get(slug=CAMPAIGN)
    regions = list(
        Region.objects.exclude(province=None).order_by("code").values_list("code", flat=True)
    )
    members = (
        Participation.objects.filter(key__startswith=KEY)
        .order_by("key")
        .values_list("organization__nib", "organization__name", "region")
    )
    record = campaigns.take_in(
        campaign, sha256=hashlib.sha256(FILE.encode()).hexdigest(), name=FILE, by=by
    )
    record = campaigns.start(record, by=by)
    lines = participants(days, regions=regions, members=members.iterator(chunk_size=2000))
    while batch := list(islice(lines, AT_ONCE)):
        record = campaigns.record_batch(record.pk, batch, done=record.lines_done)
    record = campaigns.finish_import(record.pk)
    return record.recorded


def by_day(total, *, on_the_first):
    """{day: how many joined}: the launch, then more and more until October."""
    days = [FIRST_DAY + timedelta(days=n) for n in range(1, (LAST_DAY - FIRST_DAY).days + 1)]
    rest = apportion(total - on_the_first, [20 + n + n * 7 % 13 for n in range(len(days))])
    return {FIRST_DAY: on_the_first, **dict(zip(days, rest, strict=True))}


def participants(days, *, regions, members):
    """The lines of the file: IKM of e-Smart first (NIB, name, region), then all the others."""
    places = wheel(regions)
    members = iter(members)
    number = 0
    for day, count in days.items():
        joined_on = day.isoformat()
        for _ in range(count):
            number += 1
            if member := next(members, None):
                key, name, region = member
            else:
                name, region = f"IKM Contoh {number}", places[number % len(places)]
                key = f"814{number:010d}" if number % WITHOUT_NIB else key_of(name, region)
            yield Participant(number, key, name, region, joined_on)
