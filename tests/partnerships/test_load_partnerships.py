"""The reference data of link and match: what the files say, and that officers' edits stay."""

from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from partnerships.models import (
    Competence,
    CompetenceConversion,
    LaunchPhase,
    OfficialFigure,
    SectorCompetence,
)
from programs.management.commands.load_reference import province
from programs.models import Region
from programs.reference_loading import rows

pytestmark = pytest.mark.django_db
MODELS = [Competence, CompetenceConversion, SectorCompetence, LaunchPhase, OfficialFigure]


def load(**options):
    said = StringIO()
    call_command("load_partnerships", stdout=said, **options)
    return said.getvalue()


@pytest.fixture
def regions(db):
    folder = Path(apps.get_app_config("programs").path) / "data"
    Region.objects.bulk_create(province(row) for row in rows(folder / "provinces.csv"))


@pytest.fixture
def loaded(regions):
    return load()


def everything():
    return [list(model.objects.order_by("pk").values()) for model in MODELS]


def test_competences_of_both_curricula_are_there_with_their_pairs(loaded):
    machining = Competence.objects.get(curriculum=2018, code="1.4.1")

    assert (machining.name, machining.years) == ("Teknik Pemesinan", 3)
    assert Competence.objects.get(curriculum=2018, code="1.3.4").years == 4
    assert [pair.newer.code for pair in machining.older_pairs.all()] == ["2.1.1"]
    roads = Competence.objects.get(curriculum=2018, code="1.1.2")
    assert {pair.newer.code for pair in roads.older_pairs.all()} == {"1.2.1", "1.2.2"}


def test_every_division_of_manufacturing_has_competences(loaded):
    divisions = set(SectorCompetence.objects.values_list("kbli_division", flat=True))

    assert divisions == {str(number) for number in range(10, 34)}


def test_ten_phases_know_their_provinces_and_what_is_not_known_stays_empty(loaded):
    second, eighth = LaunchPhase.objects.get(number=2), LaunchPhase.objects.get(number=8)

    assert LaunchPhase.objects.count() == 10
    assert [region.code for region in second.provinces.order_by("code")] == ["33", "34"]
    assert (f"{second.launched_on}", second.place) == ("2017-04-21", "Bawen, Kabupaten Semarang")
    assert (eighth.launched_on, eighth.provinces.count()) == (None, 0)


def test_figures_that_contradict_each_other_stand_side_by_side_with_their_sources(loaded):
    tenth = OfficialFigure.objects.filter(phase__number=10, as_of="2019-03-18")

    assert {figure.value for figure in tenth if figure.measure == "AGREEMENTS"} == {646, 631}
    assert {figure.value for figure in tenth if figure.measure == "COMPANIES"} == {133, 128}
    assert {figure.value for figure in tenth if figure.measure == "SCHOOLS"} == {440, 415}
    assert not OfficialFigure.objects.filter(source="").exists()


def test_every_row_keeps_the_rules_of_its_register(loaded):
    for model in MODELS:
        for record in model.objects.all():
            record.full_clean(validate_unique=False, validate_constraints=False)


def test_a_second_load_changes_nothing(loaded):
    before = everything()

    said = load()

    assert everything() == before
    assert said.count(" 0 baru.") == 5


def test_what_an_officer_edited_stays_unless_it_is_asked_for(loaded):
    Competence.objects.filter(code="1.4.1", curriculum=2018).update(name="Pemesinan")
    LaunchPhase.objects.get(number=8).provinces.set(["64"])

    said = load()

    assert Competence.objects.get(code="1.4.1", curriculum=2018).name == "Pemesinan"
    assert LaunchPhase.objects.get(number=8).provinces.count() == 1
    assert "kompetensi: 72 di berkas, 0 baru, 1 dibiarkan seperti diubah petugas." in said

    load(overwrite=True)

    assert Competence.objects.get(code="1.4.1", curriculum=2018).name == "Teknik Pemesinan"
    assert LaunchPhase.objects.get(number=8).provinces.count() == 0


def test_without_regions_it_says_what_to_load_first():
    with pytest.raises(CommandError, match="load_reference"):
        load()

    assert not Competence.objects.exists()
