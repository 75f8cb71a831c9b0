"""The page of an IKM in e-Smart: where it stands, how it sells, what there is to do."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programs import roles
from programs.esmart_enums import EnrolmentStatus
from programs.models import EsmartFigure, Participation
from programs.months import first_of, month_after
from programs.workflow import enrolment as workflow
from tests.factories.esmart import (
    EnrolmentFactory,
    MentorFactory,
    MentoringTaskFactory,
    ProductFactory,
    ProgramFactory,
    SalesReportFactory,
    ShopFactory,
)
from tests.factories.programs import (
    DinasFactory,
    IkmFactory,
    RegionFactory,
    UserFactory,
    officer,
)
from tests.people import sign_in

pytestmark = pytest.mark.django_db

E = EnrolmentStatus
TODAY = date(2026, 11, 28)


@pytest.fixture
def owner(client):
    person = UserFactory(email="rahmah@contoh.id")
    sign_in(client, person)
    return person


@pytest.fixture
def ikm(owner):
    ProgramFactory()
    return IkmFactory(owner=owner, name="CV Sandang Contoh", npwp="")


@pytest.fixture
def dinas_member():
    person = UserFactory(name="Budi Dinas")
    DinasFactory(region=RegionFactory(), member=person)
    return person


def proposed(by, ikm=None, email="rahmah@contoh.id"):
    ProgramFactory()
    return workflow.propose(
        ikm or IkmFactory(), owner_email=email, owner_name="Rahmah Contoh", by=by, today=TODAY
    )


class TestTheRecord:
    def test_the_region_and_officers_read_it_and_change_nothing(self, client, ikm, dinas_member):
        enrolment = EnrolmentFactory(organization=ikm, selling=True)

        for person in (dinas_member, officer(roles.IKMA_OFFICER)):
            reader = sign_in(Client(), person)
            page = reader.get(f"/esmart/{enrolment.pk}/")
            assert "tanpa dapat mengubahnya" in page.text
            assert "Keluar dari e-Smart IKM" not in page.text
            assert reader.post(f"/esmart/{enrolment.pk}/keluar/").status_code == 403
        assert "tanpa dapat mengubahnya" not in client.get(f"/esmart/{enrolment.pk}/").text

    @pytest.mark.parametrize("status", E)
    def test_every_stage_has_words_for_both_readers(self, client, ikm, dinas_member, status):
        enrolment = EnrolmentFactory(organization=ikm, **{status.lower(): True})

        own = client.get(f"/esmart/{enrolment.pk}/")
        other = sign_in(Client(), dinas_member).get(f"/esmart/{enrolment.pk}/")

        assert own.context["state_text"] != other.context["state_text"]
        assert "{" not in own.context["state_text"]
        assert own.context["words"].title in own.text

    def test_ones_single_enrolment_opens_at_once(self, client, ikm, owner):
        assert "Usaha Anda belum ikut" in client.get("/esmart/saya/").text

        enrolment = EnrolmentFactory(organization=ikm)
        assert client.get("/esmart/saya/").url == f"/esmart/{enrolment.pk}/"

        EnrolmentFactory(organization=IkmFactory(owner=owner, name="Keripik Contoh"))
        assert "Keripik Contoh" in client.get("/esmart/saya/").text

    def test_leaving_takes_a_reason_and_leaves_the_door_open(self, client, ikm):
        enrolment = EnrolmentFactory(organization=ikm, trained=True)
        address = f"/esmart/{enrolment.pk}/keluar/"

        assert client.post(address, {"reason": " "}).status_code == 422
        answer = client.post(address, {"reason": "Pindah bidang."})

        assert answer.url == f"/esmart/{enrolment.pk}/"
        page = client.get(answer.url)
        assert "Pindah bidang." in page.text
        assert client.get(address).url == answer.url
        assert client.get("/esmart/daftar/").url == reverse("esmart:enrol", args=[ikm.pk])


def test_everybody_reads_what_e_smart_is_and_its_four_numbers():
    EsmartFigure.objects.create(
        dimension="TOTAL", label="Semua", trained=900, enrolled=1_630, onboard=720, selling=410
    )

    page = Client().get("/esmart/")

    assert "1.630" in page.text
    assert "410" in page.text
    assert reverse("esmart:enrol_choose") in page.text


class TestHowItSells:
    @pytest.fixture
    def enrolment(self, ikm):
        return EnrolmentFactory(organization=ikm, selling=True)

    def test_the_last_twelve_months_over_all_shops_stand_in_chart_and_table(
        self, client, ikm, enrolment
    ):
        this_month = first_of(timezone.localdate())
        shops = [ShopFactory(organization=ikm, opened_on=date(2024, 1, 1)) for _ in range(2)]
        for shop, turnover in zip(shops, (1_500_000, 250_000), strict=True):
            SalesReportFactory(shop=shop, month=month_after(this_month, -1), turnover=turnover)
        SalesReportFactory(shop=shops[0], month=month_after(this_month, -3), turnover=500_000)
        SalesReportFactory(shop=shops[0], month=month_after(this_month, -12), turnover=9_000_000)

        page = client.get(f"/esmart/{enrolment.pk}/")

        sales = page.context["sales"]
        assert sales["turnover"] == 2_250_000
        assert [(amount, words) for _, amount, _, words in sales["bars"]] == [
            (500_000, "Rp500.000"),
            (0, "belum dilaporkan"),
            (1_750_000, "Rp1.750.000"),
            (0, "masih berjalan"),
        ]
        assert "Lihat sebagai tabel" in page.text

    def test_sales_of_others_are_not_among_them(self, client, enrolment):
        SalesReportFactory()

        assert client.get(f"/esmart/{enrolment.pk}/").context["sales"] is None

    def test_the_workshop_the_mentor_and_the_certificates_are_there(
        self, client, ikm, owner, enrolment
    ):
        Participation.objects.create(
            key="t.1",
            program=enrolment.program,
            user=owner,
            activity="Lokakarya Bukittinggi",
            kind="WORKSHOP",
            completed_on=date(2026, 3, 20),
        )
        mentor = MentorFactory(user__name="Ibu Pendamping")
        MentoringTaskFactory(enrolment=enrolment, status="ASSIGNED", mentor=mentor)
        product = ProductFactory(organization=ikm)
        product.certifications.create(kind="HALAL", number="ID1", expires_on=date(2026, 12, 1))

        page = client.get(f"/esmart/{enrolment.pk}/").text

        assert "Lokakarya Bukittinggi" in page
        assert "Pendamping: Ibu Pendamping" in page
        assert "halal ID1" in page

    def test_it_costs_the_same_for_much_as_for_little(
        self, client, ikm, enrolment, django_assert_max_num_queries
    ):
        for _ in range(5):
            shop = ShopFactory(organization=ikm)
            SalesReportFactory(shop=shop)
            ProductFactory(organization=ikm).certifications.create(kind="HALAL", number="ID1")
            MentoringTaskFactory(
                enrolment=enrolment, status="DROPPED", mentor=MentorFactory(), closed_on=TODAY
            )

        with django_assert_max_num_queries(15):
            client.get(f"/esmart/{enrolment.pk}/")


class TestBeranda:
    def titles(self, client):
        return [task.title for task, *_ in client.get("/beranda/").context["tasks"]]

    @pytest.mark.parametrize(
        ("stage", "title"),
        [
            ("scheduled", "Hadiri Lokakarya e-Smart Bukittinggi"),
            ("trained", "Catat toko pertama CV Sandang Contoh"),
            ("registered", "Isi produk CV Sandang Contoh"),
        ],
    )
    def test_the_next_step_is_a_task(self, client, ikm, stage, title):
        EnrolmentFactory(organization=ikm, **{stage: True})

        assert title in self.titles(client)

    def test_a_proposal_waits_for_its_owner_who_belongs_to_nothing_yet(
        self, client, owner, dinas_member
    ):
        enrolment = proposed(dinas_member)

        tasks = client.get("/beranda/").context["tasks"]

        assert [task.url for task, *_ in tasks] == [f"/esmart/setujui/{enrolment.code}/"]

    def test_what_has_a_product_and_a_shop_has_nothing_to_do(self, client, ikm):
        EnrolmentFactory(organization=ikm, graduated=True)
        ProductFactory(organization=ikm)

        assert self.titles(client) == []
        assert "e-Smart IKM: CV Sandang Contoh" in client.get("/beranda/").text

    def test_a_certificate_that_ends_soon_is_a_task_until_it_is_renewed(self, client, ikm):
        EnrolmentFactory(organization=ikm, graduated=True)
        product = ProductFactory(organization=ikm)
        soon = timezone.localdate() + timedelta(days=20)
        product.certifications.create(kind="HALAL", number="LAMA", expires_on=soon)
        assert self.titles(client) == ["Perpanjang sertifikat halal LAMA"]

        product.certifications.create(
            kind="HALAL", number="BARU", expires_on=soon + timedelta(days=700)
        )
        assert self.titles(client) == []

    def test_it_asks_as_often_however_many_ikm_there_are(
        self, client, owner, ikm, django_assert_max_num_queries
    ):
        for _ in range(4):
            one = IkmFactory(owner=owner)
            EnrolmentFactory(organization=one, selling=True)
            ProductFactory(organization=one)

        with django_assert_max_num_queries(15):
            client.get("/beranda/")


class TestAskingForHelp:
    def test_the_owners_question_becomes_a_task_for_a_mentor_once(self, client, ikm):
        enrolment = EnrolmentFactory(organization=ikm, onboard=True)
        address = f"/esmart/{enrolment.pk}/minta-bantuan/"
        assert address in client.get(f"/esmart/{enrolment.pk}/").text

        assert client.post(address, {"reason": ""}).status_code == 422
        answer = client.post(address, {"reason": "Belum ada pesanan."})
        again = client.post(address, {"reason": "Masih belum ada."})

        task = enrolment.mentoring.get()
        assert (task.kind, task.explanation) == ("REQUESTED", "Belum ada pesanan.")
        assert again.status_code == 409
        page = client.get(answer.url).text
        assert "Belum ada pesanan." in page
        assert address not in page

    def test_it_is_for_those_who_were_taken_in_and_their_people(self, client, ikm, dinas_member):
        waiting = EnrolmentFactory(organization=ikm)
        other = EnrolmentFactory(organization=IkmFactory(), onboard=True)
        reader = sign_in(Client(), dinas_member)

        answer = client.get(f"/esmart/{waiting.pk}/minta-bantuan/")

        assert answer.url == f"/esmart/{waiting.pk}/"
        assert client.post(f"/esmart/{other.pk}/minta-bantuan/").status_code == 404
        assert reader.post(f"/esmart/{other.pk}/minta-bantuan/").status_code == 403
