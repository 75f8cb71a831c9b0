"""What an officer compares: which of the owner's answers each paper must agree with."""

from typing import NamedTuple

from django.utils.formats import date_format

from programs.identifiers import format_npwp, mask_account
from programs.rupiah import format_rupiah
from subsidies.checklist import ACCOUNT_FIELDS, BASELINE_FIELDS, BUSINESS_FIELDS, MACHINE_FIELDS
from subsidies.document_kinds import DocumentKind as D

PRICE = ["seller", "invoice_number", "bought_on", "unit_price", "quantity"]
COMPARED = {
    D.DOK04: ["nib", "kbli_code"],
    D.DOK02: ["nik"],
    D.DOK03: ["npwp"],
    D.DOK05: ["legal_form"],
    D.DOK08: ["site_address", "site_region"],
    D.DOK10: ["name", "seller", "unit_price"],
    D.DOK11: PRICE,
    D.DOK12: ["seller", "seller_npwp", "serial_number", "unit_price", "bought_on"],
    D.DOK13: ["seller", "paid_on", "payment_method", "unit_price"],
    D.DOK14: ["name", "serial_number", "installed_on"],
    D.DOK15: ["origin", "maker_country"],
    D.DOK16: ["origin", "tkdn_percent"],
    D.DOK17: ["serial_number", "brand", "year", "is_new"],
    D.DOK18: ["workers", "investment"],
    D.DOK19: ["capacity", "turnover"],
    D.DOK21: ["bank_name", "account_number", "account_holder"],
}
MONEY = {"unit_price", "investment", "turnover", "exports"}
OTHER_LABELS = {
    "quantity": "Jumlah unit",
    "seller_npwp": "NPWP penjual",
    "maker_country": "Negara pembuat",
    "tkdn_percent": "Nilai TKDN",
}
PARTS = {"usaha": BUSINESS_FIELDS, "kapasitas": BASELINE_FIELDS, "rekening": ACCOUNT_FIELDS}


class Answer(NamedTuple):
    """An answer beside a paper. ``key`` names the field that a note can be pinned to."""

    label: str
    value: str
    key: str
    before: str = ""


def answers_for(file, application, changes):
    """The answers that ``file`` must agree with; ``changes`` are of those that were corrected."""
    before = {(note.name, note.machine_id): was for note, was, _ in changes}
    answers = []
    for name in COMPARED.get(file.kind, []):
        if name in FROM_THE_REGISTER:
            label, read = FROM_THE_REGISTER[name]
            answers.append(Answer(label, read(application.organization) or "Belum diisi", ""))
            continue
        record = file.machine if file.machine_id else application
        label, key = _named(name, file.machine)
        was = before.get((name, file.machine_id), "")
        answers.append(Answer(label, worded(record, name), key, was))
    return answers


def fields_to_note(machines):
    """(group, [(“usaha.workers” or “mesin.name.7”, label)]) for the list of a new note."""
    titles = {"usaha": "Data usaha", "kapasitas": "Kapasitas dan omzet", "rekening": "Rekening"}
    groups = [
        (titles[part], [(f"{part}.{name}", label) for name, label in fields.items()])
        for part, fields in PARTS.items()
    ]
    return groups + [
        (machine.name, [(f"mesin.{name}.{machine.pk}", label) for name, label in fields.items()])
        for machine, fields in ((machine, MACHINE_FIELDS) for machine in machines)
    ]


def worded(record, name):
    """An answer as people write it; an account number without its middle."""
    value = getattr(record, name)
    if value is None or value == "":
        return "Belum diisi"
    if name == "account_number":
        return mask_account(value)
    if name == "seller_npwp":
        return format_npwp(value)
    if name in MONEY:
        return format_rupiah(value)
    if name == "site_region":
        return value.full_name
    if name == "is_new":
        return "Baru" if value else "Bekas"
    if hasattr(value, "strftime"):
        return date_format(value, "j F Y")
    display = getattr(record, f"get_{name}_display", None)
    return display() if display else str(value)


def _named(name, machine):
    if machine is not None:
        key = f"mesin.{name}.{machine.pk}" if name in MACHINE_FIELDS else ""
        return MACHINE_FIELDS.get(name) or OTHER_LABELS[name], key
    for part, fields in PARTS.items():
        if name in fields:
            return fields[name], f"{part}.{name}"
    return OTHER_LABELS[name], ""


def _nik(organization):
    profile = getattr(organization, "ikm", None)
    return f"{profile.owner_name}, {profile.masked_nik}" if profile else ""


FROM_THE_REGISTER = {
    "nib": ("NIB", lambda organization: organization.nib),
    "npwp": ("NPWP", lambda o: format_npwp(o.npwp) if o.npwp else ""),
    "nik": ("Pemilik dan NIK", _nik),
}
