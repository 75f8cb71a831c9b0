"""Which papers an application needs, what is missing in it, and how far each part has come."""

from dataclasses import dataclass, field
from typing import NamedTuple

from programs.enums import LEGAL_ENTITIES
from subsidies.document_kinds import EXPLANATIONS, PER_MACHINE, DocumentKind
from subsidies.enums import ApplicationStatus, Condition, DocumentCheck, NoteState, Origin

BUSINESS_FIELDS = {
    "legal_form": "Bentuk usaha",
    "kbli_code": "KBLI",
    "workers": "Jumlah pekerja",
    "investment": "Nilai investasi",
    "site_region": "Kabupaten/kota",
    "site_address": "Alamat tempat mesin",
    "other_scheme_this_year": "Bantuan program lain",
}
BASELINE_FIELDS = {"capacity": "Kapasitas sebulan", "turnover": "Omzet setahun"}
ACCOUNT_FIELDS = {
    "bank_name": "Bank",
    "account_number": "Nomor rekening",
    "account_holder": "Nama pemilik rekening",
}
MACHINE_FIELDS = {
    "name": "Nama mesin",
    "brand": "Merek",
    "serial_number": "Nomor seri",
    "origin": "Asal mesin",
    "year": "Tahun pembuatan",
    "is_new": "Keadaan mesin",
    "unit_price": "Harga per unit",
    "seller": "Penjual",
    "invoice_number": "Nomor invoice",
    "bought_on": "Tanggal beli",
    "paid_on": "Tanggal bayar",
    "payment_method": "Cara membayar",
    "installed_on": "Tanggal terpasang",
}


class Slot(NamedTuple):
    """A place for one kind of paper, of the application or of one machine."""

    kind: str
    machine: object
    required: bool
    files: tuple

    @property
    def label(self):
        return DocumentKind(self.kind).label

    @property
    def explanation(self):
        return EXPLANATIONS[DocumentKind(self.kind)]

    @property
    def rejected(self):
        return [file for file in self.files if file.check_state == DocumentCheck.REJECTED]

    @property
    def missing(self):
        """A required paper without a file, or one whose every file was refused."""
        good = [file for file in self.files if file.check_state != DocumentCheck.REJECTED]
        return bool(self.rejected) or (self.required and not good)


class Missing(NamedTuple):
    label: str
    anchor: str


@dataclass
class Part:
    """One part of the application: a page of the form and a line of the progress list."""

    key: str
    title: str
    summary: str = ""
    machine: object = None
    missing: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    slots: list = field(default_factory=list)
    started: bool = False

    @property
    def to_correct(self):
        """An officer's note or refused file waits here."""
        return any(note.state == NoteState.OPEN for note in self.notes) or any(
            slot.rejected for slot in self.slots
        )

    @property
    def complete(self):
        return not self.missing and not self.to_correct

    @property
    def state(self):
        if self.to_correct:
            return "Perlu diperbaiki"
        if self.complete:
            return "Lengkap"
        return "Sedang diisi" if self.started else "Belum mulai"


def slots_of(application, *, machines=None, files=None):
    """Every place for a paper, in the order of the checklist, machine by machine."""
    machines = list(application.machines.all()) if machines is None else machines
    if files is None:
        files = list(application.documents.current().select_related("document"))
    slots = []
    for asked in application.scheme.documents.all():
        for machine in machines if asked.kind in PER_MACHINE else [None]:
            asked_for = _asked_for(asked.condition, application, machine)
            here = tuple(
                file
                for file in files
                if file.kind == asked.kind and file.machine_id == (machine and machine.pk)
            )
            if asked_for is not None or here:
                slots.append(Slot(asked.kind, machine, bool(asked_for), here))
    return slots


