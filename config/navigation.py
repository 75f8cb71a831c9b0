"""The menus of every page, and whom to ask."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Subquery
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from programs.enums import MembershipState
from programs.enums import OrganizationKind as Kind
from programs.models import Membership, Notification, User

PROGRAMS = ("Program", "program_list")
CALLS = ("Bantuan mesin", "subsidies:scheme_list")
TRAINING = ("Pelatihan", "training:event_list")
ESMART = ("e-Smart IKM", "esmart:about")
AGREEMENTS = ("Kerja sama saya", "partnerships:agreement_list")
VERIFY = ("Periksa dokumen", "programs:verify_form")
HELP = ("Bantuan", "help")
MINE = ("Beranda saya", "beranda")
DESK = ("Meja petugas", "admin:index")
# Five entries for a visitor; four beside the news and the menu of whoever has signed in. Help is
# the last one for everybody.
MAIN = [PROGRAMS, CALLS, TRAINING, VERIFY, HELP]
MAIN_OF_OFFICERS = [DESK, MINE, PROGRAMS, HELP]
MAIN_OF_OTHERS = [MINE, PROGRAMS, TRAINING, HELP]
# The first kind that somebody belongs to decides.
MAIN_BY_KIND = {
    Kind.IKM: [MINE, CALLS, ESMART, HELP],
    Kind.AGENCY: [MINE, TRAINING, CALLS, HELP],
    Kind.SCHOOL: [MINE, AGREEMENTS, TRAINING, HELP],
    Kind.COMPANY: [MINE, AGREEMENTS, TRAINING, HELP],
}
NOWHERE = None  # who belongs to no organization (yet)
EVERYBODY = {*Kind, NOWHERE}
# What a person can have here, and the kinds of organizations whose people have it.
OWN = [
    ("Usaha dan organisasi", "programs:organization_list", EVERYBODY),
    ("Permohonan saya", "subsidies:application_list", {Kind.IKM, Kind.AGENCY}),
    ("e-Smart saya", "esmart:enrolment_list", {Kind.IKM, Kind.AGENCY}),
    ("Toko daring", "esmart:shop_list", {Kind.IKM, Kind.AGENCY}),
    ("IKM belum terdaftar", "esmart:proposal_list", {Kind.AGENCY}),
    (*AGREEMENTS, {Kind.SCHOOL, Kind.COMPANY, Kind.AGENCY}),
    ("Kegiatan saya", "training:registration_list", EVERYBODY),
    ("Jam pelajaran saya", "training:jp_record", {Kind.AGENCY, Kind.UNIT, NOWHERE}),
]
ACCOUNT = [
    ("Akun dan keamanan", "account_email"),
    ("Data saya", "programs:my_data"),
]
SECURITY = [
    ("Profil", "programs:profile"),
    ("Surel", "account_email"),
    ("Kata sandi", "account_change_password"),
    ("Langkah kedua", "mfa_index"),
    ("Data saya", "programs:my_data"),
]
SERVICES = [
    ("Semua program", "program_list"),
    ("Bantuan mesin untuk IKM", "subsidies:scheme_list"),
    ("Cek kelayakan bantuan mesin", "subsidies:eligibility"),
    ("Jadwal pelatihan", "training:event_list"),
    ("Kerja sama SMK dan industri", "partnerships:about"),
    ("e-Smart IKM", "esmart:about"),
    ("Katalog produk IKM", "esmart:catalogue"),
    ("Kampanye produk dalam negeri", "esmart:campaign_list"),
    ("Periksa keaslian dokumen", "programs:verify_form"),
    ("Bantuan dan pertanyaan", "help"),
]
ABOUT = [
    ("Berita", "programs:news_list"),
    ("Data terbuka", "open_data"),
    ("Pelindungan data pribadi", "privacy_notice"),
    ("Pernyataan aksesibilitas", "accessibility"),
]


@dataclass(frozen=True)
class Reader:
    """Who looks at the page: the kinds of organizations they belong to, and their unread news."""

    is_known: bool = False
    kinds: frozenset = frozenset()
    unread: int = 0


@dataclass
class Entry:
    label: str
    url: str
    current: bool = False


def navigation(request):
    """Menus, contact and the number of unread news, for every template."""
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    # Asked only by a page that has a menu or the bell, and then once for both.
    reader = SimpleLazyObject(lambda: _read(user)) if signed_in else Reader()
    return {
        "main_menu": SimpleLazyObject(lambda: _entries(main(user, reader), request.path)),
        "account_menu": SimpleLazyObject(lambda: _entries(own(user, reader), request.path)),
        "security_menu": _entries(SECURITY, request.path) if signed_in else [],
        "service_menu": _entries(SERVICES, request.path),
        "about_menu": _entries(ABOUT, request.path),
        "home_url": "/",
        "calls_url": reverse("subsidies:scheme_list"),
        "eligibility_url": reverse("subsidies:eligibility"),
        "verify_url": reverse("programs:verify_form"),
        "help_url": reverse("help"),
        "inbox_url": reverse("programs:inbox"),
        "service_worker_url": reverse("service_worker") if settings.OFFLINE_PAGE else "",
        "sign_in_url": reverse("account_login"),
        "sign_out_url": reverse("account_logout"),
        "help_office": settings.HELP_OFFICE,
        "help_phone": settings.HELP_PHONE,
        "help_hours": settings.HELP_HOURS,
        "help_email": settings.HELP_EMAIL,
        "unread_count": SimpleLazyObject(lambda: reader.unread),
    }


def main(user, reader):
    """The entries of the bar: what this reader needs first."""
    if not reader.is_known:
        return MAIN
    if user.is_staff:
        return MAIN_OF_OFFICERS
    for kind, entries in MAIN_BY_KIND.items():
        if kind in reader.kinds:
            return entries
    return MAIN_OF_OTHERS


def own(user, reader):
    """The entries behind the reader's name."""
    if not reader.is_known:
        return []
    kinds = reader.kinds or {NOWHERE}
    mine = [(label, page) for label, page, whose in OWN if whose & kinds]
    return [*([DESK] if user.is_staff else []), *mine, *ACCOUNT]


def _read(user):
    places = Membership.objects.filter(
        user=OuterRef("pk"), state=MembershipState.APPROVED
    ).order_by()
    news = Notification.objects.filter(recipient=OuterRef("pk")).unread().order_by()
    counted = news.values("recipient").annotate(count=Count("pk")).values("count")
    kinds, unread = (
        User.objects.filter(pk=user.pk)
        .values_list(ArraySubquery(places.values("organization__kind")), Subquery(counted))
        .get()
    )
    return Reader(is_known=True, kinds=frozenset(kinds), unread=unread or 0)


def _entries(pairs, path):
    """The entry with the longest address that ``path`` begins with is the current one."""
    entries = [Entry(label, reverse(name)) for label, name in pairs]
    here = [entry for entry in entries if path.startswith(entry.url)]
    if here:
        max(here, key=lambda entry: len(entry.url)).current = True
    return entries
