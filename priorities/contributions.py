"""What the plan brings to performance's pages: its overdue actions, its reports, search hits, and priorities on the
pages of their indicators."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from lscb import papers
from lscb.models import Area, Person
from lscb.periods import Period
from lscb.prepared import prepared
from performance.contributed import Hit, OverdueAction, Report, Sought, Thing
from priorities import queries
from priorities.models import PlanAction, Priority, Record, Risk
from priorities.report import BESIDE


def overdue(_person: Person, area: Area, today: date) -> Iterator[OverdueAction]:
    """The overdue actions of the plan of an area; everybody who signs in may read the plan."""
    for one in queries.overdue(today, area):
        if one.due:
            agency = one.agency.name if one.agency else ""
            part_of = one.priority.title if one.priority else BESIDE
            yield OverdueAction(
                one.title, agency, one.owned_by, one.due, part_of, one.get_absolute_url()
            )


def about(_person: Person, indicator: str) -> Iterator[Thing]:
    """The priorities whose progress an indicator shows."""
    for one in _with_indicators():
        if indicator in one.indicators:
            yield Thing(f"Priority: {one.title}", one.get_absolute_url())


@prepared
def _with_indicators() -> QuerySet[Priority]:
    return Priority.objects.exclude(indicators=[]).only("title", "indicators")


def reports(_person: Person, area: Area, _quarter: Period) -> Iterator[Report]:
    """The business plan of an area, and each of its priorities."""
    query = "?" + urlencode({"area": area.code})
    chosen = list(queries.priorities().filter(area=area))
    if chosen:
        yield Report(
            f"Business plan, {area.name}",
            "Priorities, actions with their status and impact, risks, campaigns and what children said, as of today.",
            reverse("plan") + query,
            papers.files("plan", query=query),
        )
    for one in chosen:
        yield Report(
            f"Priority: {one.title}",
            "Is it making a difference? Evidence of every kind side by side, and what is missing.",
            one.get_absolute_url(),
            papers.files("priority", one.pk),
        )


def search(_person: Person) -> Iterator[Sought]:
    """The priorities, actions and risks, the newest first."""
    yield _newest(
        Priority,
        ("title", "why", "outcomes"),
        lambda one: Hit("Priorities", one.title, one.get_absolute_url(), one.why),
    )
    yield _newest(
        PlanAction,
        ("title", "about", "different", "priority__title", "agency__name"),
        lambda one: Hit("Actions of the plan", one.title, one.get_absolute_url(), one.about),
    )
    yield _newest(
        Risk,
        ("title", "about", "mitigation"),
        lambda one: Hit("Risks", one.title, one.get_absolute_url(), one.about),
    )


def _newest(model: type[Record], fields: tuple[str, ...], hit: Callable[[Any], Hit]) -> Sought:
    return Sought(model._default_manager.select_related("area").order_by("-pk"), fields, hit)
