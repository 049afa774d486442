"""How many signals chance alone would give an area, of what is judged as the signals are found."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from lscb.periods import parse
from performance.indicators import rare_events, series
from performance.indicators.series import WINDOW, Value
from performance.indicators.spec import indicators
from performance.intake.codes import ALL
from performance.intake.spec import REPORTED
from performance.models import IndicatorSetting, Observation
from performance.models.breaks import to_judge, values_of
from performance.models.catalogue import agreed
from performance.queries.events import rebases
from performance.statistics.false_alarms import ENDED_SHARE, RARE_SHARE, false_alarm_share

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
    decisions = IndicatorSetting.objects.all()
    specs = agreed(indicators().values(), timezone.localdate(), decisions)
    known = _recent(area, specs)
    anew = rebases([area]).get(area, {})
    found: dict[str, float] = {}
    rare: Series = {}
    for spec in specs.values():
        recent = series.best([known.get(spec.id, {}).get(kind, []) for kind in WINDOW])
        if not recent or spec.aggregation == "annual":
            continue
        chart = series.chart(recent, spec, anew.get(spec.id, ()))
        if chart.refusal == series.RARE:
            rare.setdefault(recent[0].period_type, []).append(recent[0])
        if share := false_alarm_share(chart):
            found[spec.id] = share
    drawn = sum(
        chart is not None and chart.refusal is None
        for key, values in _of_all_time(area, rare).items()
        for chart in [rare_events.chart(specs[key], values, anew.get(key, ()))]
    )
    return Watched(
        tuple(found.values()), drawn, sum(specs[key].aggregation == "last" for key in found)
    )


def _recent(area: str, specs: Collection[str]) -> Mapping[str, Series]:
    """The totals within twice the window of the latest number of each kind of period, by indicator and kind."""
    wanted = Q(pk__in=[])
    for kind, window in WINDOW.items():
        rows = Observation.objects.filter(
            area__code=area, period_type=kind, breakdown=ALL, status=REPORTED
        )
        last = rows.order_by("-period").values_list("period", flat=True).first()
        if last is not None:
            wanted |= Q(period_type=kind, period__gte=parse(last).shift(1 - 2 * window).code)
    rows = (
        Observation.objects.filter(  # named one by one, the database finds each series by its index
            wanted, indicator__in=specs, area__code=area, breakdown=ALL, period_type__in=WINDOW
        )
    )
    known: dict[str, Series] = {}
    for one in to_judge(rows):
        known.setdefault(one.indicator, {}).setdefault(one.period_type, []).append(one)
    return known


def _of_all_time(area: str, rare: Mapping[str, Collection[Value]]) -> Series:
    """The totals of rare events of their kind of period, by indicator: so few are judged by all there are."""
    wanted = Q(pk__in=[])
    for kind, listed in rare.items():
        wanted |= Q(period_type=kind, indicator__in=[one.indicator for one in listed])
    found: Series = {}
    if rare:
        for one in values_of(Observation.objects.filter(wanted, area__code=area, breakdown=ALL)):
            found.setdefault(one.indicator, []).append(one)
    return found
