from django.db import migrations, models

from partnerships.enums import Dimension, Measure


def known(model, name, field, choices):
    """Put the CHECK in anew: it has to let the new words in where the old one already stands."""
    condition = models.Q(**{f"{field}__in": choices})
    return [
        migrations.RemoveConstraint(model_name=model, name=name),
        migrations.AddConstraint(
            model_name=model,
            constraint=models.CheckConstraint(condition=condition, name=name),
        ),
    ]


class Migration(migrations.Migration):
    """How many SMK Indonesia has, how many are on our register, and whom each company mentors."""

    dependencies = [("partnerships", "0002_roles")]

    operations = [
        migrations.AddField(
            model_name="figure",
            name="registered_schools",
            field=models.PositiveIntegerField(null=True, verbose_name="SMK di register"),
        ),
        migrations.AlterField(
            model_name="figure",
            name="dimension",
            field=models.CharField(
                choices=Dimension.choices, max_length=10, verbose_name="menurut"
            ),
        ),
        migrations.AlterField(
            model_name="officialfigure",
            name="measure",
            field=models.CharField(
                choices=Measure.choices, max_length=10, verbose_name="yang dihitung"
            ),
        ),
        *known("figure", "partnerships_figure_dimension_known", "dimension", Dimension),
        *known("officialfigure", "partnerships_official_measure_known", "measure", Measure),
    ]
