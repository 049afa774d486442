"""Which signals a person should look at, from the observations as they stand: pure, so that recomputing step by step
and all at once find the same.

One indicator gives one special cause at most for an area: the latest point of the finest series that has limits.
What lies further back is on its chart.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from lscb.numbers import format_change, format_number, format_value, missing_words
from lscb.periods import Period
from performance.indicators import series
from performance.indicators.series import Value, write
from performance.indicators.spec import IndicatorSpec
from performance.intake.codes import ALL
from performance.intake.spec import NOT_SUBMITTED
from performance.statistics.spc import Chart, Judgement, Point
from performance.statistics.special_causes import SpecialCause

SPECIAL_CAUSE, TARGET, SENSE = "special-cause", "target", "sense"
ENDED, RESTATEMENT, MISSING = "ended", "restatement", "missing"
KINDS = (SPECIAL_CAUSE, TARGET, SENSE, ENDED, RESTATEMENT, MISSING)
CHARTED = ("month", "quarter", "year")  # the kinds of period that make a chart, finest first
# What comes first in the list; within a kind the one further from what is usual.
RANKS = {
    (SPECIAL_CAUSE, "concern"): 100,
    (TARGET, "concern"): 200,
    (SENSE, ""): 300,
    (SPECIAL_CAUSE, ""): 400,
    (SPECIAL_CAUSE, "improvement"): 500,
    (TARGET, "improvement"): 600,
    (ENDED, ""): 700,
    (RESTATEMENT, ""): 800,
    (MISSING, ""): 900,
}
# How many periods an indicator may lag behind the area's others before it is missing: yearly statistics are published
# at different times of the year.
LAG = {"month": 0, "quarter": 0, "year": 1}
USUAL_MEAN = 10  # a zero is implausible where the mean of the points before it is at least this


@dataclass(frozen=True)
class Found:
    """One signal. `period` is the period it began with and `latest` the one it was last seen in; `numbers` hold what
    the rule was applied to; `rank` orders the list, the smallest first."""

    kind: str
    indicator: str
    area: str
    period_type: str
    period: Period
    direction: str
    judgement: str
    latest: Period
    words: str
    rule: str
    numbers: Mapping[str, float | str | None] = field(default_factory=dict)
    rank: int = 0

    @property
    def key(self) -> tuple[str, str, str, str, str, str]:
        """What makes it the same signal when it is found again."""
        return (
            self.kind,
            self.indicator,
            self.area,
            self.period_type,
            self.period.code,
            self.direction,
        )


@dataclass(frozen=True)
class Restated:
    """A number that was reported before and is another now."""

    before: Value
    after: Value


def find(
    spec: IndicatorSpec,
    values: Sequence[Value],
    *,
    horizon: Mapping[str, Period],
    rebases: Collection[Period] = (),
    restated: Sequence[Restated] = (),
) -> list[Found]:
    """The signals of one indicator and area. `values` are its observations of every kind of period, breakdowns
    included; `horizon` the last period of each kind for which the area has any number."""
    totals = [one for one in values if one.breakdown == ALL]
    kinds = [
        [one for one in totals if one.period_type == kind and one.period <= horizon[kind]]
        for kind in CHARTED
        if kind in horizon
    ]
    recent = series.best([sorted(one, key=lambda value: value.period) for one in kinds])
    found: list[Found] = []
    if recent:
        found += _special_causes(spec, recent, rebases)
        found += _implausible_zero(spec, recent)
        found += _missing(spec, recent, horizon)
    found += _targets(spec, kinds)
    found += _sums(spec, values, horizon)
    found += [one for pair in restated for one in _restatement(spec, pair, horizon)]
    return sorted(found, key=lambda one: (one.rank, one.key))


def _special_causes(
    spec: IndicatorSpec, values: Sequence[Value], rebases: Collection[Period]
) -> list[Found]:
    """The special cause at the latest point, or the one that ended with the point before. What is known once a year
    and describes the place (its population) is no process, and has none."""
    if spec.aggregation == "annual":
        return []
    chart = series.chart(values, spec, rebases)
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
    run = _run(points)
    reason = _reason(point)
    judgement = str(point.judgement) if point.judgement in _JUDGED else ""
    limits = f"mean {_places(spec, point.mean)}, limits {_places(spec, point.lower)} to {_places(spec, point.upper)}"
    since = f", since {run[0].label.label}" if len(run) > 1 else ""
    provisional = " The limits are provisional." if chart.provisional else ""
    return Found(
        kind=SPECIAL_CAUSE,
        indicator=spec.id,
        area=one.area,
        period_type=one.period_type,
        period=run[0].label,
        direction=str(point.direction),
        judgement=judgement,
        latest=point.label,
        words=f"{spec.title}: {_value(spec, point)} in {point.label.label} is {reason}{since} ({limits}).{provisional}",
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
    run = _run(points[:-1])
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
            f"(limits {_places(spec, point.lower)} to {_places(spec, point.upper)}); {before.label.label} was "
            f"{_reason(before)}."
        ),
        rule="XmR chart: the latest point breaks no rule, and the point before it did.",
        numbers={"value": point.value, "before": before.value, "mean": point.mean},
        rank=RANKS[ENDED, ""],
    )


def _reason(point: Point[Period]) -> str:
    """The rule that flagged a point, in words."""
    if point.rule is None or point.direction is None:
        raise ValueError(f"{point.label} is no special cause")
    return SpecialCause(point.rule, point.direction).words


def _run(points: Sequence[Point[Period]]) -> list[Point[Period]]:
    """The flagged points of one direction that end with the last one."""
    last = points[-1]
    run: list[Point[Period]] = []
    for point in reversed(points):
        same = (point.direction, point.segment) == (last.direction, last.segment)
        if point.rule is None or not same:
            break
        run.insert(0, point)
    return run


_JUDGED = (Judgement.IMPROVEMENT, Judgement.CONCERN)


def _far(point: Point[Period]) -> int:
    """How far from the mean, in tenths of the distance to a limit; 90 at most, so that kinds keep apart."""
    if point.value is None or point.mean is None or point.upper is None:
        return 0
    reach = point.upper - point.mean
    return min(90, int(10 * abs(point.value - point.mean) / reach)) if reach else 0


def _targets(spec: IndicatorSpec, kinds: Sequence[Sequence[Value]]) -> list[Found]:
    """A target that the latest number meets and the one before did not, or the other way round."""
    target = spec.target
    if target is None:
        return []
    for values in kinds:
        reported = [one for one in values if one.is_reported and one.period.end >= target.since]
        if len(reported) < 2:
            continue
        before, after = reported[-2:]
        was, now = meets(spec, before), meets(spec, after)
        if was == now or after.period != before.period.shift(1):
            return []
        judgement = "improvement" if now else "concern"
        return [
            Found(
                kind=TARGET,
                indicator=spec.id,
                area=after.area,
                period_type=after.period_type,
                period=after.period,
                direction="high" if (after.value or 0) > (before.value or 0) else "low",
                judgement=judgement,
                latest=after.period,
                words=(
                    f"{spec.title}: {write(spec, after)} in {after.period.label} "
                    f"{'meets' if now else 'misses'} the target ({target_words(spec)}); {before.period.label} "
                    f"was {write(spec, before)}. One crossing may be chance: the chart says whether it is a signal."
                ),
                rule=f"The latest number {'meets' if now else 'misses'} the target and the one before did not.",
                numbers={"value": after.value, "before": before.value, "target": target.value},
                rank=RANKS[TARGET, judgement],
            )
        ]
    return []


def meets(spec: IndicatorSpec, value: Value) -> bool:
    """Whether a reported value meets the indicator's target or lies in its band."""
    target, amount = spec.target, value.value
    if target is None or amount is None:
        return False
    if target.upper is not None:
        return target.value <= amount <= target.upper
    return amount >= target.value if spec.polarity == "high" else amount <= target.value


