"""Agreements that were signed before they came into the system, read from a file.

``check`` writes nothing. ``record`` writes every row or none; agreements that are recorded already
stay as they are, so that the same file can come twice.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import IntegrityError, transaction

from partnerships.agreement_cells import read_phase, read_scope
from partnerships.competence_codes import CompetenceCodes
from partnerships.enums import BEFORE_SIGNING, CAME_TO_NOTHING, AgreementStatus, Source
from partnerships.models import (
    Agreement,
    AgreementCompetence,
    AgreementHistoryEntry,
    LaunchPhase,
    SchoolCompetence,
    ScopeItem,
)
from partnerships.workflow.figures import refresh_soon
from programs.dates import parse_date
from programs.enums import OrganizationKind
from programs.identifiers import normalize_npsn
from programs.models import Organization
from programs.party_import import one_at_a_time, read_nib
from programs.table_import import (
    ImportRefused,
    ImportReport,
    ImportRow,
    Result,
    digits_of,
    put_rounding_first,
    read_import,
    words_of,
)
from programs.templatetags.bina import tanggal

COLUMNS = [
    "nomor_pks", "npsn", "nib", "kompetensi", "tahap", "tanggal_ttd", "mulai", "berakhir",
    "lingkup",
]  # fmt: skip
MOST_ROWS = 20_000
LONGEST_NUMBER = Agreement._meta.get_field("number").max_length
# An agreement whose last day comes within so many days is ending.
ENDING_DAYS = 90


@dataclass(kw_only=True)
class AgreementRow(ImportRow):
    """One signed agreement, as the file tells it."""

    pks: str = ""
    npsn: str = ""
    nib: str = ""
    competences: list = field(default_factory=list)
    phase_number: int | None = None
    signed_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    scope: list = field(default_factory=list)
    school: Organization | None = None
    company: Organization | None = None
    phase: LaunchPhase | None = None
    is_known: bool = False

    @property
    def result(self):
        if self.problems:
            return Result.REFUSED
        return Result.KNOWN if self.is_known else Result.READY

    @property
    def key(self):
        return self.pks

    @property
    def pair(self):
        return (self.school.pk, self.company.pk)

    @property
    def name(self):
        school = self.school or self.npsn or "SMK tidak dikenal"
        return f"{school} – {self.company or self.nib or 'perusahaan tidak dikenal'}"

    @property
    def about(self):
        if not (self.starts_on and self.ends_on):
            return ""
        return f"{tanggal(self.starts_on)} sampai {tanggal(self.ends_on)}"

    def status(self, today):
        if self.ends_on < today:
            return AgreementStatus.ENDED
        if self.ends_on <= today + timedelta(days=ENDING_DAYS):
            return AgreementStatus.ENDING
        return AgreementStatus.ACTIVE


def check(file, *, today):
    """What each row of ``file`` would do. Raises ``TableRefused`` if it is no such table."""
    table = read_import(file, COLUMNS, max_rows=MOST_ROWS)
    codes = CompetenceCodes()
    rows = [_read(number, values, codes, today) for number, values in table.rows]
    put_rounding_first(rows, table)
    _find_parties(rows)
    _find_phases(rows)
    _refuse_repeated(rows)
    _find_known(rows)
    _refuse_overlaps_in_file(rows)
    _refuse_overlaps_with_recorded(rows)
    _doubt_competences(rows)
    return ImportReport(rows, table.unknown, codes.notes())


@transaction.atomic
def record(file, *, by, today):
    """Record every row of ``file`` that is not recorded yet, or none if one is refused."""
    one_at_a_time()
    report = check(file, today=today)
    if report.refused or not report.ready:
        return report
    try:
        _write(report.ready, by=by, today=today)
    except IntegrityError:
        raise ImportRefused(
            "Sementara berkas ini diperiksa, PKS lain dari pasangan yang sama dicatat. Tidak ada "
            "yang ditulis; unggah berkasnya sekali lagi."
        ) from None
    refresh_soon()
    return report


# --- Reading -----------------------------------------------------------------------------------


def _read(number, values, codes, today):
    row = AgreementRow(number=number)
    row.pks = row.read("nomor_pks", values["nomor_pks"], _pks) or ""
    row.npsn = row.read("npsn", values["npsn"], lambda cell: normalize_npsn(digits_of(cell))) or ""
    row.nib = row.read("nib", values["nib"], read_nib) or ""
    row.competences = row.read("kompetensi", values["kompetensi"], codes.read) or []
    if not words_of(values["kompetensi"]):
        row.refuse("kompetensi", "Isi paling sedikit satu kode kompetensi, misalnya 1.4.1.")
    row.phase_number = row.read("tahap", values["tahap"], read_phase)
    row.signed_on = row.read("tanggal_ttd", values["tanggal_ttd"], parse_date)
    row.starts_on = row.read("mulai", values["mulai"], parse_date)
    row.ends_on = row.read("berakhir", values["berakhir"], parse_date)
    row.scope = row.read("lingkup", values["lingkup"], read_scope) or []
    if row.starts_on and row.ends_on and row.ends_on < row.starts_on:
        words = f"PKS berakhir {tanggal(row.ends_on)}, sebelum mulai {tanggal(row.starts_on)}."
        row.refuse("berakhir", f"{words} Periksa kedua tanggalnya.")
    if row.signed_on and row.signed_on > today:
        words = f"{tanggal(row.signed_on)} sesudah hari ini. Periksa tanggalnya."
        row.refuse("tanggal_ttd", words)
    elif row.signed_on and row.ends_on and row.signed_on > row.ends_on:
        row.refuse("tanggal_ttd", "PKS ditandatangani sesudah berakhir. Periksa tanggalnya.")
    return row


def _pks(cell):
    number = words_of(cell)
    if not number:
        raise ValueError("Isi nomor PKS seperti pada naskahnya.")
    if len(number) > LONGEST_NUMBER:
        raise ValueError(f"Nomor PKS paling panjang {LONGEST_NUMBER} huruf atau angka.")
    return number


def _find_parties(rows):
    """Both sides by their numbers: two questions, however many rows."""
    for column, attribute, kind, profile, what in [
        ("npsn", "school", OrganizationKind.SCHOOL, "school", "SMK"),
        ("nib", "company", OrganizationKind.COMPANY, "company", "Perusahaan"),
    ]:
        numbers = {getattr(row, column) for row in rows} - {""}
        found = {}
        for organization in (
            Organization.objects.of_kind(kind)
            .filter(**{f"{column}__in": numbers})
            .select_related(profile)
            .order_by("pk")
        ):
            number = getattr(organization, column)
            if number not in found or not hasattr(found[number], profile):
                found[number] = organization
        for row in rows:
            number = getattr(row, column)
            setattr(row, attribute, found.get(number))
            if number and number not in found:
                row.refuse(
                    column,
                    f"{what} dengan {column.upper()} {number} belum ada di register. Periksa tiap "
                    "angkanya, atau impor datanya lebih dahulu.",
                )


def _find_phases(rows):
    phases = {phase.number: phase for phase in LaunchPhase.objects.all()}
    for row in rows:
        row.phase = phases.get(row.phase_number)
        if row.phase_number and row.phase is None:
            row.refuse("tahap", "Tahap ini belum ada di data acuan. Tambahkan di Tahap peluncuran.")


def _refuse_repeated(rows):
    """An agreement is known by its two sides and its number, and stands once in a file."""
    first = {}
    for row in rows:
        if row.pks and row.school and row.company:
            line = first.setdefault((*row.pair, row.pks.casefold()), row.number)
            if line != row.number:
                words = f"PKS {row.pks} pasangan ini sudah ada di baris {line}."
                row.refuse("nomor_pks", f"{words} Hapus salah satunya.")


# --- Against what is recorded ------------------------------------------------------------------


def _of_pairs(rows):
    """The condition “of one of these schools and one of these companies”."""
    return {
        "school__in": {row.school.pk for row in rows if row.school},
        "company__in": {row.company.pk for row in rows if row.company},
    }


def _find_known(rows):
    recorded = Agreement.objects.filter(
        **_of_pairs(rows), number__in={row.pks for row in rows}
    ).exclude(status__in=CAME_TO_NOTHING)
    known = {
        (school, company, number): (AgreementStatus(status), starts_on, ends_on)
        for school, company, number, status, starts_on, ends_on in recorded.order_by().values_list(
            "school_id", "company_id", "number", "status", "starts_on", "ends_on"
        )
    }
    for row in rows:
        if not (row.school and row.company) or (*row.pair, row.pks) not in known:
            continue
        status, starts_on, ends_on = known[*row.pair, row.pks]
        if status in BEFORE_SIGNING:
            row.refuse(
                "nomor_pks",
                f"Nomor ini dipakai PKS kedua pihak yang sedang diproses (“{status.label}”). "
                "Selesaikan PKS itu, atau hapus baris ini.",
            )
            continue
        row.is_known = True
        if (row.starts_on, row.ends_on) != (starts_on, ends_on):
            words = f"Yang tercatat berlaku {tanggal(starts_on)} sampai {tanggal(ends_on)}"
            row.doubt("", f"{words}; impor tidak mengubahnya.")


def _by_pair_and_competence(rows):
    grouped = defaultdict(list)
    for row in rows:
        if row.result == Result.READY:
            for competence in row.competences:
                grouped[(*row.pair, competence.pk)].append((row, competence))
    return grouped


def _refuse_overlaps_in_file(rows):
    """Two rows of a pair, for one competence, at the same time: the later row is refused."""
    for group in _by_pair_and_competence(rows).values():
        kept = []
        for row, competence in group:
            other = next((one for one in kept if _overlap(one, row)), None)
            if other is None:
                kept.append(row)
            else:
                row.refuse(
                    "mulai",
                    f"Untuk {competence}, masa berlakunya bertumpuk dengan baris {other.number} "
                    f"({other.about}). Pasangan yang sama hanya dapat memiliki satu PKS pada satu "
                    "masa.",
                )


def _overlap(one, other):
    return one.starts_on <= other.ends_on and other.starts_on <= one.ends_on


def _refuse_overlaps_with_recorded(rows):
    grouped = _by_pair_and_competence(rows)
    ready = [row for row in rows if row.result == Result.READY]
    recorded = AgreementCompetence.objects.filter(**_of_pairs(ready), period__isnull=False)
    for school, company, key, period, number in recorded.order_by().values_list(
        "school_id", "company_id", "competence_id", "period", "agreement__number"
    ):
        for row, competence in grouped.get((school, company, key), ()):
            last = period.upper - timedelta(days=1)
            if row.starts_on <= last and period.lower <= row.ends_on:
                row.refuse(
                    "mulai",
                    f"Untuk {competence}, masa berlakunya bertumpuk dengan PKS {number} yang "
                    f"tercatat ({tanggal(period.lower)} sampai {tanggal(last)}).",
                )


def _doubt_competences(rows):
    """A competence that the school is not known to teach: a doubt, for officers to weigh."""
    schools = {row.school.pk for row in rows if row.school}
    taught = set(
        SchoolCompetence.objects.filter(school__organization__in=schools)
        .order_by()
        .values_list("school__organization_id", "competence_id")
    )
    for row in rows:
        if row.school:
            for competence in row.competences:
                if (row.school.pk, competence.pk) not in taught:
                    words = f"{competence} belum tercatat sebagai kompetensi {row.school}."
                    row.doubt("kompetensi", words)


# --- Writing -----------------------------------------------------------------------------------


def _write(rows, *, by, today):
    """Agreements with their parts and one line of history, in one statement for each table."""
    agreements = Agreement.objects.bulk_create(
        Agreement(
            school_id=row.school.pk,
            company_id=row.company.pk,
            phase_id=row.phase.pk if row.phase else None,
            number=row.pks,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            signed_on=row.signed_on,
            status=row.status(today),
            source=Source.IMPORT,
            proposed_by_id=by.pk,
        )
        for row in rows
    )
    pairs = list(zip(agreements, rows, strict=True))
    AgreementCompetence.objects.bulk_create(
        AgreementCompetence(agreement_id=agreement.pk, competence_id=competence.pk)
        for agreement, row in pairs
        for competence in row.competences
    )
    ScopeItem.objects.bulk_create(
        ScopeItem(agreement_id=agreement.pk, kind=kind)
        for agreement, row in pairs
        for kind in row.scope
    )
    AgreementHistoryEntry.objects.bulk_create(
        AgreementHistoryEntry(
            agreement_id=agreement.pk,
            action="import",
            from_status="",
            to_status=agreement.status,
            actor_id=by.pk,
        )
        for agreement in agreements
    )
