"""What a series has over a span of months that is no period of it: the sum of what the periods within have."""

from collections.abc import Iterator, Mapping
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
