"""Two numbers that are held against one another, and by how much they are said to differ: `3,137 v 3,130: +0.2%`,
`359 against 375, a reduction of 16`, whatever the data say."""

import re
from decimal import Decimal
from itertools import pairwise

from lscb.numbers import format_number, format_relative_change
from performance.indicators.claims.context import Context
from performance.indicators.claims.figures.closeness import close
from performance.indicators.claims.words.numerals import FRACTION, PERCENT, PLAIN, POINTS, Number
from performance.indicators.claims.words.wording import AGAINST, SIGNS, WAY, sign_of

# Between the second number and the difference.
IS = re.compile(
    r"[\s()]*(?:(?:in|for|at)\s+)?(?:the\s+)?[\s()]*[,:;(=–-]\s*(?:(?:i\.e\.|that\s+is|so|or|an?|down|up)\s+)*"
    r"(?:[a-z]+\s+(?:of|by)\s+)?(?:(?:just|about|around|some|nearly|almost|over|under)\s+)*",
    re.I,
)
# Words that may stand between the first number and 'against': '45 sessions delivered against 102'
OF_WHAT = re.compile(r"[^.;:(),\d]{0,40}?(?=[\s(,]+(?:v\b|vs\b|versus|against|compared))", re.I)


def check(context: Context) -> None:
    """Every difference that is told right after its two numbers."""
    numbers = context.sentence.numbers
    for place, (first, second) in enumerate(pairwise(numbers)):
        if place + 2 >= len(numbers) or first.kind != second.kind:
            continue
        size = numbers[place + 2]
        if first.kind not in (PLAIN, PERCENT) or first.about or second.about or not second.value:
            continue
        text = context.sentence.masked
        between = text[first.end : second.start]
        of_what = OF_WHAT.match(between)
        is_against = AGAINST.fullmatch(between[of_what.end() if of_what else 0 :])
        tells = IS.fullmatch(text[second.end : size.start])
        if is_against and tells and not context.passes_over(first.start):
            _check(context, first, second, size)


def _check(context: Context, first: Number, second: Number, size: Number) -> None:
    text = context.sentence.masked
    ways = list(WAY.finditer(text, second.end, size.start))
    sign = SIGNS.get(size.text[0], 0) or (sign_of(ways[-1]) if ways else 0)
    if not sign or (ways and (ways[-1]["better"] or ways[-1]["worse"])):
        return
    gap = first.value - second.value
    if _are_told(first, second, size, sign) or _are_told(second, first, size, sign):
        return  # 'H1 1,974 vs H2 1,273 (-36%)' goes from the first to the second
    claim = context.sentence.text[first.start : size.end]
    relative = format_relative_change(gap * 100 / second.value)
    unit = " percentage points" if first.kind == PERCENT else ""
    places = max(first.places, second.places)
    side = "more" if gap > 0 else "less"
    actual = f"{first.text} is {format_number(abs(gap), places)}{unit} {side} than {second.text} ({relative})"
    context.used.add(size)
    context.add(
        "sum",
        claim,
        actual,
        "The numbers in the sentence give another difference.",
        at=(first.start, size.end),
    )


def _are_told(last: Number, first: Number, size: Number, sign: int) -> bool:
    """Whether a difference is the one of two numbers, from the one to the other."""
    is_way = (last.value - first.value) * sign > 0 and bool(first.value)
    return is_way and any(_is_size(size, abs(one)) for one in _sizes(last, first, size))


def _sizes(first: Number, second: Number, size: Number) -> list[Decimal]:
    """What the difference of two numbers may be written as: in percent of the second, in their own unit."""
    gap, share = first.value - second.value, (first.value - second.value) * 100 / second.value
    if size.kind in (PERCENT, FRACTION):
        return [share, gap] if first.kind == PERCENT else [share]
    if (size.kind == POINTS) == (first.kind == PERCENT):
        return [gap]
    return [share, gap]  # '+4.5' beside percentages


def _is_size(size: Number, gap: Decimal) -> bool:
    step = Decimal(1).scaleb(-size.places)
    return close(size, gap) or abs(gap - size.value) <= (step if size.kind != PLAIN else 0)
