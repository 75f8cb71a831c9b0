"""Link and match: schools, companies, what they agree to, and what comes of it."""

from partnerships.models.agreement import (
    Agreement,
    AgreementCompetence,
    AgreementHistoryEntry,
)
from partnerships.models.competence import Competence, CompetenceConversion, SectorCompetence
from partnerships.models.cooperation import Activity, Report, ScopeItem
from partnerships.models.figure import Figure
from partnerships.models.memorandum import Memorandum, MemorandumFollowUp, MemorandumParty
from partnerships.models.phase import LaunchPhase, OfficialFigure
from partnerships.models.profiles import (
    CompanyNeed,
    CompanyProfile,
    SchoolCompetence,
    SchoolProfile,
)
from partnerships.models.signing import (
    Amendment,
    AmendmentChange,
    AmendmentHistoryEntry,
    Signature,
)
from partnerships.models.suggestion import Suggestion
from partnerships.models.tax_facts import TaxFacts

__all__ = [
    "Activity",
    "Agreement",
    "AgreementCompetence",
    "AgreementHistoryEntry",
    "Amendment",
    "AmendmentChange",
    "AmendmentHistoryEntry",
    "CompanyNeed",
    "CompanyProfile",
    "Competence",
    "CompetenceConversion",
    "Figure",
    "LaunchPhase",
    "Memorandum",
    "MemorandumFollowUp",
    "MemorandumParty",
    "OfficialFigure",
    "Report",
    "SchoolCompetence",
    "SchoolProfile",
    "ScopeItem",
    "SectorCompetence",
    "Signature",
    "Suggestion",
    "TaxFacts",
]
