"""The shades of the map of provinces, and what its legend says of them."""

import pytest

from programs import tile_map

PLACES = [place.code for place in tile_map.places()]


def drawn(amounts, unit="IKM"):
    tiles, legend = tile_map.amount_tiles(dict(zip(PLACES, amounts, strict=False)), unit)
    return [tile.shade for tile in tiles], dict(legend)


def test_a_few_large_provinces_do_not_make_the_rest_look_alike():
    shades, legend = drawn([1, 2, 3, 4, 5, 6, 7, 100_000])

    assert shades[:8] == ["q1", "q1", "q2", "q2", "q3", "q3", "q4", "q4"]
    assert legend["q4"] == "7 sampai 100.000 IKM"


def test_a_province_with_nothing_has_the_lightest_shade_whatever_the_others_have():
    shades, legend = drawn([9])

    assert shades == ["q4", *["q0"] * 37]
    assert legend == {"q0": "0 IKM", "q4": "9 IKM"}


def test_the_same_amount_has_the_same_shade():
    shades, _ = drawn([1, 5, 5, 5, 5])

    assert shades[0] != shades[1] == shades[4]


def test_before_anything_is_counted_the_whole_map_is_light():
    assert drawn([]) == (["q0"] * 38, {"q0": "0 IKM"})


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "0"),
        (9_400, "9.400"),
        (12_500, "12 rb"),
        (999_999, "1.000 rb"),
        (1_250_000, "1,2 jt"),
        (48_700_000, "49 jt"),
        (3_270_000_000, "3,3 M"),
    ],
)
def test_a_tile_has_room_for_a_few_letters(amount, words):
    tiles, _ = tile_map.amount_tiles({PLACES[0]: amount}, "rupiah")

    assert tiles[0].figure == words


def test_what_a_tile_says_is_the_whole_amount():
    tiles, _ = tile_map.amount_tiles({"11": 3_270_000_000}, "rupiah")

    assert [tile.words for tile in tiles if tile.place.code == "11"] == ["Aceh: Rp3.270.000.000"]
