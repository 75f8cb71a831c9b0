import base64
import threading

import pytest
from django.core.exceptions import FieldError
from django.db import connection

from programs.models import IkmProfile
from programs.sealed import SealBroken, blind_index, seal, unseal
from tests.factories.programs import IkmFactory

OLD, NEW = b"o" * 32, b"n" * 32
NIK = "1375010203840003"
FIELD = IkmProfile._meta.get_field("owner_nik")


def column(profile):
    """What is really in the table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT owner_nik FROM programs_ikmprofile WHERE id = %s", [profile.pk])
        return cursor.fetchone()[0]


@pytest.fixture(autouse=True)
def _keys(settings):
    settings.FIELD_KEYS = {"k1": OLD}
    settings.BLIND_INDEX_KEY = b"b" * 32


def test_what_was_sealed_is_opened_in_the_same_place():
    token = seal("rahasia – é", context="a.b")

    assert token.startswith("k1$")
    assert "rahasia" not in token
    assert unseal(token, context="a.b") == "rahasia – é"


def test_the_same_text_is_never_sealed_the_same_way_twice():
    assert seal(NIK, context="a.b") != seal(NIK, context="a.b")


def test_a_token_moved_to_another_column_stays_closed():
    with pytest.raises(SealBroken, match=r"not sealed for a\.c"):
        unseal(seal(NIK, context="a.b"), context="a.c")


def test_a_changed_token_stays_closed():
    locked = bytearray(base64.b64decode(seal(NIK, context="a.b").partition("$")[2]))
    locked[-1] ^= 1

    with pytest.raises(SealBroken, match="was changed"):
        unseal(f"k1${base64.b64encode(locked).decode()}", context="a.b")


@pytest.mark.parametrize("token", ["k1$", "k1$###", "k1$AAAA", "k1"])
def test_half_a_token_stays_closed(token):
    with pytest.raises(SealBroken):
        unseal(token, context="a.b")


def test_a_secret_that_was_never_sealed_is_not_repeated_in_the_error():
    with pytest.raises(SealBroken) as broken:
        unseal(NIK, context="a.b")

    assert NIK not in str(broken.value)


def test_after_a_new_key_old_texts_still_open_and_new_ones_use_it(settings):
    old_token = seal(NIK, context="a.b")
    settings.FIELD_KEYS = {"k2": NEW, "k1": OLD}

    assert unseal(old_token, context="a.b") == NIK
    assert seal(NIK, context="a.b").startswith("k2$")


def test_keys_may_be_given_as_pairs(settings):
    settings.FIELD_KEYS = [("k2", NEW), ("k1", OLD)]

    assert seal(NIK, context="a.b").startswith("k2$")


def test_without_its_key_a_text_stays_closed(settings):
    token = seal(NIK, context="a.b")
    settings.FIELD_KEYS = {"k2": NEW}

    with pytest.raises(SealBroken, match="No key in FIELD_KEYS"):
        unseal(token, context="a.b")


def test_the_blind_index_depends_on_value_purpose_and_key(settings):
    first = blind_index(NIK, purpose="nik")

    assert first == blind_index(NIK, purpose="nik")
    assert len(first) == 64
    assert first != blind_index(NIK[:-1], purpose="nik")
    assert first != blind_index(NIK, purpose="account")
    settings.BLIND_INDEX_KEY = b"c" * 32
    assert first != blind_index(NIK, purpose="nik")


def test_changing_the_field_keys_leaves_the_blind_index_alone(settings):
    first = blind_index(NIK, purpose="nik")
    settings.FIELD_KEYS = {"k2": NEW}

    assert blind_index(NIK, purpose="nik") == first


@pytest.mark.parametrize("lookup", ["", "__contains", "__in", "__gt", "__unaccent", "__regex"])
def test_a_sealed_column_cannot_be_searched(lookup):
    with pytest.raises(FieldError, match="filter its blind index"):
        IkmProfile.objects.filter(**{f"owner_nik{lookup}": NIK})


def test_nothing_stays_nothing():
    assert FIELD.get_prep_value(None) is None
    assert FIELD.get_prep_value("") == ""
    assert FIELD.from_db_value(None, None, None) is None
    assert FIELD.from_db_value("", None, None) == ""


def test_other_threads_never_read_a_token_while_one_validates_and_saves():
    """The fault of django-fernet-encrypted-fields: a form in one thread, ciphertext in others."""
    tokens = [FIELD.get_prep_value(NIK) for _ in range(20)]
    stop, wrong = threading.Event(), []

    def validate():
        while not stop.is_set():
            profile = IkmProfile(owner_nik=NIK)
            FIELD.clean(profile.owner_nik, profile)
            FIELD.get_db_prep_save(profile.owner_nik, connection)
            if profile.owner_nik != NIK:
                wrong.append(profile.owner_nik)

    def read():
        for _ in range(200):
            wrong.extend(
                text
                for text in (FIELD.from_db_value(token, None, connection) for token in tokens)
                if text != NIK
            )

    writer = threading.Thread(target=validate)
    readers = [threading.Thread(target=read) for _ in range(4)]
    for thread in [writer, *readers]:
        thread.start()
    for thread in readers:
        thread.join()
    stop.set()
    writer.join()

    assert wrong == []


@pytest.mark.django_db
def test_the_database_holds_only_the_token():
    profile = IkmFactory().ikm
    profile.set_nik(NIK)
    profile.save()

    assert column(profile).startswith("k1$")
    assert NIK not in column(profile)
    assert IkmProfile.objects.get(pk=profile.pk).owner_nik == NIK
    assert IkmProfile.objects.values_list("owner_nik", flat=True).get(pk=profile.pk) == NIK


@pytest.mark.django_db
def test_a_person_is_found_again_by_the_blind_index():
    profile = IkmFactory().ikm
    profile.set_nik(NIK)
    profile.save()

    found = IkmProfile.objects.get(owner_nik_index=blind_index(NIK, purpose="nik"))

    assert found == profile
    assert IkmProfile.objects.filter(owner_nik__isnull=False, pk=profile.pk).exists()


@pytest.mark.django_db
def test_saving_seals_anew_with_the_current_key(settings):
    profile = IkmFactory().ikm
    profile.set_nik(NIK)
    profile.save()
    settings.FIELD_KEYS = {"k2": NEW, "k1": OLD}

    IkmProfile.objects.get(pk=profile.pk).save()

    assert column(profile).startswith("k2$")
    settings.FIELD_KEYS = {"k2": NEW}
    assert IkmProfile.objects.get(pk=profile.pk).owner_nik == NIK


@pytest.mark.django_db
def test_many_can_be_saved_at_once():
    profiles = [IkmFactory().ikm, IkmFactory().ikm]
    for profile in profiles:
        profile.set_nik(NIK)

    IkmProfile.objects.bulk_update(profiles, ["owner_nik"])

    assert [column(profile)[:3] for profile in profiles] == ["k1$", "k1$"]
    assert column(profiles[0]) != column(profiles[1])
    assert IkmProfile.objects.get(pk=profiles[0].pk).owner_nik == NIK
