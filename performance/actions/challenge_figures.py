"""The challenge log as an indicator: of the challenges due in a month, how many were answered by the day agreed.

A challenge about something that not everybody may see, such as a restricted review, would tell of it: it counts once
everybody may, and the months before are then sent anew.
"""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from lscb.models import Agency, Area
from lscb.periods import Period, between, month_of, parse
from performance import contributed
from performance.actions.own_figures import send_figures
from performance.intake.codes import ALL, code_list
from performance.intake.spec import returns
from performance.models import Challenge, ChallengeEntry, Submission
from performance.models.returns import SETTLED

RETURN, ITEM = "challenge-log", "challenges-on-time"
Row = tuple[str, str, str, str, int, int, str]


def record(*, today: date) -> list[Submission]:
    """Send the figures of each month that is over since an area's first challenge: a month in which nothing was due is
    none of none, not missing. What is unchanged is not sent again. Returns the submissions that were made."""
    owners = returns()[RETURN].owners
    sender = Agency.objects.filter(type__in=owners).order_by("pk").first()
    made: list[Submission] = []
    if sender is None:
        return made
    told = Submission.objects.filter(agency=sender, return_id=RETURN, state__in=SETTLED)
    for area in sender.areas.order_by("code"):
        due = _counted(area)
        sent = told.filter(area=area).values_list("period_code", flat=True)
        for month in _months_over(due, {parse(code) for code in sent}, today):
            asked = [one for one in due if month_of(one.due) == month]
            submission = send_figures(
                return_id=RETURN,
                sender=sender,
                area=area,
                period=month,
                rows=list(_rows(month, asked)),
                source="The challenge log",
            )
            made += [submission] if submission else []
    return made


def _counted(area: Area) -> list[Challenge]:
    """The challenges of an area that are about what everybody may see."""
    subjects = ["", *contributed.things(None)]
    rows = Challenge.objects.filter(area=area, subject__in=subjects)
    return list(rows.select_related("agency"))


def _months_over(raised: list[Challenge], sent: set[Period], today: date) -> list[Period]:
    """The months that are over, from the first in which a challenge was raised or due or that was `sent` before."""
    known = {month_of(min(one.due, timezone.localdate(one.raised_at))) for one in raised} | sent
    last = month_of(today).shift(-1)
    began = min(known, default=None)
    return between(began, last) if began and began <= last else []


def _rows(month: Period, asked: list[Challenge]) -> Iterator[Row]:
    """The month's rows: for everybody, then for each type of agency that was asked."""
    types = sorted({one.agency.type for one in asked} & {one.code for one in code_list("agency")})
    for breakdown, category in [(ALL, ALL), *(("agency", one) for one in types)]:
        mine = [one for one in asked if category in (ALL, one.agency.type)]
        in_time = sum(1 for one in mine if answered_in_time(one))
        yield month.code, ITEM, breakdown, category, in_time, len(mine), ""


def answered_in_time(challenge: Challenge) -> bool:
    """Whether an answer came by the day agreed."""
    answers = challenge.entries.filter(kind=ChallengeEntry.Kind.ANSWER, at__date__lte=challenge.due)
    return answers.exists()
