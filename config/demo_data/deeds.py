"""What people do to an application, one function for each step of a story.

Each takes the case and the day; all of them press the same buttons as the pages do.
"""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from config.demo_data.businesses import MILLION, Business
from config.demo_data.evidence import photo
from config.demo_data.filling import fill_half, fill_in, hand_in_again
from config.demo_data.stories import Story
from programs.models import Organization, User
from subsidies.document_kinds import DocumentKind
from subsidies.enums import CutReason, DocumentCheck
from subsidies.models import Application, Scheme
from subsidies.models.visit import ABOUT_A_MACHINE, ABOUT_THE_COMPANY
from subsidies.workflow import application as applications
from subsidies.workflow import decision, payment, review, visit

KPA_ABOVE = 200 * MILLION


@dataclass
class Case:
    """An application on its way, with everybody who has to do with it."""

    number: int
    story: Story
    business: Business
    owner: User
    organization: Organization
    scheme: Scheme
    officers: dict
    days: dict = field(default_factory=dict)
    application: Application | None = None

    def one_of(self, role, count):
        """The officers of a role take turns."""
        turn = self.number % count
        return self.officers[role if turn == 0 else f"{role}{turn + 1}"]

    @property
    def checker(self):
        return self.one_of("kelengkapan", 2)

    @property
    def conformer(self):
        return self.one_of("kesesuaian", 2)

    @property
    def verifier(self):
        return self.one_of("verifikator", 3)

    @property
    def assessor(self):
        return self.one_of("penilai", 2)

    @property
    def approver(self):
        return self.officers["kpa" if self.application.reimbursed > KPA_ABOVE else "ppk"]


def draft(case, day):
    case.application = applications.draft(
        organization=case.organization, scheme=case.scheme, by=case.owner, today=day
    )
    if case.story.filled == "half":
        fill_half(case, day)
    elif case.story.filled == "all":
        fill_in(case, case.days.get("submit", day))


def submit(case, day):
    case.application = applications.submit(case.application, by=case.owner, today=day)
    is_fresh = case.story.route[-1] == "submit" and case.story.since < 2
    if not is_fresh:
        review.assign(case.application, to=case.checker, by=case.officers["ikma"])


def ask_for_correction(case, day):
    """One file is refused and one answer has a note; everything else is accepted."""
    files = list(case.application.documents.current())
    wrong = next(file for file in files if file.kind == DocumentKind.DOK13)
    for file in files:
        good = file != wrong
        note = "" if good else "Bukti transfer terpotong: tanggal dan nama penerima tidak terbaca."
        review.check_document(file, by=case.checker, accepted=good, note=note)
    review.pin_note(
        case.application,
        field="mesin.serial_number",
        machine=wrong.machine,
        text="Nomor seri berbeda dari yang terbaca pada foto pelat nama. Cocokkan keduanya.",
        by=case.checker,
    )
    case.application = applications.request_correction(
        case.application,
        by=case.checker,
        reason="Berkas Anda hampir lengkap. Ada dua hal yang perlu diperbaiki.",
        today=day,
    )


def resubmit(case, day):
    hand_in_again(case)
    case.application = applications.resubmit(case.application, by=case.owner, today=day)


def lapse(case, day):
    case.application = applications.lapse(case.application, today=day)


def register(case, day):
    unchecked = case.application.documents.current().exclude(check_state=DocumentCheck.ACCEPTED)
    for file in unchecked:
        review.check_document(file, by=case.checker, accepted=True)
    case.application = applications.register(case.application, by=case.checker, today=day)
    if case.number % 4 == 0:
        review.write_internal_note(
            case.application,
            text="Faktur pajak sudah dicocokkan di laman pajak; nomornya benar.",
            by=case.checker,
        )


def send_to_visit(case, day):
    case.application = visit.send_to_visit(
        case.application, by=case.conformer, verifier=case.verifier, today=day
    )


def schedule(case, day):
    """For the day of the visit in the story, or one that is still ahead; at ten, local time."""
    on = case.days.get("conduct") or case.days["visit"]
    zone = ZoneInfo(case.organization.region.time_zone)
    record = visit.schedule(
        case.application.visit,
        by=case.verifier,
        starts_at=timezone.make_aware(datetime.combine(on, time(10)), zone),
        message="Mohon siapkan faktur asli dan nyalakan mesin.",
        today=day,
    )
    if case.number % 2 == 0:
        visit.agree_to_schedule(record, by=case.owner)


