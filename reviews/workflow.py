"""The kinds of review, their states, the steps between them and their time limits: data, and nothing of Django.

A new kind is an entry of `KINDS`. Days are counted by lscb.working_days.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from lscb.working_days import add_working_days, is_working_day, working_days_between

UNDER_WAY, COMPLETE, PUBLISHED = "underway", "completed", "published"
SOON = 5  # working days before a limit from which it is shown as near


@dataclass(frozen=True)
class State:
    """Where a review can stand. `stage`: under way, complete or published; `colour`: of its chip."""

    code: str
    words: str
    stage: str = UNDER_WAY
    colour: str = "blue"


@dataclass(frozen=True)
class Step:
    """A way from one state to the next. `asks`: what has to be written down; `opens`: the kind of review it begins;
    `when_done`: only once agencies have done what they were asked to do."""

    code: str
    source: str
    target: str
    words: str
    asks: str = ""
    opens: str = ""
    when_done: bool = False


@dataclass(frozen=True)
class Limit:
    """A time limit: from the day of one state to the day of another, in working days or in months."""

    words: str
    starts: str
    met_by: str
    source: str
    working_days: int = 0
    months: int = 0

    def last_day(self, start: date) -> date:
        """The last day on which it is kept."""
        if self.working_days:
            return add_working_days(start, self.working_days)
        return months_later(start, self.months)


@dataclass(frozen=True)
class Kind:
    """A kind of review with its states, the first of which it begins in, and how it goes on from each."""

    code: str
    words: str
    group: str
    states: tuple[State, ...]
    steps: tuple[Step, ...]
    limits: tuple[Limit, ...] = ()

    def state(self, code: str) -> State:
        """One of its states. Raises KeyError."""
        return {one.code: one for one in self.states}[code]

    def steps_from(self, state: str) -> list[Step]:
        """The steps that are open in a state."""
        return [one for one in self.steps if one.source == state]


@dataclass(frozen=True)
class Due:
    """A time limit of one review: its last day, when it was met, and how it stands on a day."""

    limit: Limit
    day: date
    met_on: date | None
    today: date

    @property
    def left(self) -> int:
        """Working days left; below 0 when the last day has passed."""
        if self.day >= self.today:
            return working_days_between(self.today, self.day)
        return -working_days_between(self.day, self.today)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be met."""
        return self.met_on is None

    @property
    def is_late(self) -> bool:
        """Whether it was missed, or is being missed."""
        return (self.met_on or self.today) > self.day

    @property
    def colour(self) -> str:
        """The colour of its chip."""
        if self.is_late:
            return "red"
        if not self.is_open:
            return "green"
        return "amber" if self.left <= SOON else "blue"

    @property
    def words(self) -> str:
        """How it stands: `3 working days left`, `2 working days late`, `in time`."""
        if self.met_on:
            late = working_days_between(self.day, self.met_on)
            return f"{_days(max(late, 1))} late" if self.is_late else "in time"
        if self.is_late:
            return f"{_days(max(-self.left, 1))} late"
        return f"{_days(self.left)} left" if self.left else "due today"


def _days(number: int) -> str:
    return f"{number} working day{'' if number == 1 else 's'}"


