"""Every page of an owner on a telephone and a desk, by day and by night; and its script."""

import pytest
from playwright.sync_api import expect

from subsidies.enums import Stage
from subsidies.models import Application
from tests.factories.programs import PASSWORD, IkmFactory, KbliCodeFactory, UserFactory
from tests.factories.subsidies import ApplicationFactory, MachineFactory, SchemeFactory
from tests.factories.subsidy_stages import day
from tests.programs.evil_files import noise

pytestmark = pytest.mark.django_db(transaction=True)

CALLS = "/bantuan-mesin/"
CHECK = "/bantuan-mesin/cek-kelayakan/"
ANSWERS = (
    "?cek=1&legal_form=CV&workers=12&investment=640000000&kbli_code=14111&kbli_version=2025"
    "&m1-name=Mesin+bordir&m1-origin=IMPORT&m1-price=240000000&m1-payment_method=CASH"
    "&m2-name=Mesin+potong&m2-origin=DOMESTIC&m2-price=88000000"
)


def an_owner(visitor, **options):
    """Somebody with an account and an IKM, signed in."""
    person = UserFactory(confirmed=True, name="Rahmah Contoh")
    owner = visitor(**options)
    owner.visit("/akun/login/")
    owner.page.locator("#id_login").fill(person.email)
    owner.page.locator("#id_password").fill(PASSWORD)
    owner.press("Masuk")
    return owner, IkmFactory(owner=person, name="CV Sandang Contoh")


def address(application, *more):
    return f"/bantuan-mesin/permohonan/{application.pk}/" + "".join(f"{part}/" for part in more)


def test_the_open_pages(visitor):
    KbliCodeFactory(code="14", title="Industri Pakaian Jadi")
    scheme = SchemeFactory(code="tahun-ini")
    SchemeFactory(opens_on=day(-90), closes_on=day(-10), pay_by=day(-5))
    anybody = visitor()

    for path in [
        CALLS,
        f"{CALLS}{scheme.code}/",
        CHECK,
        CHECK + ANSWERS,
        f"{CHECK}?cek=1&workers=dua&m2-price=7",
    ]:
        anybody.look_everywhere(path)


def test_the_pages_without_any_call(visitor):
    anybody = visitor()

    anybody.look_everywhere(CALLS)
    anybody.look_everywhere(CHECK)


def test_the_pages_of_a_draft(visitor):
    owner, ikm = an_owner(visitor)
    scheme = SchemeFactory(code="tahun-ini")
    for path in [f"{CALLS}{scheme.code}/ajukan/", f"{CALLS}permohonan/"]:
        owner.look_everywhere(path)
    application = ApplicationFactory(organization=ikm, scheme=scheme)
    machine = MachineFactory(application=application, serial_number="", unit_price=None)

    for more in [
        [],
        ["bagian", "usaha"],
        ["bagian", "kapasitas"],
        ["bagian", "berkas"],
        ["bagian", "rekening"],
        ["bagian", "pernyataan"],
        ["mesin", "tambah"],
        ["mesin", machine.pk],
        ["mesin", machine.pk, "hapus"],
        ["periksa"],
        ["tarik"],
    ]:
        owner.look_everywhere(address(application, *more))


@pytest.mark.parametrize(
    ("stage", "pages"),
    [
        (Stage.CORRECTION, [[]]),
        (Stage.COMPLETENESS, [[], ["terkirim"]]),
        (Stage.VISIT, [[], ["kunjungan", "ganti-jadwal"]]),
        (Stage.MINUTES, [[], ["kunjungan", "berita-acara"]]),
        (Stage.PAID, [[]]),
        (Stage.REJECTED, [[]]),
    ],
)
def test_the_pages_of_a_record(visitor, stage, pages):
    owner, ikm = an_owner(visitor)
    application = ApplicationFactory(organization=ikm, stage=stage)
    if stage == Stage.CORRECTION:
        pages = [*pages, ["mesin", application.machines.get().pk]]

    for more in pages:
        owner.look_everywhere(address(application, *more))
    owner.look_everywhere(f"{CALLS}permohonan/")


