"""A Diklat 3in1, whole: a partner names its demand, somebody is trained, tested, placed, asked.

The officer of the BDI works at a desk, the instructor's list is kept on a telephone, the trainee
registers on a telephone. Weeks pass between the acts; what the clock does, its tasks do.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from programs import roles
from programs.models import Organization
from tests.axe import PHONE
from tests.factories.diklat import CourseFactory
from tests.factories.programs import PASSWORD, RegionFactory, UserFactory
from tests.factories.training import UnitFactory, works_at
from tests.journeys.officers import Officer
from training import diklat_tasks as clock
from training.diklat_enums import BatchStatus, TraineeStatus
from training.models import Batch, Followup, Trainee

pytestmark = pytest.mark.django_db(transaction=True)
COURSE = "Operator mesin jahit garmen"


def test_from_the_partners_demand_to_the_call_after_six_months(visitor, mailoutbox):
    RegionFactory()
    unit = UnitFactory(name="Balai Diklat Industri Contoh")
    CourseFactory(unit=unit, title=COURSE)
    officer = Officer(visitor, roles.BDI_ADMIN)
    works_at(officer.person, unit)
    desk, page = officer.at, officer.page

    plan(desk)
    batch = Batch.objects.get()
    desk.sees("Catat dahulu kebutuhan paling sedikit satu mitra")
    name_the_demand(desk, batch)
    desk.press("Buka pendaftaran")
    assert reached(batch) == BatchStatus.OPEN

    person = UserFactory(name="Rahmah Contoh", email="rahmah@contoh.id", confirmed=True)
    trainee = register(visitor(), person)
    record = Trainee.objects.get()
    trainee.sees("Pendaftaran Anda sudah diterima")

    weeks_pass(batch, until=batch.closes_on + timedelta(days=1))
    clock.advance_batches()
    assert reached(batch) == BatchStatus.SELECTION
    open_tab(desk, batch, "selection")
    page.locator(f"[name='{record.pk}-score']").fill("88")
    page.get_by_role("checkbox", name="Pilih Rahmah Contoh").check()
    desk.press("Luluskan yang dipilih")
    assert any("Anda lulus seleksi" in mail.subject for mail in mailoutbox)
    trainee.visit(own_page(record)).sees("Anda lulus seleksi")

    batch.refresh_from_db()
    weeks_pass(batch, until=batch.starts_on)
    clock.advance_batches()
    assert reached(batch) == BatchStatus.RUNNING
    page.set_viewport_size(PHONE)
    open_tab(desk, batch, "attendance").sees("Semua ditandai hadir")
    desk.press("Simpan presensi").sees("sudah dicatat")
    assert record.attendance.get().state == "PRESENT"
    page.set_viewport_size({"width": 1280, "height": 900})

    batch.refresh_from_db()
    weeks_pass(batch, until=batch.ends_on + timedelta(days=1))
    clock.advance_batches()
    open_tab(desk, batch, "results")
    page.get_by_role("radio", name="Kompeten", exact=True).check()
    page.locator(f"[name='{record.pk}-number']").fill("LSP-2026-0042")
    page.locator("#id_assessed_on").fill(written(timezone.localdate()))
    desk.press("Simpan hasil uji")
    trainee.visit(own_page(record)).sees("Anda dinyatakan kompeten", "LSP-2026-0042")
    open_tab(desk, batch, "change")
    desk.press("Tutup uji kompetensi")

    open_tab(desk, batch, "placement")
    page.get_by_role("checkbox", name="Pilih Rahmah Contoh").check()
    page.locator("#id_demand").select_option(index=1)
    page.locator("#id_starts_on").fill(written(timezone.localdate()))
    desk.press("Tempatkan yang dipilih")
    trainee.visit(own_page(record)).sees("Anda sudah ditempatkan", "PT Garmen Contoh")

    for months in (3, 6):
        days_to_ask_come(months)
        clock.remind_of_batches()
        open_tab(desk, batch, "followup").sees("Rahmah Contoh", f"bulan ke-{months}")
        page.locator("main table select").first.select_option("SAME_PLACE")
        desk.press("Simpan kabar")
    assert sum("Tindak lanjut bulan ke-" in mail.subject for mail in mailoutbox) == 2
    open_tab(desk, batch, "change")
    desk.press("Tutup angkatan")
    assert reached(batch) == BatchStatus.CLOSED
    hundred = "100,00\N{NO-BREAK SPACE}%".replace("\N{NO-BREAK SPACE}", " ")
    desk.sees("1 terlatih", f"tersertifikasi, {hundred}", f"berwirausaha, {hundred}")

    visitor().visit("/pelatihan/diklat/").sees(COURSE, "Hasil angkatan sebelumnya", hundred)


def plan(desk):
    """A new batch, in the admin's form."""
    desk.visit(reverse("admin:training_batch_add"))
    page, today = desk.page, timezone.localdate()
    page.locator("#id_course").select_option(label=COURSE)
    for name, value in {
        "number": "27",
        "starts_on": written(today + timedelta(days=20)),
        "ends_on": written(today + timedelta(days=37)),
        "place": "Kampus BDI",
        "capacity": "30",
        "opens_on": written(today),
        "closes_on": written(today + timedelta(days=10)),
        "contact": "Panitia BDI, (021) 000",
    }.items():
        page.locator(f"#id_{name}").fill(value)
    page.locator("#id_region").select_option("13.75")
    desk.follow(page.locator("button[name=_save]"))


