"""Numbers that do not fit: a zero where there never was one, a breakdown that adds to more than its total."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from lscb.numbers import format_number, format_value
from lscb.periods import Period
from performance.indicators.series import Value, write
from performance.indicators.signals.found import CHARTED, RANKS, SENSE, Found
from performance.indicators.spec import IndicatorSpec
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
