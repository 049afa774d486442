"""Reading the days of meetings: the list, the last one of a group and the next."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from lscb.prepared import prepared
from performance.models import Meeting


@dataclass(frozen=True)
class Day:
    """A meeting as a page lists it."""

    id: int
    group: str
    day: date
    is_to_come: bool


def listed(today: date) -> list[Day]:
    """Every meeting that is kept, the latest day first. One that is held today is still to come."""
    return [
        Day(row.pk, row.get_group_display(), row.day, row.day >= today)
        for row in Meeting.objects.all()
    ]


def last(group: str, today: date) -> date | None:
    """The day of a group's latest meeting before today; None where none is kept."""
    return next(iter(_before(group, today)), None)


@prepared
def _before(group: str, today: date) -> QuerySet[Meeting, date]:
    rows = Meeting.objects.filter(group=group, day__lt=today).order_by("-day")
    return rows.values_list("day", flat=True)[:1]


def coming(group: str, today: date) -> date | None:
    """The day of a group's next meeting, today or later; None where none is kept."""
    rows = Meeting.objects.filter(group=group, day__gte=today).order_by("day")
    return rows.values_list("day", flat=True).first()


def last_of_each(today: date) -> list[tuple[str, date]]:
    """The groups that have met, by name, each with the day of its last meeting."""
    latest = dict(_held(today))
    return [(group.label, latest[group]) for group in Meeting.Group if group in latest]


@prepared
def _held(today: date) -> QuerySet[Meeting, tuple[str, date]]:
    return Meeting.objects.filter(day__lt=today).order_by("day").values_list("group", "day")