def _asked_for(condition, application, machine):
    """True: required; False: may be added; None: not asked for at all."""
    holds = {
        Condition.ALWAYS: lambda: True,
        Condition.LEGAL_ENTITY: lambda: application.legal_form in LEGAL_ENTITIES or None,
        Condition.DOMESTIC: lambda: machine.origin == Origin.DOMESTIC or None,
        Condition.IMPORTED_BY_APPLICANT: lambda: machine.imported_by_applicant or None,
        Condition.TAXABLE_SELLER: lambda: machine.seller_is_taxable,
        Condition.PROXY: lambda: application.has_proxy or None,
        Condition.OPTIONAL: lambda: False,
    }
    return holds[Condition(condition)]()


def parts_of(application):
    """The parts of an application with what is missing in each. A constant number of queries."""
    machines = list(application.machines.all())
    slots = slots_of(application, machines=machines)
    live = []
    if application.status != ApplicationStatus.DRAFT:  # nobody has read a draft yet
        notes = application.correction_notes.exclude(state=NoteState.CLOSED)
        live = list(notes.select_related("raised_by").order_by("pk"))
    parts = [
        _fields_part("usaha", "Data usaha", application, BUSINESS_FIELDS),
        _fields_part(
            "kapasitas", "Kapasitas dan omzet sebelum mesin baru", application, BASELINE_FIELDS
        ),
        *[_machine_part(number, machine) for number, machine in enumerate(machines, start=1)],
    ]
    if not machines:
        parts.append(
            Part("mesin", "Mesin", missing=[Missing("Tambahkan mesin yang Anda beli", "")])
        )
    parts += [
        Part("berkas", "Berkas pendukung"),
        _fields_part("rekening", "Rekening penerima", application, ACCOUNT_FIELDS),
        _statement_part(application),
    ]
    for part in parts:
        part.slots = [slot for slot in slots if _belongs(slot, part)]
        part.notes = [
            note
            for note in live
            if note.field.split(".")[0] == part.key
            and note.machine_id == (part.machine and part.machine.pk)
        ]
        part.missing += [
            Missing(slot.label, f"dokumen-{slot.kind}") for slot in part.slots if slot.missing
        ]
        part.started = part.started or any(slot.files for slot in part.slots)
    files_part = next(part for part in parts if part.key == "berkas")
    have = sum(1 for slot in files_part.slots if slot.files)
    files_part.summary = f"{have} dari {len(files_part.slots)} berkas ada"
    return parts


def _belongs(slot, part):
    if slot.machine is not None:
        return part.machine is not None and part.machine.pk == slot.machine.pk
    if slot.kind == DocumentKind.DOK20:
        return part.key == "pernyataan"
    if slot.kind == DocumentKind.DOK21:
        return part.key == "rekening"
    return part.key == "berkas"


def _blank(value):
    return value is None or value == ""


def _fields_part(key, title, record, fields, machine=None):
    blank = [name for name in fields if _blank(_value(record, name))]
    return Part(
        key,
        title,
        machine=machine,
        missing=[Missing(fields[name], f"id_{name}") for name in blank],
        started=len(blank) < len(fields),
    )


def _value(record, name):
    # A foreign key is asked by its id, so that no query is needed.
    return getattr(record, f"{name}_id", None) if name == "site_region" else getattr(record, name)


def _machine_part(number, machine):
    part = _fields_part(
        "mesin", f"Mesin {number}: {machine.name}", machine, MACHINE_FIELDS, machine
    )
    part.started = True
    if machine.claimed:
        part.summary = f"{machine.quantity} unit"
    return part


def _statement_part(application):
    part = Part("pernyataan", "Surat pernyataan")
    if not application.statement_accepted_at:
        part.missing.append(Missing("Persetujuan atas pernyataan", "id_accepted"))
    part.started = bool(application.statement_accepted_at)
    return part


def may_edit(application, part):
    """A draft is open everywhere; a returned application only where an officer asked."""
    if application.status == ApplicationStatus.DRAFT:
        return True
    return application.status == ApplicationStatus.CORRECTION and (
        bool(part.notes)
        or any(slot.rejected or slot.missing for slot in part.slots)
        or bool(part.missing)
    )
