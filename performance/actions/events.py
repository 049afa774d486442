"""The manager keeps the events that charts show: what happened, where and when, and how that is known."""

from datetime import date

from django.db import IntegrityError, transaction

from lscb import access, audit
from lscb.access import Action
from lscb.models import Area, Person
from performance.actions.observations import new_version
from performance.intake.sentences import kind_in_text
from performance.models import Event


class EventRefused(Exception):
    """An event that cannot be kept. The text says why, for the person who asked."""


def add_event(
    *, by: Person, area: Area, day: date, month_only: bool, title: str, source: str
) -> Event:
    """Have an event drawn on the charts of an area and of those within it. Of one of which only the month is known
    `day` is any day of it.

    Raises PermissionDenied by role, EventRefused without a title or source, for what names somebody, and for one that
    is kept already.
    """
    access.check(by, Action.KEEP_EVENTS)
    title, source = " ".join(title.split()), " ".join(source.split())
    if not title or not source:
        raise EventRefused("Say what happened, and how it is known.")
    if what := kind_in_text(f"{title}\n{source}"):
        raise EventRefused(f"The text seems to hold {what}. Take it out: no event names a child.")
    try:
        with transaction.atomic():
            row = Event.objects.create(
                area=area,
                day=day.replace(day=1) if month_only else day,
                month_only=month_only,
                title=title,
                source=source,
                made_by=by,
            )
            _record(by, "added event", row)
            new_version()
    except IntegrityError as error:
        raise EventRefused("This event is in the list already.") from error
    return row


def remove_event(*, by: Person, event: Event) -> None:
    """Take an event that somebody added off the charts; the audit trail keeps that it was there. Raises
    PermissionDenied by role, EventRefused for one that came with the sample."""
    access.check(by, Action.KEEP_EVENTS)
    if event.made_by_id is None:
        raise EventRefused("It came with the published figures and stays.")
    with transaction.atomic():
        _record(by, "removed event", event)
        event.delete()
        new_version()


def _record(by: Person, action: str, row: Event) -> None:
    audit.record(by=by, action=action, subject=row, area=row.area.code, day=row.day.isoformat())
