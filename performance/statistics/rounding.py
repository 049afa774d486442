"""Exact numbers, and the one way this product rounds: half away from zero.

Floats are read as the decimal number they print (0.1 is one tenth, not 0.1000000000000000055), so that
2.675 rounds to 2.68 and two values that look equal are equal.
"""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import isfinite

Number = int | float | Decimal | Fraction


def exact(value: Number) -> Fraction:
    """The number as a fraction, floats as they print. ValueError for NaN and infinity."""
    return Fraction(*as_ratio(value))


def as_ratio(value: Number) -> tuple[int, int]:
    """The number as numerator and denominator in lowest terms, as `exact` reads it and with its errors."""
    if not isinstance(value, int | Fraction) and not isfinite(value):
        raise ValueError(f"{value} is not a number that can be calculated with")
    # float.__repr__, because a NumPy float is a float that prints its type as well
    known = Decimal(float.__repr__(value)) if isinstance(value, float) else value
    return known.as_integer_ratio()


def half_away(value: Number, places: int = 0) -> Decimal:
    """`value` to `places` decimals (0 or more), a half going away from zero: 0.25 to 0.3, -0.25 to -0.3.

    The answer always has exactly `places` decimals and is never a negative zero.
    """
    if places < 0:
        raise ValueError(f"places must be 0 or more, not {places}")
    return _half_away(value, places)


@lru_cache(maxsize=1 << 14, typed=True)  # the same figures stand on many pages
def _half_away(value: Number, places: int) -> Decimal:
    number = exact(value)
    scaled = abs(number) * 10**places
    units = int(scaled + Fraction(1, 2))
    return _decimal(-units if number < 0 else units, places)


def ratio(numerator: Number, denominator: Number, per: Number = 1, places: int = 1) -> Decimal:
    """numerator / denominator x per, rounded once, from the exact fraction.

    `per` is 100 for a percentage, 10,000 for a rate per 10,000. ValueError when the denominator is 0
    or negative: a rate over nobody is not 0, it does not exist.
    """
    below = exact(denominator)
    if below <= 0:
        raise ValueError(f"the denominator must be more than 0, not {denominator}")
    return half_away(exact(numerator) * exact(per) / below, places)


def _decimal(units: int, places: int) -> Decimal:
    """Exactly units / 10**places; built from its digits, so that no decimal context can round it."""
    digits = tuple(int(digit) for digit in str(abs(units)))
    return Decimal((1 if units < 0 else 0, digits, -places))
