"""After the workshop the facts move an IKM: shop, sales, silence."""

from datetime import date

import pytest
from django.utils import timezone

from programs.esmart_enums import ENDED, EnrolmentStatus
from programs.models import Participation
from programs.months import month_after
from programs.workflow import enrolment as workflow
from programs.workflow.stages import follow_facts, follow_participations
from tests.factories.esmart import (
    TRAINED_ON,
    EnrolmentFactory,
    ProgramFactory,
    SalesReportFactory,
    ShopFactory,
    enrolment_at,
)
from tests.factories.programs import (
    IkmFactory,
    MembershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

E = EnrolmentStatus
TODAY = date(2026, 11, 28)
THIS_MONTH = date(2026, 11, 1)


@pytest.fixture
def trained():
    """Joined the workshop by a participation for the IKM itself, as training writes it."""
    enrolment = EnrolmentFactory(verified=True)
    participation_of(enrolment)
    return follow_facts(enrolment.organization, today=TODAY)


def participation_of(enrolment, *, key="training.1", user=None, for_ikm=True, on=TRAINED_ON):
    return Participation.objects.create(
        key=key,
        program=enrolment.program,
        user=user or UserFactory(),
        organization=enrolment.organization if for_ikm else None,
        activity="Lokakarya e-Smart",
        kind="WORKSHOP",
        completed_on=on,
    )


def sold(ikm, month, turnover=1_000_000):
    """One report of a shop that exists since long ago."""
    shop = ikm.shops.first() or ShopFactory(organization=ikm, opened_on=date(2026, 1, 5))
    orders = 1 if turnover else 0
    return SalesReportFactory(
        shop=shop, month=month, turnover=turnover, orders=orders, units=orders
    )


def actions(enrolment):
    return list(enrolment.history.order_by("pk").values_list("action", flat=True))


class TestTheWorkshop:
    def test_a_participation_for_the_ikm_passes_it(self, trained):
        assert (trained.status, trained.trained_on) == (E.TRAINED, TRAINED_ON)
        assert actions(trained) == ["pass"]

    def test_a_participation_of_an_owner_for_nobody_counts(self):
        owner = UserFactory()
        enrolment = enrolment_at(E.SCHEDULED, organization=IkmFactory(owner=owner))
        participation_of(enrolment, user=owner, for_ikm=False)

        assert follow_facts(enrolment.organization, today=TODAY).status == E.TRAINED

    @pytest.mark.parametrize("who", ["member", "former owner", "owner for another"])
    def test_a_participation_of_anybody_else_does_not(self, who):
        person, enrolment = UserFactory(), enrolment_at(E.SCHEDULED)
        ikm = enrolment.organization
        if who == "member":
            MembershipFactory(organization=ikm, user=person)
        elif who == "former owner":
            MembershipFactory(organization=ikm, user=person, role="OWNER", state="ENDED")
        else:
            MembershipFactory(organization=ikm, user=person, role="OWNER")
        joined = participation_of(enrolment, user=person, for_ikm=False)
        if who == "owner for another":
            Participation.objects.filter(pk=joined.pk).update(organization=IkmFactory())

        assert follow_facts(ikm, today=TODAY).status == E.SCHEDULED

    def test_an_activity_of_another_program_does_not(self):
        enrolment = enrolment_at(E.SCHEDULED)
        other = participation_of(enrolment)
        other.program = ProgramFactory(slug="lain", name="Program lain")
        other.save()

        assert follow_facts(enrolment.organization, today=TODAY).status == E.SCHEDULED

    def test_a_withdrawn_one_takes_it_back_with_words(self, trained):
        Participation.objects.update(withdrawn_at=timezone.now())

        back = follow_facts(trained.organization, today=TODAY)

        assert (back.status, back.trained_on) == (E.VERIFIED, None)
        assert back.history.last().reason == "Keikutsertaan lokakarya dibatalkan."

    def test_who_has_sold_stays_one_who_has(self, trained):
        sold(trained.organization, THIS_MONTH)
        follow_facts(trained.organization, today=TODAY)
        Participation.objects.update(withdrawn_at=timezone.now())

        kept = follow_facts(trained.organization, today=TODAY)

        assert (kept.status, kept.trained_on) == (E.SELLING, TRAINED_ON)

    def test_one_passed_before_the_verification_counts_at_once(self):
        enrolment = enrolment_at(E.REGISTERED)
        participation_of(enrolment)
        assert follow_facts(enrolment.organization, today=TODAY).status == E.REGISTERED

        assert workflow.verify(enrolment, by=UserFactory(), today=TODAY).status == E.TRAINED

    def test_all_whom_a_list_of_participants_concerns_are_followed(self):
        owner = UserFactory()
        by_owner = enrolment_at(E.VERIFIED, organization=IkmFactory(owner=owner))
        by_ikm, untouched = enrolment_at(E.VERIFIED), enrolment_at(E.VERIFIED)
        participation_of(by_owner, key="a", user=owner, for_ikm=False)
        participation_of(by_ikm, key="b")

        follow_participations(
            program=by_ikm.program,
            user_ids=[owner.pk],
            organization_ids=[by_ikm.organization_id],
            today=TODAY,
        )

        for one, status in [(by_owner, E.TRAINED), (by_ikm, E.TRAINED), (untouched, E.VERIFIED)]:
            one.refresh_from_db()
            assert one.status == status


class TestShopAndSales:
    def test_a_shop_brings_it_onboard_since_its_opening(self, trained):
        ShopFactory(organization=trained.organization, opened_on=date(2026, 4, 9))

        onboard = follow_facts(trained.organization, today=TODAY)

        assert (onboard.status, onboard.onboard_on) == (E.ONBOARD, date(2026, 4, 9))

    def test_a_shop_without_the_workshop_changes_nothing(self):
        enrolment = enrolment_at(E.VERIFIED)
        ShopFactory(organization=enrolment.organization)

        assert follow_facts(enrolment.organization, today=TODAY).status == E.VERIFIED

    def test_sales_make_it_sell(self, trained):
        sold(trained.organization, date(2026, 9, 1))
        sold(trained.organization, THIS_MONTH)

        selling = follow_facts(trained.organization, today=TODAY)

        assert selling.status == E.SELLING
        assert (selling.first_sale, selling.last_sale) == (date(2026, 9, 1), THIS_MONTH)
        assert actions(selling) == ["pass", "onboard", "sell"]

    def test_a_report_of_nothing_is_no_sale(self, trained):
        sold(trained.organization, THIS_MONTH, turnover=0)

        assert follow_facts(trained.organization, today=TODAY).status == E.ONBOARD

    def test_sales_of_long_ago_are_sales_and_then_silence(self, trained):
        sold(trained.organization, date(2026, 2, 1))

        silent = follow_facts(trained.organization, today=TODAY)

        assert silent.status == E.INACTIVE
        assert actions(silent) == ["pass", "onboard", "sell", "fall_silent"]

    @pytest.mark.parametrize(
        ("last", "status"), [(date(2026, 8, 1), E.SELLING), (date(2026, 7, 1), E.INACTIVE)]
    )
    def test_silence_begins_after_three_months_without_sales(self, trained, last, status):
        sold(trained.organization, last)

        assert follow_facts(trained.organization, today=TODAY).status == status

    def test_a_new_sale_wakes_it(self, trained):
        sold(trained.organization, date(2026, 2, 1))
        follow_facts(trained.organization, today=TODAY)

        sold(trained.organization, THIS_MONTH)

        assert follow_facts(trained.organization, today=TODAY).status == E.SELLING

    def test_who_graduated_does_not_fall_silent(self):
        enrolment = enrolment_at(E.GRADUATED)

        assert follow_facts(enrolment.organization, today=TODAY).status == E.GRADUATED

    @pytest.mark.parametrize("status", [*ENDED, E.PROPOSED])
    def test_who_is_out_or_not_yet_in_is_not_moved(self, status):
        enrolment = enrolment_at(status)
        participation_of(enrolment)
        sold(enrolment.organization, THIS_MONTH)

        follow_facts(enrolment.organization, today=TODAY)

        enrolment.refresh_from_db()
        assert enrolment.status == status

    def test_an_ikm_outside_e_smart_has_nothing_to_follow(self):
        assert follow_facts(IkmFactory(), today=TODAY) is None

    def test_followed_twice_nothing_more_is_written(self, trained):
        sold(trained.organization, THIS_MONTH)
        follow_facts(trained.organization, today=TODAY)

        again = follow_facts(trained.organization, today=TODAY)

        assert actions(again) == ["pass", "onboard", "sell"]


@pytest.mark.parametrize(
    ("day", "months", "first"),
    [
        (TODAY, 0, THIS_MONTH),
        (TODAY, 3, date(2026, 8, 1)),
        (date(2026, 1, 31), 3, date(2025, 10, 1)),
        (date(2026, 1, 31), 13, date(2024, 12, 1)),
    ],
)
def test_months_are_counted_back_over_the_year(day, months, first):
    assert month_after(day, -months) == first
