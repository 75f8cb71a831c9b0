"""The IKM of the demo, from Aceh to Papua, with what the register knows of each."""

from random import Random
from typing import NamedTuple

from stdnum import luhn

from programs.enums import Commodity as C  # noqa: N817 - the table below is wide enough
from programs.enums import LegalForm as L
from programs.models import Region
from programs.workflow.organizations import register_ikm

MILLION = 1_000_000


class Business(NamedTuple):
    """``key`` is the owner's name before the @; ``line`` says which machines it buys."""

    key: str
    name: str
    form: str
    region: str
    kbli: str
    commodity: str
    line: str
    workers: int
    investment: int  # million rupiah


BUSINESSES = [
    Business("rahmah", "Bordir Minang", L.CV, "13.75", "13922", C.FASHION, "sewing", 9, 420),
    Business("zulkifli", "Tenun Sawahlunto", L.UD, "13.73", "13121", C.FASHION, "weaving", 12, 310),
    Business("yusuf", "Nilam Selatan", L.CV, "11.01", "20294", C.COSMETICS, "oil", 8, 640),
    Business("tiur", "Kopi Medan Raya", L.PT, "12.71", "10761", C.BEVERAGE, "coffee", 22, 1900),
    Business("hasan", "Kulit Manis Kerinci", L.CV, "15.01", "20294", C.HERBAL, "oil", 6, 380),
    Business("komariah", "Kemplang Musi", L.UD, "16.71", "10794", C.FOOD, "food", 11, 270),
    Business("sutrisno", "Keripik Lampung", L.INDIVIDUAL, "18.71", "10794", C.FOOD, "food", 5, 120),
    Business("asep", "Sepatu Cibaduyut", L.CV, "32.73", "15201", C.FASHION, "shoes", 18, 870),
    Business("dedeh", "Kulit Garut", L.CV, "32.05", "15201", C.FASHION, "shoes", 14, 560),
    Business("nurul", "Konveksi Bandung", L.PT, "32.73", "14111", C.FASHION, "sewing", 34, 2400),
    Business("eneng", "Bordir Tasik", L.CV, "32.06", "13922", C.FASHION, "sewing", 16, 730),
    Business("carwin", "Rotan Cirebon", L.CV, "32.09", "31001", C.FURNITURE, "wood", 19, 980),
    Business("slamet", "Logam Tegal", L.CV, "33.28", "25920", C.METAL, "metal", 21, 3100),
    Business("sulastri", "Ukir Jepara", L.CV, "33.20", "31001", C.FURNITURE, "wood", 24, 2750),
    Business("parjo", "Knalpot Purbalingga", L.CV, "33.03", "25920", C.METAL, "metal", 15, 890),
    Business("endang", "Lurik Klaten", L.UD, "33.10", "13121", C.FASHION, "weaving", 10, 240),
    Business("wagiyo", "Batik Solo", L.CV, "33.72", "13134", C.FASHION, "weaving", 17, 660),
    Business("fatimah", "Batik Pekalongan", L.CV, "33.75", "13134", C.FASHION, "weaving", 13, 450),
    Business("ngadiman", "Gerabah Bantul", L.INDIVIDUAL, "34.02", "23932", C.CRAFT, "wood", 7, 180),
    Business("tri", "Cokelat Sleman", L.PT, "34.04", "10731", C.FOOD, "food", 20, 1450),
    Business("sumarni", "Kerupuk Sidoarjo", L.CV, "35.15", "10794", C.FOOD, "food", 23, 1150),
    Business("agus", "Alat Tani Malang", L.CV, "35.73", "28210", C.METAL, "metal", 19, 1320),
    Business("ratna", "Roti Tangerang", L.CV, "36.71", "10710", C.FOOD, "food", 26, 1780),
    Business("wayan", "Perak Gianyar", L.CV, "51.04", "32112", C.JEWELRY, "metal", 12, 530),
    Business("kadek", "Kain Denpasar", L.UD, "51.71", "14111", C.FASHION, "sewing", 9, 260),
    Business("baiq", "Mutiara Mataram", L.CV, "52.71", "32112", C.JEWELRY, "metal", 8, 470),
    Business(
        "maria", "Tenun Sikka", L.COOPERATIVE, "53.07", "13121", C.FASHION, "weaving", 31, 520
    ),
    Business("yohanes", "Kelor Kupang", L.CV, "53.71", "10773", C.HERBAL, "food", 10, 330),
    Business("ani", "Lidah Buaya Pontianak", L.CV, "61.71", "10773", C.BEVERAGE, "food", 14, 610),
    Business("rusdi", "Sasirangan Banjar", L.UD, "63.71", "13134", C.FASHION, "weaving", 11, 290),
    Business("norhayati", "Rotan Palangka", L.CV, "62.71", "31001", C.FURNITURE, "wood", 13, 580),
    Business("jufri", "Rumput Laut Tarakan", L.CV, "65.71", "10298", C.FOOD, "food", 18, 940),
    Business("meiske", "Kelapa Minahasa", L.PT, "71.06", "10423", C.FOOD, "coconut", 29, 2650),
    Business("arifin", "Bawang Palu", L.UD, "72.71", "10794", C.FOOD, "food", 8, 210),
    Business("daeng", "Abon Makassar", L.CV, "73.71", "10130", C.FOOD, "food", 16, 760),
    Business("wahida", "Sutera Wajo", L.CV, "73.13", "13121", C.FASHION, "weaving", 15, 490),
    Business("musa", "Mete Kendari", L.CV, "74.71", "10773", C.FOOD, "food", 12, 430),
    Business("yetty", "Karawo Gorontalo", L.UD, "75.71", "13922", C.FASHION, "sewing", 10, 230),
    Business("hermin", "Kakao Mamuju", L.CV, "76.02", "10731", C.FOOD, "food", 9, 350),
    Business("frans", "Minyak Kayu Putih Ambon", L.CV, "81.71", "20294", C.HERBAL, "oil", 7, 410),
    Business("rukiah", "Pala Ternate", L.CV, "82.71", "20294", C.HERBAL, "oil", 9, 520),
    Business("yulce", "Abon Ikan Jayapura", L.UD, "91.71", "10213", C.FOOD, "food", 8, 240),
    Business("markus", "Sagu Sorong", L.CV, "96.71", "10794", C.FOOD, "food", 11, 390),
    Business(
        "sabar", "Kopi Wamena", L.COOPERATIVE, "95.01", "10761", C.BEVERAGE, "coffee", 19, 610
    ),
    Business("lince", "Tas Noken Merauke", L.UD, "93.01", "13922", C.CRAFT, "sewing", 6, 110),
    Business("hendrik", "Kopra Biak", L.CV, "91.06", "10421", C.FOOD, "coconut", 17, 880),
]
BY_KEY = {business.key: business for business in BUSINESSES}


