"""Numbers before they are rounded. The one way this product rounds is `lscb.numbers.round_half_away`."""

from fractions import Fraction

from lscb.numbers import Number, as_ratio


def exact(value: Number) -> Fraction:
    """The number as a fraction, floats as they print: 0.1 is one tenth. ValueError for NaN and infinity."""
    return Fraction(*as_ratio(value))
