"""The register: who, where, which papers. One file is one noun of the ministry's world."""

from programs.models.calendar import Holiday
from programs.models.document import Document
from programs.models.history import HistoryEntry
from programs.models.ikm import IkmProfile
from programs.models.kbli import KbliCode
from programs.models.notification import Notification, NotificationPreference
from programs.models.once import OneTimeForm
from programs.models.organization import Membership, Organization
from programs.models.paper import IssuedPaper, NumberSequence
from programs.models.participation import Participation
from programs.models.privacy import Consent, SensitiveAccess
from programs.models.program import Program
from programs.models.region import Region
from programs.models.review import ReviewFlag
from programs.models.user import User

__all__ = [
    "Consent",
    "Document",
    "HistoryEntry",
    "Holiday",
    "IkmProfile",
    "IssuedPaper",
    "KbliCode",
    "Membership",
    "Notification",
    "NotificationPreference",
    "NumberSequence",
    "OneTimeForm",
    "Organization",
    "Participation",
    "Program",
    "Region",
    "ReviewFlag",
    "SensitiveAccess",
    "User",
]
