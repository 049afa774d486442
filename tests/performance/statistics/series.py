"""A stable series, short ways to chart numbered values, and to insist that a number is there."""

from typing import TypeVar

from performance.statistics.spc import xmr

Value = TypeVar("Value")

STABLE = [10, 14, 11, 15, 12, 13, 10, 15, 11, 14, 12, 13]  # mean 12.5, no special cause


def chart(values, **options):
    return xmr(list(enumerate(values)), **options)


def only(found):
    assert len(found.segments) == 1
    return found.segments[0]


def known(value: Value | None) -> Value:
    assert value is not None
    return value
