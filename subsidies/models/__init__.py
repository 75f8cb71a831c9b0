"""The machine reimbursement: terms, three records with their histories, and the money's ledger."""

from subsidies.models.application import Application, ApplicationHistoryEntry
from subsidies.models.budget import ApprovalBand, BudgetLine, LedgerEntry
from subsidies.models.disbursement import Decree, Disbursement, DisbursementHistoryEntry
from subsidies.models.evidence import (
    ApplicationDocument,
    CorrectionNote,
    InternalNote,
    RuleOutcome,
)
from subsidies.models.machine import AmountLine, Machine, MachineCut
from subsidies.models.scheme import (
    Scheme,
    SchemeDocument,
    SchemeKbli,
    SchemeRate,
    SchemeScale,
    SchemeStage,
)
from subsidies.models.visit import (
    Visit,
    VisitAnswer,
    VisitHistoryEntry,
    VisitPhoto,
    VisitQuestion,
)

__all__ = [
    "AmountLine",
    "Application",
    "ApplicationDocument",
    "ApplicationHistoryEntry",
    "ApprovalBand",
    "BudgetLine",
    "CorrectionNote",
    "Decree",
    "Disbursement",
    "DisbursementHistoryEntry",
    "InternalNote",
    "LedgerEntry",
    "Machine",
    "MachineCut",
    "RuleOutcome",
    "Scheme",
    "SchemeDocument",
    "SchemeKbli",
    "SchemeRate",
    "SchemeScale",
    "SchemeStage",
    "Visit",
    "VisitAnswer",
    "VisitHistoryEntry",
    "VisitPhoto",
    "VisitQuestion",
]
