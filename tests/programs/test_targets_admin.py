"""Targets and official figures on the desk: entered with hints, and who changed what is told."""

import pytest
from django.urls import reverse

from programs import roles
from programs.models import Indicator, OfficialFigure, Program, Target
from tests.config.minister import indicator, target
from tests.factories.programs import RegionFactory, officer
from tests.people import sign_in
from tests.training.desk import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    return sign_in(client, officer(roles.BPSDMI_OFFICER))


def form_of(one, **changes):
    fields = ["indicator", "year", "region", "value", "source", "note"]
    typed = {name: getattr(one, f"{name}_id", getattr(one, name)) or "" for name in fields}
    return typed | {"is_in_use": "on"} | changes


def test_a_target_is_entered_with_its_source(desk):
    one = indicator()
    add = reverse("admin:programs_target_add")

    refused = desk.post(add, {"indicator": one.pk, "year": 26, "value": 0, "is_in_use": "on"})
    desk.post(add, {"indicator": one.pk, "year": 2026, "value": 2600, "source": "Renstra"})

    assert refused.status_code == 200
    assert "Isi sumber" in words(refused)
    assert Target.objects.get().value == 2600


def test_targets_are_found_by_program_and_year(desk):
    first, other = target(indicator(), 2600), target(indicator("lm-pks"), 4997, year=2025)
    listing = reverse("admin:programs_target_changelist")

    text = words(desk.get(listing, {"tahun": "2025"}))

    assert "4.997" in text
    assert "2.600" not in text
    assert "2.600" in words(desk.get(listing, {"tahun": "tahun lalu"}))
    by_program = {"indicator__program__id__exact": other.indicator.program_id}
    assert desk.get(listing, by_program).status_code == 200
    assert first.indicator.name in words(desk.get(listing, {"q": "lm-smk"}))


def test_the_history_says_what_was_and_what_is(desk):
    RegionFactory(code="13.71")
    one = target(indicator(), 1000, note="")
    change = reverse("admin:programs_target_change", args=[one.pk])
    changed = form_of(one, value=1200, year=2027, region="13", note="Direvisi")
    del changed["is_in_use"]

    assert desk.post(change, changed).status_code == 302

    text = words(desk.get(reverse("admin:programs_target_history", args=[one.pk])))
    for moved in [
        "Nilai (1.000 → 1.200)",
        "Tahun (2026 → 2027)",
        "Provinsi (kosong → Sumatera Barat)",
        "Catatan (kosong → Direvisi)",
        "Dipakai (ya → tidak)",
    ]:
        assert moved in text
    assert "Ubah" in text


def test_the_same_value_written_in_another_way_is_no_change(desk):
    one = target(indicator(unit="persen"), 1830)
    change = reverse("admin:programs_target_change", args=[one.pk])

    desk.post(change, form_of(one, value="18,30"))
    desk.post(change, form_of(one, value="20"))

    text = words(desk.get(reverse("admin:programs_target_history", args=[one.pk])))
    assert text.count("Nilai (") == 1
    assert "Nilai (18,3 → 20)" in text


def test_who_only_looks_reads_a_target_in_its_unit(client):
    sign_in(client, officer(roles.AUDITOR))
    one = target(indicator(unit="rupiah"), 3_270_000_000)

    shown = client.get(reverse("admin:programs_target_change", args=[one.pk]))

    assert "Rp3.270.000.000" in words(shown)


def test_the_history_of_an_official_figure_names_the_day_in_full(desk):
    one = OfficialFigure.objects.create(
        indicator=indicator(), as_of="2020-10-26", value=219, source="Siaran pers"
    )
    change = reverse("admin:programs_officialfigure_change", args=[one.pk])
    typed = {"indicator": one.indicator_id, "as_of": "27/10/2020", "value": 234, "source": "Antara"}

    desk.post(change, typed)

    text = words(desk.get(reverse("admin:programs_officialfigure_history", args=[one.pk])))
    assert "Per tanggal (26 Oktober 2020 → 27 Oktober 2020)" in text
    assert "Nilai (219 → 234)" in text
    assert "Sumber (Siaran pers → Antara)" in text


def test_a_program_tells_its_story_and_for_whom_it_is(client):
    sign_in(client, officer(roles.SYSTEM_ADMIN))
    program = indicator().program
    change = reverse("admin:programs_program_change", args=[program.pk])
    shown = client.get(change).text
    assert 'name="audiences" value="SCHOOL"' in shown

    client.post(
        change,
        {
            "name": program.name,
            "summary": program.summary,
            "story": "Cerita.",
            "how_to_join": "Daftar.",
            "audiences": ["IKM", "SCHOOL"],
            "began_on": "27/01/2017",
            "is_active": "on",
        },
    )

    program = Program.objects.get(pk=program.pk)
    assert (program.story, program.audiences) == ("Cerita.", ["IKM", "SCHOOL"])
    assert f"{program.began_on}" == "2017-01-27"
    text = words(client.get(reverse("admin:programs_program_history", args=[program.pk])))
    assert "Untuk siapa (kosong → pelaku IKM, SMK dan lembaga pendidikan)" in text


def test_when_an_indicator_was_counted_is_read_only(client):
    sign_in(client, officer(roles.SYSTEM_ADMIN))
    one = indicator()
    change = reverse("admin:programs_indicator_change", args=[one.pk])
    assert "WIB" in words(client.get(change))

    client.post(
        change,
        {
            "name": one.name,
            "program": one.program_id,
            "unit": "SMK",
            "definition": one.definition,
            "counting": "MONTHLY",
            "position": 3,
            "counted_at": "2020-01-01",
        },
    )

    after = Indicator.objects.get(pk=one.pk)
    assert (after.counting, after.position) == ("MONTHLY", 3)
    assert after.counted_at == one.counted_at
