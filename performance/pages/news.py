"""What a signal of a scorecard's quarter says to somebody with ten minutes: how much before and after, by which rule,
how the latest number and the quarter's stand to that, which way is better, and the target. Fixed sentences.

The sentence speaks in the grain of the chart that judges ('about 196 a month'); the quarter's own number is named as
such. Of the rules that a run breaks the strongest is told: points outside a limit before a run on one side of the mean.
"""

from collections.abc import Mapping, Sequence

from lscb.numbers import format_value, unit_words
from lscb.periods import Period
from performance.indicators import limits
from performance.indicators.series import Value, write
from performance.indicators.signals.found import line_words
from performance.indicators.spec import IndicatorSpec
from performance.pages.wording import Rag, target_words
from performance.statistics.spc import Chart, Judgement, Point
from performance.statistics.special_causes import Direction, Rule

FLOWS = ("sum", "recount")  # of these a number is so much a month
SMALL = 10  # a mean count under this is told to one decimal

Points = Sequence[Point[Period]]


def lies_in(period: Period, quarter: Period) -> bool:
    """Whether a point is of this quarter: it lies in it, or is of a longer period that ends with it."""
    return quarter.contains(period) or (
        period.last == quarter.last and period.length > quarter.length
    )


def news(
    spec: IndicatorSpec,
    chart: Chart[Period] | None,
    values: Sequence[Value],
    shown: Value | None,
    quarter: Period,
    rag: Rag | None = None,
) -> str:
    """The sentences of a signal whose latest point is of the quarter; empty where there is none. `values` are those of
    the chart, `shown` the number that the row shows."""
    points = [] if chart is None else [one for one in chart.points if one.value is not None]
    if chart is None or not points or points[-1].rule is None:
        return ""
    if chart.points[-1].value is None:  # the latest month is missing: 'no data', on the row as here
        return ""
    if not lies_in(points[-1].label, quarter):
        return ""
    run = limits.run_of(points)
    start = points.index(run[0])
    before = [one for one in points[:start] if one.segment == run[-1].segment]
    known = {one.period: one for one in values}
    said = [f"{_course(spec, run, before, known)}; {_rule(spec, run)}."]
    said += [*_latest(spec, run, shown), _better(run[-1])]
    aim = spec.target_on(shown.period.end) if shown else None
    if rag is not None:
        said.append(f"{target_words(spec, aim)}: {rag.word.lower()}.")
    said += [f"{one}." for one in limits.cautions(chart, short=True)]
    return " ".join(said)


def _course(spec: IndicatorSpec, run: Points, before: Points, known: Mapping[Period, Value]) -> str:
    """`about 196 a month in October 2024 to June 2025, against about 132 a month in the 15 months before`."""
    high = run[-1].direction == Direction.HIGH
    way = "against" if spec.unit == "count" else "up from" if high else "down from"
    if _is_trend(run):
        first, last = run[0], run[-1]
        return (
            f"{_number(spec, last)} in {last.label.label}, {'up' if high else 'down'} from "
            f"{_number(spec, first)} in {first.label.label}"
        )
    said = f"{_level(spec, run, known)} in {_span(run)}"
    if not before:
        return said
    when = (
        f"in {before[0].label.label}"
        if len(before) == 1
        else f"in the {len(before)} {before[0].label.kind}s before"
    )
    return f"{said}, {way} {_level(spec, before, known)} {when}"


def _level(spec: IndicatorSpec, points: Points, known: Mapping[Period, Value]) -> str:
    """What some periods come to, each: a ratio of sums where the counts are known, else a mean, which is 'about'."""
    each = f" a {points[0].label.kind}" if spec.aggregation in FLOWS else ""
    unit = f" {unit_words(spec.unit)}".rstrip()
    if len(points) == 1:
        return f"{_number(spec, points[0])}{unit}"
    there = [known.get(one.label) for one in points]
    tops = [one.numerator for one in there if one and one.numerator is not None]
    bottoms = [one.denominator for one in there if one and one.denominator]
    if spec.aggregation == "ratio of sums" and len(tops) == len(bottoms) == len(points):
        whole = float(sum(tops) * spec.multiplier / sum(bottoms))
        return f"{format_value(whole, spec.unit)}{unit}"
    mean = sum(one.value or 0 for one in points) / len(points)
    places = 1 if spec.unit == "count" and mean < SMALL else None
    return f"about {format_value(mean, spec.unit, places=places)}{unit}{each}"


def _rule(spec: IndicatorSpec, run: Points) -> str:
    """The strongest rule that the run breaks, with the line that it is about."""
    last, kind = run[-1], run[-1].label.kind
    high = last.direction == Direction.HIGH
    side, limit = ("above", "upper") if high else ("below", "lower")
    line = line_words(spec, last.upper if high else last.lower)
    mean = f"the mean of {line_words(spec, last.mean)}"
    outside = sum(one.rule == Rule.OUTSIDE for one in run)
    beyond = f"{side} the {limit} limit of {line}"
    if outside == len(run):
        return beyond if outside == 1 else f"all {outside} {beyond}"
    if outside:
        return f"all {len(run)} {side} {mean}, {outside} of them {beyond}"
    if _is_trend(run):
        return (
            f"{len(run)} {kind}s in a row, each {'higher' if high else 'lower'} than the one before"
        )
    if any(one.rule == Rule.SHIFT for one in run):
        return f"{len(run)} {kind}s in a row {side} {mean}"
    return f"two of three {kind}s in a row near the {limit} limit of {line}"


def _is_trend(run: Points) -> bool:
    return all(one.rule == Rule.TREND for one in run)


def _latest(spec: IndicatorSpec, run: Points, shown: Value | None) -> list[str]:
    """The latest point of a run, with the one before where it turned back from that, and the number that the row shows
    where that is of a longer period."""
    last, said = run[-1].label, []
    if len(run) > 1 and not _is_trend(run):
        gap = (run[-1].value or 0) - (run[-2].value or 0)
        back = gap < 0 if run[-1].direction == Direction.HIGH else gap > 0
        after = f", after {_number(spec, run[-2])} in {run[-2].label.label}" if back else ""
        said.append(f"{last.label} was {_number(spec, run[-1])}{after}")
    if shown is not None and shown.is_reported and shown.period != last:
        said.append(f"the {shown.period.kind} as a whole was {write(spec, shown)}")
    if not said:
        return []
    text = "; ".join(said)
    return [f"{text[:1].upper()}{text[1:]}."]


def _better(point: Point[Period]) -> str:
    """Whether the way it goes is the better one."""
    if point.judgement not in (Judgement.IMPROVEMENT, Judgement.CONCERN):
        return "Neither more nor less is better."
    high = (point.direction == Direction.HIGH) == (point.judgement == Judgement.IMPROVEMENT)
    name = "An improvement" if point.judgement == Judgement.IMPROVEMENT else "A concern"
    return f"{name}: {'more' if high else 'less'} is better."


def _number(spec: IndicatorSpec, point: Point[Period]) -> str:
    return format_value(point.value, spec.unit)


def _span(run: Points) -> str:
    first, last = run[0].label.label, run[-1].label.label
    return last if len(run) == 1 else f"{first} to {last}"
