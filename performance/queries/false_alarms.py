"""How many signals chance alone would give an area, of what is judged as the signals are found."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from lscb.periods import Period, parse
from lscb.prepared import prepared
from performance.indicators import limits, rare_events
from performance.indicators.false_alarms import ENDED_SHARE, RARE_SHARE, false_alarm_share
from performance.indicators.limits import WINDOW
from performance.indicators.series import Value
from performance.indicators.spec import IndicatorSpec, indicators
from performance.intake.codes import ALL
from performance.intake.spec import REPORTED
from performance.models import Observation
from performance.models.breaks import JUDGED, to_judge
from performance.models.catalogue import agreed
from performance.queries.events import rebases
from performance.queries.observations import of_shapes

Series = dict[str, list[Value]]


@dataclass(frozen=True)
class Watched:
    """The series that can be judged: how likely each that has limits of usual variation shows a special cause at its
    latest point by chance alone, and how many are of rare events, judged by the time between them. `stocks` of those
    with limits are numbers at a period's end, in which chance shows more than that."""

    by_limits: tuple[float, ...] = ()
    rare: int = 0
    stocks: int = 0

    @property
    def series(self) -> int:
        """How many series can be judged."""
        return len(self.by_limits) + self.rare

    @property
    def standing(self) -> float:
        """How many special causes to expect if nothing at all had changed."""
        return sum(self.by_limits) + self.rare * RARE_SHARE

    @property
    def ended(self) -> float:
        """How many to expect beside them that stood one point before and are told as ended."""
        return len(self.by_limits) * ENDED_SHARE


def watched(area: str) -> Watched:
    """What is judged of an area (code): the finest series of each indicator in use that has enough points."""
    specs = agreed(indicators().values(), timezone.localdate())
    known = _recent(area, specs)
    anew = rebases([area]).get(area, {})
    found: dict[str, float] = {}
    rare: dict[str, list[str]] = {}
    for spec in specs.values():
        kinds = known.get(spec.id, {})
        numbers = tuple(tuple(kinds.get(kind, ())) for kind in WINDOW)
        share, of_rare = _judged(spec, numbers, tuple(anew.get(spec.id, ())))
        if of_rare:
            rare.setdefault(of_rare, []).append(spec.id)
        if share:
            found[spec.id] = share
    drawn = sum(
        chart is not None and chart.refusal is None
        for key, values in _of_all_time(area, rare).items()
        for chart in [rare_events.chart(specs[key], values, anew.get(key, ()))]
    )
    return Watched(
        tuple(found.values()), drawn, sum(specs[key].aggregation == "last" for key in found)
    )


@lru_cache(maxsize=4096)
def _judged(
    spec: IndicatorSpec, kinds: tuple[tuple[Value, ...], ...], anew: tuple[Period, ...]
) -> tuple[float, str]:
    """How likely the latest of these numbers shows a special cause by chance alone (0 where they have no limits), and
    the kind of period that they are of where they are of rare events. The same numbers give the same."""
    recent = limits.best(kinds)
    if not recent or spec.aggregation == "annual":
        return 0.0, ""
    chart = limits.chart(recent, spec, anew)
    return false_alarm_share(chart), recent[0].period_type if chart.refusal == limits.RARE else ""


def _recent(area: str, specs: Collection[str]) -> Mapping[str, Series]:
    """The totals within twice the window of the latest number of each kind of period, by indicator and kind."""
    reach: list[str] = []
    for kind, window in WINDOW.items():
        for last in _last(area, kind):
            reach += kind, parse(last).shift(1 - 2 * window).code
    known: dict[str, Series] = {}
    for one in to_judge(_since.stored(area, specs, *reach)):
        known.setdefault(one.indicator, {}).setdefault(one.period_type, []).append(one)
    return known


@prepared
def _last(area: str, kind: str) -> QuerySet[Observation, str]:
    """The last period of a kind for which an area has a number."""
    rows = Observation.objects.filter(
        area__code=area, period_type=kind, breakdown=ALL, status=REPORTED
    )
    return rows.order_by("-period").values_list("period", flat=True)[:1]


@prepared
def _since(area: str, ids: Collection[str], *reach: str) -> QuerySet[Observation, tuple[Any, ...]]:
    """The totals of an area that `reach` names: kind of period, the first of its periods, and so on."""
    wanted = Q(pk__in=[])
    for kind, first in zip(reach[::2], reach[1::2], strict=True):
        wanted |= Q(period_type=kind, period__gte=first)
    rows = Observation.objects.filter(  # named one by one, the database finds each by its index
        wanted, indicator__in=ids, area__code=area, breakdown=ALL, period_type__in=WINDOW
    )
    return rows.order_by().values_list(*JUDGED)


def _of_all_time(area: str, rare: Mapping[str, Collection[str]]) -> Series:
    """The totals of rare events by indicator, of the kind of period that each is among: so few are judged by all there
    are."""
    shapes = [(one, kind, ALL) for kind, ids in rare.items() for one in ids]
    found: Series = {}
    for one in of_shapes(area, shapes) if shapes else ():
        found.setdefault(one.indicator, []).append(one)
    return found
