"""Schools, companies and agreements at every stage, as tests need them.

``AgreementFactory(status=AgreementStatus.ACTIVE)`` has walked there along its arrows, because the
database lets nobody begin in the middle. The days fit the status and hang on today.
"""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from partnerships import arrows
from partnerships.enums import (
    Accreditation,
    AgreementStatus,
    Curriculum,
    Half,
    Meterai,
    SchoolStatus,
    ScopeKind,
    Signer,
    SigningWay,
    Source,
)
from partnerships.models import (
    Agreement,
    AgreementCompetence,
    CompanyNeed,
    CompanyProfile,
    Competence,
    LaunchPhase,
    Report,
    SchoolCompetence,
    SchoolProfile,
    ScopeItem,
    Signature,
)
from programs import roles
from programs.enums import OrganizationKind, PaperKind
from tests.factories.programs import (
    IssuedPaperFactory,
    OrganizationFactory,
    UserFactory,
    officer,
)
from tests.factories.subsidy_stages import day

S = AgreementStatus
# How far the first and the last day of the term lie from today, by status.
TERM = {
    S.ENDING: (-1000, 40),
    S.ENDED: (-1200, -105),
    S.RENEWED: (-1200, -105),
    S.TERMINATED: (-400, 695),
}
USUAL_TERM = (-200, 895)
WAY_TO = {
    S.PROPOSED: [],
    S.MATCHING: [arrows.CONFIRM],
    S.DRAFTING: [arrows.CONFIRM, arrows.MATCH],
    S.READY: [arrows.CONFIRM, arrows.MATCH, arrows.FINALIZE],
    S.DECLINED: [arrows.DECLINE],
    S.WITHDRAWN: [arrows.WITHDRAW],
}
WAY_TO[S.ACTIVE] = [*WAY_TO[S.READY], arrows.ACTIVATE]
WAY_TO[S.ENDING] = [*WAY_TO[S.ACTIVE], arrows.NEAR_END]
WAY_TO[S.DORMANT] = [*WAY_TO[S.ACTIVE], arrows.FALL_ASLEEP]
WAY_TO[S.ENDED] = [*WAY_TO[S.ACTIVE], arrows.END]
WAY_TO[S.RENEWED] = [*WAY_TO[S.ACTIVE], arrows.RENEW]
WAY_TO[S.TERMINATED] = [*WAY_TO[S.ACTIVE], arrows.TERMINATE]


class CompetenceFactory(DjangoModelFactory):
    class Meta:
        model = Competence
        django_get_or_create = ["curriculum", "code"]

    curriculum = Curriculum.SPECTRUM_2018
    code = "1.4.1"
    name = "Teknik Pemesinan"
    field = "Teknik Mesin"


class PhaseFactory(DjangoModelFactory):
    class Meta:
        model = LaunchPhase
        django_get_or_create = ["number"]

    number = 2
    area = "Jawa Tengah dan DIY"


class SchoolFactory(OrganizationFactory):
    """A SMK with its profile. ``SchoolFactory(owner=user, teaches=[competence])``."""

    kind = OrganizationKind.SCHOOL
    name = factory.Sequence(lambda n: f"SMK Negeri Contoh {n}")
    nib = ""
    npsn = factory.Sequence(lambda n: f"2{n:07d}")

    @factory.post_generation
    def teaches(school, create, extracted, **_):  # noqa: N805 - factory_boy passes the record
        if create:
            profile = SchoolProfile.objects.create(
                organization=school,
                status=SchoolStatus.PUBLIC,
                accreditation=Accreditation.A,
                pupils=900,
                head_name="Wahyu Contoh, S.Pd., M.M.",
                contact_email="hubin@smk.example",
            )
            for competence in extracted if extracted is not None else [CompetenceFactory()]:
                SchoolCompetence.objects.create(school=profile, competence=competence)


class PartnerFactory(OrganizationFactory):
    """A company with its profile. ``PartnerFactory(owner=user, needs=[competence])``."""

    kind = OrganizationKind.COMPANY
    name = factory.Sequence(lambda n: f"PT Mesin Contoh {n}")

    @factory.post_generation
    def needs(company, create, extracted, **_):  # noqa: N805 - as above
        if create:
            profile = CompanyProfile.objects.create(
                organization=company,
                kbli_code="25920",
                workers=240,
                signatory_name="Lestari Contoh",
                signatory_position="Direktur SDM",
                contact_email="sdm@mesin.example",
            )
            for competence in extracted or []:
                CompanyNeed.objects.create(company=profile, competence=competence, places=20)