def name_the_demand(desk, batch):
    """A company that the register does not know yet."""
    page = desk.page
    desk.press("Catat kebutuhan mitra")
    page.locator("#cari").fill("PT Garmen Contoh")
    desk.press("Cari")
    page.get_by_role("radio", name="Perusahaan baru: PT Garmen Contoh").check()
    page.locator("#id_position").fill("Operator jahit")
    page.locator("#id_places").fill("30")
    page.locator("#id_region").select_option("13.75")
    desk.press("Simpan kebutuhan")
    assert batch.demands.get().company == Organization.objects.get(name="PT Garmen Contoh")


def register(trainee, person):
    """From the public list to the own page, with a mistake on the way."""
    trainee.visit("/pelatihan/diklat/").press(COURSE)
    trainee.sees("PT Garmen Contoh", "Operator jahit")
    trainee.press("Daftar")
    page = trainee.page
    page.locator("#id_login").fill(person.email)
    page.locator("#id_password").fill(PASSWORD)
    trainee.press("Masuk")
    page.locator("#id_birth_date").fill("17/08/2019")
    page.get_by_role("radio", name="Perempuan").check()
    page.locator("#id_nik").fill("1375 0142 0385 0003")
    page.locator("#id_region").select_option("13.75")
    page.locator("#id_education").select_option("SMK")
    page.locator("#id_phone").fill("0812 3456 7890")
    page.get_by_role("radio", name="Operator jahit, PT Garmen Contoh").check()
    page.locator("#id_agrees").check()
    trainee.press("Kirim pendaftaran")
    trainee.sees("berusia paling muda 18 tahun")
    page.locator("#id_birth_date").fill("17/08/2004")
    page.locator("#id_nik").fill("1375014203850003")
    trainee.press("Kirim pendaftaran")
    assert Trainee.objects.get().status == TraineeStatus.REGISTERED
    return trainee


def own_page(trainee):
    return reverse("training:diklat_trainee", args=[trainee.pk])


def open_tab(desk, batch, name):
    return desk.visit(reverse(f"admin:training_batch_{name}", args=[batch.pk]))


def weeks_pass(batch, *, until):
    """So much time goes by that today is the day which was ``until``."""
    ago = until - timezone.localdate()
    batch.refresh_from_db()
    days = {
        name: getattr(batch, name) - ago
        for name in ("opens_on", "closes_on", "starts_on", "ends_on")
    }
    Batch.objects.filter(pk=batch.pk).update(**days, year=days["starts_on"].year)


def days_to_ask_come(months):
    Followup.objects.filter(months=months).update(due_on=timezone.localdate())


def reached(batch):
    batch.refresh_from_db()
    return batch.status


def written(day):
    return f"{day:%d/%m/%Y}"
