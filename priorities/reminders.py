"""E-mails about what is overdue in the plan: one a person, about what was not said in the last fortnight.

An e-mail names actions and risks by their titles; it holds no figure and nothing about a child.
"""

from collections.abc import Iterator
from datetime import date

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction

from lscb import audit
from lscb.models import Person, Role
from lscb.working_days import is_working_day
from performance.models import MailChoice, SentMail
from priorities import queries
from priorities.models import Owned, PlanAction, Risk

log = structlog.get_logger()

AGAIN = 14  # days until the same thing is said again


def remind(*, today: date) -> int:
    """Remind people of actions past their day and risks past their review; nothing at weekends and on bank holidays.

    The owner is written to; without one the agency's people; without those the managers. Returns how many e-mails
    went out.
    """
    if not is_working_day(today):
        return 0
    unwilling = set(MailChoice.objects.filter(reminders=False).values_list("person", flat=True))
    told: dict[Person, dict[str, Owned]] = {}
    for key, late in _late(today):
        for person in _people(late):
            if person.pk not in unwilling:
                told.setdefault(person, {})[key] = late
    return sum(_written(person, late) for person, late in told.items())


def _written(person: Person, late: dict[str, Owned]) -> int:
    """How many e-mails went to a person. One that cannot be sent keeps nobody else from theirs: it is logged, and tried
    again the next day."""
    try:
        return _write(person, late)
    except OSError as error:  # what sockets and smtplib raise
        log.warning("e-mail not sent", person=person.pk, error=type(error).__name__)
        return 0


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


def _write(person: Person, late: dict[str, Owned]) -> int:
    """One e-mail about what was not said yet. It is remembered in the transaction that sends it."""
    with transaction.atomic():
        said = SentMail.objects.filter(person=person, key__in=late).values_list("key", flat=True)
        fresh = {key: one for key, one in late.items() if key not in set(said)}
        if not fresh:
            return 0
        SentMail.objects.bulk_create(SentMail(person=person, key=key) for key in fresh)
        lines = "\n".join(_line(one) for one in fresh.values())
        text = (
            f"{person.name}, this is past its day in the business plan:\n\n{lines}\n\n"
            "Report on it, or agree another day with the partnership manager.\n"
            f"To get no e-mails of this kind: {settings.SITE_URL}/account/\n"
        )
        audit.record(by=None, action="reminded of the plan", subject=person, about=sorted(fresh))
        send_mail(f"Business plan: {len(fresh)} past the day", text, None, [person.email])
    return 1


def _line(one: Owned) -> str:
    day, what = "", ""
    if isinstance(one, PlanAction) and one.due:
        day, what = f"{one.due.day} {one.due:%B %Y}", "was due on"
    if isinstance(one, Risk) and one.review_on:
        day, what = f"{one.review_on.day} {one.review_on:%B %Y}", "was to be reviewed on"
    return f"- {one}: {what} {day}\n  {settings.SITE_URL}{one.get_absolute_url()}"
