"""What the imports of schools, companies and IKM share: one row is one place in the register.

A row creates what is missing and brings what is there up to date. An empty cell leaves what is
known; competences are added and never taken away.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.db import connection, transaction

from programs.identifiers import normalize_kbli, normalize_nib, normalize_npwp
from programs.models import Organization, Region
from programs.table_import import (
    ImportReport,
    ImportRow,
    Result,
    digits_of,
    put_rounding_first,
    read_import,
    refuse_repeated,
    region_code_of,
    words_of,
)

MOST_ROWS = 20_000
LONGEST_NAME = Organization._meta.get_field("name").max_length
AT_ONCE = 500


@dataclass(kw_only=True)
class PartyRow(ImportRow):
    """One school or company: what the file says, what the register has, and what would change."""

    key: str
    organization_values: dict = field(default_factory=dict)
    profile_values: dict = field(default_factory=dict)
    competences: list = field(default_factory=list)
    region_code: str = ""
    is_new: bool = True
    organization: Organization | None = None
    profile: object = None
    taught: set = field(default_factory=set)  # what is recorded already
    new_competences: list = field(default_factory=list)
    changes: list = field(default_factory=list)

    @property
    def name(self):
        return self.organization_values.get("name") or str(self.organization or "")

    @property
    def result(self):
        if self.problems:
            return Result.REFUSED
        if self.is_new:
            return Result.READY
        return Result.CHANGED if self.changes else Result.KNOWN

    @property
    def about(self):
        """What stands beside the name in the report."""
        return f"akan berubah: {', '.join(self.changes)}" if self.changes else ""


class PartyImport:
    """Subclasses say which kind of organization it is and how a row of it is read."""

    columns: list
    number: str  # NPSN or NIB: the field of the organization, and the column
    kind: str
    profile_model: type
    profile_name: str
    profile_words = "profil kemitraan"
    # Fields that only change along with another one that is named.
    unsaid = ()

    def check(self, file):
        """What each row of ``file`` would do. Raises ``TableRefused`` if it is no such table."""
        table = read_import(file, self.columns, max_rows=MOST_ROWS)
        report = ImportReport([], table.unknown)
        report.rows = self.read_rows(table.rows, report)
        put_rounding_first(report.rows, table)
        label = self.number.upper()
        words = label + " {value} sudah ada di baris {line}. Hapus salah satunya."
        refuse_repeated(report.rows, self.number, lambda row: row.key, words)
        self._find_regions(report.rows)
        self._find_known(report.rows)
        self.look_closer(report.rows)
        for row in report.rows:
            if not row.problems:
                self._compare(row)
        return report

    @transaction.atomic
    def record(self, file, *, by):
        """Write every row of ``file``, or none if one is refused."""
        one_at_a_time()
        report = self.check(file)
        if not report.refused:
            self._write(report, by)
        return report

    # --- What a subclass knows -----------------------------------------------------------------

    def read_rows(self, lines, report):
        raise NotImplementedError

    def look_closer(self, rows):
        """Doubts that need the database."""

    def known_competences(self, profiles):
        """(profile, competence) of what is recorded, as keys."""
        return []

    def write_competences(self, rows):
        """Nothing, unless this kind of party has some."""

    # --- Reading -------------------------------------------------------------------------------

    def read_place(self, row, values):
        """Name, address and region: what every organization has."""
        row.organization_values["name"] = row.read("nama", values["nama"], _name) or ""
        row.organization_values["address"] = words_of(values["alamat"])
        row.region_code = region_code_of(values["kode_kabkota"])

    def _find_regions(self, rows):
        regions = Region.objects.in_bulk({row.region_code for row in rows} - {""})
        for row in rows:
            region = regions.get(row.region_code)
            if not row.region_code:
                words = "Isi kode kabupaten/kota, misalnya 13.75 untuk Kota Bukittinggi."
                row.refuse("kode_kabkota", words)
            elif region is None or region.is_province:
                words = f"Tidak ada kabupaten/kota berkode {row.region_code[:20]}. Contoh: 13.75"
                row.refuse("kode_kabkota", words)
            else:
                row.organization_values["region_id"] = region.code

    def _find_known(self, rows):
        numbers = {row.key for row in rows} - {""}
        known = {}
        for organization in (
            Organization.objects.of_kind(self.kind)
            .filter(**{f"{self.number}__in": numbers})
            .select_related(self.profile_name)
            .order_by("pk")
        ):
            number = getattr(organization, self.number)
            if number not in known or not hasattr(known[number], self.profile_name):
                known[number] = organization
        taught = defaultdict(set)
        for row in rows:
            row.organization = known.get(row.key)
            row.is_new = row.organization is None
            row.profile = getattr(row.organization, self.profile_name, None)
            if row.profile is not None:
                row.taught = taught[row.profile.pk]
        for profile, competence in self.known_competences(list(taught)):
            taught[profile].add(competence)

    def _compare(self, row):
        """What the file would change; of a new one everything is new."""
        if row.is_new:
            row.new_competences = row.competences
            return
        for record, values in [
            (row.organization, row.organization_values),
            (row.profile or self.profile_model(), row.profile_values),
        ]:
            for name, value in values.items():
                if name in self.unsaid:
                    continue
                if value not in ("", None) and getattr(record, name) != value:
                    verbose = record._meta.get_field(name.removesuffix("_id")).verbose_name
                    row.changes.append(str(verbose))
        row.new_competences = [one for one in row.competences if one.pk not in row.taught]
        row.changes += [f"kompetensi {one.code}" for one in row.new_competences]
        if row.profile is None and not row.changes:
            row.changes.append(self.profile_words)

    # --- Writing -------------------------------------------------------------------------------

    def _write(self, report, by):
        new = report.ready
        written = [*new, *report.changed]
        for row in new:
            row.organization = Organization(
                kind=self.kind, **{self.number: row.key}, **row.organization_values
            )
        Organization.objects.bulk_create([row.organization for row in new])
        without = [row for row in written if row.profile is None]
        for row in without:
            row.profile = self.profile_model(organization=row.organization)
        for row in written:
            _fill(row.organization, row.organization_values)
            _fill(row.profile, row.profile_values)
        self.profile_model.objects.bulk_create([row.profile for row in without])
        old = report.changed
        if old:
            made = {id(row) for row in without}
            profiles = [row.profile for row in old if id(row) not in made]
            for model, records, names in [
                (Organization, [row.organization for row in old], row_fields(old, "organization")),
                (self.profile_model, profiles, row_fields(old, "profile")),
            ]:
                model.objects.bulk_update(records, names, AT_ONCE)
        self.write_competences(written)
        for rows, flag, words in [
            (new, ADDITION, "Impor: dibuat."),
            (old, CHANGE, "Impor: diperbarui."),
        ]:
            if rows:
                LogEntry.objects.log_actions(by.pk, [row.profile for row in rows], flag, words)


def region_codes():
    """The sheet of a template that tells the codes of all kabupaten and kota."""
    rows = Region.objects.exclude(province=None).values_list("code", "name", "province__name")
    return [("kode_kabkota", "Nama", "Provinsi"), *rows]


def row_fields(rows, part):
    return list(getattr(rows[0], f"{part}_values"))


def one_at_a_time():
    """Two imports at the same moment come one after the other: numbers have no unique index."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('register import'))")


def _fill(record, values):
    for name, value in values.items():
        if value not in ("", None):
            setattr(record, name, value)


def _name(cell):
    name = words_of(cell)
    if not name:
        raise ValueError("Isi nama lengkapnya.")
    if len(name) > LONGEST_NAME:
        raise ValueError(f"Nama paling panjang {LONGEST_NAME} huruf.")
    return name


def whole_number(cell, *, what):
    """A count of people: empty is unknown."""
    typed = words_of(cell).replace(".", "").replace(",", "")
    if not typed or typed == "-":
        return None
    if not typed.isascii() or not typed.isdecimal() or int(typed) > 1_000_000:
        raise ValueError(f"Tulis {what} sebagai angka bulat, misalnya 850.")
    return int(typed)


def read_nib(cell):
    return normalize_nib(digits_of(cell))


def read_npwp(cell):
    return normalize_npwp(digits_of(cell)) if words_of(cell) not in ("", "-") else ""


def read_kbli(cell):
    return normalize_kbli(digits_of(cell)) if words_of(cell) not in ("", "-") else ""
