"""What the product stores: submissions, counts (never a child's record), observations."""

from performance.models.calendar import Exemption, MailChoice, SentMail
from performance.models.catalogue import IndicatorSetting, ProposedIndicator
from performance.models.challenges import Challenge, ChallengeEntry, ChallengeFile, SavedView
from performance.models.commentary import Commentary, HeldAgainst
from performance.models.counts import (
    DATASETS,
    Count,
    Figure,
    GradedCareProfile,
    MashContact,
    PoliceDomesticAbuse,
    Referral,
)
from performance.models.editions import Edition, EditionRow, EditionState
from performance.models.events import Event, Neighbour
from performance.models.mappings import Mapping
from performance.models.meetings import Meeting
from performance.models.results import DataVersion, Observation, PrintedFigure
from performance.models.returns import State, StoredProblem, Submission
from performance.models.signals import DigestSent, Signal
from performance.models.statements import Comparable, Rebase

__all__ = [
    "DATASETS",
    "Challenge",
    "ChallengeEntry",
    "ChallengeFile",
    "Commentary",
    "Comparable",
    "Count",
    "DataVersion",
    "DigestSent",
    "Edition",
    "EditionRow",
    "EditionState",
    "Event",
    "Exemption",
    "Figure",
    "GradedCareProfile",
    "HeldAgainst",
    "IndicatorSetting",
    "MailChoice",
    "Mapping",
    "MashContact",
    "Meeting",
    "Neighbour",
    "Observation",
    "PoliceDomesticAbuse",
    "PrintedFigure",
    "ProposedIndicator",
    "Rebase",
    "Referral",
    "SavedView",
    "SentMail",
    "Signal",
    "State",
    "StoredProblem",
    "Submission",
]
