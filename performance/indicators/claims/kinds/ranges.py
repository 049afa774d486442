"""A level that is told as a range: `13 to 14 cases each`, `between 350 and 360 children`, `13 or 14`."""

import re
from decimal import Decimal
from itertools import pairwise

from performance.indicators.claims.context import Context
from performance.indicators.claims.words.numerals import FRACTION, Number
from performance.indicators.claims.words.wording import WAY

TO = re.compile(r"\s*(?:to|or|–|-)\s*", re.I)
AND = re.compile(r"\s+and\s+", re.I)
BETWEEN = re.compile(r"\b(?:between|somewhere\s+between)\s+(?:(?:about|around|some)\s+)*$", re.I)
FROM = re.compile(r"\bfrom\s+(?:[a-z]+\s+){0,2}$", re.I)  # a change, and no range
NARROW = Decimal("0.2")  # of its upper end, as wide as a range of one level may be
LITTLE = 2  # or this wide


def range_of(context: Context, number: Number) -> tuple[Number, Number] | None:
    """The two ends of the range that a number is one end of; None where it is of none."""
    text = context.sentence.masked
    for low, high in pairwise(context.sentence.numbers):
        if number not in (low, high) or low.kind != high.kind:
            continue
        before, between = text[: low.start], text[low.end : high.start]
        if not (TO.fullmatch(between) or (BETWEEN.search(before) and AND.fullmatch(between))):
            continue
        is_narrow = high.value - low.value <= max(high.value * NARROW, Decimal(LITTLE))
        is_narrow = is_narrow or low.kind == FRACTION or bool(BETWEEN.search(before))
        is_change = not BETWEEN.search(before) and (FROM.search(before) or _is_moved(before))
        if low.value < high.value and is_narrow and not is_change:
            return low, high
    return None


def is_within(ends: tuple[Number, Number], amount: float) -> bool:
    """Whether a value lies in a range, whose ends may be rounded."""
    low, high = ends
    step = Decimal(1).scaleb(-max(low.places, high.places)) / 2
    return float(low.value - step) <= amount <= float(high.value + step)


def _is_moved(before: str) -> bool:
    """Whether the word right before a range says that something went from one to the other: 'rose 13 to 14'."""
    words = before.rstrip()
    return any(one.end() == len(words) for one in WAY.finditer(words))
