"""IKM from a file: register entry, profile, and their place in e-Smart.

What looks wrong about a number is put before an officer and locks nobody out (``domain.md`` §G).
Who has left e-Smart, or was refused, is not enrolled again by a file.
"""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from programs.enums import Commodity, OrganizationKind
from programs.identifiers import normalize_nik, normalize_phone
from programs.models import IkmProfile, KbliCode
from programs.party_import import (
    PartyImport,
    PartyRow,
    read_kbli,
    read_nib,
    read_npwp,
    whole_number,
)
from programs.review import SAME_NIK, odd_nik, raise_flags, unknown_kbli
from programs.rupiah import parse_rupiah
from programs.scale import SCALE_RULE, scale_of
from programs.sealed import blind_index
from programs.table_import import Result, digits_of, words_of
from programs.workflow.enrolment import enrol_many, never_enrolled

COLUMNS = [
    "nib", "nama", "nik_pemilik", "nama_pemilik", "email", "telepon", "npwp", "kbli",
    "kode_kabkota", "alamat", "tenaga_kerja", "investasi", "komoditas",
]  # fmt: skip
LONGEST_NAME = IkmProfile._meta.get_field("owner_name").max_length
COMMODITIES = {
    **{commodity.label: commodity for commodity in Commodity},
    **{commodity.value.casefold(): commodity for commodity in Commodity},
    "fashion": Commodity.FASHION,
    "logam": Commodity.METAL,
}
KBLI_VERSION = 2020


@dataclass(kw_only=True)
class IkmRow(PartyRow):
    """One IKM, with the NIK of its owner and what an officer should look at."""

    nik: str = ""
    flags: list = field(default_factory=list)

    @property
    def is_enrolled_by_it(self):
        return self.is_new or "pendaftaran e-Smart" in self.changes


class IkmImport(PartyImport):
    columns = COLUMNS
    number = "nib"
    kind = OrganizationKind.IKM
    profile_model = IkmProfile
    profile_name = "ikm"
    profile_words = "profil IKM"
    unsaid = ("owner_nik_index", "scale", "scale_rule")

    def __init__(self, *, today):
        self.today = today

    @transaction.atomic
    def record(self, file, *, by):
        """Write every row, put doubts before officers, and enrol who never was in e-Smart."""
        report = super().record(file, by=by)
        if not report.refused:
            for row in report.having(Result.READY, Result.CHANGED):
                if row.flags:
                    raise_flags(row.organization, row.flags)
            new = [row.organization for row in report.rows if row.is_enrolled_by_it]
            enrol_many(new, by=by, today=self.today)
        return report

    def read_rows(self, lines, report):
        return [self._read(number, values) for number, values in lines]

    def _read(self, number, values):
        row = IkmRow(number=number, key="")
        row.key = row.read("nib", values["nib"], read_nib) or ""
        self.read_place(row, values)
        row.organization_values |= {
            "npwp": row.read("npwp", values["npwp"], read_npwp),
            "email": row.read("email", values["email"], _email),
            "phone": row.read("telepon", values["telepon"], _phone),
        }
        row.nik = row.read("nik_pemilik", values["nik_pemilik"], _nik) or ""
        row.profile_values = {
            "owner_name": row.read("nama_pemilik", values["nama_pemilik"], _owner),
            "owner_nik": row.nik,
            "owner_nik_index": blind_index(row.nik, purpose="nik") if row.nik else "",
            "kbli_code": row.read("kbli", values["kbli"], read_kbli),
            "workers": row.read(
                "tenaga_kerja",
                values["tenaga_kerja"],
                lambda cell: whole_number(cell, what="jumlah tenaga kerja"),
            ),
            "investment": row.read("investasi", values["investasi"], _rupiah),
            "commodity": row.read("komoditas", values["komoditas"], _commodity),
        }
        return row

    def look_closer(self, rows):
        """What needs the database: the owner's name of a new one, doubts, scale, enrolment."""
        owners = _owners_by_nik(row.profile_values["owner_nik_index"] for row in rows)
        codes = set(KbliCode.objects.filter(version=KBLI_VERSION).values_list("code", flat=True))
        outside = never_enrolled(row.organization for row in rows if row.organization)
        seen = {}
        for row in rows:
            if row.profile is None and not row.profile_values["owner_name"]:
                row.refuse("nama_pemilik", "Isi nama pemilik, seperti pada KTP.")
            self._doubt_nik(row, owners, seen)
            self._doubt_kbli(row, codes)
            _set_scale(row)
            if row.organization and row.organization.pk in outside:
                row.changes.append("pendaftaran e-Smart")

    def _doubt_nik(self, row, owners, seen):
        values = row.profile_values
        if row.profile and row.profile.owner_nik_index == values["owner_nik_index"]:
            values["owner_nik"] = values["owner_nik_index"] = ""
        if not (index := values["owner_nik_index"]):
            return
        if doubt := odd_nik(row.nik):
            row.doubt("nik_pemilik", doubt.words)
            row.flags.append(doubt)
        known = owners.get(index, set()) - {row.organization.pk if row.organization else None}
        if known or index in seen:
            row.doubt("nik_pemilik", SAME_NIK.note)
            row.flags.append(SAME_NIK)
        seen[index] = row.number

    def _doubt_kbli(self, row, codes):
        code = row.profile_values["kbli_code"]
        is_new = row.profile is None or row.profile.kbli_code != code
        if code and is_new and not codes & {code, code[:2]}:
            doubt = unknown_kbli(code, KBLI_VERSION)
            row.doubt("kbli", doubt.note)
            row.flags.append(doubt)


def _owners_by_nik(indexes):
    """{hash of a NIK: the IKM whose owners have it}."""
    owners = {}
    profiles = IkmProfile.objects.filter(owner_nik_index__in={one for one in indexes if one})
    for index, organization in profiles.values_list("owner_nik_index", "organization"):
        owners.setdefault(index, set()).add(organization)
    return owners


def _set_scale(row):
    """The scale by today's rule, of what the file says or else what is known."""
    values = row.profile_values
    workers, investment = (
        values[name] if values[name] is not None else getattr(row.profile, name, None)
        for name in ("workers", "investment")
    )
    is_known = workers is not None and investment is not None
    values["scale"] = scale_of(workers=workers, investment=investment) if is_known else ""
    values["scale_rule"] = SCALE_RULE if is_known else ""


def _is_empty(cell):
    return words_of(cell) in ("", "-")


def _nik(cell):
    return "" if _is_empty(cell) else normalize_nik(digits_of(cell))


def _owner(cell):
    name = words_of(cell)
    if len(name) > LONGEST_NAME:
        raise ValueError(f"Nama paling panjang {LONGEST_NAME} huruf.")
    return name


def _email(cell):
    if _is_empty(cell):
        return ""
    address = words_of(cell).lower()
    try:
        validate_email(address)
    except ValidationError:
        raise ValueError(
            f"Bukan alamat surel: “{address[:60]}”. Contoh: rahmah@contoh.id"
        ) from None
    return address


def _phone(cell):
    return "" if _is_empty(cell) else normalize_phone(digits_of(cell))


def _rupiah(cell):
    return None if _is_empty(cell) else parse_rupiah(cell)


def _commodity(cell):
    if _is_empty(cell):
        return ""
    named = words_of(cell).casefold()
    if named not in COMMODITIES:
        known = ", ".join(Commodity.labels)
        raise ValueError(f"Komoditas “{named[:40]}” tidak dikenal. Pilih dari: {known}.")
    return COMMODITIES[named]
