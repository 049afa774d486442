"""E-mails about what is overdue in the plan: one a person, about what was not said in the last fortnight."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings

from lscb.days import day_words
from lscb.models import Person, Role
from lscb.working_days import is_working_day
from performance.actions.mail import Letter, tell
from priorities import queries
from priorities.models import Owned, PlanAction, Risk

AGAIN = 14  # days until the same thing is said again
LETTER = Letter(
    subject="Business plan: {} past the day",
    opening="this is past its day in the business plan:",
    closing="Report on it, or agree another day with the partnership manager.",
    recorded="reminded of the plan",
)


def remind(*, today: date) -> int:
    """Remind people of actions past their day and risks past their review; nothing at weekends and on bank holidays.

    The owner is written to; without one the agency's people; without those the managers. Returns how many e-mails
    went out.
    """
    if not is_working_day(today):
        return 0
    told: dict[Person, dict[str, str]] = {}
    for key, late in _late(today):
        for person in _people(late):
            told.setdefault(person, {})[key] = _line(late)
    return tell(told, LETTER)


def _late(today: date) -> Iterator[tuple[str, Owned]]:
    """What is late, with a key that stays the same for a fortnight."""
    for action in queries.overdue(today):
        if action.due:
            yield (
                f"plan action {action.pk} {action.due} {(today - action.due).days // AGAIN}",
                action,
            )
    for risk in queries.risks_of():
        if risk.review_on and risk.review_missed(today):
            days = (today - risk.review_on).days
            yield f"plan risk {risk.pk} {risk.review_on} {days // AGAIN}", risk


def _people(late: Owned) -> list[Person]:
    if late.owner and late.owner.is_active:
        return [late.owner]
    if late.agency:
        theirs = list(late.agency.people.filter(is_active=True))
        if theirs:
            return theirs
    return list(Person.objects.filter(role=Role.MANAGER, is_active=True))


def _line(one: Owned) -> str:
    day, what = "", ""
    if isinstance(one, PlanAction) and one.due:
        day, what = day_words(one.due), "was due on"
    if isinstance(one, Risk) and one.review_on:
        day, what = day_words(one.review_on), "was to be reviewed on"
    return f"- {one}: {what} {day}\n  {settings.SITE_URL}{one.get_absolute_url()}"
