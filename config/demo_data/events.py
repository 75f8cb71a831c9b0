"""Events of this season, one at each stage, so that every page of the training has life."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from config.demo_data.attendees import accounts, apparatus, regencies_of
from config.demo_data.clock import at, moment
from programs.models import Organization, Program, Region
from training.enums import AudienceKind, EventKind, EventMode
from training.models import Attendance, Evaluation, EvaluationScore, Event
from training.workflow import event as workflow
from training.workflow.registration import register_by_officer, register_group

SUMATRA = ["13", "15", "17", "16", "19"]
QUOTAS = {"13": 30, "15": 24, "17": 20, "16": 30, "19": 16}
TAKEN = {"13": 26, "15": 27, "17": 17, "16": 25, "19": 10}  # in Jambi three wait
QUESTIONS = [
    (
        "Siapa yang membayar mesin lebih dahulu pada program restrukturisasi mesin?",
        ["Kementerian membayar penjual", "IKM membayar seluruhnya", "Bank membayar penjual"],
        2,
    ),
    (
        "Berapa angka NIB sebuah usaha?",
        ["13 angka", "15 angka", "16 angka"],
        1,
    ),
    (
        "Apa yang dilakukan pemohon bila berkasnya perlu diperbaiki?",
        ["Mendaftar dari awal", "Menunggu tahun depan", "Menjawab catatan petugas pada berkasnya"],
        3,
    ),
]


def events_of_this_season(officers, calendar):
    bdi, ikma = officers["bdi"], officers["ikma"]
    _open_bimtek(bdi, calendar)
    _webinar_for_ikm(ikma, calendar)
    _workshop_of_today(ikma)
    _finished_bimtek(bdi, calendar)
    _postponed_and_cancelled(bdi, calendar)
    _draft(bdi, calendar)


def _at(day, hour, minute=0):
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def _event(*, unit, opened, closes_at, sessions, regions=(), **details):
    event = Event(
        unit=Organization.objects.get(satker_code=unit),
        opens_at=moment(opened),
        closes_at=closes_at,
        evaluation_closes_at=max(ends for _, _, ends, _ in sessions) + timedelta(days=7),
        **{"certificate_code": "BIMTEK"} | details,
    )
    event.full_clean()
    event.save()
    event.regions.set(Region.objects.filter(code__in=regions))
    for number, (title, starts_at, ends_at, jp) in enumerate(sessions, 1):
        session = event.sessions.create(
            number=number, title=title, starts_at=starts_at, ends_at=ends_at, jp=jp
        )
        session.speakers.create(
            name="Dr. Ratih Contoh, M.T.",
            position="Widyaiswara",
            institution=event.unit.name,
        )
    return event


def _two_days(first, second):
    return [
        ("Kebijakan pembinaan IKM", _at(first, 9), _at(first, 10, 30), 2),
        (
            "Penggantian pembelian mesin: syarat dan berkas",
            _at(first, 10, 45),
            _at(first, 12, 15),
            2,
        ),
        ("Praktik: memeriksa berkas bersama pemohon", _at(first, 13), _at(first, 16), 4),
        ("Mendampingi IKM berjualan daring", _at(second, 9), _at(second, 12), 4),
        ("Rencana tindak lanjut tiap kabupaten/kota", _at(second, 13), _at(second, 16), 4),
    ]


def _open_bimtek(by, calendar):
    """Registration is open; Jambi is full and three people of it wait."""
    first = calendar.ahead(12)
    with at(moment(calendar.ago(10))):
        event = _event(
            unit="579343",
            opened=calendar.ago(10),
            closes_at=_at(calendar.ahead(10), 16),
            sessions=_two_days(first, first + timedelta(days=1)),
            regions=SUMATRA,
            kind=EventKind.BIMTEK,
            title="Pembinaan IKM dan bantuan mesin bagi aparatur Regional II",
            slug=f"bimtek-regional-2-{first.year}",
            program=Program.objects.get(slug="bimtek-aparatur"),
            summary=(
                "Dua hari untuk aparatur dinas perindustrian di Sumatera Barat, Jambi, Bengkulu, "
                "Sumatera Selatan, dan Kepulauan Bangka Belitung."
            ),
            audience_kinds=[AudienceKind.APPARATUS],
            capacity=120,
            quotas_released_on=calendar.ahead(7),
            has_pretest=True,
            has_posttest=True,
            posttest_minimum=60,
            online_url="https://zoom.example/j/1509",
            contact="Panitia BDI Padang, (0751) 000 0000, bdi-padang@bina.example",
        )
        for code, places in QUOTAS.items():
            event.quotas.create(region_id=code, places=places)
        for number, (text, options, correct) in enumerate(QUESTIONS, 1):
            event.questions.create(number=number, text=text, options=options, correct=correct)
        event = workflow.publish(event, by=by)
    with at(moment(calendar.ago(5))):
        users = accounts("regional", sum(TAKEN.values()))
        regencies = {code: regencies_of([code]) for code in TAKEN}
        people, number = [], 0
        for code, count in TAKEN.items():
            for turn in range(count):
                region = regencies[code][turn % (len(regencies[code]) - 1)]
                people.append((users[number], apparatus(number, users[number], region)))
                number += 1
        register_group(event, people, by=by, agency=None, now=moment(calendar.ago(5)))


def _webinar_for_ikm(by, calendar):
    day = calendar.ahead(4)
    with at(moment(calendar.ago(6))):
        event = _event(
            unit="247949",
            opened=calendar.ago(6),
            closes_at=_at(calendar.ahead(3), 16),
            sessions=[
                ("Mengurus sertifikat halal untuk usaha kecil", _at(day, 10), _at(day, 12), 2)
            ],
            kind=EventKind.WEBINAR,
            title="Webinar: sertifikat halal untuk IKM makanan dan minuman",
            slug=f"webinar-halal-{day.year}",
            program=Program.objects.get(slug="webinar-ikm"),
            summary="Dua jam tentang syarat, biaya, dan langkah sertifikasi halal usaha kecil.",
            audience_kinds=[AudienceKind.IKM, AudienceKind.PUBLIC],
            capacity=500,
            certificate_code="WEBINAR",
            online_url="https://zoom.example/j/2710",
            contact="Sekretariat webinar Ditjen IKMA, ikma@bina.example",
        )
        workflow.publish(event, by=by)


def _workshop_of_today(by):
    """Its attendance list is open now, for whoever looks at the demo today."""
    starts_at = timezone.now().replace(minute=0, second=0, microsecond=0)
    today = timezone.localdate()
    with at(starts_at - timedelta(days=14)):
        event = _event(
            unit="247949",
            opened=today - timedelta(days=14),
            closes_at=starts_at - timedelta(hours=2),
            sessions=[
                ("Foto produk dengan ponsel", starts_at, starts_at + timedelta(hours=4), 4),
                (
                    "Menulis halaman produk",
                    starts_at + timedelta(hours=5),
                    starts_at + timedelta(hours=8),
                    4,
                ),
            ],
            kind=EventKind.WORKSHOP,
            title="Lokakarya e-Smart IKM: toko daring pertama",
            slug=f"lokakarya-e-smart-{today:%Y-%m-%d}",
            program=Program.objects.get(slug="e-smart-ikm"),
            summary="Satu hari praktik membuka toko di lokapasar, dari foto produk sampai pesanan.",
            mode=EventMode.HYBRID,
            place="Aula BDI Padang, Jalan Contoh Nomor 1, Padang",
            audience_kinds=[AudienceKind.IKM, AudienceKind.APPARATUS],
            capacity=40,
            certificate_code="ESMART",
            online_url="https://zoom.example/j/3011",
            contact="Sekretariat e-Smart IKM, ikma@bina.example",
        )
        event = workflow.publish(event, by=by)
        users = accounts("lokakarya", 24)
        regencies = regencies_of(["13"])
        register_by_officer(
            event,
            [
                (user, apparatus(400 + n, user, regencies[n % len(regencies)]))
                for n, user in enumerate(users)
            ],
            by=by,
            now=timezone.now(),
        )
    event.sessions.filter(number=1).update(
        check_in_opens_at=starts_at, check_in_closes_at=starts_at + timedelta(hours=4)
    )
    workflow.start(event)


def _finished_bimtek(by, calendar):
    """Over since last week: some have evaluated it, the results are still to be fixed."""
    first = calendar.ago(6)
    with at(moment(calendar.ago(25))):
        event = _event(
            unit="579343",
            opened=calendar.ago(25),
            closes_at=_at(calendar.ago(8), 16),
            sessions=[
                ("Mutu bordir dan sulaman", _at(first, 9), _at(first, 12), 4),
                ("Menghitung harga pokok", _at(first, 13), _at(first, 16), 4),
            ],
            regions=["13"],
            kind=EventKind.BIMTEK,
            title="Bimtek mutu produk bordir bagi pembina IKM Sumatera Barat",
            slug=f"bimtek-bordir-{first.year}",
            program=Program.objects.get(slug="bimtek-aparatur"),
            summary="Satu hari tentang mutu, harga pokok, dan pendampingan perajin bordir.",
            mode=EventMode.PLACE,
            place="Balai Diklat Industri Padang",
            audience_kinds=[AudienceKind.APPARATUS],
            capacity=40,
            contact="Panitia BDI Padang, (0751) 000 0000, bdi-padang@bina.example",
        )
        event = workflow.publish(event, by=by)
        users = accounts("bordir", 36)
        regencies = regencies_of(["13"], leave_out=["13.09"])
        people = register_by_officer(
            event,
            [
                (user, apparatus(500 + n, user, regencies[n % len(regencies)]))
                for n, user in enumerate(users)
            ],
            by=by,
            now=moment(calendar.ago(20)),
        )
    with at(_at(first, 9)):
        event = workflow.start(event)
    Attendance.objects.bulk_create(
        [
            Attendance(registration=one, session=session, checked_in_at=session.starts_at)
            for session in event.sessions.all()
            for one in people
            if one.arrival % 9
        ]
    )
    with at(_at(first, 16)):
        event = workflow.end(event)
    forms = Evaluation.objects.bulk_create(
        [Evaluation(registration=one) for one in people if one.arrival % 3 == 0]
    )
    EvaluationScore.objects.bulk_create(
        [EvaluationScore(evaluation=form, aspect="CONTENT", score=4) for form in forms]
    )


def _postponed_and_cancelled(by, calendar):
    for turn, (title, reason) in enumerate(
        [
            ("Bimtek keamanan pangan bagi pembina IKM", "Narasumber berhalangan."),
            ("Seminar industri karet daerah", "Pendaftar terlalu sedikit."),
        ]
    ):
        day = calendar.ahead(15 + turn)
        with at(moment(calendar.ago(9))):
            event = _event(
                unit="579343",
                opened=calendar.ago(9),
                closes_at=_at(calendar.ahead(12), 16),
                sessions=[("Sesi utama", _at(day, 9), _at(day, 12), 4)],
                regions=SUMATRA,
                kind=EventKind.SEMINAR if turn else EventKind.BIMTEK,
                title=title,
                slug=f"{'seminar-karet' if turn else 'bimtek-pangan'}-{day.year}",
                summary="Setengah hari bersama narasumber dari kementerian dan perguruan tinggi.",
                capacity=60,
                online_url="https://zoom.example/j/99",
                contact="Panitia BDI Padang, bdi-padang@bina.example",
            )
            event = workflow.publish(event, by=by)
        with at(moment(calendar.ago(3))):
            (workflow.cancel if turn else workflow.postpone)(event, by=by, reason=reason)


def _draft(by, calendar):
    day = calendar.ahead(40)
    _event(
        unit="579343",
        opened=calendar.ahead(5),
        closes_at=_at(calendar.ahead(35), 16),
        sessions=[("Pembukaan", _at(day, 9), _at(day, 12), 4)],
        regions=SUMATRA,
        kind=EventKind.BIMTEK,
        title="Bimtek TKDN bagi aparatur Regional II",
        slug=f"bimtek-tkdn-{day.year}",
        summary="Menghitung dan memeriksa tingkat komponen dalam negeri produk IKM.",
        capacity=80,
        contact="Panitia BDI Padang, bdi-padang@bina.example",
    )
