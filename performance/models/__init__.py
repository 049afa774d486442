"""What the product stores: submissions, counts (never a child's record), observations."""

from performance.models.counts import (
    DATASETS,
    Count,
    Figure,
    GradedCareProfile,
    MashContact,
    PoliceDomesticAbuse,
    Referral,
)
from performance.models.results import DataVersion, Observation, PrintedFigure
from performance.models.returns import State, StoredProblem, Submission

__all__ = [
    "DATASETS",
    "Count",
    "DataVersion",
    "Figure",
    "GradedCareProfile",
    "MashContact",
    "Observation",
    "PoliceDomesticAbuse",
    "PrintedFigure",
    "Referral",
    "State",
    "StoredProblem",
    "Submission",
]
