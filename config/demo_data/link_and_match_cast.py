"""The schools and companies of link and match in the demo, with what they teach and need."""

from datetime import timedelta

from config.demo_data.link_and_match_stories import COMPANIES, SCHOOLS, SEWING, WEAVING
from partnerships.enums import Accreditation, Curriculum, SchoolStatus
from partnerships.models import (
    CompanyNeed,
    CompanyProfile,
    Competence,
    SchoolCompetence,
    SchoolProfile,
)
from programs.enums import OrganizationKind
from programs.models import Organization, Region

A_DAY = timedelta(days=1)
SCHOOL_MAIL, COMPANY_MAIL = "kepala@smk.example", "hrd@perusahaan.example"


class Stage:
    """Everybody who has a part in it."""

    def __init__(self, officers, today):
        self.officer, self.today = officers["bpsdmi"], today
        self.competences = {
            one.code: one for one in Competence.objects.filter(curriculum=Curriculum.SPECTRUM_2018)
        }
        self.schools = [self._school(one) for one in SCHOOLS]
        self.companies = [self._company(one) for one in COMPANIES]
        self.own_school = Organization.objects.get(memberships__user__email=SCHOOL_MAIL)
        self.own_company = Organization.objects.get(memberships__user__email=COMPANY_MAIL)
        self._school_profile(
            self.own_school, (SEWING, WEAVING), SchoolStatus.PUBLIC, "Wahyu Contoh"
        )
        self._company_profile(self.own_company, "14111", (SEWING, WEAVING), "Lestari Contoh")

    def day(self, before):
        return self.today - before * A_DAY

    def school(self, place):
        return self.own_school if place is None else self.schools[place]

    def company(self, place):
        return self.own_company if place is None else self.companies[place]

    def person_of(self, organization):
        """Somebody of the organization; officers act for those without an account."""
        return organization.members.order_by("pk").first() or self.officer

    def _school(self, one):
        school = _organization(OrganizationKind.SCHOOL, one, npsn=one.npsn)
        self._school_profile(school, one.competences, one.status, "Ratna Contoh, S.Pd., M.M.")
        return school

    def _company(self, one):
        company = _organization(OrganizationKind.COMPANY, one, nib=one.nib)
        self._company_profile(company, one.kbli, one.needs, "Darmawan Contoh")
        return company

    def _school_profile(self, school, codes, status, head):
        profile = SchoolProfile.objects.create(
            organization=school,
            status=status,
            accreditation=Accreditation.A,
            pupils=640 + 10 * school.pk % 700,
            head_name=head,
            contact_name="Wakil kepala bidang hubungan industri",
            contact_email=f"hubin{school.pk}@smk.example",
        )
        for code in codes:
            SchoolCompetence.objects.create(
                school=profile, competence=self.competences[code], pupils=140
            )

    def _company_profile(self, company, kbli, codes, signatory):
        profile = CompanyProfile.objects.create(
            organization=company,
            kbli_code=kbli,
            workers=180 + 10 * company.pk % 900,
            signatory_name=signatory,
            signatory_position="Direktur Sumber Daya Manusia",
            contact_name="Bagian SDM",
            contact_email=f"sdm{company.pk}@perusahaan.example",
        )
        for code in codes:
            CompanyNeed.objects.create(
                company=profile, competence=self.competences[code], places=12
            )


def _organization(kind, one, **numbers):
    organization = Organization(
        kind=kind,
        name=one.name,
        region=Region.objects.select_related("province").get(pk=one.region),
        address="Jalan Contoh Nomor 8",
        **numbers,
    )
    organization.full_clean()
    organization.save()
    return organization
