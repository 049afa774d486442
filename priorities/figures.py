"""The plan's counts as figures of their own: sent through intake for each quarter that is over, like any return."""

from collections.abc import Iterable
from datetime import date

from lscb.models import Agency, Area
from lscb.periods import Period, month_of, parse
from performance.actions.own_figures import send_figures
from performance.intake.codes import ALL
from performance.intake.spec import returns
from performance.models import State, Submission
from priorities.models import PlanAction, Voice

RETURN = "business-plan"
ON_TIME, RESPONSES, CHANGES = "plan-actions-on-time", "feedback-responses", "feedback-changes"
Line = tuple[str, int, int | str]  # item, numerator, denominator (empty where there is none)


def record(*, today: date) -> list[Submission]:
    """Send the figures of each quarter that is over, one file an area; what is unchanged is not sent again.

    Returns the submissions that were made.
    """
    sender = Agency.objects.filter(type__in=returns()[RETURN].owners).order_by("pk").first()
    made = []
    if sender is None:
        return []
    for area in sender.areas.order_by("code"):
        for quarter, lines in sorted(_by_quarter(area, today).items()):
            submission = send_figures(
                return_id=RETURN,
                sender=sender,
                area=area,
                period=quarter,
                rows=[
                    (quarter.code, item, ALL, ALL, numerator, denominator, "")
                    for item, numerator, denominator in lines
                ],
                source="The records of the business plan",
            )
            made += [submission] if submission else []
    return made


def lines_of(actions: Iterable[PlanAction], voices: Iterable[Voice], quarter: Period) -> list[Line]:
    """The rows of a quarter; none where the plan holds nothing about it."""
    found: list[Line] = []
    due = [
        one
        for one in actions
        if one.due and quarter.start <= one.due <= quarter.end and one.state != "stopped"
    ]
    if due:
        kept = [one for one in due if one.closed_on and one.due and one.closed_on <= one.due]
        found.append((ON_TIME, len(kept), len(due)))
    every = list(voices)
    heard = [one.heard for one in every if quarter.contains(one.period)]
    counted = [number for number in heard if number is not None]
    if counted and len(counted) == len(heard):
        found.append((RESPONSES, sum(counted), ""))
    changed = [
        one for one in every if one.changed_on and month_of(one.changed_on).quarter == quarter
    ]
    if heard or changed:
        found.append((CHANGES, sum(1 for one in changed if one.told_on), ""))
    return found


def _by_quarter(area: Area, today: date) -> dict[Period, list[Line]]:
    """The rows of every quarter that is over and of which the plan says something, or once said something."""
    actions = list(PlanAction.objects.filter(area=area, due__isnull=False))
    voices = list(Voice.objects.filter(area=area))
    days = [one.due for one in actions] + [one.changed_on for one in voices]
    quarters = {month_of(day).quarter for day in days if day}
    quarters |= {one.period.quarter for one in voices if one.period.length <= 3}
    sent = Submission.objects.filter(return_id=RETURN, area=area, state=State.ACCEPTED)
    before = {parse(code) for code in sent.values_list("period_code", flat=True)}
    found = {}
    for quarter in quarters | before:
        lines = lines_of(actions, voices, quarter)
        if not lines and quarter in before:
            lines = [(CHANGES, 0, "")]  # takes the place of what no longer holds
        if lines and quarter.end < today:
            found[quarter] = lines
    return found
