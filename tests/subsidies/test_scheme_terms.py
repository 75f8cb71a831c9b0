"""A published call stands: what the database refuses, and how a change becomes a new version."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from programs.transitions import TransitionNotAllowed
from subsidies.models import Scheme
from subsidies.workflow import application as applications
from subsidies.workflow import terms
from tests.factories.programs import IkmFactory, UserFactory
from tests.factories.subsidies import ApplicationFactory, SchemeFactory
from tests.factories.subsidy_stages import day

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "change",
    [
        lambda scheme: Scheme.objects.filter(pk=scheme.pk).update(ceiling=1_000_000_000),
        lambda scheme: scheme.delete(),
        lambda scheme: scheme.rates.update(percent=45),
        lambda scheme: scheme.rates.all().delete(),
        lambda scheme: scheme.rates.create(scale="LARGE", origin="IMPORT", percent=10),
        lambda scheme: scheme.documents.first().delete(),
        lambda scheme: scheme.stage_targets.update(working_days=1),
        lambda scheme: scheme.kbli_codes.create(prefix="33"),
    ],
)
def test_the_terms_of_a_published_call_stand(change):
    scheme = SchemeFactory()

    with pytest.raises(DatabaseError), transaction.atomic():
        change(scheme)


def test_a_draft_version_can_be_changed():
    scheme = SchemeFactory(published=False)

    scheme.rates.update(percent=45)
    Scheme.objects.filter(pk=scheme.pk).update(ceiling=1_000_000_000)

    assert set(scheme.rates.values_list("percent", flat=True)) == {45}


def test_a_call_without_rates_is_not_published():
    scheme = SchemeFactory(published=False, terms=False)

    with pytest.raises(TransitionNotAllowed, match="Lengkapi dahulu: tarif"):
        terms.publish(scheme, by=UserFactory())


def test_a_new_version_takes_over_and_old_applications_keep_theirs():
    owner = UserFactory()
    scheme = SchemeFactory()
    judged = ApplicationFactory(submitted=True, scheme=scheme)
    draft = ApplicationFactory(complete=True, scheme=scheme, organization=IkmFactory(owner=owner))

    newer = terms.new_version(Scheme.objects.get(pk=scheme.pk), by=owner)
    newer.rates.update(percent=20)
    terms.publish(newer, by=owner)
    draft = applications.submit(draft, by=owner, today=timezone.localdate())

    judged.refresh_from_db()
    assert (judged.scheme.version, draft.scheme.version) == (1, 2)
    assert draft.amount_lines.last().amount == 20_000_000
    assert newer.documents.count() == scheme.documents.count()


def test_a_second_draft_version_is_not_opened_beside_the_first():
    scheme = SchemeFactory()
    terms.new_version(Scheme.objects.get(pk=scheme.pk), by=UserFactory())

    with pytest.raises(TransitionNotAllowed, match="masih berupa konsep"):
        terms.new_version(scheme, by=UserFactory())


@pytest.mark.parametrize(
    ("impossible", "constraint"),
    [
        ({"closes_on": day(-61)}, "application_window_in_order"),
        ({"pay_by": day(59)}, "application_window_in_order"),
        ({"purchase_until": day(-401)}, "purchase_window_in_order"),
        ({"install_by": day(-401)}, "purchase_window_in_order"),
        ({"floor": 300_000_001}, "floor_below_ceiling"),
    ],
)
def test_the_database_refuses_impossible_terms(impossible, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        SchemeFactory(terms=False, published=False, **impossible)
