"""The only writers of performance: keyword-only, atomic, audited, `by=` the person who acts."""

from performance.actions.observations import recompute_all, recompute_changed
from performance.actions.processing import process, sweep
from performance.actions.submissions import SubmissionRefused, receive, withdraw

__all__ = [
    "SubmissionRefused",
    "process",
    "receive",
    "recompute_all",
    "recompute_changed",
    "sweep",
    "withdraw",
]
