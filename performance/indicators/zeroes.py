"""A category that a period leaves out whose other categories make up its total: it is 0, not missing.

A file of events has no row for what did not happen, so no observation is stored of it. No Django, no I/O.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from lscb.periods import Period
from performance.indicators.series import Value


def filled(values: Sequence[Value], totals: Iterable[Value]) -> list[Value]:
    """The counts by category of one indicator, area and kind of period, and a 0 for each category that another period
    knows and that one leaves out whose categories are all reported and add up to its total. Shares, rates and printed
    numbers are given as they are."""
    by_period: dict[Period, list[Value]] = {}
    for one in values:
        by_period.setdefault(one.period, []).append(one)
    known = {one.category: one for one in values}
    found = list(values)
    for total in totals:
        there = by_period.get(total.period, [])
        if not _is_whole(total, there):
            continue
        held = {one.category for one in there}
        found += [_none_of(like, total) for category, like in known.items() if category not in held]
    return sorted(found, key=lambda one: (one.category, one.period.first, one.period.length))


def _none_of(like: Value, total: Value) -> Value:
    """The 0 of a category (that of `like`) in the period of a total."""
    return total._replace(
        breakdown=like.breakdown,
        category=like.category,
        numerator=Decimal(0),
        value=0.0,
        lower=None,
        upper=None,
        breaks=(),
    )


def _is_whole(total: Value, categories: Sequence[Value]) -> bool:
    """Whether counts by category are all there and make up a total."""
    every = (total, *categories)
    return (
        all(one.is_reported and not one.published and one.denominator is None for one in every)
        and total.numerator is not None
        and sum((one.numerator or 0 for one in categories), Decimal(0)) == total.numerator
    )
