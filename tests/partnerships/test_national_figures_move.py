"""What was said of link and match as a whole moves to the register of programs, once."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from programs.models import Indicator, OfficialFigure, Program

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = [("partnerships", "0006_search_by_purpose_and_number")]
AFTER = [("partnerships", "0008_official_figures_of_a_launch")]


# As it stood before, when this app knew the number of all SMK as well.
FOUR_MEASURES = """
    ALTER TABLE partnerships_officialfigure
      DROP CONSTRAINT partnerships_official_measure_known,
       ADD CONSTRAINT partnerships_official_measure_known
           CHECK (measure IN ('SCHOOLS', 'COMPANIES', 'AGREEMENTS', 'NATIONAL'))
"""


def migrate(target):
    executor = MigrationExecutor(connection)
    executor.migrate(target)
    return executor.loader.project_state(target).apps


@pytest.fixture
def old():
    apps = migrate(BEFORE)
    with connection.cursor() as cursor:
        cursor.execute(FOUR_MEASURES)
    yield apps
    migrate(AFTER)


def test_no_figure_is_lost_and_none_stands_twice(old):
    phase = old.get_model("partnerships", "LaunchPhase").objects.create(number=10, area="Jabar")
    figures = old.get_model("partnerships", "OfficialFigure").objects
    press, both = "Berita Kementerian Perindustrian 26-10-2020", "Bisnis.com"

    def said(measure, value, source, **more):
        figures.create(measure=measure, value=value, source=source, as_of="2020-10-26", **more)

    said("SCHOOLS", 440, "JPNN", phase=phase)
    said("SCHOOLS", 2612, press, note="kumulatif")
    said("COMPANIES", 885, both)
    said("COMPANIES", 899, both)
    said("AGREEMENTS", 4997, press)
    said("AGREEMENTS", 4971, "RMOL")
    said("NATIONAL", 14_218, "Bisnis.com 18-03-2019 (901301 dan 901323)")
    said("NATIONAL", 14_260, "Bisnis.com 18-03-2019 (901301 dan 901323)")
    program = Program.objects.create(slug="link-and-match", name="Link and match", summary="PKS.")
    signed = Indicator.objects.create(
        slug="lm-pks", program=program, name="PKS", unit="PKS", definition="PKS."
    )
    # The file of the programs may be loaded already.
    OfficialFigure.objects.create(
        indicator=signed,
        value=4997,
        as_of="2020-10-26",
        source="Siaran pers Kementerian Perindustrian, 26-10-2020",
    )

    new = migrate(AFTER)

    left = new.get_model("partnerships", "OfficialFigure").objects.all()
    assert [(one.phase_id, one.value) for one in left] == [(phase.pk, 440)]
    moved = OfficialFigure.objects.values_list("indicator__slug", "value").order_by("value")
    assert list(moved) == [
        ("lm-perusahaan", 885),
        ("lm-perusahaan", 899),
        ("lm-smk", 2612),
        ("lm-pks", 4971),
        ("lm-pks", 4997),
        ("smk-nasional", 14_218),
        ("smk-nasional", 14_260),
    ]
    assert OfficialFigure.objects.get(value=2612).note == "kumulatif"
    assert OfficialFigure.objects.get(value=899).source.startswith("Bisnis.com (angka lain ")
    assert Indicator.objects.get(slug="lm-smk").program == program
