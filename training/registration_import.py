"""A list of people for one event, from a form or a file: read row by row, entered all at once.

``check`` writes nothing. ``record`` enters every row or none; who is registered already stays as
they are, so that the same list can come twice.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q, TextChoices

from programs.identifiers import nip_kind, normalize_nip, normalize_phone
from programs.models import Region, User
from programs.table_import import (
    ImportRefused,
    ImportReport,
    ImportRow,
    put_rounding_first,
    read_import,
    refuse_repeated,
    region_code_of,
)
from programs.transitions import TransitionNotAllowed
from programs.workflow.accounts import accounts_for
from training.audience import reasons_against, terms_of
from training.certificate_names import read_certificate_name
from training.enums import BEFORE_IT_BEGINS, AudienceKind, RegistrationStatus
from training.models import Event, Registration
from training.ranks import read_rank
from training.workflow.places import Places
from training.workflow.registration import AlreadyRegistered, register_by_officer, register_group

COLUMNS = [
    "nama", "nip", "email", "telepon", "pangkat_golongan", "jabatan", "instansi", "kode_kabkota",
]  # fmt: skip
MOST_ROWS = 1000
LONGEST = {
    name: Registration._meta.get_field(name).max_length for name in ("position", "institution")
}
NO_PLACE = (
    "Semua tempat sudah terisi, dan kegiatan ini tidak memiliki daftar tunggu. Hapus baris ini."
)
NOBODY = "Tidak ada yang didaftarkan; periksa daftarnya lagi."


class Result(TextChoices):
    PLACED = "PLACED", "mendapat tempat"
    WAITS = "WAITS", "masuk daftar tunggu"
    ASKS = "ASKS", "menunggu persetujuan panitia"
    KNOWN = "KNOWN", "sudah terdaftar"
    REFUSED = "REFUSED", "ditolak"


OUTCOME = {
    RegistrationStatus.ACCEPTED: Result.PLACED,
    RegistrationStatus.WAITING: Result.WAITS,
    RegistrationStatus.PENDING: Result.ASKS,
}


@dataclass(kw_only=True)
class Row(ImportRow):
    """One person of the list."""

    email: str
    details: dict
    is_known: bool = False
    outcome: Result = Result.PLACED

    @property
    def result(self):
        if self.problems:
            return Result.REFUSED
        return Result.KNOWN if self.is_known else self.outcome

    @property
    def name(self):
        return self.details["name"]


class Report(ImportReport):
    @property
    def ready(self):
        return self.having(Result.PLACED, Result.WAITS, Result.ASKS)

    @property
    def placed(self):
        return self.having(Result.PLACED)

    @property
    def waiting(self):
        return self.having(Result.WAITS)

    @property
    def asking(self):
        return self.having(Result.ASKS)

    @property
    def in_words(self):
        """What became of the list, for whoever sent it."""
        if not self.ready:
            return "Semua orang di daftar ini sudah terdaftar sebelumnya; tidak ada yang berubah."
        parts = [
            f"{len(found)} {what}"
            for found, what in [
                (self.placed, "mendapat tempat"),
                (self.waiting, "masuk daftar tunggu"),
                (self.asking, "menunggu persetujuan panitia"),
                (self.known, "sudah terdaftar sebelumnya"),
            ]
            if found
        ]
        return f"{len(self.ready)} orang didaftarkan dan diberi tahu: {', '.join(parts)}."


def check(file, *, event, agency=None, kind=AudienceKind.APPARATUS):
    """What each row of ``file`` would do. Raises ``TableRefused`` if it is no such table.

    With ``agency`` a Dinas enters people of its own region; without, the organizers do.
    """
    table = read_import(file, COLUMNS, max_rows=MOST_ROWS)
    report = check_rows(table.rows, event=event, agency=agency, kind=kind)
    put_rounding_first(report.rows, table)
    report.unknown = table.unknown
    return report


def check_rows(lines, *, event, agency=None, kind=AudienceKind.APPARATUS):
    """The same for ``lines`` of (row number, {column: what was typed})."""
    rows = [_read(number, values, agency, kind) for number, values in lines]
    _find_regions(rows, lines)
    terms = terms_of(event)
    for row in rows:
        _compare(row, terms, agency)
    _refuse_repeated(rows)
    _find_known(rows, event)
    _foresee(rows, event, by_officer=agency is None)
    return Report(rows)


@transaction.atomic
def record(file, *, event, by, now, agency=None, kind=AudienceKind.APPARATUS):
    """Enter everybody of ``file`` who is not registered yet, or nobody if one row is refused."""
    report = check(file, event=event, agency=agency, kind=kind)
    return _enter(report, event, by=by, now=now, agency=agency)


@transaction.atomic
def record_rows(lines, *, event, by, now, agency=None, kind=AudienceKind.APPARATUS):
    report = check_rows(lines, event=event, agency=agency, kind=kind)
    return _enter(report, event, by=by, now=now, agency=agency)


def _enter(report, event, *, by, now, agency):
    ready = report.ready
    if report.refused or not ready:
        return report
    users = accounts_for([(row.email, row.name, row.details["phone"]) for row in ready])
    people = [(user, row.details) for user, row in zip(users, ready, strict=True)]
    try:
        if agency is None:
            entered = register_by_officer(event, people, by=by, now=now)
        else:
            entered = register_group(event, people, by=by, agency=agency, now=now)
    except AlreadyRegistered as known:
        raise ImportRefused(f"{known} {NOBODY}") from None
    except TransitionNotAllowed as refusal:
        raise ImportRefused(f"{refusal} {NOBODY}") from None
    for row, registration in zip(ready, entered, strict=True):
        row.outcome = OUTCOME[registration.status]
    return report


def _read(number, values, agency, kind):
    row = Row(number=number, email=str(values["email"]).strip().lower(), details={"kind": kind})

    def read(column, reader):
        """What ``reader`` makes of a cell; what cannot be read is kept as it stands."""
        try:
            return reader(values[column])
        except (ValueError, ValidationError) as problem:
            words = problem.messages[0] if isinstance(problem, ValidationError) else str(problem)
            row.problems.append((column, words))
            return ""

    row.details["name"] = read("nama", _name) or str(values["nama"]).strip()
    read("email", lambda _: _email(row.email))
    nip = read("nip", lambda cell: normalize_nip(cell) if _is_filled(cell) else "")
    servant_kind = nip_kind(nip) if nip else ""
    row.details |= {
        "nip": nip,
        "servant_kind": servant_kind,
        "phone": read("telepon", lambda cell: normalize_phone(cell) if _is_filled(cell) else ""),
        "rank": read("pangkat_golongan", lambda cell: read_rank(cell, kind=servant_kind)),
        "position": read("jabatan", lambda cell: _words(cell, "jabatan", "position")),
        "institution": read(
            "instansi",
            lambda cell: _words(cell or str(agency or ""), "instansi", "institution"),
        ),
    }
    return row


def _is_filled(cell):
    return str(cell).strip() not in ("", "-", "–")


def _name(cell):
    if not _is_filled(cell):
        raise ValueError("Isi nama lengkap dengan gelar, persis seperti di sertifikat.")
    return read_certificate_name(cell)


def _email(email):
    if not email:
        raise ValueError("Isi surel; dengan surel itu orangnya masuk dan menerima kabar.")
    try:
        validate_email(email)
    except ValidationError:
        raise ValueError(
            f"“{email[:60]}” bukan alamat surel. Contoh: siti.rahmah@dinas.example"
        ) from None
    return email


def _words(cell, column, name):
    words = " ".join(str(cell).split())
    if not words:
        raise ValueError(f"Isi {column}.")
    if len(words) > LONGEST[name]:
        raise ValueError(f"{column.capitalize()} paling panjang {LONGEST[name]} huruf.")
    return words


def _find_regions(rows, lines):
    """One question to the database, however many rows."""
    codes = {number: region_code_of(values["kode_kabkota"]) for number, values in lines}
    regions = Region.objects.select_related("province").in_bulk(set(codes.values()) - {""})
    for row in rows:
        code = codes[row.number]
        row.details["region"] = regions.get(code)
        if not code:
            words = "Isi kode kabupaten/kota, misalnya 13.75 untuk Kota Bukittinggi."
            row.problems.append(("kode_kabkota", words))
        elif row.details["region"] is None:
            words = f"Tidak ada kabupaten/kota berkode {code[:20]}. Contoh: 13.75"
            row.problems.append(("kode_kabkota", words))


def _compare(row, terms, agency):
    """The row against those whom the event, and the Dinas, is for."""
    region = row.details["region"]
    if region is None:
        return
    for verdict in reasons_against(terms, row.details):
        if verdict.rule == "region":
            words = f"{region.full_name} di luar wilayah kegiatan ini."
            row.problems.append(("kode_kabkota", words))
        else:
            row.problems.append(("", verdict.reason))
    if agency is not None and not _is_within(region, agency.region):
        words = (
            f"{region.full_name} di luar wilayah {agency}. Dinas mendaftarkan orang dari "
            "wilayahnya sendiri."
        )
        row.problems.append(("kode_kabkota", words))


def _is_within(region, area):
    return area.code in (region.code, region.province_id)


def _refuse_repeated(rows):
    """Each person stands once in a list, and has an e-mail and a NIP of their own."""
    for column, value_of, own in [
        ("email", lambda row: row.email, "surelnya"),
        ("nip", lambda row: row.details["nip"], "NIP-nya"),
    ]:
        words = (
            "{value} sudah ada di baris {line}. Hapus baris ini bila orangnya sama; bila tidak, "
            f"tulis {own} sendiri."
        )
        refuse_repeated(rows, column, value_of, words)


def _find_known(rows, event):
    """Who is registered for this event already, by e-mail; whose NIP is, under another one."""
    emails = {row.email for row in rows if row.email}
    nips = {row.details["nip"] for row in rows} - {""}
    active = list(
        event.registrations.active()
        .filter(Q(user__email__in=emails) | Q(nip__in=nips))
        .values_list("user__email", "nip")
    )
    registered = {email for email, _ in active}
    holders = {nip: email for email, nip in active if nip}
    closed = set(
        User.objects.filter(email__in=emails, is_active=False).values_list("email", flat=True)
    )
    for row in rows:
        row.is_known = row.email in registered
        if holders.get(row.details["nip"], row.email) != row.email:
            words = "NIP ini sudah terdaftar pada kegiatan ini dengan surel lain. Periksa keduanya."
            row.problems.append(("nip", words))
        if row.email in closed:
            row.problems.append(("email", "Akun dengan surel ini tidak aktif. Pakai surel lain."))


def _foresee(rows, event, *, by_officer):
    """Who would get one of the places that are free now, and who would wait."""
    event = Event.objects.get(pk=event.pk)
    places = Places(event)
    may_wait = event.has_waiting_list and event.status in BEFORE_IT_BEGINS
    for row in rows:
        if row.problems or row.is_known:
            continue
        quotas = places.quotas_for(kind=row.details["kind"], region=row.details["region"])
        if event.needs_approval and not by_officer:
            row.outcome = Result.ASKS
        elif places.take(*quotas):
            row.outcome = Result.PLACED
        elif may_wait:
            row.outcome = Result.WAITS
        else:
            row.problems.append(("", NO_PLACE))
