"""What the documents promise and a machine can check: files, commands and variables exist."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
CODE = "\n".join(
    (ROOT / "config" / name).read_text() for name in ["settings.py", "gunicorn.py", "embedded.py"]
)
READ_BY_NAME = r'environment\.(?!choice)\w+\(\s*"([A-Z_]+)"|environment\.choice\("([A-Z_]+)"'


def of(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("document", DOCUMENTS, ids=of)
def test_the_files_it_names_are_there(document):
    text = document.read_text()
    named = re.findall(r"`((?:[\w-]+/)+[\w.-]+\.(?:py|csv|md|html|css|js))`", text)
    linked = re.findall(r"\]\((?!http|#)([^)#]+)", text)

    lost = [name for name in named if not (ROOT / name).exists()]
    lost += [name for name in linked if not (document.parent / name).exists()]
    assert lost == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=of)
def test_the_commands_it_names_are_there(document):
    named = re.findall(r"manage\.py ([a-z_]+)", document.read_text())

    assert set(named) - set(get_commands()) == set()


def test_every_variable_of_the_environment_is_described():
    text = (ROOT / "docs" / "deployment.md").read_text()
    table = text.split("## Environment", 1)[1].split("\n## ", 1)[0]
    described = set(re.findall(r"`([A-Z]{2,}[A-Z_]+)`", table))

    read = {name for pair in re.findall(READ_BY_NAME, CODE) for name in pair if name}
    read |= set(re.findall(r'environ\.get\("([A-Z_]+)"', CODE))

    assert read - described == set()


def test_every_compulsory_variable_is_marked():
    text = (ROOT / "docs" / "deployment.md").read_text()
    needed = set(re.findall(r'"([A-Z_]+)",\s*(?:environment\.)?REQUIRED', CODE))

    assert needed
    assert {name for name in needed if f"`{name}` •" not in text} == set()
