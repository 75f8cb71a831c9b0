import django.db.models.deletion
from django.db import migrations, models

from partnerships.enums import Measure


class Migration(migrations.Migration):
    """What is left of the official figures here is of a launch, and has to name it."""

    dependencies = [("partnerships", "0007_national_figures_move_to_programs")]

    operations = [
        migrations.AlterModelOptions(
            name="officialfigure",
            options={
                "ordering": ["-as_of", "measure", "-value"],
                "verbose_name": "angka resmi tahap",
                "verbose_name_plural": "angka resmi tahap",
            },
        ),
        migrations.RemoveConstraint(
            model_name="officialfigure", name="partnerships_official_once"
        ),
        migrations.RemoveConstraint(
            model_name="officialfigure", name="partnerships_official_measure_known"
        ),
        migrations.AlterField(
            model_name="officialfigure",
            name="phase",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="official_figures",
                to="partnerships.launchphase",
                verbose_name="tahap",
            ),
        ),
        migrations.AddConstraint(
            model_name="officialfigure",
            constraint=models.CheckConstraint(
                condition=models.Q(measure__in=Measure),
                name="partnerships_official_measure_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="officialfigure",
            constraint=models.UniqueConstraint(
                fields=["measure", "phase", "as_of", "value", "source"],
                name="partnerships_official_once",
                violation_error_message="Angka ini sudah tercatat.",
            ),
        ),
    ]
