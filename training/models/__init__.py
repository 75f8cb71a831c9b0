"""Events with sessions and registrations, what happens at them, and what they lead to."""

from training.models.attendance import Attendance, ZoomAttendee, ZoomReport
from training.models.event import Event, EventHistoryEntry, Quota, Series
from training.models.registration import Registration, RegistrationHistoryEntry
from training.models.session import Material, Session, Speaker
from training.models.tests_and_evaluation import (
    Evaluation,
    EvaluationScore,
    Question,
    TestAttempt,
)

__all__ = [
    "Attendance",
    "Evaluation",
    "EvaluationScore",
    "Event",
    "EventHistoryEntry",
    "Material",
    "Question",
    "Quota",
    "Registration",
    "RegistrationHistoryEntry",
    "Series",
    "Session",
    "Speaker",
    "TestAttempt",
    "ZoomAttendee",
    "ZoomReport",
]
