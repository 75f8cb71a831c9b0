from django.db import migrations

from programs import roles


def may(verbs, nouns):
    return [f"training.{verb}_{noun}" for noun in nouns.split() for verb in verbs.split()]


PEOPLE = (
    "partnerdemand trainee dailyattendance certificationresult placement followup "
    "batchhistoryentry traineehistoryentry"
)
# An own unit's batches; which those are follows from the officer's membership.
HOLDER = [
    *may("view add change", "course batch"),
    *may("view", PEOPLE),
    "training.manage_batch",
    "programs.view_region",
]

PERMISSIONS = {
    roles.BDI_ADMIN: HOLDER,
    roles.EDUCATION_UNIT_ADMIN: HOLDER,
    roles.BPSDMI_OFFICER: [
        *HOLDER,
        "training.manage_every_batch",
        "training.view_every_batch",
    ],
}


def make_roles(apps, schema_editor):
    roles.grant(apps, PERMISSIONS)
    roles.grant_sight(apps, roles.AUDITOR, "training")


def remove_roles(apps, schema_editor):
    """The rights go with the tables: reversing ``0002_roles`` takes all of this app's."""


class Migration(migrations.Migration):
    """Who holds Diklat 3in1, for their own unit or for all, and who looks on."""

    dependencies = [
        ("training", "0003_diklat"),
        ("training", "0002_roles"),
        ("programs", "0002_roles"),
    ]

    operations = [migrations.RunPython(make_roles, remove_roles)]