def target_words(spec: IndicatorSpec) -> str:
    """The target of an indicator that has one: `at least 90.0%`, `from 10.0% to 20.0%`."""
    target = spec.target
    if target is None:
        return "none"
    if target.upper is not None:
        return f"from {format_value(target.value, spec.unit)} to {format_value(target.upper, spec.unit)}"
    side = "at least" if spec.polarity == "high" else "at most"
    return f"{side} {format_value(target.value, spec.unit)}"


def _implausible_zero(spec: IndicatorSpec, values: Sequence[Value]) -> list[Found]:
    """A zero at the latest point where there never was one, and the numbers before were not small."""
    reported = [one for one in values if one.is_reported]
    earlier = [one.value for one in reported[:-1] if one.value is not None]
    if len(earlier) < 4 or reported[-1].value != 0 or min(earlier) <= 0:
        return []
    tops = [float(one.numerator) for one in reported[:-1] if one.numerator is not None]
    if len(tops) < len(earlier) or sum(tops) / len(tops) < USUAL_MEAN:
        return []
    last = reported[-1]
    return [
        Found(
            kind=SENSE,
            indicator=spec.id,
            area=last.area,
            period_type=last.period_type,
            period=last.period,
            direction="low",
            judgement="",
            latest=last.period,
            words=(
                f"{spec.title}: {write(spec, last)} in {last.period.label}, where the {len(earlier)} numbers before "
                f"were never under {format_value(min(earlier), spec.unit)}. A zero can mean that it was not recorded."
            ),
            rule="A zero where there never was one: ask the sender whether it was counted.",
            numbers={"value": 0.0, "least": min(earlier)},
            rank=RANKS[SENSE, ""],
        )
    ]


