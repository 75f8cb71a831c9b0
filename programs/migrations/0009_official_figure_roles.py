from django.db import migrations

from programs import roles

KEEP = [f"programs.{verb}_{noun}" for verb in ("view", "add", "change")
        for noun in ("indicator", "officialfigure")]


def make_roles(apps, schema_editor):
    roles.grant(apps, {roles.IKMA_OFFICER: KEEP, roles.BPSDMI_OFFICER: KEEP,
                       roles.SYSTEM_ADMIN: KEEP})
    roles.grant_sight(apps, roles.AUDITOR, "programs")


def remove_roles(apps, schema_editor):
    """Nothing: with the models their permissions go as well."""


class Migration(migrations.Migration):
    """Who keeps what was published about the programs, and who looks on."""

    dependencies = [("programs", "0008_campaign_files_and_official_figures")]

    operations = [migrations.RunPython(make_roles, remove_roles)]
