"""The change between two values, always with its unit and its base named.

A change of a percentage is in percentage points; '%' is kept for a change relative to the earlier value.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from lscb.numbers import Number, round_half_away
from performance.statistics.rounding import exact


class Kind(StrEnum):
    """What a change is measured in."""

    ABSOLUTE = "absolute"
    RELATIVE = "%"
    POINTS = "percentage points"


@dataclass(frozen=True, slots=True)
class Change:
    """A change from `base`, the earlier value. With no `amount` the `words` say why there is none.

    `amount` is rounded; `direction` is 1, 0 or -1 from the unrounded values, so that a small rise that
    rounds to 0.0 is still a rise.
    """

    kind: Kind
    amount: Decimal | None
    direction: int | None
    base: Number | None
    words: str


def absolute(
    before: Number | None, after: Number | None, unit: str = "", places: int = 0
) -> Change:
    """after - before, in the values' own unit: '7 more referrals than 3,130'.

    `unit` is the plural noun that the words use; without it they stay bare ('7 more than 3,130').
    """
    if before is None or after is None:
        return _missing(Kind.ABSOLUTE, before, after)
    difference = exact(after) - exact(before)
    way = "more" if difference > 0 else "fewer"
    size, noun = _size(difference, places), f" {unit}" if unit else ""
    words = f"{size} {way}{noun} than {_plain(before)}"
    return _change(Kind.ABSOLUTE, difference, places, before, words, _plain(before))


def relative(before: Number | None, after: Number | None, places: int = 1) -> Change:
    """(after - before) / before in percent of the earlier value: '+0.2% on 3,130'.

    A base of 0 or less has no percentage, and the words say so.
    """
    if before is None or after is None:
        return _missing(Kind.RELATIVE, before, after)
    base = exact(before)
    if base <= 0:
        why = "0" if base == 0 else "negative"
        words = f"no percentage change can be given: the earlier value is {why}"
        return Change(Kind.RELATIVE, None, None, before, words)
    share = (exact(after) - base) * 100 / base
    words = f"{_signed(share, places)}% on {_plain(before)}"
    return _change(Kind.RELATIVE, share, places, before, words, _plain(before))


def points(before: Number | None, after: Number | None, places: int = 1) -> Change:
    """after - before of two percentages, given unrounded: '-2.9 percentage points from 12.8%'."""
    if before is None or after is None:
        return _missing(Kind.POINTS, before, after)
    difference = exact(after) - exact(before)
    named = f"{round_half_away(before, 1)}%"
    words = f"{_signed(difference, places)} percentage points from {named}"
    return _change(Kind.POINTS, difference, places, before, words, named)


def _change(
    kind: Kind, difference: Fraction, places: int, before: Number, words: str, named: str
) -> Change:
    direction = (difference > 0) - (difference < 0)
    if direction == 0:
        words = f"no change from {named}"
    return Change(kind, round_half_away(difference, places), direction, before, words)


def _missing(kind: Kind, before: Number | None, after: Number | None) -> Change:
    if before is None and after is None:
        words = "no change can be given: both values are missing"
    elif before is None:
        words = "no change can be given: the earlier value is missing"
    else:
        words = "no change can be given: the later value is missing"
    return Change(kind, None, None, before, words)


def _plain(value: Number) -> str:
    """A base as people read it: thousands separators; one decimal unless it is a whole number."""
    number = exact(value)
    return f"{round_half_away(number, 0 if number.denominator == 1 else 1):,}"


def _size(value: Fraction, places: int) -> str:
    """The size without its sign; never '0.0' for a change that is not 0."""
    rounded = abs(round_half_away(value, places))
    return f"{rounded:,}" if rounded else f"less than {Decimal((0, (1,), -places))}"


def _signed(value: Fraction, places: int) -> str:
    """'+0.2', '-2.9', or 'up less than 0.1' for a change that rounds to nothing."""
    size = _size(value, places)
    if size.startswith("less"):
        return f"{'up' if value > 0 else 'down'} {size}"
    return f"{'+' if value > 0 else '-'}{size}"
