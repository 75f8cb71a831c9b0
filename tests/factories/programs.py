"""People, places and papers of the register, as tests need them."""

import datetime
import hashlib
from importlib import import_module

import factory
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory, Password

from programs.enums import (
    Commodity,
    LegalForm,
    MembershipRole,
    MembershipState,
    NotificationKind,
    OrganizationKind,
    PaperKind,
    ReviewReason,
)
from programs.models import (
    Document,
    Holiday,
    IkmProfile,
    IssuedPaper,
    KbliCode,
    Membership,
    News,
    Notification,
    Organization,
    Region,
    ReviewFlag,
    User,
)

PASSWORD = "kain-songket-merah"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ROLE_MIGRATIONS = [
    "programs.migrations.0002_roles",
    "programs.migrations.0007_esmart_roles",
    "programs.migrations.0009_official_figure_roles",
    "programs.migrations.0011_target_roles",
    "programs.migrations.0015_news_roles",
    "subsidies.migrations.0002_roles",
    "training.migrations.0002_roles",
    "training.migrations.0004_diklat_roles",
    "partnerships.migrations.0002_roles",
]
UPLOADED_AT = datetime.datetime(2026, 9, 1, 3, 0, tzinfo=datetime.UTC)
PDF = b"%PDF-1.4\n%%EOF\n"


