from django.db import migrations

from programs import roles

KEEP = [
    "programs.view_target",
    "programs.add_target",
    "programs.change_target",
    "programs.view_publishedfigure",
    "programs.add_publishedfigure",
]
# The page of all programs is for every officer of the ministry; a verifier works for another body.
SEE = ["programs.view_livefigure"]


def make_roles(apps, schema_editor):
    ministry = [role for role in roles.ALL if role != roles.FIELD_VERIFIER]
    roles.grant(apps, dict.fromkeys(ministry, SEE))
    roles.grant(
        apps,
        {roles.IKMA_OFFICER: KEEP, roles.BPSDMI_OFFICER: KEEP, roles.SYSTEM_ADMIN: KEEP},
    )
    roles.grant_sight(apps, roles.AUDITOR, "programs")


def remove_roles(apps, schema_editor):
    """Nothing: with the models their permissions go as well."""


class Migration(migrations.Migration):
    """Who sets targets and freezes figures, and who sees how the programs stand."""

    dependencies = [("programs", "0010_targets_and_live_figures")]

    operations = [migrations.RunPython(make_roles, remove_roles)]
