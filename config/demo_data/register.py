"""What the register has besides applicants: Dinas, a school, a company, doubts and requests."""

from config.demo_data.businesses import BY_KEY, Business, details_of
from config.demo_data.clock import at, moment
from config.demo_data.people import create_person
from programs.enums import (
    Commodity,
    ConsentPurpose,
    LegalForm,
    MembershipRole,
    MembershipState,
    OrganizationKind,
    ReviewReason,
)
from programs.models import Membership, Notification, Organization, Region, ReviewFlag
from programs.review import resolve_flag
from programs.workflow.accounts import give_consent
from programs.workflow.memberships import approve, request_to_join
from programs.workflow.organizations import register_ikm

DINAS = [
    ("13", "Dinas Perindustrian Provinsi Sumatera Barat (contoh)", "dinas.sumbar"),
    ("13.75", "Dinas Perindustrian Kota Bukittinggi (contoh)", "dinas.bukittinggi"),
    ("33", "Dinas Perindustrian Provinsi Jawa Tengah (contoh)", "dinas.jateng"),
]

IKMA = "247949"
# Who does not work at the directorate general, by satker code: BPSDMI, BDI Padang, ATI Padang.
UNITS = {"bpsdmi": "579361", "bdi": "579343", "pendidikan": "579359"}


def bring_the_register_to_life(officers, businesses, calendar):
    with at(moment(calendar.ago(70))):
        dinas = _enter_dinas(officers["admin"])
        _enter_others(officers)
    with at(moment(calendar.ago(6), 30)):
        _raise_doubts(officers["ikma"])
    with at(moment(calendar.ago(2), 50)):
        _ask_to_join(businesses["rahmah"], businesses["asep"], dinas)
    for key in ("rahmah", "slamet", "sulastri"):
        give_consent(ConsentPurpose.PUBLISH_PROFILE, by=businesses[key][0])
    _lose_a_mail(businesses["frans"][0])


def _enter_dinas(admin):
    offices = []
    for region, name, mailbox in DINAS:
        office = _organization(OrganizationKind.AGENCY, name, region)
        person = create_person(f"{mailbox}@dinas.example", f"Petugas {mailbox[6:].title()} Contoh")
        _belongs(person, office, decided_by=admin)
        offices.append(office)
    return offices


def _enter_others(officers):
    """A school and a company with an account each, and where the verifiers come from."""
    school = _organization(
        OrganizationKind.SCHOOL, "SMK Negeri 1 Tekstil Contoh", "13.75", npsn="10300001"
    )
    company = _organization(
        OrganizationKind.COMPANY, "PT Busana Ekspor Contoh", "32.73", nib="9120900000017"
    )
    surveyor = _organization(OrganizationKind.VERIFIER, "PT Surveyor Lapangan Contoh", "31.74")
    units = {unit.satker_code: unit for unit in Organization.objects.of_kind("UNIT")}
    admin = officers["admin"]
    _belongs(create_person("kepala@smk.example", "Wahyu Contoh"), school, decided_by=admin)
    _belongs(create_person("hrd@perusahaan.example", "Lestari Contoh"), company, decided_by=admin)
    for key, officer in officers.items():
        _belongs(
            officer,
            surveyor if key.startswith("verifikator") else units[UNITS.get(key, IKMA)],
            decided_by=admin,
            role=MembershipRole.MEMBER,
        )


def _raise_doubts(officer):
    """Businesses whose numbers look wrong. One doubt is settled already."""
    copy = Business(
        *("budi", "Bordir Minang Jaya", LegalForm.UD, "13.75", "13922"),
        *(Commodity.FASHION, "sewing", 4, 90),
    )
    original = details_of(BY_KEY["rahmah"])
    for key, others in [
        ("budi", {"nib": original["nib"]}),
        ("gunadi", {"name": "UD Anyaman Agam Contoh", "nik": "1306993902800001"}),
        ("halimah", {"name": "UD Kebun Pala Contoh", "kbli_code": "01285"}),
        ("ismail", {"name": "UD Sulam Pariaman Contoh", "nik": original["nik"]}),
    ]:
        owner = create_person(f"{key}@ikm.example", f"{key.capitalize()} Contoh")
        number = sum(map(ord, key))
        details = details_of(
            copy,
            **{
                "nib": f"9120{number:09d}",
                "npwp": "",
                "nik": f"13750101018{number % 10}{number:04d}",
                "owner_name": owner.name,
            }
            | others,
        )
        register_ikm(details, by=owner)
    settled = ReviewFlag.objects.filter(reason=ReviewReason.UNKNOWN_KBLI).first()
    resolve_flag(
        settled,
        by=officer,
        outcome="Pemilik akan memperbarui KBLI pada NIB; saat ini masih usaha kebun.",
    )


def _ask_to_join(first, second, dinas):
    """One waits for the owner, one was let in, one waits for an officer."""
    _, organization = first
    request_to_join(organization, by=create_person("fauzan@ikm.example", "Fauzan Contoh"))
    owner, organization = second
    asked = request_to_join(organization, by=create_person("neng@ikm.example", "Neng Contoh"))
    approve(asked, by=owner)
    request_to_join(dinas[1], by=create_person("zahra@dinas.example", "Zahra Contoh"))


def _lose_a_mail(owner):
    """A mail that the owner's mail server refused to the end."""
    last = Notification.objects.filter(recipient=owner).order_by("-created_at", "-pk").first()
    Notification.objects.filter(pk=last.pk).update(
        sent_at=None,
        failed_at=last.created_at,
        attempts=8,
        last_error="552 5.2.2 Kotak surat penuh",
    )


def _organization(kind, name, region, **numbers):
    organization = Organization(
        kind=kind,
        name=name,
        region=Region.objects.get(pk=region),
        address="Jalan Contoh Nomor 1",
        **numbers,
    )
    organization.full_clean()
    organization.save()
    return organization


def _belongs(user, organization, *, decided_by, role=MembershipRole.OWNER):
    Membership.objects.create(
        user=user,
        organization=organization,
        role=role,
        state=MembershipState.APPROVED,
        decided_by=decided_by,
    )
