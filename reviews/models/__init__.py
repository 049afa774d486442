"""What the reviews app stores."""

from reviews.models.audits import GOOD_OR_BETTER, AuditCase, Judgement
from reviews.models.history import Entry
from reviews.models.learning import Action, Dissemination, Finding, Recommendation
from reviews.models.register import Review, StateChange, Theme
from reviews.models.section11 import Assessment, PeerChallenge, Round, Standard

__all__ = [
    "GOOD_OR_BETTER",
    "Action",
    "Assessment",
    "AuditCase",
    "Dissemination",
    "Entry",
    "Finding",
    "Judgement",
    "PeerChallenge",
    "Recommendation",
    "Review",
    "Round",
    "Standard",
    "StateChange",
    "Theme",
]
