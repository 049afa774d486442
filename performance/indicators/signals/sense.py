"""Numbers that do not fit: a zero where there never was one, a breakdown that adds to more than its total, a part
that is larger than its whole, counted by another agency."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from lscb.numbers import format_number, format_value, plural
from lscb.periods import Period
from performance.definitions import kept
from performance.indicators.checks import checks
from performance.indicators.limits import WINDOW
from performance.indicators.series import Value, write
from performance.indicators.signals.found import CHARTED, RANKS, SENSE, Found
from performance.indicators.spec import (
    IndicatorSpec,
    Measure,
    indicators,
)
from performance.intake.codes import ALL

USUAL_MEAN = 10  # a zero is implausible where the mean of the points before it is at least this


def implausible_zero(spec: IndicatorSpec, values: Sequence[Value]) -> list[Found]:
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
        _found(
            spec,
            last,
            direction="low",
            words=(
                f"{spec.title}: {write(spec, last)} in {last.period.label}, where the {len(earlier)} numbers before "
                f"were never under {format_value(min(earlier), spec.unit)}. A zero can mean that it was not recorded."
            ),
            rule="A zero where there never was one: ask the sender whether it was counted.",
            numbers={"value": 0.0, "least": min(earlier)},
        )
    ]


def _found(
    spec: IndicatorSpec,
    value: Value,
    *,
    words: str,
    rule: str,
    numbers: Mapping[str, object],
    direction: str = "high",
) -> Found:
    """A number that does not fit, at the period of a value."""
    return Found(
        kind=SENSE,
        indicator=spec.id,
        area=value.area,
        period_type=value.period_type,
        period=value.period,
        direction=direction,
        judgement="",
        latest=value.period,
        words=words,
        rule=rule,
        numbers=numbers,
        rank=RANKS[SENSE, ""],
    )


def sums(
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
    return _found(
        spec,
        total,
        words=(
            f"{spec.title}: by {breakdown.replace('_', ' ')} {total.period.label} adds to {format_number(parts)}, "
            f"but the total is {write(spec, total)}."
        ),
        rule="The categories of a breakdown cannot add to more than the total.",
        numbers={"total": total.value, "parts": parts},
    )


@kept
def pairs() -> tuple[tuple[str, str], ...]:
    """The indicators that are a part of another by the sense checks of files, and that other: (part, whole)."""
    counts = [one for one in indicators().values() if one.unit == "count" and one.numerator]

    def counted_as(measure: Measure | None) -> list[str]:
        return [one.id for one in counts if one.numerator == measure]

    return tuple(
        (part, whole)
        for check in checks()
        if check.kind == "part"
        for part in counted_as(check.part)
        for whole in counted_as(check.whole)
    )


def wholes_of(indicator: str) -> list[str]:
    """The indicators that one is a part of."""
    return [whole for part, whole in pairs() if part == indicator]


def parts_of(indicator: str) -> list[str]:
    """The indicators that are a part of one."""
    return [part for part, whole in pairs() if whole == indicator]


def larger_than_whole(
    spec: IndicatorSpec,
    values: Sequence[Value],
    beside: Mapping[str, Sequence[Value]],
    horizon: Mapping[str, Period],
) -> list[Found]:
    """A part that is larger than its whole in the same period: the latest within the window of a chart, of the finest
    kind, at most one. `beside` are the totals of other indicators."""
    for whole in sorted(wholes_of(spec.id), key=lambda one: _size(beside.get(one, ()))):
        known = {
            (one.period_type, one.period): one
            for one in beside.get(whole, ())
            if one.breakdown == ALL and one.value is not None
        }
        for kind in (one for one in CHARTED if one in horizon):
            first = horizon[kind].shift(1 - WINDOW[kind])
            wrong = [
                (one, known[kind, one.period])
                for one in values
                if one.period_type == kind and one.period >= first and one.value is not None
                if (kind, one.period) in known and one.value > (known[kind, one.period].value or 0)
            ]
            if wrong:
                return [_part_found(spec, indicators()[whole], wrong)]
    return []


def _size(values: Sequence[Value]) -> float:
    return sum(one.value or 0 for one in values if one.breakdown == ALL)


def _part_found(
    spec: IndicatorSpec, whole: IndicatorSpec, wrong: Sequence[tuple[Value, Value]]
) -> Found:
    part, total = max(wrong, key=lambda one: one[0].period)
    more = len(wrong) - 1
    also = f" So are those of {plural(more, 'earlier ' + part.period.kind)}." if more else ""
    return _found(
        spec,
        part,
        words=(
            f"{spec.title}: {write(spec, part)} in {part.period.label} are more than the {write(whole, total)} of "
            f"‘{whole.title}’, of which they are a part.{also}"
        ),
        rule="A part cannot be larger than its whole: ask both senders whether they count the same thing.",
        numbers={"value": part.value, "whole": total.value, "whole_indicator": whole.id},
    )
