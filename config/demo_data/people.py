"""Who signs in to the demo: officers of every role, two Dinas, the owners of the businesses."""

from datetime import timedelta
from functools import cache
from typing import NamedTuple

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils import timezone

from programs import roles
from programs.demo_accounts import DEMO_TOTP_SECRET
from programs.models import User
from programs.workflow.accounts import acknowledge_notice

PASSWORD = "tenun-kopi-perahu"  # noqa: S105 - printed by make run; opens nothing but the demo


class Officer(NamedTuple):
    """``key`` is the name before the @, and how the story of the demo calls the person."""

    key: str
    name: str
    role: str


OFFICERS = [
    Officer("admin", "Arif Contoh", roles.SYSTEM_ADMIN),
    Officer("ikma", "Bagus Contoh", roles.IKMA_OFFICER),
    Officer("kelengkapan", "Dewi Contoh", roles.COMPLETENESS_CHECKER),
    Officer("kelengkapan2", "Eko Contoh", roles.COMPLETENESS_CHECKER),
    Officer("kesesuaian", "Fitri Contoh", roles.CONFORMITY_CHECKER),
    Officer("kesesuaian2", "Gilang Contoh", roles.CONFORMITY_CHECKER),
    Officer("verifikator", "Hendra Contoh", roles.FIELD_VERIFIER),
    Officer("verifikator2", "Intan Contoh", roles.FIELD_VERIFIER),
    Officer("verifikator3", "Joko Contoh", roles.FIELD_VERIFIER),
    Officer("penilai", "Kartika Contoh", roles.ASSESSOR),
    Officer("penilai2", "Lukman Contoh", roles.ASSESSOR),
    Officer("ppk", "Maya Contoh", roles.PPK),
    Officer("kpa", "Nugroho Contoh", roles.KPA),
    Officer("keuangan", "Oki Contoh", roles.FINANCE_OFFICER),
    Officer("spm", "Putri Contoh", roles.SPM_SIGNATORY),
    Officer("bpsdmi", "Qori Contoh", roles.BPSDMI_OFFICER),
    Officer("bdi", "Rizal Contoh", roles.BDI_ADMIN),
    Officer("pendidikan", "Siti Contoh", roles.EDUCATION_UNIT_ADMIN),
    Officer("auditor", "Teguh Contoh", roles.AUDITOR),
]
ADMIN_EMAIL = f"{OFFICERS[0].key}@bina.example"


class SignIn(NamedTuple):
    role: str
    email: str
    needs_code: bool


# Of the others: those who have something to see or to do.
OWNERS_TO_SHOW = [
    ("Pemilik IKM: perbaikan diminta", "rahmah@ikm.example"),
    ("Pemilik IKM: konsep setengah jadi", "zulkifli@ikm.example"),
    ("Pemilik IKM: berita acara menunggu", "wayan@ikm.example"),
    ("Pemilik IKM: sudah dibayar", "slamet@ikm.example"),
    ("Aparatur: peserta Bimtek bersertifikat", "bimtek1@peserta.example"),
    ("Aparatur: terdaftar pada Bimtek", "regional1@peserta.example"),
    ("Aparatur: lokakarya hari ini", "lokakarya1@peserta.example"),
    ("Dinas provinsi (Sumatera Barat)", "dinas.sumbar@dinas.example"),
    ("Dinas kota (Bukittinggi)", "dinas.bukittinggi@dinas.example"),
    ("Peserta Diklat 3in1: lulus seleksi", "diklat1@peserta.example"),
    ("SMK: usulan dan tanda tangan menunggu", "kepala@smk.example"),
    ("Perusahaan: usulan menunggu jawaban", "hrd@perusahaan.example"),
]


def sign_ins():
    """One account for each role, and the owners worth a look."""
    first = {}
    for officer in OFFICERS:
        first.setdefault(officer.role, officer)
    return [
        *[SignIn(role, f"{one.key}@bina.example", True) for role, one in first.items()],
        *[SignIn(role, email, False) for role, email in OWNERS_TO_SHOW],
    ]


def create_officers():
    """The officers by key, each with role and second factor. The system admin may do everything."""
    groups = Group.objects.in_bulk(field_name="name")
    officers = {}
    for key, name, role in OFFICERS:
        user = create_person(
            f"{key}@bina.example",
            name,
            is_staff=True,
            is_superuser=role == roles.SYSTEM_ADMIN,
        )
        user.groups.add(groups[role])
        TOTP.activate(user, DEMO_TOTP_SECRET)
        officers[key] = user
    return officers


def create_person(email, name, **details):
    """An account with a confirmed e-mail address, and the password that all have."""
    joined = timezone.now() - timedelta(days=400)
    user = User.objects.create(
        email=email, password=_hashed_password(), name=name, date_joined=joined, **details
    )
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    acknowledge_notice(by=user)
    return user


@cache
def _hashed_password():
    """Hashed once: a slow hash for each of a hundred accounts would take half a minute."""
    return make_password(PASSWORD)
