"""What a series has over months for which it has no number of its own: the sum of what the periods within have."""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal

from lscb.periods import SPAN, Period
from performance.indicators.series import Value, breaks_within
from performance.indicators.spec import IndicatorSpec

WITHIN = (12, 3, 1)  # months of what a span is made of, the longest first


def over(spec: IndicatorSpec, values: Mapping[Period, Value], span: Period) -> Value | None:
    """The value over a span: counts that are added up over time, and percentages of such. None for stocks, for rates of
    a yearly population, where some month of it has no number, and where a break lies within."""
    parts = list(_parts(values, span))
    if sum(one.period.length for one in parts) != span.length:
        return None
    total = parts[-1]._replace(period=span, period_type=SPAN, lower=None, upper=None)
    if spec.aggregation == "sum" and spec.unit == "count":
        amount = sum(one.value or 0 for one in parts)
        total = total._replace(value=amount, numerator=None, denominator=None)
    elif spec.aggregation == "ratio of sums" and spec.unit == "percent":
        tops = [one.numerator for one in parts if one.numerator is not None]
        bottoms = [one.denominator for one in parts if one.denominator is not None]
        top, bottom = sum(tops, Decimal(0)), sum(bottoms, Decimal(0))
        if len(tops) < len(parts) or len(bottoms) < len(parts) or not bottom:
            return None
        share = float(top * spec.multiplier / bottom)
        total = total._replace(value=share, numerator=top, denominator=bottom)
    else:
        return None
    return None if breaks_within(total) else total


def _parts(values: Mapping[Period, Value], span: Period) -> Iterator[Value]:
    """The values that fill a span from its first month on, up to the first month that has none."""
    start = span.first
    while start <= span.last:
        fitting = (Period(start, length) for length in WITHIN if start + length - 1 <= span.last)
        known = (values[one] for one in fitting if one in values and one.kind != SPAN)
        found = next((one for one in known if one.value is not None), None)
        if found is None:
            return
        yield found
        start += found.period.length


def with_sums(
    spec: IndicatorSpec, values: dict[Period, Value], held: Collection[Period] = ()
) -> dict[Period, Value]:
    """The values with those of quarters whose three months are known, for what is summed up; without those of which it
    is known why they have no number (`held`)."""
    if spec.aggregation != "sum" or spec.unit != "count":
        return values
    found = dict(values)
    for quarter in {one.quarter for one in values if one.length == 1}:
        months = [values.get(Period(quarter.first + place, 1)) for place in range(3)]
        known = [one for one in months if one is not None and one.value is not None]
        if quarter not in found and quarter not in held and len(known) == len(months):
            total = sum(one.value or 0 for one in known)
            found[quarter] = known[0]._replace(
                period=quarter, period_type="quarter", value=total, numerator=None
            )
    return found
