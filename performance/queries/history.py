"""What became of a file: who did what to it, when and why, and the other files about the same period."""

from dataclasses import dataclass
from datetime import datetime

from lscb.models import AuditEvent
from performance.actions.submissions import codes_within
from performance.intake.problems import CODES
from performance.models import State, Submission

LISTED = 20  # versions on a page
# The steps of a file in the words of the audit trail, as a page says them.
STEPS = {
    "submission received": "Received",
    "submission refused": "Refused",
    "submission checked": "Checked",
    "warnings answered": "Answered",
    "submission submitted": "Submitted",
    "submission signed off": "Signed off",
    "submission accepted": "Accepted",
    "submission withdrawn": "Withdrawn",
    "submission discarded": "Discarded",
    "submission failed": "Failed",
}
BY_PROGRAM = ("submission refused", "submission checked", "submission failed")


@dataclass(frozen=True)
class Step:
    """One step of a file: what was done, by whom (empty: by the program), when, and the reason that was given."""

    what: str
    who: str
    at: datetime
    about: str
    why: str


def steps(submission: Submission) -> list[Step]:
    """The history of a submission, oldest first."""
    events = AuditEvent.objects.filter(
        object_type=submission._meta.label_lower,
        object_id=str(submission.pk),
        action__in=list(STEPS),
    )
    return [_step(one) for one in events.select_related("person").order_by("id")]


def _step(event: AuditEvent) -> Step:
    person = None if event.action in BY_PROGRAM else event.person
    return Step(
        STEPS[event.action],
        person.name if person else "",
        event.at,
        CODES.get(event.details.get("code", ""), ""),
        event.details.get("reason") or event.details.get("answer") or "",
    )


def versions(submission: Submission) -> list[Submission]:
    """The files of the same return, agency and area that speak about the same time, this one among them, newest
    first; empty when it is the only one. Those that were refused were never a version."""
    own = codes_within(submission.period)
    family = Submission.objects.filter(
        return_id=submission.return_id, agency=submission.agency, area=submission.area
    ).exclude(state__in=(State.REFUSED, State.FAILED))
    found = [
        one
        for one in family.select_related("sender").order_by("-pk")
        if own & codes_within(one.period)
    ]
    return found[:LISTED] if len(found) > 1 else []
