"""Tests that commit leave the database as the migrations left it."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError

from programs import roles
from subsidies.enums import Stage
from subsidies.models import Application, LedgerEntry
from tests.factories.subsidies import ApplicationFactory
from tests.flushing import KEPT, kept_rows, reset, tables_with_rows


@pytest.mark.django_db
def test_a_new_database_has_what_migrations_wrote_and_nothing_else():
    assert tables_with_rows() == set(KEPT)


@pytest.mark.django_db(transaction=True)
def test_a_case_with_all_it_has_goes_also_where_triggers_keep_rows():
    kept = kept_rows()
    ApplicationFactory(stage=Stage.PAID)
    assert LedgerEntry.objects.exists()

    reset(kept)

    assert not Application.objects.exists()
    assert tables_with_rows() == set(KEPT)
    assert kept_rows() == kept


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "change",
    [
        lambda: Group.objects.all().delete(),
        lambda: Group.objects.create(name="Tamu"),
        lambda: Group.objects.get(name=roles.PPK).permissions.clear(),
        lambda: Permission.objects.filter(codename="view_user").update(name="Lain"),
        # Not the remembered instance: it would lose its key for all tests that follow.
        lambda: ContentType.objects.filter(app_label="programs", model="user").delete(),
    ],
)
def test_what_the_migrations_wrote_comes_back_with_its_keys(change):
    kept = kept_rows()
    change()
    assert kept_rows() != kept

    reset(kept)

    assert kept_rows() == kept
    assert tables_with_rows() == set(KEPT)


@pytest.mark.django_db(transaction=True)
def test_triggers_are_awake_again():
    reset(kept_rows())
    ApplicationFactory(stage=Stage.PAID)

    with pytest.raises(DatabaseError, match="Cannot update or delete"):
        LedgerEntry.objects.all().delete()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_every_test_that_commits_begins_alike(time):
    assert tables_with_rows() == set(KEPT)
    assert set(Group.objects.values_list("name", flat=True)) == set(roles.ALL)

    Group.objects.create(name="Tamu")
    ApplicationFactory(stage=Stage.PAID)
