"""Link and match: agreements imported from the launches since 2017, and one at every stage now.

Everything is done by the workflow functions that the pages call. Names are invented, and say so.
"""

from config.demo_data.clock import at, moment
from config.demo_data.evidence import paper
from config.demo_data.link_and_match_cast import A_DAY, Stage
from config.demo_data.link_and_match_files import (
    agreement_rows,
    company_rows,
    record_tables,
    school_rows,
)
from config.demo_data.link_and_match_stories import STORIES
from config.demo_data.memoranda import enter_memoranda
from partnerships.enums import AgreementStatus as S
from partnerships.enums import (
    AmendedField,
    Half,
    Meterai,
    ScopeKind,
    Side,
    Source,
    SuggestionDecision,
)
from partnerships.models import (
    Agreement,
    LaunchPhase,
    Report,
    Suggestion,
)
from partnerships.workflow import agreement as agreements
from partnerships.workflow import (
    amendments,
    clock,
    cooperation,
    figures,
    signing,
    tax_facts,
    text,
)
from programs.models import Region
from programs.papers import paper_file

IMPORTED = {"schools": 60, "companies": 24, "agreements": 110}
TERM_DAYS = {S.ENDING: 730, S.RENEWED: 760, S.ENDED: 730}
USUAL_TERM = 3 * 365
STEPS = [S.MATCHING, S.DRAFTING, S.READY, S.ACTIVE]
LIVED = [S.ACTIVE, S.ENDING, S.DORMANT, S.TERMINATED, S.RENEWED, S.ENDED]


def bring_link_and_match_to_life(officers, *, today):
    """The register of the launches, then every story up to where it stands today."""
    _import_the_launches(officers["bpsdmi"], today)
    stage = Stage(officers, today)
    for story in STORIES:
        _live(story, stage)
    _remember_a_refusal(stage)
    enter_memoranda(by=stage.officer)
    ours = Agreement.objects.live().filter(school__in=[stage.own_school, *stage.schools])
    clock.ask_for_reports(ours, today=today)
    figures.rebuild()


def _import_the_launches(officer, today):
    """What the ministry's tables say of the launches of 2017 to 2019, read as the import does."""
    regions = list(
        Region.objects.filter(kind__in=[Region.Kind.KABUPATEN, Region.Kind.KOTA])
        .order_by("code")
        .values_list("code", flat=True)
    )
    counts = IMPORTED
    record_tables(
        schools=school_rows(regions, count=counts["schools"]),
        companies=company_rows(regions, count=counts["companies"]),
        agreements=agreement_rows(
            count=counts["agreements"], schools=counts["schools"], companies=counts["companies"]
        ),
        by=officer,
        today=today,
    )


def _live(story, stage):
    school, company = stage.school(story.school), stage.company(story.company)
    people = {Side.SCHOOL: stage.person_of(school), Side.COMPANY: stage.person_of(company)}
    proposer = Side.COMPANY if story.source == Source.COMPANY else Side.SCHOOL
    answerer = Side.SCHOOL if proposer == Side.COMPANY else Side.COMPANY
    with at(moment(stage.day(story.proposed))):
        agreement = agreements.propose(
            school=school,
            company=company,
            competences=[stage.competences[story.competence]],
            by=people[proposer],
            source=story.source,
            purpose=(
                f"Menyiapkan lulusan {stage.competences[story.competence].name.lower()} yang "
                "sesuai dengan kebutuhan industri."
            ),
            scope=[
                (ScopeKind.INTERNSHIP, 30, "Praktik kerja lapangan enam bulan"),
                (ScopeKind.GUEST_TEACHER, 6, ""),
                (ScopeKind.CERTIFICATION, 24, "Uji kompetensi bersama LSP"),
            ],
            phase=LaunchPhase.objects.filter(number=10).first(),
        )
    if story.reaches == S.DECLINED:
        with at(moment(stage.day(story.proposed - 3))):
            return agreements.decline(
                agreement, by=people[answerer], reason="Kuota PKL tahun ini sudah penuh."
            )
    if story.reaches == S.WITHDRAWN:
        with at(moment(stage.day(story.proposed - 5))):
            return agreements.withdraw(
                agreement, by=people[proposer], reason="Jurusan ini ditutup tahun depan."
            )
    return _go_on(story, stage, agreement, people, answerer)


