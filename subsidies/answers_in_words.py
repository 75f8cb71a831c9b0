"""What an owner answered, as label and value: for checking before sending, and for the record."""

from django.template.defaultfilters import capfirst
from django.utils.formats import date_format, number_format

from programs.enums import Scale
from programs.identifiers import format_npwp, mask_account
from programs.rupiah import format_rupiah, group_thousands
from subsidies.enums import Origin

NOTHING = "Belum diisi"


def business_rows(application):
    organization = application.organization
    return [
        ("Nama usaha", organization.name),
        ("NIB", organization.nib or NOTHING),
        ("Bentuk usaha", application.get_legal_form_display() or NOTHING),
        (
            "KBLI",
            f"{application.kbli_code} (KBLI {application.kbli_version})"
            if application.kbli_code
            else NOTHING,
        ),
        ("Jumlah pekerja", _count(application.workers, "orang")),
        ("Nilai investasi", _money(application.investment)),
        *([("Skala usaha", capfirst(_scale(application)))] if application.scale else []),
        (
            "Kabupaten/kota",
            application.site_region.full_name if application.site_region else NOTHING,
        ),
        ("Alamat tempat mesin", application.site_address or NOTHING),
        ("Bantuan program lain tahun ini", _yes_no(application.other_scheme_this_year)),
        ("Diurus orang lain", _yes_no(application.has_proxy)),
    ]


def baseline_rows(application):
    return [
        ("Kapasitas sebulan", application.capacity or NOTHING),
        ("Omzet setahun", _money(application.turnover)),
        (
            "Nilai ekspor setahun",
            "Tidak mengekspor" if application.exports is None else _money(application.exports),
        ),
    ]


def machine_rows(machine):
    rows = [
        ("Nama mesin", machine.name),
        ("Merek dan tipe", " ".join(filter(None, [machine.brand, machine.model])) or NOTHING),
        ("Nomor seri", machine.serial_number or NOTHING),
        ("Tahun pembuatan", str(machine.year) if machine.year else NOTHING),
        ("Keadaan", {True: "Baru", False: "Bekas"}.get(machine.is_new, NOTHING)),
        ("Asal", _origin(machine)),
    ]
    if machine.origin == Origin.DOMESTIC and machine.tkdn_percent is not None:
        rows.append(("Nilai TKDN", f"{number_format(machine.tkdn_percent)} %"))
    return [
        *rows,
        ("Harga per unit sebelum PPN", _money(machine.unit_price)),
        ("Jumlah", _count(machine.quantity, "unit")),
        ("Penjual", machine.seller or NOTHING),
        ("Penjual memungut PPN", _yes_no(machine.seller_is_taxable)),
        ("NPWP penjual", format_npwp(machine.seller_npwp) if machine.seller_npwp else "–"),
        ("Nomor invoice", machine.invoice_number or NOTHING),
        ("Tanggal beli", _day(machine.bought_on)),
        ("Cara membayar", machine.get_payment_method_display() or NOTHING),
        ("Tanggal bayar", _day(machine.paid_on)),
        ("Tanggal terpasang", _day(machine.installed_on)),
    ]


def account_rows(application):
    number = application.account_number
    return [
        ("Bank", application.bank_name or NOTHING),
        ("Nomor rekening", mask_account(number) if number else NOTHING),
        ("Atas nama", application.account_holder or NOTHING),
    ]


def statement_rows(application):
    accepted_at = application.statement_accepted_at
    return [("Pernyataan", f"Disetujui {_day(accepted_at)}" if accepted_at else "Belum disetujui")]


ROWS = {
    "usaha": business_rows,
    "kapasitas": baseline_rows,
    "rekening": account_rows,
    "pernyataan": statement_rows,
}


def rows_of(application, part):
    """The answers of one part; a part that is files alone has none."""
    if part.machine is not None:
        return machine_rows(part.machine)
    return ROWS[part.key](application) if part.key in ROWS else []


def _scale(application):
    return f"{Scale(application.scale).label} menurut {application.scale_rule}"


def _origin(machine):
    if machine.origin == Origin.DOMESTIC:
        return "Buatan dalam negeri"
    if machine.origin == Origin.IMPORT:
        country = f" dari {machine.maker_country}" if machine.maker_country else ""
        return f"Impor{country}{', diimpor sendiri' if machine.imported_by_applicant else ''}"
    return NOTHING


def _yes_no(answer):
    return {True: "Ya", False: "Tidak"}.get(answer, NOTHING)


def _money(amount):
    return NOTHING if amount is None else format_rupiah(amount)


def _count(number, unit):
    return NOTHING if number is None else f"{group_thousands(number)} {unit}"


def _day(day):
    return date_format(day, "j F Y") if day else NOTHING
