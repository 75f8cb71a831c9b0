"""The treasury's list of what it paid (SP2D), read row by row and recorded all at once.

``check`` writes nothing. ``record`` writes every row or none; rows that were recorded before stay
as they are, so that the same file can come twice.
"""

from dataclasses import dataclass
from operator import attrgetter

from django.db import transaction

from programs.dates import parse_date
from programs.rupiah import format_rupiah, parse_rupiah
from programs.table_import import (
    ImportRefused,
    ImportReport,
    ImportRow,
    Result,
    put_rounding_first,
    read_import,
    refuse_repeated,
)
from programs.templatetags.bina import tanggal
from programs.transitions import TransitionNotAllowed
from subsidies.enums import DisbursementStatus
from subsidies.models import Application, Disbursement
from subsidies.workflow.payment import record_payment

COLUMNS = ["nomor_registrasi", "nomor_sp2d", "tanggal_sp2d", "nilai"]
LONGEST_NUMBER = Disbursement._meta.get_field("sp2d_number").max_length


@dataclass(kw_only=True)
class Row(ImportRow):
    """One payment that the treasury says it made."""

    registration: str
    sp2d_number: str
    sp2d_on: object = None
    amount: int | None = None
    disbursement: Disbursement | None = None

    @property
    def is_known(self):
        """Recorded before, with this very number."""
        payment = self.disbursement
        return (
            payment is not None
            and payment.status == DisbursementStatus.PAID
            and payment.sp2d_number == self.sp2d_number
        )

    @property
    def result(self):
        if self.problems:
            return Result.REFUSED
        return Result.KNOWN if self.is_known else Result.READY

    @property
    def name(self):
        return str(self.disbursement.application.organization) if self.disbursement else ""


class Report(ImportReport):
    @property
    def total(self):
        return sum(row.amount for row in self.ready)


def check(file, *, today):
    """What each row of ``file`` would do. Raises ``TableRefused`` if it is no such table."""
    table = read_import(file, COLUMNS)
    rows = [_read(number, values) for number, values in table.rows]
    put_rounding_first(rows, table)
    _find_payments(rows)
    for row in rows:
        if not row.problems:
            _compare(row, today=today)
    _refuse_repeated(rows)
    return Report(rows, table.unknown)


@transaction.atomic
def record(file, *, by, today):
    """Record every row of ``file`` that is not recorded yet, or none if one is refused."""
    report = check(file, today=today)
    if report.refused:
        return report
    for row in report.ready:
        try:
            record_payment(
                row.disbursement,
                by=by,
                sp2d_number=row.sp2d_number,
                sp2d_on=row.sp2d_on,
                amount=row.amount,
                today=today,
            )
        except TransitionNotAllowed as refusal:
            raise ImportRefused(
                f"Baris {row.number}, {row.registration}: {refusal} Tidak ada yang dicatat."
            ) from None
    return report


def _read(number, values):
    row = Row(
        number=number,
        registration=str(values["nomor_registrasi"]).strip().upper(),
        sp2d_number=str(values["nomor_sp2d"]).strip(),
    )
    if not row.registration:
        row.problems.append(("nomor_registrasi", "Isi nomor registrasi, misalnya RM-2026-0147."))
    if not row.sp2d_number:
        row.problems.append(("nomor_sp2d", "Isi nomor SP2D seperti pada surat KPPN."))
    elif len(row.sp2d_number) > LONGEST_NUMBER:
        row.problems.append(
            ("nomor_sp2d", f"Nomor SP2D paling panjang {LONGEST_NUMBER} huruf atau angka.")
        )
    for column, attribute, read in [
        ("tanggal_sp2d", "sp2d_on", parse_date),
        ("nilai", "amount", parse_rupiah),
    ]:
        try:
            setattr(row, attribute, read(values[column]))
        except ValueError as problem:
            row.problems.append((column, str(problem)))
    return row


def _find_payments(rows):
    """Three questions to the database, however many rows."""
    wanted = {row.registration for row in rows if row.registration}
    payments = {
        payment.application.registration_number: payment
        for payment in Disbursement.objects.filter(
            application__registration_number__in=wanted
        ).select_related("application__organization")
    }
    undecreed = set(
        Application.objects.filter(
            registration_number__in=wanted - payments.keys(), disbursement=None
        ).values_list("registration_number", flat=True)
    )
    holders = dict(
        Disbursement.objects.filter(
            sp2d_number__in={row.sp2d_number for row in rows if row.sp2d_number}
        ).values_list("sp2d_number", "application__registration_number")
    )
    for row in rows:
        row.disbursement = payments.get(row.registration)
        if row.registration and row.disbursement is None:
            words = (
                f"{row.registration} belum memiliki SK penetapan."
                if row.registration in undecreed
                else f"Tidak ada permohonan bernomor {row.registration}. Periksa tiap angkanya."
            )
            row.problems.append(("nomor_registrasi", words))
        holder = holders.get(row.sp2d_number, row.registration)
        if holder != row.registration:
            row.problems.append(
                ("nomor_sp2d", f"Nomor {row.sp2d_number} sudah dicatat untuk {holder}.")
            )


def _compare(row, *, today):
    """The row against the payment it names."""
    payment = row.disbursement
    if payment.status == DisbursementStatus.PAID and not row.is_known:
        words = f"{row.registration} sudah dicatat dengan SP2D nomor {payment.sp2d_number}."
        row.problems.append(("nomor_sp2d", words))
    elif payment.status not in (DisbursementStatus.ORDERED, DisbursementStatus.PAID):
        row.problems.append(
            (
                "nomor_registrasi",
                f"SPM untuk {row.registration} belum dicatat; keadaannya sekarang "
                f"“{payment.get_status_display()}”.",
            )
        )
    if row.amount != payment.amount:
        row.problems.append(
            (
                "nilai",
                f"{format_rupiah(row.amount)} berbeda dari SK, {format_rupiah(payment.amount)}.",
            )
        )
    if row.sp2d_on > today:
        words = f"{tanggal(row.sp2d_on)} sesudah hari ini. Periksa tanggalnya."
        row.problems.append(("tanggal_sp2d", words))
    elif row.is_known and row.sp2d_on != payment.sp2d_on:
        words = f"Yang sudah tercatat bertanggal {tanggal(payment.sp2d_on)}."
        row.problems.append(("tanggal_sp2d", words))


def _refuse_repeated(rows):
    """Each payment and each SP2D stands once in a file."""
    words = "{value} sudah ada di baris {line}. Hapus salah satunya."
    for column, attribute in [("nomor_registrasi", "registration"), ("nomor_sp2d", "sp2d_number")]:
        refuse_repeated(rows, column, attrgetter(attribute), words)
