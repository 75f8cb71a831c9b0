from django.db import migrations

from programs import roles


def show(apps, schema_editor):
    roles.grant_sight(apps, roles.AUDITOR, "training")


class Migration(migrations.Migration):
    """The auditor sees the stored figures of events too, as everything of ours."""

    dependencies = [("training", "0010_event_figures")]

    operations = [migrations.RunPython(show, migrations.RunPython.noop)]
