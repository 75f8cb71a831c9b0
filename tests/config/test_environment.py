import base64
import os

import pytest

from config import environment
from config.environment import EnvironmentProblem

KEY = base64.b64encode(bytes(range(32))).decode()


@pytest.fixture
def given(monkeypatch):
    return lambda value: monkeypatch.setenv("WANTED", value)


def test_a_missing_value_says_what_to_set(monkeypatch):
    monkeypatch.delenv("WANTED", raising=False)

    with pytest.raises(EnvironmentProblem, match=r"^WANTED is not set\. Set it to a name\.$"):
        environment.text("WANTED", hint="Set it to a name.")


def test_an_empty_value_is_a_missing_one(given):
    given("  ")

    with pytest.raises(EnvironmentProblem, match="WANTED is not set"):
        environment.text("WANTED")


def test_a_secret_that_is_too_short_is_refused(given):
    given("secret")

    with pytest.raises(EnvironmentProblem, match="50 characters at least"):
        environment.text("WANTED", at_least=50)


@pytest.mark.parametrize(
    ("value", "meaning"), [("1", True), ("TRUE", True), ("no", False), ("0", False), ("", False)]
)
def test_flags(given, value, meaning):
    given(value)

    assert environment.flag("WANTED") is meaning


@pytest.mark.parametrize(
    ("read", "value", "sentence"),
    [
        (environment.flag, "perhaps", "Set it to 1"),
        (lambda name: environment.number(name, 4), "four", "whole number, like 4"),
        (lambda name: environment.choice(name, ["a", "b"], "a"), "c", "one of: a, b"),
        (environment.web_address, "bina.go.id", "WANTED is “bina.go.id”"),
        (environment.web_address, "https://bina.go.id/app", "WANTED is"),
        (environment.key, "too short", "32 bytes in base64"),
        (environment.keys, KEY, "an entry without a name"),
        (environment.keys, f"k1:{KEY},k1:{KEY}", "names k1 twice"),
        (environment.keys, "k1:abc", "32 bytes in base64"),
        (environment.database, "mysql://a@b/c", "not an address of a PostgreSQL server"),
        (environment.database, "postgresql://host/", "which database"),
        (environment.database, "postgresql://user:pw@host/name?nonsense=1", "cannot be read"),
        (environment.queue_and_cache, "amqp://host", "not an address of a Redis or Valkey"),
        (environment.queue_and_cache, "redis://host/nought", "the number of a database"),
        (environment.mail_server, "mail.go.id", "not an address of a mail server"),
        (environment.mail_server, "smtp://host:port", "a port that is not a number"),
    ],
)
def test_a_malformed_value_says_what_to_do(given, read, value, sentence):
    given(value)

    with pytest.raises(EnvironmentProblem, match=sentence):
        read("WANTED")


def test_a_password_is_never_repeated(given):
    given("postgresql://user:geheim@host/name?nonsense=1")

    with pytest.raises(EnvironmentProblem) as problem:
        environment.database("WANTED")

    assert "geheim" not in str(problem.value)


def test_a_database_on_a_socket_and_one_on_a_host(given):
    given("postgresql:///bina?user=bina&host=/run/postgres")
    on_socket = environment.database("WANTED")
    given("postgresql://ikm:p%40ss@db.go.id:6432/bina?sslmode=verify-full")
    on_host = environment.database("WANTED")

    assert (on_socket["HOST"], on_socket["NAME"], on_socket["PORT"]) == (
        "/run/postgres",
        "bina",
        "",
    )
    assert on_host == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "bina",
        "USER": "ikm",
        "PASSWORD": "p@ss",
        "HOST": "db.go.id",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "verify-full"},
    }


@pytest.mark.parametrize(
    ("value", "queue", "cache"),
    [
        (
            "unix:///run/v.sock",
            "redis+socket:///run/v.sock?virtual_host=0",
            "unix:///run/v.sock?db=1",
        ),
        ("redis://host:6379", "redis://host:6379/0", "redis://host:6379/1"),
        ("rediss://:pw@host/4", "rediss://:pw@host/4", "rediss://:pw@host/5"),
    ],
)
def test_queue_and_cache_never_share_a_database(given, value, queue, cache):
    given(value)

    assert environment.queue_and_cache("WANTED") == (queue, cache)


def test_mail_goes_out_encrypted(given):
    given("smtps://bina%40go.id:p%3Aw@mail.go.id")
    settings = environment.mail_server("WANTED")

    assert settings == {
        "EMAIL_HOST": "mail.go.id",
        "EMAIL_PORT": 465,
        "EMAIL_HOST_USER": "bina@go.id",
        "EMAIL_HOST_PASSWORD": "p:w",
        "EMAIL_USE_TLS": False,
        "EMAIL_USE_SSL": True,
    }


def test_the_newest_key_comes_first(given):
    given(f"k2:{KEY},k1:{KEY}")

    assert list(environment.keys("WANTED").items()) == [
        ("k2", bytes(range(32))),
        ("k1", bytes(range(32))),
    ]


def test_a_developers_keys_are_made_once_and_for_the_owner_alone(tmp_path, monkeypatch):
    names = ["SECRET_KEY", "FIELD_KEYS", "BLIND_INDEX_KEY"]

    def made():
        for name in names:
            monkeypatch.delenv(name, raising=False)
        environment.use_development_keys(tmp_path)
        return [os.environ[name] for name in names]

    first, second = made(), made()

    assert first == second
    assert (tmp_path / "keys.json").stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == ["keys.json"]
