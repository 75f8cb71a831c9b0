from django.db import migrations

from programs import roles


def may(verbs, nouns):
    return [f"partnerships.{verb}_{noun}" for noun in nouns.split() for verb in verbs.split()]


REGISTERS = "schoolprofile companyprofile competence competenceconversion sectorcompetence"
PARTS = "schoolcompetence companyneed memorandumparty memorandumfollowup"
STEERS = [
    *may("view", "agreement agreementhistoryentry amendment report activity signature figure"),
    *may("view add change", f"{REGISTERS} launchphase officialfigure memorandum"),
    *may("view add change delete", PARTS),
    *may("delete", "competenceconversion sectorcompetence officialfigure memorandum"),
    *may("view", "suggestion taxfacts scopeitem"),
    "partnerships.propose_agreement",
    "partnerships.steer_agreement",
    "partnerships.import_partnerships",
    "programs.view_organization",
    "programs.view_region",
]

PERMISSIONS = {
    roles.BPSDMI_OFFICER: STEERS,
    # Who teaches at a ministry unit looks at its partners' agreements.
    roles.EDUCATION_UNIT_ADMIN: may(
        "view", "agreement schoolprofile companyprofile competence launchphase figure"
    ),
    roles.SYSTEM_ADMIN: may(
        "view", "agreement schoolprofile companyprofile competence launchphase memorandum figure"
    ),
}


def make_roles(apps, schema_editor):
    roles.grant(apps, PERMISSIONS)
    roles.grant_sight(apps, roles.AUDITOR, "partnerships")


def remove_roles(apps, schema_editor):
    roles.withdraw(apps, "partnerships")


class Migration(migrations.Migration):
    """Who steers link and match, and who looks on."""

    dependencies = [
        ("partnerships", "0001_initial"),
        ("programs", "0004_programs_and_participations"),
    ]

    operations = [migrations.RunPython(make_roles, remove_roles)]
