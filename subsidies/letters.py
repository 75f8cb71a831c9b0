"""The papers of an application: what each one says, and under which number it goes out."""

from programs.enums import PaperKind
from programs.papers import issue_paper, next_number
from subsidies.enums import RejectionCode
from subsidies.models import VisitQuestion


def receipt(application, *, today):
    """That the ministry has the application; the owner's proof of the day."""
    return _to_the_owner(
        PaperKind.RECEIPT,
        "TT",
        application,
        key=f"receipt.{application.pk}",
        subject=f"Permohonan {application.scheme}",
        today=today,
        by=None,
        facts={
            "nib": application.organization.nib,
            "machines": [
                {
                    "name": machine.name,
                    "serial": machine.serial_number,
                    "claimed_rp": machine.claimed,
                }
                for machine in application.machines.all()
            ],
            "claimed_rp": application.claimed,
            "documents": application.documents.current().count(),
        },
    )


def correction(application, *, entry, notes, refused, today, by):
    """What must be mended, note by note, and until when."""
    return _to_the_owner(
        PaperKind.CORRECTION,
        "PB",
        application,
        key=f"correction.{entry.pk}",
        subject=f"Perbaikan permohonan {application.scheme}",
        today=today,
        by=by,
        facts={
            "reason": entry.reason,
            "notes": [{"about": note.about, "text": note.text} for note in notes]
            + [{"about": file.get_kind_display(), "text": file.check_note} for file in refused],
            "due_on": application.due_on.isoformat(),
        },
    )


def rejection(application, *, reason, today, by):
    """What was decided, on what ground, in words."""
    return _to_the_owner(
        PaperKind.REJECTION,
        "TL",
        application,
        key=f"rejection.{application.pk}",
        subject=f"Penolakan permohonan {application.scheme}",
        today=today,
        by=by,
        facts={
            "legal_basis": application.scheme.legal_basis,
            "code": application.rejection_code,
            "ground": RejectionCode(application.rejection_code).label,
            "reason": reason,
        },
    )


def minutes(visit, *, answers, today, by):
    """What was seen at the owner's place. A disputed one is revoked and written again."""
    application = visit.application
    return _to_the_owner(
        PaperKind.MINUTES,
        "BA",
        application,
        key=f"minutes.{visit.pk}.{visit.history.count()}",
        subject=f"Kunjungan lapangan {application.registration_number}",
        today=today,
        by=by,
        facts={
            "registration": application.registration_number,
            "address": application.site_address,
            "verifier": visit.verifier.name,
            "met_with": visit.met_with,
            "visited_on": today.isoformat(),
            "answers": [
                {
                    "question": VisitQuestion(question).label,
                    "machine": machine.name if machine else "",
                    "yes": is_yes,
                    "note": note,
                }
                for question, machine, is_yes, note in answers
            ],
            "findings": visit.findings,
            "photos": visit.photos.count(),
        },
    )


def decree(decree, applications, *, by):
    """The list of recipients, under the number that the ministry gave the decree."""
    scheme = applications[0].scheme
    return issue_paper(
        PaperKind.DECREE,
        key=f"decree.{decree.pk}",
        number=decree.number,
        subject=f"Penetapan penerima {scheme.name}",
        holder=f"{len(applications)} penerima",
        on=decree.signed_on,
        by=by,
        facts={
            "scheme": scheme.name,
            "legal_basis": scheme.legal_basis,
            "dipa": decree.budget_line.dipa_code,
            "signatory": decree.signatory,
            "no_transfer_months": scheme.no_transfer_months,
            "recipients": [
                {
                    "registration": application.registration_number,
                    "name": application.organization.name,
                    "amount_rp": application.reimbursed,
                }
                for application in applications
            ],
            "total_rp": sum(application.reimbursed for application in applications),
            "contact": scheme.contact,
        },
    )


def payment_notice(disbursement, *, today, by):
    """That the treasury paid: how much, by which SP2D, to which account."""
    application = disbursement.application
    return _to_the_owner(
        PaperKind.PAYMENT_NOTICE,
        "BY",
        application,
        key=f"payment.{disbursement.pk}",
        subject=f"Pembayaran {application.registration_number}",
        today=today,
        by=by,
        facts={
            "registration": application.registration_number,
            "decree": disbursement.decree.number,
            "spm": disbursement.spm_number,
            "sp2d": disbursement.sp2d_number,
            "sp2d_on": disbursement.sp2d_on.isoformat(),
            "bank": application.bank_name,
            "account": f"berakhiran {application.account_number[-4:]}",
            "amount_rp": disbursement.amount,
        },
    )


def _to_the_owner(kind, prefix, application, *, key, subject, today, by, facts):
    """A paper for one applicant, numbered like “TT-0147/RM/2026”."""
    year = application.scheme.fiscal_year
    return issue_paper(
        kind,
        key=key,
        number=f"{prefix}-{next_number(f'{prefix}/RM/{year}'):04d}/RM/{year}",
        subject=subject,
        holder=application.organization.name,
        organization=application.organization,
        on=today,
        by=by,
        facts={
            "applicant": application.organization.name,
            "scheme": application.scheme.name,
            "contact": application.scheme.contact,
            **facts,
        },
    )
