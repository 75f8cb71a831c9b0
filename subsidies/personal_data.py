"""What applications mean for a person's own data (see ``programs.my_data``)."""

from django.db.models import Exists, OuterRef

from programs.enums import MembershipState
from programs.models import Membership
from programs.my_data import tells_data
from programs.workflow.accounts import hinders_closing
from subsidies.enums import ENDED_WITHOUT_GRANT, ApplicationStatus
from subsidies.models import Application

ENDED = [*ENDED_WITHOUT_GRANT, ApplicationStatus.CLOSED]


@hinders_closing
def applications_under_way(user):
    """Somebody must be there to answer: the last member of an IKM stays until it is decided."""
    others = Membership.objects.filter(
        organization=OuterRef("organization"), state=MembershipState.APPROVED
    ).exclude(user=user)
    waiting = (
        Application.objects.of_members(user)
        .exclude(status__in=ENDED)
        .exclude(Exists(others))
        .select_related("organization", "scheme")
    )
    return [
        f"Permohonan {application.organization} pada {application.scheme} masih berjalan. Tunggu "
        "sampai selesai, atau tarik permohonan itu di halamannya."
        for application in waiting
    ]


@tells_data("permohonan_bantuan_mesin")
def applications_of(user):
    """The applications of the person's IKM, as they stand today."""
    applications = (
        Application.objects.of_members(user)
        .select_related("organization", "scheme")
        .prefetch_related("machines", "history")
    )
    return [
        {
            "usaha": application.organization.name,
            "skema": application.scheme.name,
            "nomor_registrasi": application.registration_number,
            "status": application.get_status_display(),
            "diajukan_pada": application.submitted_at,
            "alamat_mesin": application.site_address,
            "bank": application.bank_name,
            "nomor_rekening": application.account_number,
            "atas_nama": application.account_holder,
            "nilai_diajukan": application.claimed,
            "nilai_diakui": application.recognized,
            "penggantian": application.reimbursed,
            "mesin": [
                {
                    "nama": machine.name,
                    "merek": machine.brand,
                    "nomor_seri": machine.serial_number,
                    "nilai_diajukan": machine.claimed,
                    "nilai_diakui": machine.recognized,
                }
                for machine in application.machines.all()
            ],
            "riwayat": [
                {"pada": entry.at, "status": entry.to_status, "alasan": entry.reason}
                for entry in application.history.all()
            ],
        }
        for application in applications
    ]
