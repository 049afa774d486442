"""The size of a change against two numbers of its own sentence: `887, up 15.5% from 768`."""

import re
from collections.abc import Iterator

from lscb.numbers import format_number, format_relative_change
from performance.indicators.claims.context import SAME_PERIOD, Context
from performance.indicators.claims.figures.closeness import close
from performance.indicators.claims.kinds.ends import ends_after
from performance.indicators.claims.words.numerals import FRACTION, PERCENT, PLAIN, Number
from performance.indicators.claims.words.scope import OWN

THAN_IT = re.compile(r"\s+(?:more|fewer|less|higher|lower)\s+than\s+(?:the\s+)?", re.I)
IN_PLACE = re.compile(r"\s+(?:in|for|at)\s+(?:the\s+)?", re.I)
THAN_IN = re.compile(
    r"\s+(?:more|fewer|less|higher|lower)\s+than\s+in\s+(?:\s{2,}|the\s+same\b|the\s+previous\b)",
    re.I,
)
BY_IT = re.compile(r"\bby\s+$", re.I)  # 'by 768 to 2,455'
TWO_TIMES = re.compile(
    r"compared (?:to|with)|\b(?:from|on the|against|than|versus|v|above|below)\b|previous|same period",
    re.I,
)
STEP = re.compile(r"\b(?:before\s+[a-z]+ing|then|followed\s+by|only\s+to)\b", re.I)


def within_sentence(context: Context, number: Number, sign: int, claim: str) -> bool:
    """Checks a percentage or fraction against two counts of the same sentence (`887, up 15.5% from 768`), or one and
    one of the sentence before. True when the size is accounted for: found right, found wrong, or told too roughly."""
    if number.kind not in (PERCENT, FRACTION) or not sign or _is_of_place_after(context, number):
        return False
    plain = [
        one
        for one in context.sentence.numbers
        if one.kind == PLAIN and one not in context.used and not one.text.isalpha()
        if not BY_IT.search(context.sentence.masked[: one.start])
    ]
    if len(plain) == 1 and SAME_PERIOD.search(context.sentence.text):
        for one in context.earlier:
            low, high = sorted((one.value, plain[0].value))
            if low > 0 and close(number, (high - low) * 100 / (low if sign > 0 else high)):
                return True
    plain = _two_ends(context, number, plain)
    if not plain:
        return False
    low, high = sorted(one.value for one in plain)
    first, last = (low, high) if sign > 0 else (high, low)
    if first <= 0:
        return False
    share = (last - first) * 100 / first
    if close(number, abs(share)) or any(one.places < 0 for one in plain):
        if close(number, abs(share)):
            context.accept(number.start, number.end)
        return True  # 'from fifteen and a half thousand to fewer than thirteen thousand' tells too little
    context.add(
        "change",
        claim,
        f"{format_number(first)} to {format_number(last)} is {format_relative_change(share)}",
        "The numbers in the sentence give another change.",
    )
    return True


def _is_of_place_after(context: Context, number: Number) -> bool:
    """Whether a size is that of another place, named right after it: 'they rose by about 17% in Bedford'."""
    text = context.sentence.text
    return any(
        one.code != OWN
        and one.start >= number.end
        and IN_PLACE.fullmatch(text[number.end : one.start])
        for one in context.mentions
    )


def _two_ends(context: Context, size: Number, plain: list[Number]) -> list[Number]:
    """The two numbers that a change of a size is told to go between, none of which belongs to the step that follows it:
    'up 47 (19%), before falling to 198'."""
    ends = ends_after(context, size.end)
    if ends and ends[0].kind == PLAIN:
        return list(ends)
    if THAN_IN.match(context.sentence.masked, size.end):
        return []  # 'close to that of 2017-18 (1,614) and about a third higher than in 2018-19'
    based = list(_with_base(context, size))
    if based:  # '1,114 were received, 86% more than the 598 of 2019'
        fitting = [one for one in based if _is_change(size, *one)]
        return list((fitting or based)[0])
    are_alike = len(plain) == 2 and plain[0].places == plain[1].places
    is_told = are_alike and TWO_TIMES.search(context.sentence.text)
    last = max((one.start for one in plain), default=0)
    return plain if is_told and not STEP.search(context.sentence.masked, size.end, last) else []


def _with_base(context: Context, size: Number) -> Iterator[tuple[Number, Number]]:
    """The number after 'more than' with each that stands before a size, the nearest first."""
    text, numbers = context.sentence.masked, context.sentence.numbers
    plain = [one for one in numbers if one.kind == PLAIN]
    for base in plain:
        if base.start >= size.end and THAN_IT.fullmatch(text[size.end : base.start]):
            yield from ((base, one) for one in reversed(plain) if one.end <= size.start)


def _is_change(size: Number, base: Number, other: Number) -> bool:
    """Whether a size is by how much another number differs from a base."""
    return base.value > 0 and close(size, abs(other.value - base.value) * 100 / base.value)
