"""The menus of every page, and whom to ask."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from programs.models import Notification

CALLS = ("Bantuan mesin", "subsidies:scheme_list")
TRAINING = ("Pelatihan", "training:event_list")
ELIGIBILITY = ("Cek kelayakan", "subsidies:eligibility")
VERIFY = ("Periksa dokumen", "programs:verify_form")
HELP = ("Bantuan", "help")
MINE = ("Beranda saya", "beranda")
# Five fit into the bar of a small laptop; with the news and the person's own menu, four.
MAIN = [CALLS, TRAINING, ELIGIBILITY, VERIFY, HELP]
MAIN_SIGNED_IN = [MINE, CALLS, TRAINING, HELP]
ACCOUNT = [
    ("Usaha dan organisasi", "programs:organization_list"),
    ("Toko daring", "esmart:shop_list"),
    ("Kegiatan saya", "training:registration_list"),
    ("Kerja sama saya", "partnerships:agreement_list"),
    ("e-Smart saya", "esmart:enrolment_list"),
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
    ("Pelindungan data pribadi", "privacy_notice"),
    ("Pernyataan aksesibilitas", "accessibility"),
]


@dataclass
class Entry:
    label: str
    url: str
    current: bool = False


def navigation(request):
    """Menus, contact and the number of unread news, for every template."""
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    account = _entries(ACCOUNT, request.path) if signed_in else []
    if signed_in and user.is_staff:
        account.insert(0, Entry("Meja petugas", reverse("admin:index")))
    return {
        "main_menu": _entries(MAIN_SIGNED_IN if signed_in else MAIN, request.path),
        "account_menu": account,
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
        "unread_count": SimpleLazyObject(lambda: _unread(user)) if signed_in else 0,
    }


def _unread(user):
    return Notification.objects.filter(recipient=user).unread().count()


def _entries(pairs, path):
    """The entry with the longest address that ``path`` begins with is the current one."""
    entries = [Entry(label, reverse(name)) for label, name in pairs]
    here = [entry for entry in entries if path.startswith(entry.url)]
    if here:
        max(here, key=lambda entry: len(entry.url)).current = True
    return entries
