import pytest

from programs import confined
from programs.confined import ReaderFailed, read_confined
from tests.programs import readers


def test_the_answer_comes_back():
    assert read_confined(readers.length, b"abc") == {"length": 3}


@pytest.mark.parametrize(
    "reader", [readers.fails, readers.dies, readers.eats_memory, readers.answers_too_much]
)
def test_a_reader_that_comes_to_harm_harms_nobody_else(reader):
    with pytest.raises(ReaderFailed):
        read_confined(reader, b"")


def test_a_reader_that_never_ends_is_ended(monkeypatch):
    monkeypatch.setattr(confined, "SECONDS", 0.2)

    with pytest.raises(ReaderFailed, match="timed out"):
        read_confined(readers.sleeps, b"")


def test_a_reader_does_not_see_our_keys(monkeypatch):
    monkeypatch.setenv("FIELD_KEYS", "k1:geheim")

    assert "FIELD_KEYS" not in read_confined(readers.environment, b"")
