"""Events with sessions and registrations, what happens at them, and what they lead to.

Diklat 3in1 beside them: courses, batches, trainees, and the work that they find.
"""

from training.models.attendance import Attendance, ZoomAttendee, ZoomReport
from training.models.batch import Batch, BatchHistoryEntry, PartnerDemand
from training.models.calendar_feed import CalendarFeed
from training.models.certification import CertificationResult
from training.models.course import Course
from training.models.daily_attendance import DailyAttendance
from training.models.event import Event, EventHistoryEntry, Quota, Series
from training.models.event_figures import EventFigures
from training.models.placement import Followup, Placement
from training.models.registration import Registration, RegistrationHistoryEntry
from training.models.session import Material, RemovedSession, Session, Speaker
from training.models.tests_and_evaluation import (
    Evaluation,
    EvaluationScore,
    Question,
    TestAttempt,
)
from training.models.trainee import Trainee, TraineeHistoryEntry

__all__ = [
    "Attendance",
    "Batch",
    "BatchHistoryEntry",
    "CalendarFeed",
    "CertificationResult",
    "Course",
    "DailyAttendance",
    "Evaluation",
    "EvaluationScore",
    "Event",
    "EventFigures",
    "EventHistoryEntry",
    "Followup",
    "Material",
    "PartnerDemand",
    "Placement",
    "Question",
    "Quota",
    "Registration",
    "RegistrationHistoryEntry",
    "RemovedSession",
    "Series",
    "Session",
    "Speaker",
    "TestAttempt",
    "Trainee",
    "TraineeHistoryEntry",
    "ZoomAttendee",
    "ZoomReport",
]
