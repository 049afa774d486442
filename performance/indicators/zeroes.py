"""A category that a period leaves out whose other categories make up its whole: it is 0, not missing.

A file of events has no row for what did not happen, so no observation is stored of it. That nothing is missing is seen
where the categories there are add up: counts to the total of the period, shares of a whole to that whole, which each of
them names as its denominator. Left as they are: printed numbers; shares within a category's own number (domestic abuse
among the contacts of a source) and rates over a category's children, because a category that is left out names no
denominator, so that it may be none of ten or none of none; and breakdowns of which one case may have several
categories, which add up to nothing. No Django, no I/O.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from lscb.periods import Period
from performance.indicators.series import Value, break_between
from performance.indicators.spec import IndicatorSpec
from performance.statistics.intervals import wilson


def filled(
    spec: IndicatorSpec, values: Sequence[Value], totals: Iterable[Value] = ()
) -> list[Value]:
    """An indicator's values by category of one area and kind of period, and a 0 for each category that such a period
    leaves out and another counts that compares with it: across a break it may not have been a category, and one that
    was only ever printed may be of another list of groups. `totals` are the counts of all; shares of a whole need
    none."""
    by_period: dict[Period, list[Value]] = {}
    known: dict[str, list[Value]] = {}
    for one in values:
        by_period.setdefault(one.period, []).append(one)
        if not one.published:
            known.setdefault(one.category, []).append(one)
    found = list(values)
    for whole, there in _wholes(spec, by_period, totals):
        held = {one.category for one in there}
        for category, others in known.items():
            none = _none_of(spec, others[0], whole)
            if category not in held and any(break_between(one, none) is None for one in others):
                found.append(none)
    return sorted(found, key=lambda one: (one.category, one.period.first, one.period.length))


def _wholes(
    spec: IndicatorSpec, by_period: dict[Period, list[Value]], totals: Iterable[Value]
) -> list[tuple[Value, list[Value]]]:
    """What of each period nothing is missing: a value that tells the whole, and those of the categories."""
    if spec.denominator is None:
        of_counts = ((total, by_period.get(total.period, [])) for total in totals)
        pairs = [(total, there, total.numerator) for total, there in of_counts]
    elif spec.unit == "percent" and spec.denominator.whole:
        pairs = [(there[0], there, there[0].denominator) for there in by_period.values()]
    else:
        return []
    return [
        (whole, there)
        for whole, there, number in pairs
        if number is not None and _makes_up(spec, number, whole, there)
    ]


def _makes_up(spec: IndicatorSpec, number: Decimal, whole: Value, there: Sequence[Value]) -> bool:
    """Whether categories are all there and add up to a number, which is the whole of each of them."""
    several = any(one.breakdown in spec.several for one in there)
    every = (whole, *there)
    return (
        not several
        and all(one.is_reported and not one.published for one in every)
        and all(one.denominator == whole.denominator for one in there)
        and sum((one.numerator or 0 for one in there), Decimal(0)) == number
    )


def _none_of(spec: IndicatorSpec, like: Value, whole: Value) -> Value:
    """The 0 of a category (that of `like`) in the period of a whole; of a share with its interval."""
    of = whole.denominator
    interval = None if of is None else wilson(0, int(of)).times(spec.multiplier)
    return whole._replace(
        breakdown=like.breakdown,
        category=like.category,
        numerator=Decimal(0),
        value=0.0,
        lower=interval.lower if interval else None,
        upper=interval.upper if interval else None,
        breaks=like.breaks,
    )
