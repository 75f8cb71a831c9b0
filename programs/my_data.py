"""What the system knows of a person, for that person (UU 27/2022 art. 7 and 8)."""

import json
import zipfile

from django.core.serializers.json import DjangoJSONEncoder

from programs.enums import MembershipRole, MembershipState
from programs.models import Consent, Document, IkmProfile, Notification, SensitiveAccess

_sources = []


def tells_data(name):
    """Register ``source(user)``: what an app keeps about somebody, as plain lists and dicts."""

    def register(source):
        if (name, source) not in _sources:
            _sources.append((name, source))
        return source

    return register


def data_of(user):
    """Everything under the names that the person knows from the pages."""
    return {
        "akun": {
            "nama": user.name,
            "surel": user.email,
            "telepon": str(user.phone),
            "terdaftar_pada": user.date_joined,
            "masuk_terakhir": user.last_login,
            "pemberitahuan_privasi": user.notice_version,
        },
        "surel_yang_tidak_diinginkan": list(user.mail_declined.values_list("kind", flat=True)),
        "persetujuan": [
            {
                "untuk": consent.get_purpose_display(),
                "diberikan_pada": consent.given_at,
                "ditarik_pada": consent.withdrawn_at,
            }
            for consent in Consent.objects.filter(user=user)
        ],
        "organisasi": _organizations(user),
        "kabar": list(
            Notification.objects.filter(recipient=user).values(
                "subject", "body", "created_at", "read_at"
            )
        ),
        "berkas_yang_diunggah": [
            {
                "nama": document.name,
                "diunggah_pada": document.uploaded_at,
                "sha256": document.sha256,
            }
            for document in Document.objects.filter(uploaded_by=user)
        ],
        **{name: source(user) for name, source in _sources},
    }


def write_archive(user, target):
    """A ZIP with all of it: ``data.json``, and the files that the person uploaded."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        words = json.dumps(data_of(user), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        archive.writestr("data.json", words)
        for document in Document.objects.filter(uploaded_by=user):
            with document.file.open("rb") as file:
                # PDF and photos are packed already.
                archive.writestr(
                    f"berkas/{document.pk}-{document.name}", file.read(), zipfile.ZIP_STORED
                )


def _organizations(user):
    memberships = user.memberships.select_related("organization__region").order_by("pk")
    return [
        {
            "nama": membership.organization.name,
            "nib": membership.organization.nib,
            "npwp": membership.organization.npwp,
            "alamat": membership.organization.address,
            "peran": membership.get_role_display(),
            "keadaan": membership.get_state_display(),
            **_profile(user, membership),
        }
        for membership in memberships
    ]


def _profile(user, membership):
    """The business behind it. The NIK goes to the owner alone, and that it did is written down."""
    profile = IkmProfile.objects.filter(organization=membership.organization).first()
    if profile is None or membership.state != MembershipState.APPROVED:
        return {}
    facts = {
        "nama_pemilik": profile.owner_name,
        "nik_pemilik": profile.masked_nik,
        "bentuk_usaha": profile.get_legal_form_display(),
        "kbli": profile.kbli_code,
        "pekerja": profile.workers,
        "investasi": profile.investment,
        "omzet": profile.turnover,
        "komoditas": profile.get_commodity_display(),
        "merek": profile.brands,
    }
    if membership.role == MembershipRole.OWNER and profile.owner_nik:
        SensitiveAccess.objects.create(
            user=user, what="NIK pemilik (unduhan data)", subject=str(membership.organization)
        )
        facts["nik_pemilik"] = profile.owner_nik
    return facts
