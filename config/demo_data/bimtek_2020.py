"""The Bimtek of Regional 2 on 22 and 23 June 2020, as the newspaper told it (``sources/004``).

Five provinces, 330 participants, 12 companies and associations, on Zoom, held by BDI Padang. Event,
days, speakers and numbers are the published ones; the participants are invented.
"""

from datetime import UTC, date, datetime, timedelta

from config.demo_data.attendees import (
    COMPANIES,
    accounts,
    apparatus,
    from_company,
    regencies_of,
)
from config.demo_data.bimtek_zoom import record_report
from config.demo_data.clock import at, moment
from programs.models import Organization, Program, Region
from training.enums import (
    ASPECTS_OF_THE_EVENT,
    AudienceKind,
    EventKind,
    SpeakerRole,
)
from training.models import Attendance, Evaluation, EvaluationScore, Event, Series
from training.workflow import certificates, results
from training.workflow import event as events
from training.workflow.registration import register_by_officer

PROVINCES = ["13", "15", "17", "16", "19"]
PARTICIPANTS = 330
# Three kabupaten sent nobody: the map shows them.
SENT_NOBODY = ["13.09", "15.05", "16.13"]
FIRST_DAY, LAST_DAY = date(2020, 6, 22), date(2020, 6, 23)
MODERATOR = (
    "Dadi Marhadi",
    "Kepala Pusat Pendidikan dan Pelatihan Industri",
    "BPSDMI Kementerian Perindustrian",
)
SESSIONS = [
    (
        "Pembukaan dan kebijakan pengembangan SDM industri di masa pandemi",
        FIRST_DAY, 9, 0, 2,
        [
            ("Iken Retnowulan", "Kepala Pusat Pengembangan Pendidikan Kejuruan dan Vokasi Industri",
             "BPSDMI Kementerian Perindustrian"),
            ("Surya Agusman", "Kepala Balai Diklat Industri Padang", "Kementerian Perindustrian"),
        ],
    ),
    (
        "Kebijakan industri agro menghadapi kenormalan baru",
        FIRST_DAY, 13, 0, 2,
        [("Emil Satria", "Sekretaris Direktorat Jenderal Industri Agro",
          "Kementerian Perindustrian")],
    ),
    (
        "Pembinaan IKM kimia, sandang, kerajinan, dan industri aneka",
        LAST_DAY, 9, 0, 2,
        [("E. Ratna Utarianingrum",
          "Direktur Industri Kecil dan Menengah Kimia, Sandang, Kerajinan dan Industri Aneka",
          "Kementerian Perindustrian")],
    ),
    (
        "Regulasi perindustrian dan pendampingan pelaku industri di daerah",
        LAST_DAY, 13, 0, 2,
        [
            ("Feby Setyo Hariyono", "Kepala Biro Hukum", "Kementerian Perindustrian"),
            ("Yafid Hafizh", "Widyaiswara", "Balai Diklat Industri Padang"),
        ],
    ),
]  # fmt: skip


def bimtek_of_regional_2(officers):
    """The whole event, from its announcement to 300 certificates."""
    by = officers["bdi"]
    with at(moment(date(2020, 6, 8))):
        event = _announce(by)
    with at(moment(date(2020, 6, 15))):
        people = _register(event, by)
    with at(_at(FIRST_DAY, 9, 0)):
        event = events.start(event)
    with at(_at(FIRST_DAY, 16, 0)):
        _attend(event, people, by)
    with at(_at(LAST_DAY, 15, 0)):
        event = events.end(event)
    with at(moment(date(2020, 6, 25))):
        _evaluate(event, people)
        event = results.conclude(event, by=by)
        certificates.order_certificates(event, by=by, now=_at(date(2020, 6, 25), 9, 0))
        while certificates.issue_next_batch(event.pk, today=date(2020, 6, 25)):
            pass
    with at(moment(date(2020, 7, 10))):
        event.refresh_from_db()
        return events.archive(event, by=by)


