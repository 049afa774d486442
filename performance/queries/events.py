"""What is known of an area's charts beside the numbers: events, and the rebases that people made."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from lscb.models import Area
from lscb.periods import Period, month_of
from lscb.prepared import prepared
from performance.indicators.series import Mark, Notes
from performance.models import Event, Rebase
from performance.models.statements import rebases_in


def notes(area: Area) -> Notes:
    """The events of an area and of the areas it lies in, and the rebases of its indicators. Two queries."""
    return Notes(events=tuple(events(area)), rebases=rebases([area.code]).get(area.code, {}))


def events(area: Area) -> list[Mark]:
    """What happened in an area or in one that it lies in, in order. An invented area has no history."""
    if area.synthetic:
        return []
    return [Mark(month_of(day), title, source) for day, title, source in _events(area.pk)]


@prepared
def _events(area: int) -> QuerySet[Event, tuple[date, str, str]]:
    wider = Q(pk=area) | Q(parts=area) | Q(kind=Area.Kind.COUNTRY)
    rows = Event.objects.filter(area__in=Area.objects.filter(wider))
    return rows.values_list("day", "title", "source")


def listed() -> list[Event]:
    """Every event that charts show, the latest first, with its area and who added it."""
    return list(Event.objects.select_related("area", "made_by").order_by("-day", "title"))


def rebases(areas: Collection[str]) -> dict[str, Mapping[str, tuple[Period, ...]]]:
    """The periods at which limits begin anew, by area (code) and indicator."""
    found: dict[str, dict[str, tuple[Period, ...]]] = {}
    for (indicator, code), periods in rebases_in(areas).items():
        found.setdefault(code, {})[indicator] = periods
    return {code: dict(one) for code, one in found.items()}


@dataclass(frozen=True)
class MadeRebase:
    """A rebase as the indicator's page lists it."""

    id: int
    period: Period
    reason: str
    by: str
    is_standing: bool
    removed_by: str


def history(indicator: str, area: Area) -> list[MadeRebase]:
    """Every rebase that was made for an indicator and area, also those taken back, the latest first."""
    rows = Rebase.objects.filter(indicator=indicator, area=area)
    return [
        MadeRebase(
            row.pk,
            row.period,
            row.reason,
            row.made_by.name,
            row.removed_at is None,
            row.removed_by.name if row.removed_by else "",
        )
        for row in rows.select_related("made_by", "removed_by")
    ]


def rebased(indicators: Collection[str]) -> dict[tuple[int, str], list[Rebase]]:
    """The rebases of indicators by area (its key) and indicator, with who made them, in the order of making."""
    found: dict[tuple[int, str], list[Rebase]] = {}
    for row in _rebased(indicators):
        found.setdefault((row.area_id, row.indicator), []).append(row)
    return found


@prepared
def _rebased(indicators: Collection[str]) -> QuerySet[Rebase]:
    rows = Rebase.objects.filter(indicator__in=indicators).select_related("made_by")
    return rows.order_by("made_at", "id")


def begun_anew(indicator: str, area: Area) -> list[str]:
    """The rebases of an indicator in an area that stand, each with who made it, when and why."""
    rows = rebased([indicator]).get((area.pk, indicator), [])
    return [
        f"Limits begin anew with {row.period.label}, {row.words}"
        for row in rows
        if row.removed_at is None
    ]


def rebase_words(rows: Sequence[Rebase], since: datetime, until: datetime | None) -> str:
    """The last rebase that was made between two moments, in words; empty without one."""
    made = [row for row in rows if row.made_at >= since and (until is None or row.made_at <= until)]
    if not made:
        return ""
    return f"Limits begin anew with {made[-1].period.label}, {made[-1].words}"
