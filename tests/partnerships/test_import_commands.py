"""The commands that import schools, companies and agreements."""

import pytest
from django.core.management import CommandError, call_command

from partnerships.models import Agreement, SchoolProfile
from programs import roles
from programs.models import Organization, User
from tests.factories.partnerships import (
    CompetenceFactory,
    PartnerFactory,
    PhaseFactory,
    SchoolFactory,
)
from tests.factories.programs import RegionFactory, officer
from tests.import_files import csv_of
from tests.partnerships import test_agreement_import as agreements
from tests.partnerships import test_party_imports as parties

pytestmark = pytest.mark.django_db


@pytest.fixture
def schools_file(tmp_path):
    RegionFactory()
    CompetenceFactory()
    CompetenceFactory(code="1.4.2", name="Teknik Pengelasan")
    path = tmp_path / "smk.csv"
    path.write_bytes(parties.schools(parties.school()).getvalue())
    return path


def run(capsys, *arguments):
    call_command(*map(str, arguments))
    return capsys.readouterr().out


def test_a_command_previews_commits_and_repeats_without_doubling(schools_file, capsys):
    told = run(capsys, "import_schools", schools_file)
    assert "1 dapat dicatat, 0 dapat diperbarui, 0 sudah tercatat, 0 ditolak." in told
    assert "Ini pratinjau." in told
    assert not Organization.objects.exists()

    assert "1 dicatat" in run(capsys, "import_schools", schools_file, "--commit")
    assert "0 dicatat, 0 diperbarui, 1 sudah" in run(
        capsys, "import_schools", schools_file, "--commit"
    )
    assert SchoolProfile.objects.count() == 1


def test_agreements_are_recorded_in_the_name_of_an_officer_or_of_the_system(tmp_path, capsys):
    PhaseFactory()
    SchoolFactory(npsn=agreements.NPSN)
    PartnerFactory(nib=agreements.NIB)
    path, by = tmp_path / "pks.csv", officer(roles.BPSDMI_OFFICER)
    columns = agreements.COLUMNS
    path.write_bytes(csv_of(columns, agreements.line()).getvalue())

    run(capsys, "import_agreements", path, "--commit", "--by", by.email)
    assert Agreement.objects.get().proposed_by == by

    later = agreements.line(nomor_pks="2", mulai="2028-01-01", berakhir="2029-01-01")
    path.write_bytes(csv_of(columns, later).getvalue())
    run(capsys, "import_agreements", path, "--commit")
    robot = Agreement.objects.get(number="2").proposed_by
    assert (robot.name, robot.is_active) == ("Sistem (impor kemitraan)", False)


def test_a_command_ends_in_failure_when_a_row_is_refused(tmp_path, capsys):
    path = tmp_path / "perusahaan.csv"
    path.write_bytes(parties.companies(parties.company(nib="1")).getvalue())

    with pytest.raises(CommandError, match="1 baris ditolak; tidak ada yang dicatat") as failure:
        run(capsys, "import_companies", path, "--commit")

    assert failure.value.returncode == 1
    assert "Baris 2, kolom nib: NIB harus 13 angka" in capsys.readouterr().out
    assert not User.objects.exists()


def test_a_command_takes_no_stranger_as_its_doer(schools_file, capsys):
    with pytest.raises(CommandError, match="bukan petugas yang dapat mengimpor data kemitraan"):
        run(
            capsys,
            *("import_schools", schools_file, "--commit", "--by", officer(roles.AUDITOR).email),
        )


def test_a_command_needs_a_file_it_can_read(tmp_path, capsys):
    with pytest.raises(CommandError, match="tidak dapat dibuka"):
        run(capsys, "import_schools", tmp_path / "nihil.csv")
    (tmp_path / "kosong.csv").write_text("")
    with pytest.raises(CommandError, match="Tidak ada baris data"):
        run(capsys, "import_agreements", tmp_path / "kosong.csv")