class AgreementFactory(DjangoModelFactory):
    """A proposal of the school for one competence and two things to do.

    ``status`` lets it walk further; ``school_person`` and ``company_person`` are people who belong
    to the sides; ``for_competences`` are others than Teknik Pemesinan.
    """

    class Meta:
        model = Agreement

    status = S.PROPOSED
    for_competences = None
    scope_kinds = (ScopeKind.INTERNSHIP, ScopeKind.GUEST_TEACHER)
    school_person = None
    company_person = None

    school = factory.LazyAttribute(
        lambda a: SchoolFactory(**({"owner": a.school_person} if a.school_person else {}))
    )
    company = factory.LazyAttribute(
        lambda a: PartnerFactory(**({"owner": a.company_person} if a.company_person else {}))
    )
    source = Source.SCHOOL
    proposed_by = factory.SubFactory(UserFactory)
    # Who proposes has agreed by doing so.
    school_confirmed_at = factory.LazyAttribute(
        lambda a: timezone.now() if a.source == Source.SCHOOL else None
    )
    company_confirmed_at = factory.LazyAttribute(
        lambda a: timezone.now() if a.source == Source.COMPANY else None
    )
    number = factory.Sequence(lambda n: f"PKS-{n:04d}/LM/2026")
    purpose = "Penyelarasan pendidikan dengan kebutuhan industri permesinan."
    school_signatory = "Wahyu Contoh, S.Pd., M.M."
    school_position = "Kepala Sekolah"
    school_email = "kepala@smk.example"
    company_signatory = "Lestari Contoh"
    company_position = "Direktur SDM"
    company_email = "direktur@mesin.example"
    signed_place = "Bukittinggi"
    starts_on = factory.LazyAttribute(lambda a: day(TERM.get(a.status, USUAL_TERM)[0]))
    ends_on = factory.LazyAttribute(lambda a: day(TERM.get(a.status, USUAL_TERM)[1]))

    @classmethod
    def _create(
        cls,
        model_class,
        *args,
        status,
        for_competences,
        scope_kinds,
        school_person,
        company_person,
        **values,
    ):
        agreement = model_class.objects.create(**values)
        for competence in for_competences or [CompetenceFactory()]:
            AgreementCompetence.objects.create(agreement=agreement, competence=competence)
        for kind in scope_kinds:
            ScopeItem.objects.create(agreement=agreement, kind=kind, target=30)
        agreement.history.create(action="propose", from_status="", to_status=S.PROPOSED)
        return lead_agreement(agreement, status)


def lead_agreement(agreement, status):
    """Let ``agreement`` walk along its arrows to ``status``, with a line of each in its history."""
    for move in WAY_TO[status]:
        if agreement.status not in move.sources:
            continue
        facts = _facts_of(move, agreement)
        Agreement.objects.filter(pk=agreement.pk).update(status=move.target, **facts)
        agreement.history.create(
            action=move.action,
            from_status=agreement.status,
            to_status=move.target,
            reason="Alasan contoh." if move.needs_reason else "",
        )
        agreement.status = move.target
    return Agreement.objects.with_names().get(pk=agreement.pk)


def _facts_of(move, agreement):
    """What a real move writes beside the status."""
    if move == arrows.CONFIRM:
        return {"school_confirmed_at": timezone.now(), "company_confirmed_at": timezone.now()}
    if move == arrows.MATCH:
        return {"matched_by": officer(roles.BPSDMI_OFFICER)}
    if move == arrows.FINALIZE:
        for signer, name in [
            (Signer.SCHOOL, agreement.school_signatory),
            (Signer.COMPANY, agreement.company_signatory),
        ]:
            Signature.objects.create(
                agreement=agreement,
                signer=signer,
                name=name,
                position="Pimpinan",
                email=f"{signer.lower()}@tanda.example",
                link_version=1,
            )
        return {
            "paper": IssuedPaperFactory(kind=PaperKind.AGREEMENT, content=b"%PDF-1.7"),
            "text_version": 1,
        }
    if move == arrows.ACTIVATE:
        agreement.signatures.update(
            signed_at=timezone.now(), way=SigningWay.PAPER, signed_by=UserFactory()
        )
        return {
            "signed_on": agreement.starts_on - timedelta(days=3),
            "witnessed_by": officer(roles.BPSDMI_OFFICER),
            "meterai": Meterai.PAPER,
        }
    if move == arrows.TERMINATE:
        return {"terminated_on": day(-10)}
    return {}


class ReportFactory(DjangoModelFactory):
    """A report that is still to be filed; ``filed_by`` files it."""

    class Meta:
        model = Report

    agreement = factory.SubFactory(AgreementFactory, status=S.ACTIVE)
    year = factory.LazyFunction(lambda: day(0).year)
    half = Half.FIRST
    due_on = factory.LazyFunction(lambda: day(10))
    filed_by = None
    filed_at = factory.LazyAttribute(lambda r: timezone.now() if r.filed_by else None)
    summary = factory.LazyAttribute(lambda r: "PKL berjalan lancar." if r.filed_by else "")
