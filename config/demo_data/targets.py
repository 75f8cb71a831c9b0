"""Targets of the running year: invented, and marked so, for the ministry's own are not published.

Each is set by what the demo has reached, so that some programs are on course, some nearly, and some
far behind, whatever the size of the demo.
"""

from programs.achievement import by_province, standings
from programs.models import Target
from programs.tile_map import places

NOTE = "Angka contoh; bukan sasaran kementerian"
# Of the target, in percent, by the end of the year if nothing more is done.
REACHED = {
    "lm-smk": 96,
    "lm-perusahaan": 76,
    "lm-pks": 93,
    "diklat-dilatih": 95,
    "diklat-kompeten": 92,
    "diklat-bekerja": 74,
    "bimtek-peserta": 58,
    "bimtek-kabkota": 91,
    "webinar-peserta": 97,
    "webinar-kegiatan": 97,
    "esmart-peserta-lokakarya": 94,
    "esmart-ikm-bergabung": 96,
    "esmart-punya-toko": 78,
    "esmart-aktif-menjual": 60,
    "esmart-omzet": 102,
    "mesin-ikm": 84,
    "mesin-penggantian": 55,
}
BY_PROVINCE = ["lm-smk", "lm-pks", "diklat-dilatih", "esmart-ikm-bergabung", "mesin-ikm"]
REACHED_IN_PROVINCES = [100, 96, 80, 92, 60]


def enter_targets(*, today):
    """Set them anew from the stored figures, which have to be counted before. How many there are.

    Where nothing was reached yet there is nothing to set a target by.
    """
    source = f"Contoh rencana kerja {today.year}"
    Target.objects.filter(source=source).delete()
    targets = []

    def aim(indicator, region, value, percent):
        if value > 0:
            targets.append(
                Target(
                    indicator=indicator,
                    year=today.year,
                    region_id=region,
                    value=in_round_figures(value, percent),
                    source=source,
                    note=NOTE,
                )
            )

    codes = sorted(place.code for place in places())
    for one in standings(today=today):
        slug = one.indicator.slug
        if slug in REACHED:
            aim(one.indicator, None, one.value or 0, REACHED[slug])
        if slug in BY_PROVINCE:
            reached = by_province(one.indicator, month=one.month)
            for number, code in enumerate(codes):
                percent = REACHED_IN_PROVINCES[number % len(REACHED_IN_PROVINCES)]
                aim(one.indicator, code, reached.get(code, 0), percent)
    return len(Target.objects.bulk_create(targets))


def in_round_figures(value, percent):
    """The target of which ``value`` is that percent, rounded up to its first two digits."""
    whole = -(-value * 100 // percent)
    step = 10 ** max(len(str(whole)) - 2, 0)
    return -(-whole // step) * step
