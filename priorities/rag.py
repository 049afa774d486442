"""The stated rules: which colour an action has and why, how high a risk is, how it moved. No Django in here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

SOON = timedelta(days=28)


@dataclass(frozen=True)
class Rag:
    """A colour with its words: `kind` is a chip's (blue, green, amber, red, grey), `why` the part of the rule."""

    kind: str
    words: str
    why: str = ""


# In this order; the first that fits decides. Shown to people as it stands here.
STOPPED = Rag("grey", "Stopped", "The partnership decided not to go on.")
COMPLETE = Rag(
    "blue",
    "Complete",
    "Done, and it says what is different for children and how that is known.",
)
NO_EVIDENCE = Rag("amber", "Done, impact not shown", "Done, but not what difference it made.")
OVERDUE = Rag("red", "Overdue", "Its due day has passed and it is not done.")
SLIPPING = Rag(
    "red", "Milestone missed", "A milestone was due more than 28 days ago and is not done."
)
NO_DATE = Rag("grey", "No due day stated", "Nobody agreed a day, or the source states none.")
NO_OWNER = Rag("amber", "Nobody owns it", "It has neither a person nor a role that answers for it.")
LATE_STEP = Rag("amber", "Milestone late", "A milestone has passed and is not done.")
DUE_SOON = Rag("amber", "Due soon, not started", "It is due within 28 days and has not begun.")
ON_TRACK = Rag("green", "On track", "None of the above.")

RULE = (
    STOPPED,
    COMPLETE,
    NO_EVIDENCE,
    OVERDUE,
    SLIPPING,
    NO_DATE,
    NO_OWNER,
    LATE_STEP,
    DUE_SOON,
    ON_TRACK,
)


def judge(
    *,
    state: str,
    due: date | None,
    owned: bool,
    has_evidence: bool,
    open_milestones: Sequence[date],
    today: date,
) -> Rag:
    """The colour of an action on a day. `open_milestones` are the due days of milestones that are not done."""
    if state == "stopped":
        return STOPPED
    if state == "done":
        return COMPLETE if has_evidence else NO_EVIDENCE
    slipping = any(day < today - SOON for day in open_milestones)
    late = any(day < today for day in open_milestones)
    soon = state == "planned" and due is not None and due <= today + SOON
    checks = (
        (due is not None and due < today, OVERDUE),
        (slipping, SLIPPING),
        (due is None, NO_DATE),
        (not owned, NO_OWNER),
        (late, LATE_STEP),
        (soon, DUE_SOON),
    )
    return next((found for fits, found in checks if fits), ON_TRACK)


HIGH, MEDIUM = 15, 8


def risk_level(score: int | None) -> Rag:
    """How high a risk of a score (1 to 25) is: high from 15, medium from 8. None: not scored."""
    if score is None:
        return Rag("grey", "Not scored")
    if score >= HIGH:
        return Rag("red", f"High, {score}")
    if score >= MEDIUM:
        return Rag("amber", f"Medium, {score}")
    return Rag("green", f"Low, {score}")


def movement(scores: Sequence[int]) -> str:
    """How the last score stands to the one before that was another, the oldest first."""
    if not scores:
        return "not scored"
    earlier = [one for one in scores[:-1] if one != scores[-1]]
    if not earlier:
        return "new" if len(scores) == 1 else "unchanged"
    return f"up from {earlier[-1]}" if scores[-1] > earlier[-1] else f"down from {earlier[-1]}"
