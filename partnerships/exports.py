"""Schools, companies and agreements as rows of a table, read in pieces however many there are.

The first columns are those of the import, so that an exported table can be corrected and come back.
"""

from partnerships import agreement_import, company_import, school_import
from partnerships.agreement_cells import WORD_OF
from partnerships.enums import AgreementStatus, SchoolStatus

AT_ONCE = 1000


def school_rows(queryset):
    """The heading, then a row for each ``SchoolProfile``."""
    yield [
        *school_import.COLUMNS,
        *("kabupaten_kota", "provinsi", "kepala_sekolah", "narahubung", "telepon", "surel"),
    ]
    schools = queryset.select_related("organization__region__province").prefetch_related(
        "taught__competence"
    )
    for school in schools.iterator(chunk_size=AT_ONCE):
        organization = school.organization
        yield [
            organization.npsn,
            organization.name,
            SchoolStatus(school.status).label if school.status else "",
            school.get_accreditation_display(),
            organization.region_id,
            organization.address,
            school.pupils,
            codes_of(row.competence for row in school.taught.all()),
            *place_of(organization),
            school.head_name,
            school.contact_name,
            school.contact_phone,
            school.contact_email,
        ]


def company_rows(queryset):
    """The heading, then a row for each ``CompanyProfile``."""
    yield [
        *company_import.COLUMNS,
        *("kabupaten_kota", "provinsi", "kebutuhan", "jumlah_smk_yang_ingin_dibina"),
        *("penanda_tangan", "narahubung", "telepon", "surel"),
    ]
    companies = queryset.select_related("organization__region__province").prefetch_related(
        "wanted__competence"
    )
    for company in companies.iterator(chunk_size=AT_ONCE):
        organization = company.organization
        yield [
            organization.nib,
            organization.name,
            organization.npwp,
            company.kbli_code,
            organization.region_id,
            organization.address,
            company.workers,
            *place_of(organization),
            codes_of(row.competence for row in company.wanted.all()),
            company.wants_schools,
            company.signatory_name,
            company.contact_name,
            company.contact_phone,
            company.contact_email,
        ]


def agreement_rows(queryset):
    """The heading, then a row for each ``Agreement``."""
    yield [
        *agreement_import.COLUMNS,
        *("smk", "perusahaan", "provinsi_smk", "provinsi_perusahaan", "keadaan", "dihentikan"),
    ]
    agreements = queryset.with_names().prefetch_related("competences", "scope")
    for agreement in agreements.iterator(chunk_size=AT_ONCE):
        school, company = agreement.school, agreement.company
        yield [
            agreement.number,
            school.npsn,
            company.nib,
            codes_of(agreement.competences.all()),
            agreement.phase.roman if agreement.phase else "",
            agreement.signed_on,
            agreement.starts_on,
            agreement.ends_on,
            "; ".join(WORD_OF[item.kind] for item in agreement.scope.all()),
            school.name,
            company.name,
            place_of(school)[1],
            place_of(company)[1],
            AgreementStatus(agreement.status).label,
            agreement.terminated_on,
        ]


def codes_of(competences):
    """“2018:1.4.1; 2022:2.1.1”: the year keeps codes of two meanings apart."""
    return "; ".join(f"{one.curriculum}:{one.code}" for one in competences)


def place_of(organization):
    """The names of kabupaten or kota and of the province."""
    region = organization.region
    if region is None:
        return ["", ""]
    return ["", region.name] if region.is_province else [region.name, region.province.name]