def _go_on(story, stage, agreement, people, answerer):
    target = S.ACTIVE if story.reaches in LIVED else story.reaches
    reached = STEPS[: STEPS.index(target) + 1] if target in STEPS else []
    for number, step in enumerate(reached, 1):
        day = stage.day(story.proposed - 2 * number)
        with at(moment(day)):
            if step == S.MATCHING:
                agreement = agreements.confirm(agreement, by=people[answerer], side=answerer)
            elif step == S.DRAFTING:
                agreement = agreements.match(agreement, by=stage.officer)
            elif step == S.READY:
                agreement = _write_and_fix(story, stage, agreement, day)
            else:
                agreement = _sign(story, stage, agreement, people, day)
    if story.reaches == S.READY:
        with at(moment(stage.day(3))):
            signing.sign_in_site(
                agreement.signatures.get(signer=Side.SCHOOL), by=people[Side.SCHOOL]
            )
    if story.reaches in LIVED:
        _after_the_signatures(story, stage, agreement, people)
    return agreement


def _write_and_fix(story, stage, agreement, day):
    starts_on = day + 4 * A_DAY
    agreement = text.save_text(
        agreement,
        by=stage.officer,
        side=None,
        values={
            "starts_on": starts_on,
            "ends_on": starts_on + TERM_DAYS.get(story.reaches, USUAL_TERM) * A_DAY,
            "signed_place": agreement.school.region.name,
            "witness_name": stage.officer.name,
            "witness_office": "Badan Pengembangan Sumber Daya Manusia Industri",
        },
    )
    return text.finalize(agreement, by=stage.officer, today=day)


def _sign(story, stage, agreement, people, day):
    for side in Side:
        signing.sign_in_site(agreement.signatures.get(signer=side), by=people[side])
    is_new = story.proposed < 600
    return signing.activate(
        agreement,
        by=stage.officer,
        today=day,
        signed_on=day,
        meterai=Meterai.ELECTRONIC if is_new else Meterai.PAPER,
        meterai_number=f"EMT{agreement.pk:010d}" if is_new else "",
        scan=paper("PKS bertanda tangan.pdf", "PKS bertanda tangan (contoh)", _facts(agreement)),
    )


def _after_the_signatures(story, stage, agreement, people):
    if story.reaches != S.DORMANT:
        _work_together(stage, agreement, people)
    if story.reaches == S.ACTIVE and story.school is None:
        _ask_for_an_addendum(stage, agreement, people)
    elif story.reaches == S.ACTIVE:
        _change_and_account(stage, agreement, people)
    if story.reaches == S.ENDING:
        clock.near_end(agreement, today=stage.today)
    elif story.reaches == S.DORMANT:
        _miss_two_reports(stage, agreement)
    elif story.reaches == S.TERMINATED:
        with at(moment(stage.day(60))):
            agreements.terminate(
                agreement,
                by=people[Side.COMPANY],
                reason="Lini produksi dipindahkan ke kota lain.",
                on=stage.day(60),
                today=stage.day(60),
            )
    elif story.reaches == S.RENEWED:
        _renew(story, stage, agreement, people)
    elif story.reaches == S.ENDED:
        with at(moment(agreement.ends_on + A_DAY)):
            clock.end(agreement, today=agreement.ends_on + A_DAY)


def _work_together(stage, agreement, people):
    """Activities of both sides, and the report of a half-year with its evaluation."""
    started = agreement.starts_on + 30 * A_DAY
    if started >= stage.day(20):
        return
    for kind, days, quantity, words, side in [
        (ScopeKind.GUEST_TEACHER, 1, 2, "Kuliah tamu: mutu dan keselamatan kerja", Side.COMPANY),
        (ScopeKind.INTERNSHIP, 60, 14, "PKL kelas XI, gelombang pertama", Side.SCHOOL),
    ]:
        ends_on = min(started + days * A_DAY, stage.today)
        with at(moment(ends_on)):
            cooperation.record_activity(
                agreement,
                by=people[side],
                side=side,
                today=ends_on,
                values={
                    "kind": kind,
                    "starts_on": started,
                    "ends_on": ends_on,
                    "description": words,
                    "quantity": quantity,
                },
                evidence=paper("Berita acara.pdf", f"{words} (contoh)", _facts(agreement)),
            )
    year, half, last_day = clock.last_half(stage.day(200))
    if agreement.starts_on + 60 * A_DAY > last_day:
        return
    with at(moment(last_day + 12 * A_DAY)):
        report = Report.objects.create(
            agreement=agreement, year=year, half=half, due_on=clock.due_on(year, half)
        )
        cooperation.file_report(
            report,
            by=people[Side.SCHOOL],
            side=Side.SCHOOL,
            summary="PKL dan kuliah tamu berjalan sesuai rencana.",
            obstacles="Jadwal PKL bersamaan dengan ujian sekolah.",
            plan="Menambah magang guru dua orang.",
        )
    if agreement.pk % 2:
        with at(moment(last_day + 20 * A_DAY)):
            cooperation.evaluate(
                report,
                by=stage.officer,
                score=4,
                evaluation="Berjalan baik. Sesuaikan jadwal PKL dengan kalender sekolah.",
            )


