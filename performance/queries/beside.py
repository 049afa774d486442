"""What stands beside an indicator's own figures: the values of other places, and of groups of children."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from lscb.models import Area
from lscb.periods import Period
from lscb.prepared import prepared
from performance.indicators.series import Value
from performance.intake.codes import ALL
from performance.models import Neighbour, Observation
from performance.models.breaks import COLUMNS, values_stored, with_breaks

WIDER = (Area.Kind.COUNTRY, Area.Kind.REGION)


def elsewhere(indicator: str, period: Period) -> dict[str, Value]:
    """The values of a year of every real place, by area code; several authorities together are no place
    beside their own. One query."""
    rows = _elsewhere.stored(indicator, period.kind, period.code)
    return {one.area: one for one in with_breaks(values_stored(rows))}


@prepared
def _elsewhere(indicator: str, kind: str, period: str) -> QuerySet[Observation, tuple[Any, ...]]:
    rows = Observation.objects.filter(
        indicator=indicator,
        period_type=kind,
        period=period,
        breakdown=ALL,
        area__synthetic=False,
        status="reported",
    )
    places = rows.exclude(area__kind=Area.Kind.PARTNERSHIP)
    return places.values_list(*COLUMNS)


def wider(area: Area) -> list[str]:
    """The codes of the country and of the regions an area lies in."""
    found = _wider(area.pk)
    return [code for kind in WIDER for one, code in found if one == kind]


@prepared
def _wider(area: int) -> QuerySet[Area, tuple[str, str]]:
    country, region = WIDER
    rows = Area.objects.filter(Q(kind=country) | Q(kind=region, parts=area)).exclude(pk=area)
    return rows.distinct().order_by("name").values_list("kind", "code")


def neighbour_models(area: Area) -> Sequence[tuple[str, tuple[str, ...]]]:
    """The models of statistical neighbours of an area, the newest first: (name, codes with the nearest first)."""
    found: dict[str, list[str]] = {}
    for model, code in _neighbours(area.pk):
        found.setdefault(model, []).append(code)
    return [(model, tuple(codes)) for model, codes in found.items()]


@prepared
def _neighbours(area: int) -> QuerySet[Neighbour, tuple[str, str]]:
    rows = Neighbour.objects.filter(area=area).order_by("-model", "rank")
    return rows.values_list("model", "neighbour__code")
