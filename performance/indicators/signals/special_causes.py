"""Special causes at the latest point of a series, and those that have ended."""

from collections.abc import Collection, Sequence

from lscb.numbers import format_value
from lscb.periods import Period
from performance.indicators import limits, rare_events
from performance.indicators.series import Value
from performance.indicators.signals.found import (
    CHARTED,
    ENDED,
    RANKS,
    SPECIAL_CAUSE,
    Found,
    limits_words,
    line_words,
)
from performance.indicators.spec import IndicatorSpec
from performance.intake.codes import ALL
from performance.statistics.spc import Chart, Judgement, Point
from performance.statistics.special_causes import Direction, Rule, SpecialCause


def special_causes(
    spec: IndicatorSpec,
    values: Sequence[Value],
    rebases: Collection[Period],
    whole: Sequence[Value],
) -> list[Found]:
    """The special cause at the latest point, or the one that ended with the point before; of rare events that of the
    time between them, over the `whole` series. What is known once a year and describes the place (its population) is no
    process, and has none."""
    if spec.aggregation == "annual":
        return []
    chart = limits.chart(values, spec, rebases)
    if chart.refusal == limits.RARE:
        return _of_rare_events(spec, whole, rebases)
    points = [point for point in chart.points if point.value is not None]
    if chart.refusal is not None or not points:
        return []
    if points[-1].rule is not None:
        return [_special_cause(spec, values[0], chart, points)]
    if len(points) > 1 and points[-2].rule and points[-2].segment == points[-1].segment:
        return [_ended(spec, values[0], points)]
    return []


def _special_cause(
    spec: IndicatorSpec, one: Value, chart: Chart[Period], points: Sequence[Point[Period]]
) -> Found:
    point = points[-1]
    run = limits.run_of(points)
    reason, said = _reason(point), f"{spec.title}: {_value(spec, point)} in {point.label.label}"
    judgement = str(point.judgement) if point.judgement in _JUDGED else ""
    usual = f"mean {line_words(spec, point.mean)}, limits {limits_words(spec, point.lower, point.upper)}"
    cautions = "".join(f" {one}." for one in limits.cautions(chart))
    return Found(
        kind=SPECIAL_CAUSE,
        indicator=spec.id,
        area=one.area,
        period_type=one.period_type,
        period=run[0].label,
        direction=str(point.direction),
        judgement=judgement,
        latest=point.label,
        words=f"{said} is {reason}{_since(run)} ({usual}).{cautions}",
        rule=f"XmR chart: {point.label.label} is {reason}.",
        numbers={
            "value": point.value,
            "mean": point.mean,
            "lower": point.lower,
            "upper": point.upper,
            "rule": str(point.rule),
        },
        rank=RANKS[SPECIAL_CAUSE, judgement] - _far(point),
    )


def _ended(spec: IndicatorSpec, one: Value, points: Sequence[Point[Period]]) -> Found:
    point, before = points[-1], points[-2]
    run = limits.run_of(points[:-1])
    return Found(
        kind=ENDED,
        indicator=spec.id,
        area=one.area,
        period_type=one.period_type,
        period=run[0].label,
        direction=str(before.direction),
        judgement="",
        latest=point.label,
        words=(
            f"{spec.title}: {_value(spec, point)} in {point.label.label} is within usual variation again "
            f"(limits {limits_words(spec, point.lower, point.upper)}); {before.label.label} was "
            f"{_reason(before)}."
        ),
        rule="XmR chart: the latest point breaks no rule, and the point before it did.",
        numbers={"value": point.value, "before": before.value, "mean": point.mean},
        rank=RANKS[ENDED, ""],
    )


def is_rare(spec: IndicatorSpec, values: Sequence[Value]) -> bool:
    """Whether these values, of every kind of period, count events too rare for limits of usual variation."""
    if spec.unit != "count" or spec.aggregation != "sum":
        return False
    totals = [one for one in values if one.breakdown == ALL]
    recent = limits.best([[one for one in totals if one.period_type == kind] for kind in CHARTED])
    return bool(recent) and limits.chart(recent, spec).refusal == limits.RARE


def _of_rare_events(
    spec: IndicatorSpec, whole: Sequence[Value], rebases: Collection[Period]
) -> list[Found]:
    """The special cause that the time between events shows now."""
    chart = rare_events.chart(spec, whole, rebases)
    kind, last = whole[-1].period_type, whole[-1].period
    found = rare_events.latest(chart, kind) if chart is not None else None
    if chart is None or found is None:
        return []
    side, words = found
    judgement = rare_events.judgement(spec, side)
    provisional = (
        f" The limit is provisional: it rests on {len(chart.gaps)} gaps."
        if chart.provisional
        else ""
    )
    way = "rarer" if side is Direction.HIGH else "more frequent"
    return [
        Found(
            kind=SPECIAL_CAUSE,
            indicator=spec.id,
            area=whole[-1].area,
            period_type=kind,
            period=chart.gaps[-1].label,
            direction=str(Direction.LOW if side is Direction.HIGH else Direction.HIGH),
            judgement=judgement,
            latest=last,
            words=f"{spec.title}: {words}: events became {way}.{provisional}",
            rule=f"g chart of the {kind}s from one event to the next.",
            numbers={"mean": chart.mean, "upper": chart.upper, "open": chart.open_gap},
            rank=RANKS[SPECIAL_CAUSE, judgement],
        )
    ]


def _reason(point: Point[Period]) -> str:
    """The rule that flagged a point, in words."""
    if point.rule is None or point.direction is None:
        raise ValueError(f"{point.label} is no special cause")
    return SpecialCause(point.rule, point.direction).words


def _since(run: Sequence[Point[Period]]) -> str:
    """Since when the special cause of the last point of a run lasts: its own rule, else that of points on its side."""
    first = run[0].label.label
    if len(run) == 1:
        return ""
    if limits.lasts(run):
        return f", since {first}{_beyond(run)}"
    return f"; all {len(run)} points since {first} are special causes on that side"


def _beyond(run: Sequence[Point[Period]]) -> str:
    """How many points of a run lie outside a limit, where the last of them does not: the strongest rule is told too."""
    outside = sum(one.rule == Rule.OUTSIDE for one in run)
    if not outside or run[-1].rule == Rule.OUTSIDE:
        return ""
    where = SpecialCause(Rule.OUTSIDE, run[-1].direction or Direction.HIGH).words
    return f"; of these {len(run)} points {outside} {'lies' if outside == 1 else 'lie'} {where}"


_JUDGED = (Judgement.IMPROVEMENT, Judgement.CONCERN)


def _far(point: Point[Period]) -> int:
    """How far from the mean, in tenths of the distance to a limit; 90 at most, so that kinds keep apart."""
    if point.value is None or point.mean is None or point.upper is None:
        return 0
    reach = point.upper - point.mean
    return min(90, int(10 * abs(point.value - point.mean) / reach)) if reach else 0


def _value(spec: IndicatorSpec, point: Point[Period]) -> str:
    return format_value(point.value, spec.unit)
