"""The ministry's roles as the migrations make them (domain.md §10.11)."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission

from programs import roles
from subsidies.models import ApprovalBand
from tests.factories.programs import make_roles, officer

pytestmark = pytest.mark.django_db

OURS = ["programs", "subsidies", "partnerships", "training"]
DEEDS = {
    "subsidies.check_completeness": {roles.COMPLETENESS_CHECKER},
    "subsidies.check_conformity": {roles.CONFORMITY_CHECKER},
    "subsidies.conduct_visit": {roles.FIELD_VERIFIER},
    "subsidies.assess_application": {roles.ASSESSOR},
    "subsidies.approve_application": {roles.PPK, roles.KPA},
    "subsidies.issue_decree": {roles.PPK},
    "subsidies.request_payment": {roles.FINANCE_OFFICER},
    "subsidies.order_payment": {roles.SPM_SIGNATORY},
    "subsidies.record_payment": {roles.FINANCE_OFFICER},
    "subsidies.publish_scheme": {roles.IKMA_OFFICER},
    "subsidies.allocate_budget": {roles.IKMA_OFFICER},
    "auth.change_group": {roles.SYSTEM_ADMIN},
}


@pytest.fixture(autouse=True)
def _roles(db):
    make_roles()


def names(permissions):
    pairs = permissions.values_list("content_type__app_label", "codename")
    return {f"{label}.{codename}" for label, codename in pairs}


def permissions_of(role):
    return names(Permission.objects.filter(group__name=role))


def test_every_role_is_there():
    assert set(Group.objects.values_list("name", flat=True)) == set(roles.ALL)


@pytest.mark.parametrize("deed", DEEDS)
def test_a_deed_belongs_to_its_role(deed):
    label, _, codename = deed.partition(".")
    groups = Group.objects.filter(
        permissions__content_type__app_label=label, permissions__codename=codename
    )

    assert set(groups.values_list("name", flat=True)) == DEEDS[deed]


def test_an_auditor_sees_everything_of_ours_and_changes_nothing():
    of_ours = Permission.objects.filter(content_type__app_label__in=OURS)
    everything = names(of_ours.filter(codename__startswith="view_"))

    held = permissions_of(roles.AUDITOR)

    assert everything <= held
    assert {name for name in held if not name.partition(".")[2].startswith("view_")} == set()


def test_the_system_admin_decides_nothing():
    assert permissions_of(roles.SYSTEM_ADMIN) & DEEDS.keys() == {"auth.change_group"}


def test_a_field_verifier_sees_what_is_assigned_and_nothing_else():
    assert permissions_of(roles.FIELD_VERIFIER) == {"subsidies.conduct_visit"}


def test_nobody_both_checks_and_decides_or_pays():
    pairs = [
        ("subsidies.check_completeness", "subsidies.approve_application"),
        ("subsidies.assess_application", "subsidies.approve_application"),
        ("subsidies.request_payment", "subsidies.order_payment"),
        ("subsidies.order_payment", "subsidies.record_payment"),
    ]

    for role in roles.ALL:
        held = permissions_of(role)
        assert [pair for pair in pairs if set(pair) <= held] == []


def test_the_bands_say_who_approves_how_much():
    bands = ApprovalBand.objects.values_list("group__name", "up_to")

    assert dict(bands) == {roles.PPK: 200_000_000, roles.KPA: 5_000_000_000}


def test_an_officer_has_what_the_role_gives():
    assert officer(roles.PPK).has_perm("subsidies.issue_decree")


def test_the_roles_can_be_taken_back_and_given_again():
    of_programs = import_module("programs.migrations.0002_roles")
    of_esmart = import_module("programs.migrations.0007_esmart_roles")
    of_figures = import_module("programs.migrations.0009_official_figure_roles")
    of_targets = import_module("programs.migrations.0011_target_roles")
    of_news = import_module("programs.migrations.0015_news_roles")
    of_subsidies = import_module("subsidies.migrations.0002_roles")
    of_training = import_module("training.migrations.0002_roles")
    of_diklat = import_module("training.migrations.0004_diklat_roles")
    of_partnerships = import_module("partnerships.migrations.0002_roles")
    before = {role: permissions_of(role) for role in roles.ALL}

    of_partnerships.remove_roles(apps, None)
    of_subsidies.remove_roles(apps, None)
    of_diklat.remove_roles(apps, None)
    of_training.remove_roles(apps, None)
    assert not Permission.objects.filter(
        group__name__in=roles.ALL,
        content_type__app_label__in=["subsidies", "partnerships", "training"],
    )
    of_programs.remove_roles(apps, None)
    assert not Group.objects.exists()

    of_programs.make_roles(apps, None)
    of_esmart.make_roles(apps, None)
    of_figures.make_roles(apps, None)
    of_targets.make_roles(apps, None)
    of_news.make_roles(apps, None)
    of_subsidies.make_roles(apps, None)
    of_training.make_roles(apps, None)
    of_diklat.make_roles(apps, None)
    of_partnerships.make_roles(apps, None)
    assert {role: permissions_of(role) for role in roles.ALL} == before
