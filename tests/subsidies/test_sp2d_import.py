"""The treasury's list of what it paid: checked row by row, recorded once, all or nothing."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from programs import roles
from programs.models import User
from programs.rupiah import format_rupiah
from programs.spreadsheets import TableRefused, write_xlsx
from subsidies.enums import DisbursementStatus, LedgerKind
from subsidies.models import Disbursement
from subsidies.sp2d_import import Result, check
from tests.factories.programs import officer
from tests.factories.subsidies import ApplicationFactory
from tests.factories.subsidy_stages import day
from tests.people import sign_in

pytestmark = pytest.mark.django_db

COLUMNS = ["nomor_registrasi", "nomor_sp2d", "tanggal_sp2d", "nilai"]
PAGE = "admin:subsidies_disbursement_import_sp2d"


@pytest.fixture
def desk(client):
    return sign_in(client, officer(roles.FINANCE_OFFICER))


def row(application, sp2d="260191303000123", on=None, amount=None):
    amount = application.reimbursed if amount is None else amount
    return [application.registration_number, sp2d, on or f"{day(-1):%d/%m/%Y}", amount]


def table(*rows, columns=COLUMNS):
    lines = [";".join(map(str, line)) for line in [columns, *rows]]
    return io.BytesIO("\n".join(lines).encode())


def upload(*rows, name="sp2d.csv"):
    return SimpleUploadedFile(name, table(*rows).getvalue())


def checked(*rows, **options):
    return check(table(*rows, **options), today=timezone.localdate())


def said(report):
    return [sentence for line in report.refused for sentence in line.sentences()]


def test_a_row_that_fits_its_payment_will_be_recorded():
    application = ApplicationFactory(ordered=True)

    report = checked(row(application, amount="Rp 30.000.000,-"))

    (line,) = report.ready
    assert (line.name, line.amount, line.sp2d_on) == (
        application.organization.name,
        30_000_000,
        day(-1),
    )
    assert report.total == 30_000_000


def test_an_excel_file_with_columns_in_another_order_and_more_of_them_is_read():
    application = ApplicationFactory(ordered=True)
    file = io.BytesIO()
    columns = ["Nilai", "Nomor SP2D", "KPPN", "Tanggal_SP2D", "nomor registrasi"]
    line = [30_000_000, 260191303000123, "Jakarta V", day(-1), application.registration_number]
    write_xlsx(file, {"SP2D": [columns, line]})

    report = check(file, today=timezone.localdate())

    assert report.unknown == ["KPPN"]
    assert report.ready[0].sp2d_number == "260191303000123"


def test_a_file_without_a_needed_column_is_refused_as_a_whole():
    with pytest.raises(TableRefused, match="Kolom nomor_sp2d, nilai tidak ada"):
        checked(["RM-2026-0001", "17/08/2026"], columns=["nomor_registrasi", "tanggal_sp2d"])


@pytest.mark.parametrize(
    ("changes", "column", "sentence"),
    [
        ({"amount": 29_000_000}, "nilai", "Rp29.000.000 berbeda dari SK, Rp30.000.000."),
        ({"amount": "30 juta"}, "nilai", "misalnya 30.000.000"),
        ({"on": "31/02/2026"}, "tanggal_sp2d", "Tanggal 31 tidak ada di bulan itu"),
        ({"on": "01/01/2100"}, "tanggal_sp2d", "sesudah hari ini"),
        ({"sp2d": ""}, "nomor_sp2d", "Isi nomor SP2D"),
        ({"sp2d": "9" * 61}, "nomor_sp2d", "paling panjang 60"),
    ],
)
def test_a_wrong_cell_is_named_with_line_column_and_what_is_wrong(changes, column, sentence):
    application = ApplicationFactory(ordered=True)

    (words,) = said(checked(row(application, **changes)))

    assert words.startswith(f"Baris 2, kolom {column}: ")
    assert sentence in words


@pytest.mark.parametrize(
    ("stage", "sentence"),
    [
        ({"approved": True}, "belum memiliki SK penetapan"),
        ({"decreed": True}, "SPM untuk {number} belum dicatat; keadaannya sekarang “SK terbit”"),
        ({"requested": True}, "keadaannya sekarang “SPP dibuat”"),
        ({"paid": True}, "sudah dicatat dengan SP2D nomor"),
    ],
)
def test_a_payment_that_is_not_awaited_is_refused_in_words(stage, sentence):
    application = ApplicationFactory(**stage)

    (words,) = said(checked(row(application)))

    assert sentence.format(number=application.registration_number) in words


def test_a_number_that_nobody_has_is_refused():
    report = checked(["RM-2026-9999", "260191303000123", "17/08/2026", 1])

    assert "Tidak ada permohonan bernomor RM-2026-9999" in said(report)[0]


def test_a_payment_or_an_sp2d_stands_once_in_a_file():
    first, second = ApplicationFactory(ordered=True), ApplicationFactory(ordered=True)

    report = checked(row(first), row(second), row(first, sp2d="260191303000999"))

    assert said(report) == [
        "Baris 3, kolom nomor_sp2d: 260191303000123 sudah ada di baris 2. Hapus salah satunya.",
        f"Baris 4, kolom nomor_registrasi: {first.registration_number} sudah ada di baris 2. "
        "Hapus salah satunya.",
    ]


def test_an_sp2d_of_another_payment_is_refused():
    paid, ordered = ApplicationFactory(paid=True), ApplicationFactory(ordered=True)

    (words,) = said(checked(row(ordered, sp2d=paid.disbursement.sp2d_number)))

    assert f"sudah dicatat untuk {paid.registration_number}" in words


def test_what_was_recorded_before_is_known_unless_it_says_otherwise():
    paid = ApplicationFactory(paid=True)
    number = paid.disbursement.sp2d_number

    assert checked(row(paid, sp2d=number)).rows[0].result == Result.KNOWN
    assert "berbeda dari SK" in said(checked(row(paid, sp2d=number, amount=1)))[0]
    other_day = row(paid, sp2d=number, on=f"{day(-2):%Y-%m-%d}")
    assert "Yang sudah tercatat bertanggal" in said(checked(other_day))[0]


def test_many_rows_take_as_many_questions_as_few(django_assert_num_queries):
    applications = [ApplicationFactory(ordered=True) for _ in range(5)]

    with django_assert_num_queries(2):
        report = checked(*[row(one, sp2d=f"26{one.pk}") for one in applications])
    assert len(report.ready) == 5


def test_an_upload_is_a_preview_that_writes_nothing(desk):
    application = ApplicationFactory(ordered=True)

    shown = desk.post(reverse(PAGE), {"file": upload(row(application))})

    words = shown.content.decode()
    assert "Ini pratinjau, belum ada yang ditulis" in words
    assert application.organization.name in words
    assert "Rp30.000.000" in words
    assert Disbursement.objects.get().status == DisbursementStatus.ORDERED


def test_the_preview_is_recorded_once_and_can_come_again(desk):
    applications = [ApplicationFactory(ordered=True) for _ in range(2)]
    rows = [row(one, sp2d=f"2601{one.pk}") for one in applications]
    code = desk.post(reverse(PAGE), {"file": upload(*rows)}).context["code"]

    answer = desk.post(reverse(PAGE), {"kode": code}, follow=True)

    assert f"2 pembayaran dicatat, {format_rupiah(60_000_000)}" in answer.content.decode()
    for application in applications:
        payment = Disbursement.objects.get(application=application)
        assert payment.status == DisbursementStatus.PAID
        assert payment.recorded_by == answer.wsgi_request.user
        assert application.ledger_entries.filter(kind=LedgerKind.DISBURSE).count() == 1

    again = desk.post(reverse(PAGE), {"file": upload(*rows)})
    assert "Semua 2 pembayaran di berkas ini sudah dicatat" in again.content.decode()
    assert again.context["code"] == ""
    used = desk.post(reverse(PAGE), {"kode": code}, follow=True)
    assert "sudah tidak tersimpan" in used.content.decode()


def test_one_wrong_row_keeps_the_whole_file_out(desk):
    good, bad = ApplicationFactory(ordered=True), ApplicationFactory(ordered=True)

    shown = desk.post(reverse(PAGE), {"file": upload(row(good), row(bad, sp2d="1", amount=5))})

    words = shown.content.decode()
    assert "Baris 3, kolom nilai" in words
    assert "Belum ada yang dicatat" in words
    assert shown.context["code"] == ""


def test_what_changed_since_the_preview_is_shown_again_and_nothing_is_recorded(desk):
    first, second = ApplicationFactory(ordered=True), ApplicationFactory(ordered=True)
    code = desk.post(
        reverse(PAGE), {"file": upload(row(first, sp2d="261"), row(second, sp2d="262"))}
    ).context["code"]
    Disbursement.objects.filter(application=second).update(
        status=DisbursementStatus.PAID,
        sp2d_number="999",
        sp2d_on=day(0),
        recorded_by=officer(roles.FINANCE_OFFICER),
    )

    shown = desk.post(reverse(PAGE), {"kode": code})

    assert "sudah dicatat dengan SP2D nomor 999" in shown.content.decode()
    assert Disbursement.objects.get(application=first).status == DisbursementStatus.ORDERED


def test_the_preview_of_another_officer_cannot_be_recorded(desk):
    application = ApplicationFactory(ordered=True)
    code = desk.post(reverse(PAGE), {"file": upload(row(application))}).context["code"]

    other = sign_in(type(desk)(), officer(roles.FINANCE_OFFICER))
    answer = other.post(reverse(PAGE), {"kode": code}, follow=True)

    assert "sudah tidak tersimpan" in answer.content.decode()
    assert Disbursement.objects.get().status == DisbursementStatus.ORDERED


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (SimpleUploadedFile("kosong.csv", b""), "Tidak ada baris data"),
        (SimpleUploadedFile("sp2d.xlsx", b"PK\x03\x04rusak"), "tidak dapat dibaca sebagai tabel"),
        (SimpleUploadedFile("foto.jpg", b"\xff\xd8\xff\xe0"), "Huruf dalam berkas CSV"),
    ],
)
def test_a_file_that_is_no_table_is_explained(desk, file, sentence):
    answer = desk.post(reverse(PAGE), {"file": file})

    assert sentence in answer.content.decode()


@pytest.mark.parametrize("role", [roles.SPM_SIGNATORY, roles.PPK, roles.AUDITOR])
def test_only_who_records_payments_imports_them(client, role):
    other = sign_in(client, officer(role))

    assert other.get(reverse(PAGE)).status_code == 403
    assert other.post(reverse(PAGE), {"kode": "x"}).status_code == 403


def run(tmp_path, *rows, **options):
    path = tmp_path / "sp2d.csv"
    path.write_bytes(table(*rows).getvalue())
    out = io.StringIO()
    call_command("import_sp2d", str(path), stdout=out, **options)
    return out.getvalue()


def test_the_command_without_commit_is_a_preview(tmp_path):
    application = ApplicationFactory(ordered=True)

    words = run(tmp_path, row(application))

    assert f"{application.registration_number}" in words
    assert "1 dapat dicatat, 0 sudah tercatat, 0 ditolak." in words
    assert Disbursement.objects.get().status == DisbursementStatus.ORDERED


def test_the_command_records_and_repeats_without_doubling(tmp_path):
    application = ApplicationFactory(ordered=True)

    assert "1 dicatat" in run(tmp_path, row(application), commit=True)
    assert "0 dicatat, 1 sudah tercatat" in run(tmp_path, row(application), commit=True)

    payment = Disbursement.objects.get()
    assert payment.recorded_by.name == "Sistem (impor SP2D)"
    assert not payment.recorded_by.is_active
    assert application.ledger_entries.filter(kind=LedgerKind.DISBURSE).count() == 1


def test_the_command_records_in_the_name_of_an_officer(tmp_path):
    application = ApplicationFactory(ordered=True)
    finance = officer(roles.FINANCE_OFFICER)

    run(tmp_path, row(application), commit=True, by=finance.email)

    assert Disbursement.objects.get().recorded_by == finance


def test_the_command_ends_in_failure_when_a_row_is_refused(tmp_path):
    good, bad = ApplicationFactory(ordered=True), ApplicationFactory(decreed=True)

    with pytest.raises(CommandError, match="1 baris ditolak; tidak ada yang dicatat") as failure:
        run(tmp_path, row(good), row(bad, sp2d="262"), commit=True)

    assert failure.value.returncode == 1
    assert not Disbursement.objects.filter(status=DisbursementStatus.PAID).exists()
    assert not User.objects.filter(name="Sistem (impor SP2D)").exists()


def test_the_command_takes_no_stranger_as_its_doer(tmp_path):
    application = ApplicationFactory(ordered=True)

    with pytest.raises(CommandError, match="bukan petugas yang dapat mencatat SP2D"):
        run(tmp_path, row(application), commit=True, by=officer(roles.PPK).email)


def test_the_command_says_when_the_file_is_not_there():
    with pytest.raises(CommandError, match="tidak dapat dibuka"):
        call_command("import_sp2d", "/tidak/ada.csv")
