"""The four rules that tell a special cause from common cause on an XmR chart.

As NHS England's 'Making Data Count' uses them (the NHSRplotthedots R package, version 0.2.2): a point outside
a limit, a trend of 7, two of three near a limit, a shift of 7. All comparisons are strict and exact. The values
here are one segment's surviving points, so a run never crosses a rebase, and points either side of a gap are
neighbours.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from math import lcm

RUN = 7  # points that make a trend or a shift


class Rule(StrEnum):
    """Why a point is flagged, in the order in which one reason goes before another."""

    OUTSIDE = "outside limits"
    TREND = "trend"
    TWO_OF_THREE = "two of three"
    SHIFT = "shift"


class Direction(StrEnum):
    """Which way a special cause points: high means above the mean or rising, low below or falling."""

    HIGH = "high"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of one segment, in the values' unit."""

    mean: Fraction
    lower: Fraction
    upper: Fraction
    near_lower: Fraction
    near_upper: Fraction


@dataclass(frozen=True, slots=True)
class SpecialCause:
    """The rule that labels a point, and which way it points."""

    rule: Rule
    direction: Direction

    @property
    def words(self) -> str:
        """What the rule saw, to follow 'the point is'."""
        return _WORDS[self.rule, self.direction]


_WORDS = {
    (Rule.OUTSIDE, Direction.HIGH): "above the upper limit",
    (Rule.OUTSIDE, Direction.LOW): "below the lower limit",
    (Rule.TREND, Direction.HIGH): f"part of a trend: {RUN} or more points in a row, each higher",
    (Rule.TREND, Direction.LOW): f"part of a trend: {RUN} or more points in a row, each lower",
    (Rule.TWO_OF_THREE, Direction.HIGH): "one of two in three points near the upper limit",
    (Rule.TWO_OF_THREE, Direction.LOW): "one of two in three points near the lower limit",
    (Rule.SHIFT, Direction.HIGH): f"part of a shift: {RUN} or more points in a row above the mean",
    (Rule.SHIFT, Direction.LOW): f"part of a shift: {RUN} or more points in a row below the mean",
}


def find(values: Sequence[int], lines: Lines) -> tuple[SpecialCause | None, ...]:
    """The special cause of each value, in their order; the first rule that matches labels the point.

    Values and lines must be on the same scale; values are whole numbers (scale them up) so that
    comparisons with the lines are exact.
    """
    # On a scale on which the lines are whole numbers too, which compare more quickly than fractions.
    drawn = (lines.mean, lines.lower, lines.upper, lines.near_lower, lines.near_upper)
    scale = lcm(*(line.denominator for line in drawn))
    mean, lower, upper, near_lower, near_upper = (int(line * scale) for line in drawn)
    scaled = [value * scale for value in values]
    sides = [_side(value, mean) for value in scaled]
    outside = [_beyond(value, lower, upper) for value in scaled]
    near = [
        0 if out else _beyond(value, near_lower, near_upper)
        for value, out in zip(scaled, outside, strict=True)
    ]
    by_rule = (outside, _trend(values), _two_of_three(near, sides), _shift(sides))
    return tuple(_first(signs) for signs in zip(*by_rule, strict=True))


def _first(signs: tuple[int, ...]) -> SpecialCause | None:
    for rule, sign in zip(Rule, signs, strict=True):
        if sign:
            return SpecialCause(rule, Direction.HIGH if sign > 0 else Direction.LOW)
    return None


def _side(value: int, line: int) -> int:
    """1 above the line, -1 below it, 0 on it."""
    return (value > line) - (value < line)


def _beyond(value: int, lower: int, upper: int) -> int:
    """1 above `upper`, -1 below `lower`, 0 between or on them."""
    return (value > upper) - (value < lower)


def _runs(signs: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """(first, last, sign) of each longest stretch of one sign that is not 0."""
    start = 0
    for position in range(1, len(signs) + 1):
        if position == len(signs) or signs[position] != signs[start]:
            if signs[start]:
                yield start, position - 1, signs[start]
            start = position


def _trend(values: Sequence[int]) -> list[int]:
    """Sign of the trend each point belongs to: 7 points take 6 steps; a tie is no step."""
    steps = [(b > a) - (b < a) for a, b in pairwise(values)]
    flags = [0] * len(values)
    if not steps:
        return flags
    for first, last, sign in _runs(steps):
        if last - first + 2 >= RUN:
            # The step `last` ends at the point after it. Where two trends share that turning point
            # the later one writes over it.
            flags[first : last + 2] = [sign] * (last - first + 2)
    return flags


def _shift(sides: Sequence[int]) -> list[int]:
    flags = [0] * len(sides)
    if not sides:
        return flags
    for first, last, sign in _runs(sides):
        if last - first + 1 >= RUN:
            flags[first : last + 1] = [sign] * (last - first + 1)
    return flags


def _two_of_three(near: Sequence[int], sides: Sequence[int]) -> list[int]:
    """Flags the near points of any three in a row on one side of the mean, two or more of them near."""
    flags = [0] * len(sides)
    for first in range(len(sides) - 2):
        three = range(first, first + 3)
        one_side = abs(sum(sides[i] for i in three)) == 3
        if one_side and sum(near[i] != 0 for i in three) >= 2:
            for i in three:
                flags[i] = near[i] or flags[i]
    return flags
