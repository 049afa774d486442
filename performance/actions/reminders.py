"""E-mails about returns: to analysts before and after a deadline, to the manager once a month.

What was sent is remembered, so that a task that runs twice, late or after a fault sends nothing twice. Each e-mail
names returns, areas and periods only: no figures, and nothing about a child.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from lscb import audit
from lscb.context import partnership_words
from lscb.models import Agency, Area, Person, Role
from lscb.periods import month_of
from lscb.working_days import is_working_day, working_days_between
from performance.indicators.duties import OPEN, Duty, Standing
from performance.intake.spec import returns
from performance.models import MailChoice, SentMail
from performance.models.owed import all_duties

log = structlog.get_logger()

BEFORE = 3  # working days before a deadline
AGAIN = 5  # working days after it, when nothing came


@dataclass(frozen=True)
class Line:
    """One duty in an e-mail: the return's title, the area's name, the duty, and the address for its file."""

    title: str
    area: str
    duty: Duty
    link: str


@dataclass(frozen=True)
class Score:
    """One agency in the manager's digest."""

    agency: str
    fell_due: int
    on_time: int
    late: list[Line]


def remind(*, today: date) -> int:
    """Send what is to be sent on a day; nothing at weekends and on bank holidays. Returns how many e-mails went."""
    if not is_working_day(today):
        return 0
    owed = all_duties(today)
    unwilling = set(MailChoice.objects.filter(reminders=False).values_list("person", flat=True))
    people = [
        one
        for one in Person.objects.filter(is_active=True).select_related("agency")
        if one.pk not in unwilling
    ]
    writers = {Role.ANALYST: _remind_analyst, Role.MANAGER: _digest}
    return sum(
        _written(writers[Role(one.role)], one, owed, today) for one in people if one.role in writers
    )


def _written(
    write: Callable[[Person, list[Duty], date], int], person: Person, owed: list[Duty], today: date
) -> int:
    """How many e-mails went to a person. One that cannot be sent keeps nobody else from theirs: it is logged, and tried
    again the next day."""
    try:
        return write(person, owed, today)
    except OSError as error:  # what sockets and smtplib raise
        log.warning("e-mail not sent", person=person.pk, error=type(error).__name__)
        return 0


def choose_mail(*, by: Person, reminders: bool, digests: bool = True) -> None:
    """Say whether one wants e-mails about returns, and those of what changed in the figures."""
    with transaction.atomic():
        MailChoice.objects.update_or_create(
            person=by, defaults={"reminders": reminders, "digests": digests}
        )
        audit.record(
            by=by, action="chose e-mails", subject=by, reminders=reminders, digests=digests
        )


def occasion(duty: Duty, today: date) -> str:
    """Why a duty is a reason to write on this day: `before`, `after` or `again`, or `unfinished` for a file that was
    sent and does not count yet; empty when it is none."""
    if duty.standing is Standing.RECEIVED:
        overdue = today > duty.due and working_days_between(duty.due, today) > AGAIN
        return "unfinished again" if overdue else "unfinished"
    if duty.standing not in OPEN:
        return ""
    if duty.standing is Standing.LATE:
        return "again" if working_days_between(duty.due, today) > AGAIN else "after"
    near = working_days_between(today, duty.due) <= BEFORE
    return "before" if near and duty.period.end < today else ""


def _remind_analyst(person: Person, owed: list[Duty], today: date) -> int:
    """One e-mail to an analyst about everything there is to say that was not said before."""
    agency = person.agency
    mine = {
        f"{why} {duty.return_id} {duty.area} {duty.period.code}": duty
        for duty in owed
        if agency and duty.agency == agency.slug and (why := occasion(duty, today))
    }
    if not mine:
        return 0
    with transaction.atomic():
        fresh = _unsaid(person, mine)
        if not fresh:
            return 0
        lines = _lines(mine[key] for key in fresh)
        late = [line for line in lines if line.duty.standing is Standing.LATE]
        due = [line for line in lines if line.duty.standing is Standing.DUE]
        unfinished = [line for line in lines if line.duty.standing is Standing.RECEIVED]
        parts = {"late": late, "due": due, "unfinished": unfinished}
        words = {"late": "late", "due": "due soon", "unfinished": "not finished"}
        said = [f"{len(part)} {words[name]}" for name, part in parts.items() if part]
        _send(person, f"Returns: {' and '.join(said)}", "reminder", {**parts, "agency": agency})
    return 1


def _digest(person: Person, owed: list[Duty], today: date) -> int:
    """Once a month to the manager: how the returns of last month were kept, and what is late."""
    month = month_of(today).previous()
    scores = _scores(owed, today)
    with transaction.atomic():
        if not scores or not _unsaid(person, [f"digest {month.code}"]):
            return 0
        context = {"month": month, "scores": scores}
        _send(person, f"Returns: the digest for {month.label}", "digest", context)
    return 1


def _scores(owed: list[Duty], today: date) -> list[Score]:
    names = dict(Agency.objects.values_list("slug", "name"))
    month = month_of(today).previous()
    found = []
    for slug in dict.fromkeys(duty.agency for duty in owed):
        mine = [duty for duty in owed if duty.agency == slug and duty.counts]
        fell_due = [duty for duty in mine if month_of(duty.due) == month]
        late = [duty for duty in mine if duty.standing is Standing.LATE]
        on_time = sum(duty.on_time for duty in fell_due)
        found.append(Score(names[slug], len(fell_due), on_time, _lines(late)))
    return found


def _lines(listed: Iterable[Duty]) -> list[Line]:
    areas = dict(Area.objects.values_list("code", "name"))
    return [
        Line(
            returns()[duty.return_id].title,
            areas[duty.area],
            duty,
            settings.SITE_URL + _address(duty),
        )
        for duty in sorted(listed, key=lambda one: (one.due, one.return_id, one.area))
    ]


def _address(duty: Duty) -> str:
    """The page of the file that came for a duty, or the form to send one with."""
    if duty.delivery:
        return reverse("submission", args=[duty.delivery])
    form = reverse("return-upload", args=[duty.return_id])
    return f"{form}?period={duty.period}&area={duty.area}"


def _unsaid(person: Person, keys: Iterable[str]) -> list[str]:
    """Of these keys those that were not written about yet; they are remembered as written about."""
    keys = list(keys)
    said = set(SentMail.objects.filter(person=person, key__in=keys).values_list("key", flat=True))
    fresh = [key for key in keys if key not in said]
    SentMail.objects.bulk_create(SentMail(person=person, key=key) for key in fresh)
    return fresh


def _send(person: Person, subject: str, template: str, context: dict[str, object]) -> None:
    """Send within the open transaction: an e-mail that cannot be sent is tried again the next day."""
    words = {
        "person": person,
        "partnership": partnership_words(),
        "site": settings.SITE_URL,
        **context,
    }
    body = render_to_string(f"performance/mail/{template}.txt", words)
    send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [person.email])
    audit.record(by=None, action="e-mail sent", subject=person, about=template)
