from django.db import migrations

from programs import roles


def may(verbs, nouns):
    return [f"programs.{verb}_{noun}" for noun in nouns.split() for verb in verbs.split()]


SEEN = (
    "enrolment enrolmenthistoryentry shop salesreport salesrevision product productphoto "
    "certification mentoringtask mentoringnote mentoringhistoryentry campaignparticipation "
    "campaignimport campaignrefusal campaigncount esmartfigure"
)

PERMISSIONS = {
    roles.IKMA_OFFICER: [
        *may("view", SEEN),
        *may("view add change", "marketplace campaign mentor"),
        "programs.verify_enrolment",
        "programs.import_esmart",
        "programs.mentor_ikm",
        "programs.assign_mentor",
        "programs.view_program",
        "programs.view_participation",
    ],
    roles.SYSTEM_ADMIN: may("view add change", "marketplace campaign"),
}


def make_roles(apps, schema_editor):
    roles.grant(apps, PERMISSIONS)
    roles.grant_sight(apps, roles.AUDITOR, "programs")


def remove_roles(apps, schema_editor):
    """Nothing: with the models their permissions go as well."""


class Migration(migrations.Migration):
    """Who verifies, mentors and counts in e-Smart IKM, and who looks on."""

    dependencies = [("programs", "0006_esmart")]

    operations = [migrations.RunPython(make_roles, remove_roles)]