def _at(day, hour, minute):
    """A moment in Padang and Jakarta (WIB)."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


def _announce(by):
    event = Event(
        unit=Organization.objects.get(satker_code="579343"),
        kind=EventKind.BIMTEK,
        title="Bimtek aparatur industri Regional 2",
        slug="bimtek-regional-2-2020",
        series=Series.objects.create(
            name="Bimtek aparatur industri daerah 2020", slug="bimtek-aparatur-2020"
        ),
        program=Program.objects.get(slug="bimtek-aparatur"),
        summary=(
            "Transfer pengetahuan dan penyamaan persepsi aparatur industri pusat dan daerah "
            "tentang kebijakan industri pada masa pandemi Covid-19."
        ),
        online_url="https://zoom.example/j/2206202000",
        audience_kinds=[AudienceKind.APPARATUS, AudienceKind.COMPANY],
        capacity=350,
        opens_at=_at(date(2020, 6, 8), 9, 0),
        closes_at=_at(date(2020, 6, 21), 16, 0),
        evaluation_closes_at=_at(date(2020, 6, 30), 16, 0),
        certificate_code="BIMTEK",
        contact="Panitia BDI Padang, bdi-padang@bina.example",
    )
    event.full_clean()
    event.save()
    event.regions.set(Region.objects.filter(code__in=PROVINCES))
    for number, (title, day, hour, minute, jp, speakers) in enumerate(SESSIONS, 1):
        begins = _at(day, hour, minute)
        session = event.sessions.create(
            number=number,
            title=title,
            starts_at=begins,
            ends_at=begins + timedelta(minutes=105),
            jp=jp,
            check_in_opens_at=begins,
            check_in_closes_at=begins + timedelta(minutes=20),
        )
        for name, position, institution in speakers:
            session.speakers.create(name=name, position=position, institution=institution)
        name, position, institution = MODERATOR
        session.speakers.create(
            role=SpeakerRole.MODERATOR, name=name, position=position, institution=institution
        )
    return events.publish(event, by=by)


def _register(event, by):
    users = accounts("bimtek", PARTICIPANTS)
    regencies = regencies_of(PROVINCES, leave_out=SENT_NOBODY)
    people = []
    for number, user in enumerate(users):
        region = regencies[number % len(regencies)]
        answers = from_company if number < len(COMPANIES) else apparatus
        people.append((user, answers(number, user, region)))
    return register_by_officer(event, people, by=by, now=moment(date(2020, 6, 15)))


def _attend(event, people, by):
    """Nine of ten were there all the time; the others missed something, a few everything.

    The first session is known from the report of Zoom, the others from the codes that were typed.
    """
    first, *others = event.sessions.all()
    came = [one for one in people if one.arrival % 41]
    record_report(first, came, by=by)
    rows = []
    for session in others:
        for registration in came:
            if registration.arrival % 12 or session.number % 2:
                typed = session.starts_at + timedelta(seconds=registration.arrival * 3)
                rows.append(
                    Attendance(registration=registration, session=session, checked_in_at=typed)
                )
    Attendance.objects.bulk_create(rows, batch_size=1000)


def _evaluate(event, people):
    """Those who came say what they think of the event. Of the speakers, who are real, nothing is
    invented."""
    came = [one for one in people if one.arrival % 41 and one.arrival % 17]
    forms = Evaluation.objects.bulk_create(
        [
            Evaluation(
                registration=one,
                comment="Mohon bahan dikirim sebelum acara." if one.arrival % 9 == 0 else "",
            )
            for one in came
        ]
    )
    scores = []
    for form in forms:
        for turn, aspect in enumerate(ASPECTS_OF_THE_EVENT):
            mark = 3 + (form.registration.arrival + turn) % 3
            scores.append(EvaluationScore(evaluation=form, aspect=aspect, score=mark))
    EvaluationScore.objects.bulk_create(scores, batch_size=2000)
