"""The register: who, where, which papers. One file is one noun of the ministry's world."""

from programs.models.calendar import Holiday
from programs.models.campaign import (
    Campaign,
    CampaignImport,
    CampaignParticipation,
    CampaignRefusal,
)
from programs.models.document import Document
from programs.models.enrolment import Enrolment, EnrolmentHistoryEntry
from programs.models.esmart_figure import CampaignCount, EsmartFigure
from programs.models.history import HistoryEntry
from programs.models.ikm import IkmProfile
from programs.models.indicator import Indicator, OfficialFigure
from programs.models.kbli import KbliCode
from programs.models.live_figure import LiveFigure, PublishedFigure
from programs.models.marketplace import Marketplace, Shop
from programs.models.mentoring import Mentor, MentoringHistoryEntry, MentoringTask
from programs.models.mentoring_note import MentoringNote
from programs.models.news import News
from programs.models.notification import Notification, NotificationPreference
from programs.models.once import OneTimeForm
from programs.models.organization import Membership, Organization
from programs.models.paper import IssuedPaper, NumberSequence
from programs.models.participation import Participation
from programs.models.privacy import Consent, SensitiveAccess
from programs.models.product import Certification, Product, ProductPhoto
from programs.models.program import Program
from programs.models.region import Region
from programs.models.review import ReviewFlag
from programs.models.sales import SalesReport, SalesRevision
from programs.models.target import Target
from programs.models.user import User

__all__ = [
    "Campaign",
    "CampaignCount",
    "CampaignImport",
    "CampaignParticipation",
    "CampaignRefusal",
    "Certification",
    "Consent",
    "Document",
    "Enrolment",
    "EnrolmentHistoryEntry",
    "EsmartFigure",
    "HistoryEntry",
    "Holiday",
    "IkmProfile",
    "Indicator",
    "IssuedPaper",
    "KbliCode",
    "LiveFigure",
    "Marketplace",
    "Membership",
    "Mentor",
    "MentoringHistoryEntry",
    "MentoringNote",
    "MentoringTask",
    "News",
    "Notification",
    "NotificationPreference",
    "NumberSequence",
    "OfficialFigure",
    "OneTimeForm",
    "Organization",
    "Participation",
    "Product",
    "ProductPhoto",
    "Program",
    "PublishedFigure",
    "Region",
    "ReviewFlag",
    "SalesReport",
    "SalesRevision",
    "SensitiveAccess",
    "Shop",
    "Target",
    "User",
]
