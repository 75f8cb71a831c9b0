"""What is done under an agreement: activities, reports, their evaluation."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from partnerships.enums import AgreementStatus, ScopeKind, Side
from partnerships.workflow import cooperation
from programs import roles
from programs.transitions import TransitionNotAllowed
from programs.uploads import accept_table
from tests.factories.partnerships import AgreementFactory, ReportFactory
from tests.factories.programs import UserFactory, officer
from tests.factories.subsidy_stages import day

pytestmark = pytest.mark.django_db
S = AgreementStatus
TODAY = day(0)


def record(agreement, **values):
    return cooperation.record_activity(
        agreement,
        by=UserFactory(),
        side=Side.COMPANY,
        today=TODAY,
        values={
            "kind": ScopeKind.INTERNSHIP,
            "starts_on": day(-20),
            "ends_on": day(-5),
            "description": "PKL kelas XI di lini permesinan",
            "quantity": 24,
        }
        | values,
    )


def test_what_was_done_is_summed_against_its_kind():
    agreement = AgreementFactory(status=S.ACTIVE)
    record(agreement)
    record(agreement, quantity=6)
    record(agreement, kind=ScopeKind.EQUIPMENT, quantity=1, value=75_000_000)

    assert cooperation.realized(agreement) == {
        ScopeKind.INTERNSHIP: (30, 0),
        ScopeKind.EQUIPMENT: (1, 75_000_000),
    }


def test_what_was_taken_back_no_longer_counts_and_stays_on_record():
    agreement = AgreementFactory(status=S.ACTIVE)
    activity = record(agreement)

    cooperation.withdraw_activity(activity, by=UserFactory(), reason="Tercatat dua kali.")

    assert cooperation.realized(agreement) == {}
    assert agreement.activities.get().withdrawn_reason == "Tercatat dua kali."
    assert "Tercatat dua kali." in agreement.history.last().reason
    with pytest.raises(TransitionNotAllowed, match="sudah dibatalkan"):
        cooperation.withdraw_activity(activity, by=UserFactory(), reason="Lagi.")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"starts_on": day(1), "ends_on": day(2)}, "tanggal mulainya belum tiba"),
        ({"starts_on": day(-900), "ends_on": day(-890)}, "dalam masa berlaku"),
    ],
)
def test_an_activity_lies_in_the_term_and_in_the_past(values, words):
    with pytest.raises(TransitionNotAllowed, match=words):
        record(AgreementFactory(status=S.ACTIVE), **values)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"quantity": 0}, "paling sedikit 1"),
        ({"ends_on": day(-30)}, "pada atau sesudah hari mulainya"),
        ({"value": 5_000_000}, "hanya untuk peralatan dan beasiswa"),
    ],
)
def test_an_impossible_activity_is_told_in_words(values, words):
    with pytest.raises(ValidationError, match=words):
        record(AgreementFactory(status=S.ACTIVE), **values)


@pytest.mark.parametrize("status", [S.PROPOSED, S.DRAFTING, S.READY, S.DECLINED])
def test_nothing_is_recorded_before_the_signatures(status):
    with pytest.raises(TransitionNotAllowed, match="setelah perjanjian ditandatangani"):
        record(AgreementFactory(status=status))


def test_the_evidence_is_kept_with_the_activity():
    agreement = AgreementFactory(status=S.ACTIVE)
    file = accept_table("daftar hadir.csv", b"nama\nSiti\n")

    activity = cooperation.record_activity(
        agreement,
        by=UserFactory(),
        side=None,
        today=TODAY,
        evidence=file,
        values={
            "kind": ScopeKind.VISIT,
            "starts_on": day(-20),
            "ends_on": day(-20),
            "description": "Kunjungan pabrik",
            "quantity": 1,
        },
    )

    assert activity.evidence.name == "daftar hadir.csv"


def test_a_report_is_filed_once_and_officers_are_told():
    steering = officer(roles.BPSDMI_OFFICER)
    report = ReportFactory()

    filed = cooperation.file_report(
        report, by=UserFactory(), side=Side.SCHOOL, summary="PKL 24 siswa berjalan."
    )

    assert filed.filed_at
    assert filed.side == Side.SCHOOL
    assert "Laporan PKS masuk" in steering.notifications.get().subject
    with pytest.raises(TransitionNotAllowed, match="sudah diisi"):
        cooperation.file_report(report, by=UserFactory(), side=Side.COMPANY, summary="Lagi.")


def test_a_report_without_words_is_refused():
    with pytest.raises(ValidationError, match="Tulis apa yang sudah berjalan"):
        cooperation.file_report(ReportFactory(), by=UserFactory(), side=Side.SCHOOL, summary="")


def test_a_report_wakes_a_dormant_agreement():
    report = ReportFactory(agreement=AgreementFactory(status=S.DORMANT))

    filed = cooperation.file_report(
        report, by=UserFactory(), side=Side.COMPANY, summary="Kegiatan dimulai lagi."
    )

    assert filed.agreement.status == S.ACTIVE
    assert filed.agreement.history.last().action == "wake"


def test_an_evaluation_has_a_score_and_words_and_both_sides_read_it():
    person = UserFactory()
    report = ReportFactory(
        agreement=AgreementFactory(status=S.ACTIVE, company_person=person), filed_by=UserFactory()
    )
    by = officer(roles.BPSDMI_OFFICER)

    with pytest.raises(ValidationError, match="nilai 1 sampai 5"):
        cooperation.evaluate(report, by=by, score=6, evaluation="Baik.")
    cooperation.evaluate(report, by=by, score=4, evaluation="Tambah magang guru.")

    assert "Tambah magang guru." in person.notifications.get().body


def test_a_report_that_was_not_filed_is_not_evaluated():
    with pytest.raises(TransitionNotAllowed, match="belum diisi"):
        cooperation.evaluate(ReportFactory(), by=UserFactory(), score=3, evaluation="Cukup.")


def test_an_activity_after_the_end_of_a_terminated_agreement_is_refused():
    agreement = AgreementFactory(status=S.TERMINATED)
    late = agreement.terminated_on + timedelta(days=1)

    with pytest.raises(TransitionNotAllowed, match="dalam masa berlaku"):
        record(agreement, starts_on=late, ends_on=late)
