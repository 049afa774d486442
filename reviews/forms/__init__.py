"""The forms of reviews. Their errors are sentences a person can act on; what was typed stays."""

from reviews.forms.fields import SafeForm
from reviews.forms.learning import (
    PARTS,
    ActionForm,
    EvidenceForm,
    JudgementForm,
    ReportForm,
    ThemeForm,
)
from reviews.forms.register import DayForm, ReasonForm, ReviewForm, StepForm, TakeOverForm
from reviews.forms.section11 import (
    AssessmentForm,
    PeerAnswerForm,
    PeerChallengeForm,
    RoundForm,
    StandardForm,
)

__all__ = [
    "PARTS",
    "ActionForm",
    "AssessmentForm",
    "DayForm",
    "EvidenceForm",
    "JudgementForm",
    "PeerAnswerForm",
    "PeerChallengeForm",
    "ReasonForm",
    "ReportForm",
    "ReviewForm",
    "RoundForm",
    "SafeForm",
    "StandardForm",
    "StepForm",
    "TakeOverForm",
    "ThemeForm",
]
