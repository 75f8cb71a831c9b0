"""The text of a PKS: both sides fill it in, an officer fixes it, the paper gets number and QR."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from partnerships import arrows
from partnerships.enums import UNITS, AgreementStatus, Side, Signer
from partnerships.models import Agreement, Signature
from partnerships.news import tell_both
from partnerships.workflow.agreement import (
    begin_with_names,
    lock_agreement,
    replace_competences,
    set_scope,
)
from partnerships.workflow.signing import send_links
from programs.enums import NotificationKind, PaperKind
from programs.papers import issue_paper, next_number, revoke_paper
from programs.transitions import TransitionNotAllowed, finish

OF_BOTH = ["purpose", "clauses", "starts_on", "ends_on", "signed_place"]
OF_SIDE = {
    Side.SCHOOL: [
        "school_number", "school_signatory", "school_position", "school_nip", "school_email",
    ],
    Side.COMPANY: ["company_number", "company_signatory", "company_position", "company_email"],
}  # fmt: skip
OF_OFFICERS = ["number", "witness_name", "witness_office", "phase"]
# What a paper and its series have room for, with a suffix and a count.
MOST_OF_A_NUMBER = 64
MISSING = [
    ("purpose", "Tulis maksud kerja sama."),
    ("starts_on", "Isi tanggal mulai berlaku."),
    ("ends_on", "Isi tanggal berakhir."),
    ("school_signatory", "Isi nama penanda tangan sekolah."),
    ("school_position", "Isi jabatan penanda tangan sekolah."),
    ("company_signatory", "Isi nama penanda tangan perusahaan."),
    ("company_position", "Isi jabatan penanda tangan perusahaan."),
]


def fields_for(side, *, is_officer=False):
    """What the people of ``side``, or an officer, may write into the text."""
    if is_officer:
        return [*OF_BOTH, *OF_SIDE[Side.SCHOOL], *OF_SIDE[Side.COMPANY], *OF_OFFICERS]
    return [*OF_BOTH, *OF_SIDE[side]]


@transaction.atomic
def save_text(agreement, *, by, side, values, competences=None, scope=None):
    """Keep what one side, or an officer (``side`` None), wrote into the text.

    ``values`` hold only fields of ``fields_for``. Competences and scope belong to both sides.
    Raises ``TransitionNotAllowed`` once the text is fixed, ``ValidationError`` for what cannot be.
    """
    agreement = lock_agreement(agreement)
    if agreement.status != AgreementStatus.DRAFTING:
        raise TransitionNotAllowed(
            f"Naskah tidak dapat diubah: status saat ini “{agreement.get_status_display()}”."
        )
    allowed = fields_for(side, is_officer=side is None)
    changed = []
    for name, value in values.items():
        if name not in allowed:
            raise ValueError(f"{name} is not for {side} to write")
        if getattr(agreement, name) != value:
            setattr(agreement, name, value)
            changed.append(str(Agreement._meta.get_field(name).verbose_name))
    agreement.full_clean()
    agreement.save()
    if competences is not None:
        replace_competences(agreement, list(competences))
    if scope is not None:
        set_scope(agreement, scope)
    agreement.history.create(
        action="save_text",
        from_status=agreement.status,
        to_status=agreement.status,
        actor=by,
        reason=f"Diubah: {', '.join(changed)}." if changed else "",
    )
    return agreement


def missing_in(agreement):
    """What the text still lacks before it can be fixed, in sentences."""
    missing = [sentence for name, sentence in MISSING if not getattr(agreement, name)]
    if not agreement.scope.exists():
        missing.append("Pilih paling sedikit satu lingkup kerja sama.")
    if not agreement.competence_rows.exists():
        missing.append("Pilih paling sedikit satu kompetensi.")
    return missing


@transaction.atomic
def finalize(agreement, *, by, today):
    """Fix the text: it gets its number, its paper, and both signatories their personal links."""
    agreement = begin_with_names(arrows.FINALIZE, agreement)
    if missing := missing_in(agreement):
        raise TransitionNotAllowed("Naskah belum lengkap. " + " ".join(missing))
    refuse_overlap(agreement)
    if not agreement.number:
        number = next_number(f"pks/{today.year}")
        agreement.number = f"PKS-{number:05d}/LM/{today.year}"
    agreement.text_version += 1
    agreement.full_clean(exclude=["paper"])
    agreement.paper = issue_paper(
        PaperKind.AGREEMENT,
        key=f"partnerships.agreement.{agreement.pk}.{agreement.text_version}",
        number=paper_number(agreement.number),
        subject=f"Perjanjian kerja sama {agreement.school} dan {agreement.company}",
        holder=f"{agreement.school} dan {agreement.company}",
        facts=facts_of(agreement),
        on=today,
        by=by,
        organization=agreement.school,
    )
    entry = finish(arrows.FINALIZE, agreement, by=by)
    for signer, name, position, email in [
        (
            Signer.SCHOOL,
            agreement.school_signatory,
            agreement.school_position,
            agreement.school_email,
        ),
        (
            Signer.COMPANY,
            agreement.company_signatory,
            agreement.company_position,
            agreement.company_email,
        ),
    ]:
        Signature.objects.update_or_create(
            agreement=agreement,
            signer=signer,
            defaults={"name": name, "position": position, "email": email},
        )
    tell_both(
        agreement,
        fact=f"agreement.{entry.pk}",
        subject="Naskah perjanjian siap ditandatangani",
        body="Naskah sudah ditetapkan. Penanda tangan yang surelnya diisi menerima tautan "
        "pribadi; naskahnya juga dapat diunduh, ditandatangani di kertas, lalu diunggah.",
        kind=NotificationKind.TASK,
    )
    send_links(agreement, by=by)
    return agreement


@transaction.atomic
def redraft(agreement, *, by, reason):
    """Open the text again. The paper no longer counts, and neither do signatures under it."""
    agreement = begin_with_names(arrows.REDRAFT, agreement)
    revoke_paper(agreement.paper, reason=f"Naskah dibuka kembali: {reason}")
    signed = agreement.signatures.filter(signed_at__isnull=False)
    voided = ", ".join(signed.values_list("name", flat=True))
    agreement.signatures.all().delete()
    agreement.paper = None
    words = f"{reason} (tanda tangan {voided} tidak berlaku lagi)" if voided else reason
    entry = finish(arrows.REDRAFT, agreement, by=by, reason=words)
    tell_both(
        agreement,
        fact=f"agreement.{entry.pk}",
        subject="Naskah perjanjian dibuka kembali",
        body=f"Alasan: {reason}\n\nTautan tanda tangan yang sudah dikirim tidak berlaku lagi.",
        kind=NotificationKind.TASK,
    )
    return agreement


def refuse_overlap(agreement):
    """Say in words what the database would refuse: the pair is bound for this competence then."""
    other = (
        Agreement.objects.signed()
        .filter(
            school=agreement.school_id,
            company=agreement.company_id,
            competences__in=agreement.competences.all(),
            competence_rows__period__overlap=(agreement.starts_on, _day_after(agreement.ends_on)),
        )
        .exclude(pk=agreement.pk)
        .first()
    )
    if other:
        raise TransitionNotAllowed(
            f"Kedua pihak sudah memiliki PKS {other.number} untuk kompetensi yang sama pada masa "
            "itu. Ubah masa berlakunya, atau pilih kompetensi lain."
        )


def facts_of(agreement):
    """What the paper prints, as plain JSON."""
    school, company = agreement.school, agreement.company
    return {
        "school": school.name,
        "npsn": school.npsn,
        "school_address": _address(school),
        "school_signatory": agreement.school_signatory,
        "school_position": agreement.school_position,
        "school_nip": agreement.school_nip,
        "school_number": agreement.school_number,
        "company": company.name,
        "nib": company.nib,
        "company_address": _address(company),
        "company_signatory": agreement.company_signatory,
        "company_position": agreement.company_position,
        "company_number": agreement.company_number,
        "purpose": agreement.purpose,
        "competences": [one.full_name for one in agreement.competences.order_by("code")],
        "scope": [
            {
                "kind": item.get_kind_display(),
                "target": f"{item.target} {UNITS[item.kind]}" if item.target else "",
                "note": item.note,
            }
            for item in agreement.scope.all()
        ],
        "starts_on": agreement.starts_on.isoformat(),
        "ends_on": agreement.ends_on.isoformat(),
        "place": agreement.signed_place,
        "clauses": agreement.clauses,
        "witness": agreement.witness_name,
        "witness_office": agreement.witness_office,
        "contact": settings.HELP_CONTACT,
    }


def paper_number(number, suffix=""):
    """The number of a paper of the PKS with this ``number``.

    A text that was opened again is another paper, and two pairs may have typed the same number.
    """
    number = f"{number[:MOST_OF_A_NUMBER]}{suffix}"
    count = next_number(f"naskah:{number}")
    return number if count == 1 else f"{number}/{count}"


def _address(organization):
    parts = [organization.address, organization.region.full_name if organization.region else ""]
    return ", ".join(part for part in parts if part)


def _day_after(day):
    return day + timedelta(days=1)
