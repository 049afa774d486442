"""Makes values and series for the tests of charts, signals, words and claims."""

from collections.abc import Sequence
from decimal import Decimal

from lscb.periods import Period, parse
from performance.indicators.series import Value
from performance.indicators.spec import IndicatorSpec, Target, indicators

LUTON = "E06000032"


def value(
    indicator: str,
    period: str | Period,
    number: float | None = None,
    *,
    top: float | None = None,
    bottom: float | None = None,
    status: str = "reported",
    breakdown: str = "all",
    category: str = "all",
    area: str = LUTON,
    interval: tuple[float, float] | None = None,
) -> Value:
    """A value of an indicator; with `top` and `bottom` it is computed from them as the definition says."""
    spec = indicators()[indicator]
    when = parse(period) if isinstance(period, str) else period
    if top is not None:
        number = top * spec.multiplier / bottom if bottom else top
    elif number is not None and spec.unit == "count":
        top = number
    return Value(
        indicator=indicator,
        area=area,
        period_type=when.kind,
        period=when,
        breakdown=breakdown,
        category=category,
        numerator=None if top is None else Decimal(str(top)),
        denominator=None if bottom is None else Decimal(str(bottom)),
        value=number if status == "reported" else None,
        lower=interval[0] if interval else None,
        upper=interval[1] if interval else None,
        status=status,
        present=when.length if status == "reported" else 0,
        expected=when.length,
        published=False,
    )


def run(indicator: str, first: str, numbers: Sequence[float | None]) -> list[Value]:
    """A series from `first` on, one number a period; None leaves a gap."""
    start = parse(first)
    return [
        value(indicator, start.shift(place), number)
        for place, number in enumerate(numbers)
        if number is not None
    ]


def with_target(indicator: str, polarity: str = "high", **target: object) -> IndicatorSpec:
    """A definition with another target and polarity."""
    spec = indicators()[indicator]
    fields = {"since": "2012-04-01", "reason": "agreed"} | target
    return spec.model_copy(update={"target": Target.model_validate(fields), "polarity": polarity})