def owner_name(business):
    return f"{business.key.capitalize()} Contoh"


def enter(business, *, owner):
    """Put ``business`` into the register, by the hand of its owner."""
    return register_ikm(details_of(business), by=owner)


def details_of(business, **others):
    """What the owner types into the form of the register."""
    number = BUSINESSES.index(business) + 1 if business in BUSINESSES else 90
    random = Random(f"{business.key} {business.name}")  # noqa: S311 - invented figures
    prefix = f"{business.form} " if business.form in (L.CV, L.UD, L.PT) else ""
    if business.form == L.COOPERATIVE:
        prefix = "Koperasi "
    return {
        "name": f"{prefix}{business.name} Contoh",
        "nib": f"9120{number:04d}{random.randrange(10**5):05d}",
        "npwp": npwp(number),
        "address": f"Jalan Contoh Nomor {random.randrange(1, 99)}",
        "region": Region.objects.get(pk=business.region),
        "owner_name": owner_name(business),
        "nik": nik(business.region, number),
        "legal_form": business.form,
        "kbli_code": business.kbli,
        "kbli_version": 2020,
        "workers": business.workers,
        "investment": business.investment * MILLION,
        "turnover": business.investment * MILLION * random.randrange(18, 34) // 10,
        "commodity": business.commodity,
        "brands": business.name.split()[0],
        **others,
    }


def npwp(number):
    """The NPWP of a body, with a check digit that is right."""
    first = f"0{number % 80 + 10:02d}{number * 137 % 10**6:06d}"
    return f"{first}{luhn.calc_check_digit(first)}{number % 900 + 100:03d}000"


def nik(region, number):
    """A NIK that was never given: born in 1980, with serial numbers that nobody reached."""
    day = number % 28 + 1 + 40 * (number % 2)  # 40 more for women
    return f"{region.replace('.', '')}01{day:02d}{number % 12 + 1:02d}80{9000 + number}"
