"""The agencies as their page lists them: who takes part where and since when, and what was recorded of them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from lscb.days import day_words
from lscb.models import Agency, AuditEvent

ADDED, REMOVED = "agency added", "agency removed"
REPLACED, TAKEN_BACK = "agency replaced", "replacement taken back"


@dataclass(frozen=True)
class Line:
    """One thing that a person recorded of an agency, in words."""

    at: datetime
    by: str
    words: str


def listed() -> list[Agency]:
    """Every agency with its areas and its successor, by name."""
    return list(
        Agency.objects.select_related("successor").prefetch_related("areas").order_by("name", "pk")
    )


def added() -> set[str]:
    """The agencies (by slug) that people added."""
    return {row.details["agency"] for row in _rows().filter(action=ADDED)}


def recorded() -> list[Line]:
    """What people recorded of agencies, the latest first."""
    rows = list(_rows().select_related("person").order_by("-id"))
    added_as = [row.details for row in rows if row.action == ADDED]
    names = {one["agency"]: one.get("name", one["agency"]) for one in added_as}
    names |= dict(Agency.objects.values_list("slug", "name"))
    return [
        Line(row.at, row.person.name if row.person else row.actor, _words(row, names))
        for row in rows
    ]


def _rows() -> QuerySet[AuditEvent]:
    actions = (ADDED, REMOVED, REPLACED, TAKEN_BACK)
    return AuditEvent.objects.filter(object_type=Agency._meta.label_lower, action__in=actions)


def _words(row: AuditEvent, names: dict[str, str]) -> str:
    """What a line of the trail says. An agency that was removed goes by the name it was added with."""
    agency, successor = (
        names.get(slug := row.details.get(key, ""), slug) for key in ("agency", "successor")
    )
    if row.action == REPLACED:
        day = day_words(date.fromisoformat(row.details["last_day"]))
        return f"{successor} takes over from {agency}, whose last day is {day}"
    if row.action == TAKEN_BACK:
        return f"Taken back that {successor} takes over from {agency}"
    return f"{agency} {'added' if row.action == ADDED else 'removed'}"
