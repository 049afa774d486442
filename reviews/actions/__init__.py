"""The only writer of the reviews app: keyword-only, by a person, atomic, audited."""

from reviews.actions.common import ChangedMeanwhile, ReviewRefused, take_out, unchanged
from reviews.actions.learning import (
    add_action,
    change_action,
    record_evidence,
    report_action,
    save_judgement,
    save_part,
    save_theme,
)
from reviews.actions.register import (
    add_review,
    change_review,
    correct_step,
    take_over,
    take_step,
)
from reviews.actions.section11 import (
    add_assessment_action,
    answer_challenge,
    assess,
    challenge,
    change_round,
    close_round,
    open_round,
    save_standard,
)

__all__ = [
    "ChangedMeanwhile",
    "ReviewRefused",
    "add_action",
    "add_assessment_action",
    "add_review",
    "answer_challenge",
    "assess",
    "challenge",
    "change_action",
    "change_review",
    "change_round",
    "close_round",
    "correct_step",
    "open_round",
    "record_evidence",
    "report_action",
    "save_judgement",
    "save_part",
    "save_standard",
    "save_theme",
    "take_out",
    "take_over",
    "take_step",
    "unchanged",
]
