"""The owner at the form: answers, machines and files, written as the pages write them."""

from config.demo_data.evidence import paper, photo
from config.demo_data.machines import purchases
from programs.rupiah import format_rupiah
from subsidies.checklist import slots_of
from subsidies.document_kinds import DocumentKind
from subsidies.enums import DocumentCheck
from subsidies.workflow import answers

BANKS = ["BRI", "Mandiri", "BNI", "BSI", "Bank Nagari"]
CAPACITIES = {
    "sewing": "1.200 potong",
    "weaving": "600 lembar kain",
    "oil": "180 kilogram minyak",
    "coffee": "900 kilogram kopi",
    "food": "4.000 bungkus",
    "coconut": "2.500 liter minyak",
    "metal": "350 unit",
    "wood": "80 perabot",
    "shoes": "700 pasang",
}


def fill_in(case, handed_in_on):
    """Everything that an application needs before it can be handed in."""
    _about_the_business(case)
    for values in _machines(case, handed_in_on):
        answers.add_machine(case.application, by=case.owner, values=values)
    for slot in slots_of(case.application):
        if slot.required:
            attach(case, slot.kind, slot.machine)
    answers.save_answers(
        case.application,
        part="rekening",
        by=case.owner,
        values={
            "bank_name": BANKS[case.number % len(BANKS)],
            "account_number": f"00{case.number:03d}5{case.number * 7919 % 10**6:06d}",
            "account_holder": case.organization.name,
        },
    )
    case.application = answers.accept_statement(case.application, by=case.owner, accepted=True)


def fill_half(case, handed_in_on):
    """The business, one machine of several, and the first papers."""
    _about_the_business(case)
    first = next(iter(_machines(case, handed_in_on)))
    machine = answers.add_machine(case.application, by=case.owner, values=first)
    for kind in (DocumentKind.DOK02, DocumentKind.DOK03):
        attach(case, kind, None)
    attach(case, DocumentKind.DOK11, machine)


def hand_in_again(case):
    """Put right what the officer asked for: the serial number and the refused file."""
    for note in case.application.correction_notes.select_related("machine"):
        number = f"{note.machine.serial_number[:-2]}{case.number % 90 + 10}"
        answers.save_machine(note.machine, by=case.owner, values={"serial_number": number})
    refused = case.application.documents.current().filter(check_state=DocumentCheck.REJECTED)
    for file in refused:
        attach(case, file.kind, file.machine, again=True)


def attach(case, kind, machine, *, again=False):
    """One file as the paper ``kind``; photos for photos, else a PDF that says what it is."""
    label = DocumentKind(kind).label
    if kind == DocumentKind.DOK17:
        lines = [f"{machine.brand} {machine.model}", machine.serial_number, machine.maker_country]
        accepted = photo("Foto mesin.jpg", lines, seed=sum(map(ord, machine.serial_number)))
    else:
        name = f"{label} (perbaikan).pdf" if again else f"{label}.pdf"
        accepted = paper(name, f"{label} (contoh)", _facts(case, machine))
    answers.attach(case.application, kind=kind, accepted=accepted, by=case.owner, machine=machine)


def _about_the_business(case):
    answers.save_answers(
        case.application,
        part="usaha",
        by=case.owner,
        values={"other_scheme_this_year": False, "has_proxy": False},
    )
    answers.save_answers(
        case.application,
        part="kapasitas",
        by=case.owner,
        values={"capacity": CAPACITIES[case.business.line], "exports": 0},
    )


def _machines(case, handed_in_on):
    return purchases(
        case.business,
        case.story.picks,
        handed_in_on=handed_in_on,
        payment_method=case.story.payment_method,
    )


def _facts(case, machine):
    facts = [
        ("Pemohon", case.organization.name),
        ("NIB", case.organization.nib),
        ("Pemilik", case.owner.name),
        ("Kabupaten/kota", case.organization.region.full_name),
    ]
    if machine is None:
        return facts
    return [
        *facts,
        ("Mesin", f"{machine.name}, {machine.brand} {machine.model}"),
        ("Nomor seri", machine.serial_number),
        ("Jumlah dan harga", f"{machine.quantity} x {format_rupiah(machine.unit_price)}"),
        ("Penjual", machine.seller),
        ("Nomor invoice", machine.invoice_number),
        ("Tanggal beli", f"{machine.bought_on:%d-%m-%Y}"),
        ("Tanggal bayar", f"{machine.paid_on:%d-%m-%Y}"),
    ]