def test_what_is_typed_is_saved_by_itself(visitor):
    owner, ikm = an_owner(visitor)
    application = ApplicationFactory(organization=ikm)
    page = owner.page
    owner.visit(address(application, "bagian", "kapasitas"))

    page.locator("#id_capacity").fill("1.200 potong")
    page.locator("#id_turnover").fill("enam ratus")
    page.locator("#id_exports").focus()
    expect(page.locator("#tersimpan")).to_contain_text("kecuali 1 isian yang masih keliru")
    page.locator("#id_turnover").fill("600.000.000")
    page.locator("#id_exports").focus()
    expect(page.locator("#tersimpan")).to_contain_text("Tersimpan otomatis pukul")
    expect(page.locator("#tersimpan")).not_to_contain_text("kecuali")

    application.refresh_from_db()
    assert (application.capacity, application.turnover) == ("1.200 potong", 600_000_000)
    owner.look()
    # The server has it all: no copy in the browser grows old, and the page goes on from there.
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draf:'))") == []
    page.locator("#id_capacity").fill("1.300 potong")
    owner.press("Simpan dan lanjutkan")
    application.refresh_from_db()
    assert application.capacity == "1.300 potong"


def test_what_is_typed_without_a_network_comes_back(visitor):
    owner, ikm = an_owner(visitor)
    application = ApplicationFactory(organization=ikm)
    page = owner.page
    owner.visit(address(application, "bagian", "kapasitas"))

    page.context.set_offline(True)
    page.locator("#id_capacity").fill("1.200 potong")
    expect(page.locator("main form")).to_contain_text("Anda sedang luring")
    expect(page.locator("main form")).to_contain_text("Isian tersimpan di perangkat ini")
    page.context.set_offline(False)
    owner.complaints.clear()
    page.goto("about:blank")
    owner.visit(address(application, "bagian", "kapasitas"))

    expect(page.locator("#id_capacity")).to_have_value("1.200 potong")
    expect(page.locator("main form")).to_contain_text("sudah dikembalikan")


def test_a_photo_is_shown_before_and_after_it_travelled(visitor, tmp_path):
    owner, ikm = an_owner(visitor)
    application = ApplicationFactory(organization=ikm)
    machine = MachineFactory(application=application)
    photo = tmp_path / "pelat.jpg"
    photo.write_bytes(noise((1200, 900)))
    owner.visit(address(application, "mesin", machine.pk))
    page = owner.page

    page.locator("#id_serial_number").fill("CTH-0042")
    page.locator("#dokumen-DOK17").set_input_files(photo)
    expect(page.locator(".chosen canvas")).to_be_visible()
    owner.follow(page.locator("button[name=unggah][value=DOK17]"))

    expect(page.locator(".file img")).to_be_visible()
    owner.sees("pelat.jpg", "Terunggah")
    # Fails for a picture that cannot be drawn, and waits for one that is still on its way.
    page.locator(".file img").evaluate("image => image.decode()")
    assert Application.objects.get().machines.get().serial_number == "CTH-0042"


def test_the_papers_of_a_machine_follow_its_origin(visitor):
    owner, ikm = an_owner(visitor)
    application = ApplicationFactory(organization=ikm)
    machine = MachineFactory(application=application, origin="IMPORT")
    owner.visit(address(application, "mesin", machine.pk))
    page = owner.page
    certificate, customs = page.locator("#dokumen-DOK16"), page.locator("#dokumen-DOK15")

    expect(certificate).to_be_hidden()
    page.get_by_label("Saya mengimpor sendiri").check()
    expect(customs).to_be_visible()
    page.get_by_role("radio", name="Buatan dalam negeri").check()
    expect(certificate).to_be_visible()
    owner.look()


def test_enter_in_a_field_saves_and_removes_nothing(visitor):
    owner, ikm = an_owner(visitor)
    application = ApplicationFactory(organization=ikm, complete=True)
    owner.visit(address(application, "bagian", "rekening"))
    page = owner.page

    page.locator("#id_bank_name").fill("Bank Lain")
    with page.expect_navigation():
        page.locator("#id_bank_name").press("Enter")

    application.refresh_from_db()
    assert application.bank_name == "Bank Lain"
    assert application.documents.current().filter(kind="DOK21").exists()
