"""Coverage on the desk: the tile map, the list, and inviting those who have sent nobody."""

import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from programs import roles
from programs.models import Notification
from programs.tile_map import COLUMNS, LEGEND, ROWS, places, shade_of, tiles
from tests.factories.programs import DinasFactory, RegionFactory, UserFactory, officer
from tests.factories.training import (
    EventFactory,
    RegistrationFactory,
    UnitFactory,
    bring_to,
    organizer,
)
from tests.people import body_of, sign_in
from tests.subsidies.desk import words
from tests.training.results_desk import address, holder
from training.enums import EventStatus
from training.models import Series


def test_every_province_has_a_tile_of_its_own():
    found = places()

    assert len(found) == 38
    assert len({(place.column, place.row) for place in found}) == 38
    assert len({place.letters for place in found}) == 38
    assert all(0 <= place.column < COLUMNS and 1 <= place.row <= ROWS for place in found)


@pytest.mark.parametrize(
    ("part", "shade"),
    [(0, "q0"), (19, "q0"), (20, "q1"), (39, "q1"), (40, "q2"), (59, "q2"), (60, "q3"), (84, "q3"),
     (85, "q4"), (100, "q4")],
)  # fmt: skip
def test_the_shade_follows_the_share(part, shade):
    assert shade_of(part, 100) == shade
    assert shade in dict(LEGEND)


def test_a_tile_says_its_numbers_with_a_point_and_what_is_outside():
    drawn = {tile.place.code: tile for tile in tiles({"13": (19, 19)}, "kabupaten/kota")}

    padang, bali = drawn["13"], drawn["51"]
    assert (padang.shade, padang.ink, padang.figure) == ("q4", "hi", "19/19")
    assert padang.words == "Sumatera Barat: 19 dari 19 kabupaten/kota"
    assert (bali.shade, bali.figure) == ("out", "")
    assert re.fullmatch(r"\d+\.\d", padang.x)


# --- The page -----------------------------------------------------------------------------------


@pytest.fixture
def regions(db):
    return {
        "Bukittinggi": RegionFactory(),
        "Padang": RegionFactory(code="13.71", name="Kota Padang"),
        "Jambi": RegionFactory(code="15.71", name="Kota Jambi"),
        "Bandung": RegionFactory(code="32.73", name="Kota Bandung"),
    }


@pytest.fixture
def event(regions):
    return EventFactory(regions=[regions["Padang"].province, regions["Jambi"]])


def send(event, region, count=1):
    for _ in range(count):
        RegistrationFactory(event=event, region=region)


def page(client, event, **query):
    return client.get(address(event, "coverage"), query)


def test_the_map_and_the_list_say_who_has_sent_somebody(client, event, regions):
    send(event, regions["Padang"], 2)
    RegistrationFactory(event=event, region=regions["Bukittinggi"], status="WAITING")
    holder(client, event)

    response = page(client, event)

    covered = response.context_data["covered"]
    assert covered.shares == {"13": (1, 2), "15": (0, 1)}
    text = words(response)
    assert "1/3 kabupaten/kota sudah mengirim peserta 2 belum mengirim 2 peserta" in text
    assert "Sumatera Barat: 1 dari 2 kabupaten/kota" in response.text
    assert "Bali: di luar" in response.text
    assert "Kota Padang: 2 orang" in text
    assert "Belum mengirim Kota Bukittinggi" in text
    assert "Kota Bandung" not in text


def test_a_series_counts_each_place_once_over_all_its_events(client, event, regions):
    series = Series.objects.create(name="Bimtek 2026", slug="bimtek-2026")
    other = EventFactory(regions=[regions["Bandung"]], series=series)
    draft = EventFactory(regions=[regions["Bandung"]], series=series, status=EventStatus.DRAFT)
    type(event).objects.filter(pk=event.pk).update(series=series)
    send(event, regions["Padang"])
    send(other, regions["Padang"])
    send(other, regions["Bandung"])
    send(draft, regions["Jambi"])
    holder(client, event)

    response = page(client, event, lingkup="rangkaian")

    assert response.context_data["covered"].shares == {"13": (1, 2), "15": (0, 1), "32": (1, 1)}
    assert "2 kegiatan dalam rangkaian ini" in words(response)
    assert response.context_data["reach"] is None


