"""The command that registers a list of people for an event."""

import pytest
from django.core.management import CommandError, call_command

from programs import roles
from tests.factories.programs import RegionFactory
from tests.factories.training import EventFactory, organizer
from tests.training.test_registration_import import HEADING, line
from training.models import Registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    RegionFactory()
    return EventFactory(audience_kinds=["APPARATUS"])


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "peserta.csv"
    path.write_text("\n".join([HEADING, line(), line(email="budi@dinas.example")]))
    return path


def run(capsys, *arguments):
    call_command("import_registrations", *map(str, arguments))
    return capsys.readouterr().out


def test_the_command_previews_and_commits(event, file, capsys):
    told = run(capsys, file, "--event", event.slug)
    assert "Baris 2: Siti Rahmah, S.T., mendapat tempat." in told
    assert "2 dapat didaftarkan (2 mendapat tempat, 0 di daftar tunggu)" in told
    assert "Ini pratinjau." in told
    assert not Registration.objects.exists()

    told = run(capsys, file, "--event", event.slug, "--commit")
    assert "2 didaftarkan" in told
    assert {row.registered_by.name for row in Registration.objects.all()} == {
        "Sistem (impor peserta)"
    }

    assert "2 sudah terdaftar" in run(capsys, file, "--event", event.slug, "--commit")


def test_the_command_ends_with_an_error_when_a_row_is_refused(event, file, capsys):
    file.write_text("\n".join([HEADING, line(email="keliru")]))

    with pytest.raises(CommandError, match="1 baris ditolak; tidak ada yang didaftarkan"):
        run(capsys, file, "--event", event.slug, "--commit")

    assert "Baris 2, kolom email" in capsys.readouterr().out


def test_the_command_names_the_officer(event, file, capsys):
    officer = organizer(roles.BDI_ADMIN, event.unit)

    run(capsys, file, "--event", event.slug, "--commit", "--by", officer.email)

    assert {row.registered_by for row in Registration.objects.all()} == {officer}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--event", "tidak-ada"], "Tidak ada kegiatan dengan alamat tidak-ada"),
        (["--commit", "--by", "siapa@contoh.id"], "bukan petugas yang menyelenggarakan"),
    ],
)
def test_the_command_explains_what_is_wrong(event, file, capsys, arguments, words):
    if "--event" not in arguments:
        arguments = ["--event", event.slug, *arguments]

    with pytest.raises(CommandError, match=words):
        run(capsys, file, *arguments)


def test_the_command_needs_a_file_it_can_read(event, tmp_path, capsys):
    with pytest.raises(CommandError, match="tidak dapat dibuka"):
        run(capsys, tmp_path / "nihil.csv", "--event", event.slug)
    (tmp_path / "kosong.csv").write_text("")
    with pytest.raises(CommandError, match="Tidak ada baris data"):
        run(capsys, tmp_path / "kosong.csv", "--event", event.slug)