def months_later(day: date, months: int) -> date:
    """The same day some months on; the last of the month where there is no such day."""
    first = day.year * 12 + day.month - 1 + months
    after = date((first + 1) // 12, (first + 1) % 12 + 1, 1) - timedelta(days=1)
    return after.replace(day=min(day.day, after.day))


def dues(kind: Kind, days: Mapping[str, date | None], today: date) -> list[Due]:
    """The limits of a review that has reached states on `days` (None: on a day that is not known)."""
    found = []
    for limit in kind.limits:
        start = days.get(limit.starts)
        if start is None or (limit.met_by in days and days[limit.met_by] is None):
            continue
        found.append(Due(limit, limit.last_day(start), days.get(limit.met_by), today))
    return found


def calendar(due: Due, start: date) -> list[tuple[int, date]]:
    """The working days of a limit, numbered from 1, to the last."""
    days = [start + timedelta(days=number) for number in range(1, (due.day - start).days + 1)]
    return list(enumerate((day for day in days if is_working_day(day)), start=1))


RAPID_REVIEW, PRACTICE_REVIEW, SERIOUS_CASE_REVIEW = "rapid-review", "cspr", "scr"
LEARNING_REVIEW, CONTRIBUTION = "learning-review", "contribution"
MULTI_AGENCY_AUDIT, SINGLE_AGENCY_AUDIT = "multi-agency-audit", "single-agency-audit"
INSPECTION = "inspection"
REVIEWS, AUDITS, INSPECTIONS = "Reviews", "Audits", "Inspections"

NOTIFICATION = "Children Act 2004, section 16C, and Working Together to Safeguard Children"
GUIDANCE = "Working Together to Safeguard Children, on child safeguarding practice reviews"

_REVIEW_STATES = (
    State("commissioned", "Commissioned"),
    State("under-way", "Under way"),
    State("complete", "Complete, not published", COMPLETE, "amber"),
    State("published", "Published", PUBLISHED, "green"),
)
_REVIEW_STEPS = (
    Step("start", "commissioned", "under-way", "Start the review"),
    Step("complete", "under-way", "complete", "Complete the review"),
    Step("publish", "complete", "published", "Publish the report"),
)
_AUDIT_STATES = (
    State("planned", "Planned"),
    State("under-way", "Under way"),
    State("complete", "Reported, actions monitored", COMPLETE, "amber"),
    State("closed", "Closed", COMPLETE, "green"),
)
_AUDIT_STEPS = (
    Step("start", "planned", "under-way", "Start the audit"),
    Step("complete", "under-way", "complete", "Report the audit"),
    Step(
        *("close", "complete", "closed", "Close the audit", "What changed because of it?"),
        when_done=True,
    ),
)
_SHARED_STATES = (
    State("asked", "Asked for"),
    State("under-way", "Under way"),
    State("complete", "Complete", COMPLETE, "green"),
)
_SHARED_STEPS = (
    Step("start", "asked", "under-way", "Start"),
    Step("complete", "under-way", "complete", "Complete"),
)

_RAPID_REVIEW = Kind(
    RAPID_REVIEW,
    "Rapid review",
    REVIEWS,
    (
        State("known", "Incident known"),
        State("notified", "Notified"),
        State("sent", "Sent to the National Panel"),
        State("panel-view", "Panel’s view received", colour="amber"),
        State("led-to-cspr", "Led to a practice review", COMPLETE, "green"),
        State("no-further-review", "No further review", COMPLETE, "green"),
    ),
    (
        Step("notify", "known", "notified", "Record the notification"),
        Step(
            *("send", "notified", "sent", "Send the rapid review to the Panel"),
            asks="What is proposed to the Panel, and why?",
        ),
        Step("panel", "sent", "panel-view", "Record the Panel’s view", "What is the Panel’s view?"),
        Step(
            *("decide-cspr", "panel-view", "led-to-cspr", "Decide on a practice review"),
            asks="Why is a child safeguarding practice review commissioned?",
            opens=PRACTICE_REVIEW,
        ),
        Step(
            *("decide-none", "panel-view", "no-further-review", "Decide on no further review"),
            asks="Why is no further review needed?",
        ),
    ),
    (
        Limit(
            "The local authority notifies the Panel within five working days of knowing of the incident",
            *("known", "notified", NOTIFICATION),
            working_days=5,
        ),
        Limit(
            "The rapid review goes to the Panel within 15 working days of the notification",
            *("notified", "sent", GUIDANCE),
            working_days=15,
        ),
    ),
)
_KINDS = (
    _RAPID_REVIEW,
    Kind(
        PRACTICE_REVIEW,
        "Child safeguarding practice review",
        REVIEWS,
        _REVIEW_STATES,
        _REVIEW_STEPS,
        (
            Limit(
                "The report is published within six months of the decision to review",
                *("commissioned", "published", GUIDANCE),
                months=6,
            ),
        ),
    ),
    Kind(
        SERIOUS_CASE_REVIEW, "Serious case review (legacy)", REVIEWS, _REVIEW_STATES, _REVIEW_STEPS
    ),
    Kind(LEARNING_REVIEW, "Local learning review", REVIEWS, _SHARED_STATES, _SHARED_STEPS),
    Kind(
        CONTRIBUTION,
        "Contribution to another area’s review",
        REVIEWS,
        _SHARED_STATES,
        _SHARED_STEPS,
    ),
    Kind(MULTI_AGENCY_AUDIT, "Multi-agency audit", AUDITS, _AUDIT_STATES, _AUDIT_STEPS),
    Kind(SINGLE_AGENCY_AUDIT, "Single-agency audit", AUDITS, _AUDIT_STATES, _AUDIT_STEPS),
    Kind(
        INSPECTION,
        "Ofsted or other inspection",
        INSPECTIONS,
        (
            State("announced", "Announced"),
            State("reported", "Reported", colour="amber"),
            State("complete", "Improvement complete", COMPLETE, "green"),
        ),
        (
            Step("report", "announced", "reported", "Record the report", "What was the judgement?"),
            Step(
                *("complete", "reported", "complete", "Complete the improvement"),
                asks="What is different for children, and how is it known?",
                when_done=True,
            ),
        ),
    ),
)
KINDS: dict[str, Kind] = {one.code: one for one in _KINDS}
STATES: dict[str, str] = {
    state.code: state.words for one in reversed(_KINDS) for state in reversed(one.states)
}
CHOICES = [(one.code, one.words) for one in _KINDS]
