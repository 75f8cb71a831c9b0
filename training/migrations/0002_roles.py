from django.db import migrations

from programs import roles


def may(verbs, nouns):
    return [f"training.{verb}_{noun}" for noun in nouns.split() for verb in verbs.split()]


PARTS = "quota session speaker material question"
RESULTS = (
    "registrationhistoryentry eventhistoryentry attendance zoomattendee zoomreport testattempt "
    "evaluation evaluationscore"
)
# An own unit's events; which those are follows from the officer's membership.
ORGANIZER = [
    *may("view add change", "event registration series"),
    *may("delete", "event"),  # of drafts alone: the database keeps the others
    *may("view add change delete", PARTS),
    *may("view", RESULTS),
    "training.issue_certificates",
    "programs.view_region",
    "programs.view_program",
]

PERMISSIONS = {
    roles.BDI_ADMIN: ORGANIZER,
    roles.EDUCATION_UNIT_ADMIN: ORGANIZER,
    roles.IKMA_OFFICER: ORGANIZER,
    roles.BPSDMI_OFFICER: [
        *ORGANIZER,
        "training.view_every_event",
        "training.run_every_event",
        "programs.view_participation",
    ],
    roles.SYSTEM_ADMIN: [*may("view", "event"), "programs.view_program", "programs.change_program"],
}


def make_roles(apps, schema_editor):
    roles.grant(apps, PERMISSIONS)
    roles.grant_sight(apps, roles.AUDITOR, "training")
    roles.grant_sight(apps, roles.AUDITOR, "programs")


def remove_roles(apps, schema_editor):
    roles.withdraw(apps, "training")


class Migration(migrations.Migration):
    """Who holds events, for their own unit or for all, and who looks on."""

    dependencies = [
        ("training", "0001_initial"),
        ("programs", "0004_programs_and_participations"),
    ]

    operations = [migrations.RunPython(make_roles, remove_roles)]
