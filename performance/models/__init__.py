"""What the product stores: submissions, counts (never a child's record), observations."""

from performance.models.calendar import Exemption, MailChoice, SentMail
from performance.models.counts import (
    DATASETS,
    Count,
    Figure,
    GradedCareProfile,
    MashContact,
    PoliceDomesticAbuse,
    Referral,
)
from performance.models.mappings import Mapping
from performance.models.results import DataVersion, Observation, PrintedFigure
from performance.models.returns import State, StoredProblem, Submission

__all__ = [
    "DATASETS",
    "Count",
    "DataVersion",
    "Exemption",
    "Figure",
    "GradedCareProfile",
    "MailChoice",
    "Mapping",
    "MashContact",
    "Observation",
    "PoliceDomesticAbuse",
    "PrintedFigure",
    "Referral",
    "SentMail",
    "State",
    "StoredProblem",
    "Submission",
]