def _sums(
    spec: IndicatorSpec, values: Sequence[Value], horizon: Mapping[str, Period]
) -> list[Found]:
    """The latest breakdown of a count that adds to more than its total: at most one, the finest."""
    if spec.unit != "count" or not spec.total or spec.aggregation != "sum":
        return []
    totals = {(one.period_type, one.period): one for one in values if one.breakdown == ALL}
    for kind in CHARTED:
        parts = [one for one in values if one.period_type == kind and one.breakdown != ALL]
        for breakdown, listed in groupby(
            sorted(parts, key=lambda one: one.breakdown), key=lambda one: one.breakdown
        ):
            mine = list(listed)
            last = max(one.period for one in mine)
            amounts = [one.value for one in mine if one.period == last and one.value is not None]
            total = totals.get((kind, last))
            if kind not in horizon or total is None or total.value is None:
                continue
            if sum(amounts) > total.value + 0.5:
                return [_sum_found(spec, total, breakdown, sum(amounts))]
    return []


def _sum_found(spec: IndicatorSpec, total: Value, breakdown: str, parts: float) -> Found:
    return Found(
        kind=SENSE,
        indicator=spec.id,
        area=total.area,
        period_type=total.period_type,
        period=total.period,
        direction="high",
        judgement="",
        latest=total.period,
        words=(
            f"{spec.title}: by {breakdown.replace('_', ' ')} {total.period.label} adds to {format_number(parts)}, "
            f"but the total is {write(spec, total)}."
        ),
        rule="The categories of a breakdown cannot add to more than the total.",
        numbers={"total": total.value, "parts": parts},
        rank=RANKS[SENSE, ""],
    )


def _restatement(spec: IndicatorSpec, pair: Restated, horizon: Mapping[str, Period]) -> list[Found]:
    """A restated number, as long as it lies within the window of the latest chart."""
    before, after = pair.before, pair.after
    kind = after.period_type
    if kind not in horizon or after.period <= horizon[kind].shift(-series.WINDOW[kind]):
        return []
    if before.value is None or after.value is None:
        return []
    difference = format_change(after.value - before.value, spec.unit)
    return [
        Found(
            kind=RESTATEMENT,
            indicator=spec.id,
            area=after.area,
            period_type=kind,
            period=after.period,
            direction="",
            judgement="",
            latest=after.period,
            words=(
                f"{spec.title}: {after.period.label} was {write(spec, before)} and is now {write(spec, after)} "
                f"({difference})."
            ),
            rule="A number that had been reported was replaced by another.",
            numbers={
                "before": before.value,
                "value": after.value,
                "before_numerator": _text(before.numerator),
                "before_denominator": _text(before.denominator),
            },
            rank=RANKS[RESTATEMENT, ""],
        )
    ]


def _missing(
    spec: IndicatorSpec, values: Sequence[Value], horizon: Mapping[str, Period]
) -> list[Found]:
    """The periods up to the area's last one for which the indicator has no number, though it had some before."""
    kind = values[0].period_type
    sent = [
        one.period for one in values if one.status != NOT_SUBMITTED
    ]  # suppressed is not missing
    last, end = max(sent), horizon[kind].shift(-LAG[kind])
    gone = (end.first - last.first) // end.length
    if not 0 < gone < series.WINDOW[kind]:
        return []
    first = last.shift(1)
    when = first.label if gone == 1 else f"{first.label} to {end.label}"
    partial = next((one for one in values if one.period == first), None)
    why = missing_words(partial.status) if partial else "not submitted"
    if partial is not None and partial.is_partial:
        why = f"{partial.present} of {partial.expected} months were sent"
    return [
        Found(
            kind=MISSING,
            indicator=spec.id,
            area=values[0].area,
            period_type=kind,
            period=first,
            direction="",
            judgement="",
            latest=end,
            words=f"{spec.title}: no number for {when} ({why}). Sender: {spec.sender}.",
            rule=f"Other figures of this area reach {horizon[kind].label}; this one ends with {last.label}.",
            numbers={"periods": float(gone)},
            rank=RANKS[MISSING, ""],
        )
    ]


def _value(spec: IndicatorSpec, point: Point[Period]) -> str:
    return format_value(point.value, spec.unit)


def _places(spec: IndicatorSpec, number: float | None) -> str:
    """A line of a chart, to one decimal also where the unit has none."""
    return format_value(number, spec.unit, places=max(1, spec.decimals))


def _text(number: object) -> str | None:
    return None if number is None else str(number)
