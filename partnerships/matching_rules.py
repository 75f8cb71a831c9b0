"""Who fits whom, and why: what each reason is worth, and its words.

A suggestion is the sum of its reasons, and every reason is shown. The numbers order a list that a
person reads; nothing is decided by them (Permenperin 03/2017 names no formula).
"""

from enum import IntEnum
from typing import NamedTuple

from django.utils.formats import number_format


class Nearness(IntEnum):
    """How far two organizations lie from each other; pupils must get there."""

    FAR = 0
    BIMTEK_REGION = 1
    PROVINCE = 2
    REGENCY = 3


# A need that the company told itself counts more than all nearness together: PKL far away in the
# right trade is worth more than next door in the wrong one.
NEED_POINTS = 50
# That companies of a sector usually need a competence is only likely; it counts half.
SECTOR_POINTS = 25
# Each further competence that fits makes one agreement worth more; beyond three nothing is gained.
FURTHER_POINTS = 5
MOST_FURTHER = 3
# Pupils can live at home in the same kabupaten/kota, go home at the week's end in the same
# province, and know the region of neighbouring provinces that one balai serves.
NEARNESS_POINTS = {
    Nearness.REGENCY: 30,
    Nearness.PROVINCE: 20,
    Nearness.BIMTEK_REGION: 10,
    Nearness.FAR: 0,
}
# "Satu industri menggandeng minimal lima SMK" (domain.md §B1): whoever has fewer stands before all
# others. A company that has as many as it wants may still be asked, but after its like.
FEWEST_SCHOOLS = 5
ENOUGH_POINTS = -20
# About 5,000 SMK have no industry at their side (domain.md §B2); one step of nearness and a half.
ALONE_POINTS = 15
# Without points, and in this order: what decides between equals.
ACCREDITATION_ORDER = ("A", "B", "C")


class Reason(NamedTuple):
    """A sentence of a suggestion, and the points it stands for; a tie-breaker has none."""

    words: str
    points: int = 0


def fit_reason(names, *, is_told, sector="", school_asks):
    """Why the competences fit. ``names`` of those the school teaches."""
    points = NEED_POINTS if is_told else SECTOR_POINTS
    points += FURTHER_POINTS * min(len(names) - 1, MOST_FURTHER)
    listed = "; ".join(names)
    if is_told:
        words = f"Membutuhkan {listed}" if school_asks else f"Mengajarkan yang dibutuhkan: {listed}"
    elif school_asks:
        words = f"Sektornya ({sector}) biasanya membutuhkan {listed}"
    else:
        words = f"Mengajarkan yang biasanya dibutuhkan sektor {sector}: {listed}"
    return Reason(words, points)


def nearness_reason(nearness, region):
    """Where the partner lies, seen from the one who asks. ``region`` is the partner's, or None."""
    if region is None:
        return Reason("Wilayahnya belum tercatat")
    place = region.full_name
    words = {
        Nearness.REGENCY: f"Di kabupaten/kota yang sama: {place}",
        Nearness.PROVINCE: f"Di provinsi yang sama: {place}",
        Nearness.BIMTEK_REGION: f"Di provinsi tetangga (satu regional Bimtek): {place}",
        Nearness.FAR: f"Di wilayah lain: {place}",
    }
    return Reason(words[nearness], NEARNESS_POINTS[nearness])


def company_load_reasons(schools, wanted):
    """How many SMK a company mentors today, against five and against what it wants itself."""
    if schools < FEWEST_SCHOOLS:
        count = f"Baru membina {schools} SMK" if schools else "Belum membina SMK"
        first = f"{count}; diharapkan paling sedikit lima, maka didahulukan"
    else:
        first = f"Sudah membina {schools} SMK"
    reasons = [Reason(first)]
    if schools >= wanted:
        reasons.append(
            Reason(f"Sudah mencapai jumlah yang diinginkannya ({wanted} SMK)", ENOUGH_POINTS)
        )
    return reasons


def school_load_reason(companies):
    if companies:
        return Reason(f"Sudah memiliki {companies} perusahaan mitra")
    return Reason("Belum memiliki perusahaan mitra", ALONE_POINTS)


def size_reasons(*, accreditation="", pupils=None, workers=None):
    """What decides between equals; unknown ones say nothing."""
    words = []
    if accreditation in ACCREDITATION_ORDER:
        words.append(f"Terakreditasi {accreditation}")
    if pupils is not None:
        words.append(f"{number_format(pupils, force_grouping=True)} siswa")
    if workers is not None:
        words.append(f"{number_format(workers, force_grouping=True)} tenaga kerja")
    return [Reason(one) for one in words]
