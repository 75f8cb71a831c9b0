from django.db import migrations

from programs import roles

KEEP = ["programs.view_news", "programs.add_news", "programs.change_news"]


def make_roles(apps, schema_editor):
    roles.grant(
        apps,
        {roles.IKMA_OFFICER: KEEP, roles.BPSDMI_OFFICER: KEEP, roles.SYSTEM_ADMIN: KEEP},
    )
    roles.grant_sight(apps, roles.AUDITOR, "programs")


def remove_roles(apps, schema_editor):
    """Nothing: with the model its permissions go as well."""


class Migration(migrations.Migration):
    """Who tells everybody what is new, and who looks on."""

    dependencies = [("programs", "0014_news")]

    operations = [migrations.RunPython(make_roles, remove_roles)]
