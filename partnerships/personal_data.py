"""What link and match keeps of a person (see ``programs.my_data``)."""

from partnerships.models import Agreement, Report, Signature
from programs.my_data import tells_data


@tells_data("kerja_sama_smk_industri")
def deeds_of(user):
    """Agreements that the person proposed, signed, or reported on."""
    proposed = Agreement.objects.filter(proposed_by=user).select_related("school", "company")
    signed = Signature.objects.filter(signed_by=user).select_related("agreement")
    filed = Report.objects.filter(filed_by=user).select_related("agreement")
    return [
        {
            "tindakan": "mengusulkan",
            "kerja_sama": str(agreement),
            "pada": agreement.proposed_at,
        }
        for agreement in proposed
    ] + [
        {"tindakan": word, "kerja_sama": str(row.agreement.number), "pada": moment}
        for word, rows, name in [
            ("menandatangani", signed, "signed_at"),
            ("mengisi laporan", filed, "filed_at"),
        ]
        for row in rows
        for moment in [getattr(row, name)]
    ]


@tells_data("penanda_tangan_pks")
def signatures_of(user):
    """Places of a signature that were entered with the person's e-mail."""
    return [
        {
            "nama": signature.name,
            "jabatan": signature.position,
            "kerja_sama": signature.agreement.number,
            "ditandatangani_pada": signature.signed_at,
        }
        for signature in Signature.objects.filter(email__iexact=user.email).select_related(
            "agreement"
        )
    ]
