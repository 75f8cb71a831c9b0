"""People who come to events: invented names, ranks and numbers, so many for each region."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from config.demo_data.people import create_person
from programs.models import Region, User
from programs.workflow.accounts import acknowledge_notice
from training.enums import AudienceKind, CivilServantKind, PositionKind

FIRST = [
    "Ahmad", "Budi", "Cut", "Dian", "Endah", "Fajar", "Gita", "Hadi", "Indra", "Jaka", "Kurnia",
    "Laila", "Marlina", "Nanda", "Omar", "Prima", "Ratna", "Surya", "Tuti", "Umar", "Vina",
    "Wahyu", "Yanti", "Zainal",
]  # fmt: skip
LAST = [
    "Saputra", "Lubis", "Siregar", "Hasibuan", "Chaniago", "Tanjung", "Wijaya", "Lestari",
    "Hidayat", "Rahayu",
]  # fmt: skip
# They exist to be counted; only the first of each event can be signed in with.
NOBODY_KNOWS = make_password(None)
TITLES = ["S.E.", "S.T.", "S.Sos.", "M.M.", "S.P.", "M.Si.", "S.Kom.", ""]
POSTS = [
    ("Kepala Dinas", PositionKind.LEADER, "IV/b"),
    ("Kepala Bidang Industri", PositionKind.ADMINISTRATOR, "IV/a"),
    ("Kepala Seksi Pembinaan IKM", PositionKind.SUPERVISOR, "III/d"),
    ("Penyuluh Perindustrian dan Perdagangan", PositionKind.FUNCTIONAL, "III/c"),
    ("Pembina Industri", PositionKind.FUNCTIONAL, "III/b"),
    ("Staf Bidang Industri", PositionKind.STAFF, "III/a"),
]
COMPANIES = [
    "PT Karet Andalas Contoh", "PT Sawit Bukit Contoh", "PT Semen Nagari Contoh",
    "PT Timah Bangka Contoh", "CV Kopi Curup Contoh", "PT Kertas Musi Contoh",
    "Asosiasi Bordir Minang (contoh)", "Asosiasi Batik Jambi (contoh)",
    "Asosiasi Songket Palembang (contoh)", "Koperasi Lada Putih Contoh",
    "PT Kayu Lapis Batanghari Contoh", "Asosiasi Kopi Bengkulu (contoh)",
]  # fmt: skip


def name_of(number):
    """“Dian Lubis Contoh, S.T.”: the same number gives the same name."""
    title = TITLES[number * 5 % len(TITLES)]
    name = f"{FIRST[number % len(FIRST)]} {LAST[number * 7 % len(LAST)]} Contoh"
    return f"{name}, {title}" if title else name


def accounts(prefix, count, called=name_of):
    """So many people with an account; the first of them can be signed in with as in a test."""
    first = create_person(f"{prefix}1@peserta.example", called(1))
    others = User.objects.bulk_create(
        [
            User(email=f"{prefix}{n}@peserta.example", name=called(n), password=NOBODY_KNOWS)
            for n in range(2, count + 1)
        ]
    )
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=one, email=one.email, verified=True, primary=True) for one in others]
    )
    acknowledge_notice(by=first)
    return [first, *others]


def apparatus(number, user, region):
    """The answers of an official of a Dinas."""
    position, kind, rank = POSTS[number % len(POSTS)]
    born, begun = 1966 + number % 28, 1993 + number % 22
    return {
        "kind": AudienceKind.APPARATUS,
        "name": user.name,
        "phone": f"+62812{10_000_000 + number * 7919 % 80_000_000}",
        "nip": f"{born}{number % 12 + 1:02d}{number % 27 + 1:02d}{begun}"
        f"{number % 12 + 1:02d}{number % 2 + 1}{number % 1000:03d}",
        "servant_kind": CivilServantKind.PNS,
        "rank": rank,
        "position": position,
        "position_kind": kind,
        "institution": f"Dinas Perindustrian {region.name}",
        "organization": None,
        "region": region,
        "needs": "",
    }


def from_company(number, user, region):
    return {
        "kind": AudienceKind.COMPANY,
        "name": user.name,
        "position": "Manajer produksi",
        "institution": COMPANIES[number % len(COMPANIES)],
        "organization": None,
        "region": region,
    }


def regencies_of(province_codes, *, leave_out=()):
    """The kabupaten and kota of these provinces, but those that sent nobody."""
    regions = Region.objects.filter(province__in=province_codes).select_related("province")
    return [region for region in regions.order_by("code") if region.code not in leave_out]
