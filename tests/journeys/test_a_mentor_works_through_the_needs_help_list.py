"""A mentor's morning: the list of those in need, a call written down, the next one."""

import datetime

import pytest

from programs import roles
from programs.esmart_enums import MentoringKind, MentoringStatus
from programs.models import MentoringTask
from tests.factories.esmart import (
    EnrolmentFactory,
    MentorFactory,
    MentoringTaskFactory,
    SalesReportFactory,
    ShopFactory,
)
from tests.factories.programs import IkmFactory, UserFactory
from tests.journeys.officers import Officer

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "/admin/programs/mentoringtask/"


@pytest.fixture
def in_need():
    """Three IKM of the list: one that sells less and less, two without a shop."""
    falling = IkmFactory(name="Keripik Contoh", owner=UserFactory(name="Rahmah Contoh"))
    shop = ShopFactory(organization=falling)
    for month, turnover in [(7, 9), (8, 8), (9, 7), (10, 6)]:
        SalesReportFactory(
            shop=shop, month=datetime.date(2026, month, 1), turnover=turnover * 1_000_000
        )
    MentoringTaskFactory(
        enrolment=EnrolmentFactory(organization=falling, selling=True),
        kind=MentoringKind.FALLING,
        explanation="Omzet turun tiga bulan berturut-turut.",
        turnover_before=7_000_000,
    )
    for name in ("Batik Contoh", "Rotan Contoh"):
        MentoringTaskFactory(
            enrolment=EnrolmentFactory(organization=IkmFactory(name=name), trained=True),
            kind=MentoringKind.NO_SHOP,
            due_on=datetime.date(2026, 11, 1),
        )


def test_a_mentor_works_through_the_list(visitor, in_need):
    mentor = Officer(visitor, roles.IKMA_OFFICER)
    MentorFactory(user=mentor.person)
    at = mentor.at
    at.visit(LIST)
    at.page.locator("#action-toggle").check()
    at.page.locator("select[name=action]").select_option("divide")
    at.page.locator("button[name=index]").first.click()
    at.sees("3 IKM sudah mendapat pendamping.")

    at.visit(f"{LIST}?milik=saya")
    at.press("Keripik Contoh", exact=False)
    at.sees("Omzet turun tiga bulan berturut-turut.", "Rp6.000.000", "Rahmah Contoh")
    at.page.locator("#id_catat-way").select_option("PHONE")
    at.page.locator("#id_catat-text").fill("Ongkos kirim naik; sepakat menawarkan paket.")
    at.press("Simpan catatan")
    at.sees("Catatan disimpan.", "sepakat menawarkan paket")

    at.page.get_by_text("Selesaikan", exact=True).first.click()
    at.page.locator("#id_selesai-outcome").select_option("IMPROVING")
    at.page.locator("#id_selesai-way").select_option("VISIT")
    at.page.locator("#id_selesai-text").fill("Paket sudah tayang di toko.")
    at.press("Selesaikan pendampingan")
    at.sees("Pendampingan selesai.", "Menunggu laporan tiga bulan sesudahnya")
    assert MentoringTask.objects.filter(status=MentoringStatus.DONE).count() == 1

    at.page.locator("main section[aria-labelledby=berikut] a").click()
    at.sees("Belum punya toko.")