class UserFactory(DjangoModelFactory):
    """A person with an account. ``confirmed`` has also confirmed the e-mail, and can sign in."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"orang{n}@contoh.id")
    name = factory.Sequence(lambda n: f"Orang {n}")
    password = Password(PASSWORD)

    @factory.post_generation
    def confirmed(user, create, extracted, **_):  # noqa: N805 - factory_boy passes the record
        if create and extracted:
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


class OfficerFactory(UserFactory):
    """Someone of the ministry, with the named roles (``programs.roles``) and a second factor."""

    is_staff = True
    email = factory.Sequence(lambda n: f"petugas{n}@contoh.go.id")
    name = factory.Sequence(lambda n: f"Petugas {n}")

    @factory.post_generation
    def roles(user, create, extracted, **_):  # noqa: N805 - as above
        if create:
            TOTP.activate(user, TOTP_SECRET)
            user.groups.set([_group(name) for name in extracted or ()])


def officer(*roles, **details):
    """An officer with these roles: ``officer(roles.PPK)``."""
    return OfficerFactory(roles=roles, **details)


def make_roles():
    """The groups as the migrations made them; made again where a race test emptied the tables."""
    if not Group.objects.exists():
        for name in ROLE_MIGRATIONS:
            import_module(name).make_roles(apps, None)


def _group(name):
    make_roles()
    return Group.objects.get(name=name)


class ProvinceFactory(DjangoModelFactory):
    class Meta:
        model = Region
        django_get_or_create = ["code"]

    code = "13"
    name = "Sumatera Barat"
    kind = Region.Kind.PROVINCE
    time_zone = Region.TimeZone.WIB
    bimtek_region = 2


class RegionFactory(DjangoModelFactory):
    """Kota Bukittinggi. Another one: ``RegionFactory(code="32.73", name="Kota Bandung")``."""

    class Meta:
        model = Region
        django_get_or_create = ["code"]

    code = "13.75"
    name = "Kota Bukittinggi"
    kind = Region.Kind.KOTA
    province = factory.LazyAttribute(
        lambda region: ProvinceFactory(
            code=region.code[:2],
            **({} if region.code[:2] == "13" else {"name": f"Provinsi {region.code[:2]}"}),
        )
    )
    time_zone = Region.TimeZone.WIB


class OrganizationFactory(DjangoModelFactory):
    """``owner`` and ``member`` are people who then belong to it."""

    class Meta:
        model = Organization
        skip_postgeneration_save = True

    kind = OrganizationKind.COMPANY
    name = factory.Sequence(lambda n: f"PT Contoh Jaya {n}")
    nib = factory.Sequence(lambda n: f"9120{n:09d}")
    region = factory.SubFactory(RegionFactory)
    address = "Jalan Contoh 1"

    @factory.post_generation
    def owner(organization, create, extracted, **_):  # noqa: N805 - as above
        if create and extracted:
            MembershipFactory(organization=organization, user=extracted, role=MembershipRole.OWNER)

    @factory.post_generation
    def member(organization, create, extracted, **_):  # noqa: N805 - as above
        if create and extracted:
            MembershipFactory(organization=organization, user=extracted)


class IkmProfileFactory(DjangoModelFactory):
    """A small industry in the sense of the 2016 rule: 7 workers, Rp200 juta."""

    class Meta:
        model = IkmProfile

    organization = factory.SubFactory("tests.factories.programs.IkmFactory", profile=None)
    owner_name = "Rahmah Contoh"
    legal_form = LegalForm.CV
    kbli_code = "14111"
    workers = 7
    investment = 200_000_000
    turnover = 600_000_000
    commodity = Commodity.FASHION


class IkmFactory(OrganizationFactory):
    """An IKM with its profile. ``IkmFactory(owner=user)``; ``profile__workers=19`` sets details."""

    kind = OrganizationKind.IKM
    name = factory.Sequence(lambda n: f"CV Sandang Contoh {n}")
    npwp = factory.Sequence(lambda n: f"0{n:015d}")
    profile = factory.RelatedFactory(IkmProfileFactory, "organization")


class DinasFactory(OrganizationFactory):
    """A regional office. ``DinasFactory(region=…, member=user)``."""

    kind = OrganizationKind.AGENCY
    name = factory.Sequence(lambda n: f"Dinas Perindustrian Contoh {n}")
    nib = ""


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organization = factory.SubFactory(OrganizationFactory)
    role = MembershipRole.MEMBER
    state = MembershipState.APPROVED


class ReviewFlagFactory(DjangoModelFactory):
    class Meta:
        model = ReviewFlag

    organization = factory.SubFactory(IkmFactory)
    reason = ReviewReason.ODD_NIK
    note = "NIK tampak keliru."


class DocumentFactory(DjangoModelFactory):
    """A stored PDF. ``content`` is what is inside."""

    class Meta:
        model = Document
        exclude = ["content"]

    content = factory.Sequence(lambda n: PDF + b"%% %d\n" % n)
    organization = factory.SubFactory(IkmFactory)
    name = "NIB.pdf"
    content_type = "application/pdf"
    extension = ".pdf"
    size = factory.LazyAttribute(lambda document: len(document.content))
    pages = 1
    sha256 = factory.LazyAttribute(lambda document: hashlib.sha256(document.content).hexdigest())
    uploaded_by = factory.SubFactory(UserFactory)
    uploaded_at = UPLOADED_AT
    file = factory.LazyAttribute(lambda document: ContentFile(document.content, name="NIB.pdf"))


class NotificationFactory(DjangoModelFactory):
    class Meta:
        model = Notification

    recipient = factory.SubFactory(UserFactory)
    key = factory.Sequence(lambda n: f"test.{n}")
    kind = NotificationKind.NEWS
    subject = factory.Sequence(lambda n: f"Kabar {n}")
    body = "Berkas Anda sudah kami terima."
    contact = "Sekretariat Bina Industri"


class IssuedPaperFactory(DjangoModelFactory):
    """A receipt as the register keeps it. ``content`` gives it a stored PDF."""

    class Meta:
        model = IssuedPaper

    class Params:
        content = None

    code = factory.Sequence(lambda n: f"R4TN-{n:04d}".replace("0", "Z").replace("1", "Y"))
    kind = PaperKind.RECEIPT
    number = factory.Sequence(lambda n: f"TT-{n:05d}/BM/2026")
    subject = "Permohonan penggantian pembelian mesin"
    holder = "CV Sandang Contoh"
    organization = factory.SubFactory(IkmFactory)
    key = factory.Sequence(lambda n: f"test.paper.{n}")
    facts = factory.LazyFunction(dict)
    issued_on = datetime.date(2026, 9, 21)
    file = factory.LazyAttribute(
        lambda paper: ContentFile(paper.content, name="surat.pdf") if paper.content else ""
    )
    sha256 = factory.LazyAttribute(
        lambda paper: hashlib.sha256(paper.content).hexdigest() if paper.content else ""
    )


class HolidayFactory(DjangoModelFactory):
    class Meta:
        model = Holiday
        django_get_or_create = ["date"]

    date = datetime.date(2026, 8, 17)
    name = "Hari Kemerdekaan"


class KbliCodeFactory(DjangoModelFactory):
    class Meta:
        model = KbliCode
        django_get_or_create = ["version", "code"]

    version = 2020
    code = "14111"
    title = "Industri Pakaian Jadi (Konveksi) dari Tekstil"


class NewsFactory(DjangoModelFactory):
    """News that everybody reads since 1 September 2026. ``published_at=None`` is a draft."""

    class Meta:
        model = News

    slug = factory.Sequence(lambda n: f"kabar-{n}")
    title = factory.Sequence(lambda n: f"Kabar contoh {n}")
    summary = "Ringkasan kabar contoh."
    body = "Paragraf pertama.\n\nParagraf kedua."
    published_at = UPLOADED_AT
    author = factory.SubFactory(UserFactory)