def test_the_dinas_of_the_missing_are_invited_once(client, event, regions):
    send(event, regions["Padang"])
    member = UserFactory()
    DinasFactory(region=regions["Bukittinggi"], member=member)
    DinasFactory(region=regions["Padang"], member=UserFactory())
    holder(client, event)

    before = words(page(client, event))
    assert "1 dinas dengan 1 akun" in before
    assert "1 kabupaten/kota tanpa akun dinas Kota Jambi" in before

    answer = client.post(address(event, "coverage_invite"), follow=True)

    text = words(answer)
    assert "1 orang di dinas yang belum mengirim peserta diundang" in text
    assert "1 kabupaten/kota belum mempunyai akun dinas" in text
    assert "Terakhir diundang" in text
    invitations = Notification.objects.filter(key__startswith="training.invitation")
    assert [one.recipient for one in invitations] == [member]
    client.post(address(event, "coverage_invite"))
    assert invitations.count() == 1


def test_after_it_has_begun_nobody_is_invited(client, event, regions):
    DinasFactory(region=regions["Padang"], member=UserFactory())
    bring_to(event, EventStatus.RUNNING)
    holder(client, event)

    assert "Undang yang belum mengirim" not in words(page(client, event))
    answer = client.post(address(event, "coverage_invite"))

    assert answer.status_code == 422
    assert "Undangan hanya dapat dikirim sebelum kegiatan dimulai." in words(answer)
    assert not Notification.objects.exists()


def test_the_list_can_be_taken_home(client, event, regions):
    send(event, regions["Padang"], 2)
    DinasFactory(region=regions["Bukittinggi"], member=UserFactory())
    holder(client, event)

    answer = client.get(address(event, "coverage_export"))

    rows = list(load_workbook(io.BytesIO(body_of(answer))).active.values)
    assert rows[1:] == [
        ("15.71", "Kota Jambi", "Provinsi 15", 0, "belum mengirim, tanpa akun dinas"),
        ("13.75", "Kota Bukittinggi", "Sumatera Barat", 0, "belum mengirim"),
        ("13.71", "Kota Padang", "Sumatera Barat", 2, "sudah mengirim"),
    ]


def test_an_auditor_reads_and_other_units_find_nothing(client, event, regions):
    DinasFactory(region=regions["Padang"], member=UserFactory())
    sign_in(client, officer(roles.AUDITOR))

    assert page(client, event).status_code == 200
    assert 'method="post" action="/admin/training' not in page(client, event).text
    assert client.post(address(event, "coverage_invite")).status_code == 403
    assert not Notification.objects.exists()

    sign_in(client, organizer(roles.BDI_ADMIN, UnitFactory()))
    for name in ("coverage", "coverage_invite", "coverage_export"):
        assert client.get(address(event, name)).status_code in {404, 405}
        assert client.post(address(event, name)).status_code in {404, 405}


def test_the_page_costs_the_same_for_one_and_for_many(client, event, regions):
    series = Series.objects.create(name="Bimtek 2026", slug="bimtek-2026")
    type(event).objects.filter(pk=event.pk).update(series=series)
    holder(client, event)
    send(event, regions["Padang"])
    paths = [address(event, "coverage"), f"{address(event, 'coverage')}?lingkup=rangkaian"]

    def queries():
        counts = []
        for path in paths:
            client.get(path)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(path).status_code == 200
            counts.append(len(captured))
        return counts

    before = queries()
    for n in range(1, 6):
        region = RegionFactory(code=f"13.0{n}", name=f"Kabupaten {n}")
        DinasFactory(region=region, member=UserFactory())
        send(event, region)
        EventFactory(series=series, regions=[region])

    assert queries() == before
    assert max(before) <= 15
