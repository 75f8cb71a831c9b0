"""Production as its operators meet it: by environment variables, in a process of its own."""

import base64
import os
import subprocess
import sys

import pytest

from config.embedded import BASE_DIR

KEY = base64.b64encode(b"0" * 32).decode()


@pytest.fixture
def production(tmp_path):
    """A complete environment. The servers are those of this test run."""
    kept = {name: os.environ[name] for name in ("PATH", "DATABASE_URL", "REDIS_URL")}
    return {
        **kept,
        "BINA_ENV": "production",
        "SECRET_KEY": base64.b64encode(os.urandom(48)).decode(),
        "FIELD_KEYS": f"k1:{KEY}",
        "BLIND_INDEX_KEY": KEY,
        "BASE_URL": "https://bina.example.go.id",
        "ALLOWED_HOSTS": "bina.example.go.id",
        "EMAIL_URL": "smtps://bina:rahasia@mail.example.go.id",
        "DEFAULT_FROM_EMAIL": "Bina Industri <bina@example.go.id>",
        "HELP_EMAIL": "bantuan@example.go.id",
        "MEDIA_ROOT": str(tmp_path / "media"),
        "STATIC_ROOT": str(tmp_path / "static"),
    }


def manage(environment, *command):
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_djangos_checklist_for_production_finds_nothing(production):
    done = manage(production, "check", "--deploy", "--fail-level", "WARNING")

    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues" in done.stdout


@pytest.mark.parametrize(
    "name",
    [
        "SECRET_KEY",
        "FIELD_KEYS",
        "BLIND_INDEX_KEY",
        "BASE_URL",
        "ALLOWED_HOSTS",
        "EMAIL_URL",
        "DEFAULT_FROM_EMAIL",
        "MEDIA_ROOT",
        "DATABASE_URL",
        "REDIS_URL",
    ],
)
def test_a_missing_value_stops_the_start_with_one_sentence(production, name):
    lacking = {key: value for key, value in production.items() if key != name}

    done = manage(lacking, "check")

    assert done.returncode == 1
    assert done.stderr.startswith("Cannot start: ")
    assert f"{name} is not set" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["BINA_DEMO", "DEBUG"])
def test_what_opens_the_system_to_anybody_is_refused(production, name):
    done = manage({**production, name: "1"}, "check")

    assert done.returncode == 1
    assert "have no place in production" in done.stderr


def test_an_environment_that_nobody_knows_is_refused(production):
    done = manage({**production, "BINA_ENV": "prod"}, "check")

    assert "one of: development, production" in done.stderr