def ask_other_day(case, day):
    visit.ask_other_day(
        case.application.visit,
        by=case.owner,
        reason="Pada hari itu kami mengikuti pameran di ibu kota provinsi.",
        today=day,
    )


def conduct(case, day):
    """Two photos with their place, every question answered, and the minutes."""
    record = _fresh(case).visit
    machines = list(case.application.machines.all())
    number = int(case.organization.region_id.replace(".", ""))
    place = (-(number % 700) / 100, 96 + number % 4400 / 100)
    for caption, machine in (("Mesin di tempat usaha", machines[0]), ("Pelat nama", machines[-1])):
        taken = photo(
            f"{caption}.jpg",
            [f"{machine.brand} {machine.model}", machine.serial_number],
            seed=case.number + len(caption),
            taken_at=datetime.combine(day, time(10, 20)),
            location=place,
        )
        visit.add_photo(record, by=case.verifier, accepted=taken, caption=caption)
    visit.conduct(
        record,
        by=case.verifier,
        answers=[
            *[(question, None, True, "") for question in ABOUT_THE_COMPANY],
            *[(about, machine, True, "") for machine in machines for about in ABOUT_A_MACHINE],
        ],
        findings="Mesin terpasang, dinyalakan, dan dipakai. Faktur asli ditunjukkan.",
        met_with=case.owner.name,
        today=day,
    )


def dispute(case, day):
    visit.dispute(
        _fresh(case).visit,
        by=case.owner,
        reason="Jumlah mesin di berita acara kurang satu; mesin kedua ada di ruang belakang.",
        today=day,
    )


def confirm(case, day):
    visit.confirm(_fresh(case).visit, by=case.owner, today=day)


def assess(case, day):
    first = case.application.machines.first()
    cuts = {}
    if case.story.cut:
        amount = first.claimed * case.story.cut // 100
        cuts[first.pk] = [(CutReason.FREIGHT, "Ongkos kirim di dalam faktur", amount)]
    case.application = decision.assess(_fresh(case), by=case.assessor, cuts=cuts, today=day)


def return_assessment(case, day):
    case.application = decision.return_assessment(
        case.application,
        by=case.approver,
        reason="Ongkos kirim belum dikeluarkan dari harga mesin pertama.",
        today=day,
    )


def approve(case, day):
    case.application = decision.approve(case.application, by=case.approver, today=day)


def request_payment(case, day):
    payment.request_payment(
        _fresh(case).disbursement,
        by=case.officers["keuangan"],
        spp_number=f"SPP-{case.number:05d}/{day:%Y}",
        spp_on=day,
        today=day,
    )


def return_request(case, day):
    payment.return_request(
        _fresh(case).disbursement,
        by=case.officers["spm"],
        reason="Nomor rekening pada SPP kurang satu angka.",
        today=day,
    )


def order_payment(case, day):
    payment.order_payment(
        _fresh(case).disbursement,
        by=case.officers["spm"],
        spm_number=f"SPM-{case.number:05d}/{day:%Y}",
        spm_on=day,
        today=day,
    )


def record_payment(case, day):
    disbursement = _fresh(case).disbursement
    payment.record_payment(
        disbursement,
        by=case.officers["keuangan"],
        sp2d_number=f"{day:%y}0191303{case.number:06d}",
        sp2d_on=day - timedelta(days=day.weekday() == 4),
        amount=disbursement.amount,
        today=day,
    )


def close(case, day):
    case.application = payment.close(_fresh(case), by=case.officers["ikma"])


def reject(case, day):
    code, reason = case.story.rejection
    case.application = applications.reject(
        _fresh(case), by=case.conformer, code=code, reason=reason, today=day
    )


def withdraw(case, day):
    case.application = applications.withdraw(
        case.application, by=case.owner, reason="Mesin kami kembalikan kepada penjual."
    )


def _fresh(case):
    """The application as it is now, with its visit and payment."""
    case.application = Application.objects.select_related("visit", "disbursement").get(
        pk=case.application.pk
    )
    return case.application