def _miss_two_reports(stage, agreement):
    year, half, _ = clock.last_half(stage.today)
    halves = [(year, half), (year - 1, Half.SECOND) if half == Half.FIRST else (year, Half.FIRST)]
    for one_year, one_half in halves:
        due = min(clock.due_on(one_year, one_half), stage.day(1))
        Report.objects.create(agreement=agreement, year=one_year, half=one_half, due_on=due)
    clock.fall_asleep(agreement, today=stage.today)


def _ask_for_an_addendum(stage, agreement, people):
    with at(moment(stage.day(4))):
        amendments.propose_amendment(
            agreement,
            by=people[Side.COMPANY],
            side=Side.COMPANY,
            reason="Lini baru memerlukan lebih banyak siswa PKL.",
            changes={
                AmendedField.SCOPE: [
                    [item.kind, 60 if item.kind == ScopeKind.INTERNSHIP else item.target, item.note]
                    for item in agreement.scope.order_by("kind")
                ]
            },
            today=stage.day(4),
        )


def _change_and_account(stage, agreement, people):
    """An addendum that took effect, and what the company spent last year."""
    asked, done = stage.day(90), stage.day(80)
    with at(moment(asked)):
        amendment = amendments.propose_amendment(
            agreement,
            by=people[Side.SCHOOL],
            side=Side.SCHOOL,
            reason="Siswa PKL diasuransikan.",
            changes={AmendedField.CLAUSES: "Perusahaan menanggung asuransi siswa selama PKL."},
            today=asked,
        )
        amendment = amendments.confirm_amendment(
            amendment, by=people[Side.COMPANY], side=Side.COMPANY
        )
    with at(moment(done)):
        amendment = amendments.apply_amendment(amendment, by=stage.officer, today=done)
        [year] = tax_facts.years_of(agreement, today=done)[:1]
        facts = tax_facts.enter(
            agreement,
            year,
            by=people[Side.COMPANY],
            today=done,
            values={
                "participants": tax_facts.participants_in(agreement, year),
                "facilities": 45_000_000,
                "instructors": 18_000_000,
                "materials": 12_500_000,
                "honorarium": 24_000_000,
                "certification": 9_600_000,
                "note": "",
            },
        )
    for paper_to_draw in (amendment.paper, facts.paper):
        paper_file(paper_to_draw)


def _renew(story, stage, agreement, people):
    """The next agreement of the pair was signed in time, and the old one has run out."""
    ended = agreement.ends_on
    with at(moment(ended - 40 * A_DAY)):
        following = agreements.renew(agreement, by=people[Side.SCHOOL], source=Source.SCHOOL)
    with at(moment(ended - 35 * A_DAY)):
        following = agreements.confirm(following, by=people[Side.COMPANY], side=Side.COMPANY)
        following = agreements.match(following, by=stage.officer)
        following = text.save_text(
            following,
            by=stage.officer,
            side=None,
            values={"signed_place": agreement.signed_place, "witness_name": stage.officer.name},
        )
        following = text.finalize(following, by=stage.officer, today=ended - 35 * A_DAY)
        _sign(story, stage, following, people, ended - 35 * A_DAY)
    with at(moment(ended + A_DAY)):
        clock.end(agreement, today=ended + A_DAY)


def _remember_a_refusal(stage):
    Suggestion.objects.create(
        school=stage.schools[6],
        company=stage.companies[0],
        decision=SuggestionDecision.REFUSED,
        reason="Terlalu jauh untuk PKL; biaya perjalanan tidak tertanggung.",
        decided_by=stage.officer,
    )


def _facts(agreement):
    return [
        ("Sekolah", agreement.school.name),
        ("Perusahaan", agreement.company.name),
        ("Nomor", agreement.number),
    ]
