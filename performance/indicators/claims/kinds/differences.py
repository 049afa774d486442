"""Differences, rests and shares that a sentence's own numbers must give: `359, 16 fewer than the 375 of a year ago`,
`135 of 155 ... the other 20`, `by just under 3,000 (15,510 to 12,671)`."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, pairwise

from lscb.numbers import format_number
from performance.indicators.claims.context import Context
from performance.indicators.claims.figures.closeness import close
from performance.indicators.claims.kinds import arithmetic
from performance.indicators.claims.kinds.arithmetic import Told
from performance.indicators.claims.words.numerals import (
    FRACTION,
    PERCENT,
    PLAIN,
    POINTS,
    RATE,
    Number,
)
from performance.indicators.claims.words.wording import TOGETHER

# Between a number and by how much it differs: '359, which is 16 fewer'.
WHICH_IS = re.compile(
    r"[^.;:\d]{0,40}?(?:,|–|\s-|\()\s*(?:(?:which|that)(?:\s+is|\s+was|[’']s)\s+|(?:or|i\.e\.|some)\s+)?",
    re.I,
)
# Between how much it differs and the number that it differs from.
THAN = re.compile(
    r"\s+(?:(?:[a-z]+\s+){0,2}?(?P<up>more|higher|above|up)|(?:[a-z]+\s+){0,2}?(?P<down>fewer|less|lower|below|down|short))\s+"
    r"(?:(?:than|on|of)\s+)?(?:the|last\s+year['’]s|a\s+year\s+ago['’]s)\s+$",
    re.I,
)
# A size of a change before the two numbers that it lies between: 'by just under 3,000 (15,510 to 12,671)'.
BY = re.compile(r"\b(?:by|of)\s+(?:(?!a\b)[a-z]+\s+){0,3}(?:an?\s+)?$", re.I)
ENDS_OPEN = re.compile(r"[^.;:\d()]{0,30}(?:\(\s*(?:from\s+)?|,\s*from\s+)", re.I)
TIMES = re.compile(r"\s*times\b", re.I)
ENDS_TO = re.compile(r"\s*(?:to|→)\s*", re.I)
ENDS_CLOSE = re.compile(r"\s*\)")
GAPS = ((PLAIN,) * 3, (POINTS, PERCENT, PERCENT), (RATE, PLAIN, PLAIN), (RATE, RATE, RATE))
SHARES = ((PERCENT, PLAIN, PLAIN), (FRACTION, PLAIN, PLAIN), (FRACTION, PERCENT, PERCENT))
ROUGHLY = Decimal("0.1")  # of a hedged size, by which it may miss
# Between a part, what share it is, and the whole: ', which is about half of the year's'.
AMOUNTS_TO = re.compile(
    r"[^.;:\d]{0,40}?(?:,|–|\s-|\(|\bor\b|\bmade\s+up|\bmakes?\s+up|\baccount(?:s|ed)\s+for|\bis|\bwas|\bwere)\s*"
    r"(?:(?:or|which|that|is|was|i\.e\.|made\s+up|about|around|roughly|nearly|almost|just|over|under|only|more|less|than|"
    r"some|well|a\s+little)\s+)*",
    re.I,
)
OF_A_WHOLE = re.compile(
    r"\s+of\s+(?:(?:the|all|our)\s+)?(?:[’']s\s+)?(?:(?:year|quarter|month)[’']s\s+)?(?:total\s+(?:of\s+)?)?",
    re.I,
)
FEW = 4  # parts that are taken together
OUT_OF = re.compile(r"\s+(?:out\s+)?of\s+(?:the\s+|our\s+|all\s+)?", re.I)
OTHER = re.compile(r"\b(?:the|all)\s+(?:other|remaining)\s+$", re.I)
OTHERS = re.compile(r"\s+(?:others|remaining|remain)\b", re.I)
OF_THE_OTHER = re.compile(
    r"\s+(?:months|quarters|years|weeks|days|boroughs|areas|authorities)\b", re.I
)


def check(context: Context) -> None:
    """Every difference, rest and share in a sentence that its own numbers contradict."""
    arithmetic.check(context, (_differences, _gaps, _rests, _rests_of_shares, _shares))


def _differences(context: Context, numbers: list[Number]) -> Iterator[Told]:
    """`359, which is 16 fewer than the 375 of a year ago`."""
    text = context.sentence.masked
    for place, (size, other) in enumerate(pairwise(numbers)):
        found = THAN.fullmatch(text[size.end : other.start])
        if not found or place == 0 or size.kind not in (PLAIN, POINTS) or size.about:
            continue
        kind = PLAIN if size.kind == PLAIN else PERCENT
        before = [one for one in numbers[:place] if one.kind == kind]
        if other.kind != kind or numbers[place - 1] not in before or other.about:
            continue
        if not WHICH_IS.fullmatch(text[numbers[place - 1].end : size.start]):
            continue
        sign = 1 if found["up"] else -1
        fitting = [one for one in before if _is_near(size, (one.value - other.value) * sign)]
        first = fitting[0] if fitting else before[-1]
        gap = (first.value - other.value) * sign
        value = size.value if fitting else gap
        side = "more" if first.value > other.value else "fewer" if kind == PLAIN else "less"
        told = f"{first.text} is {format_number(abs(gap), size.places)} {side} than {other.text}"
        yield size, (first, other), value, told


def _gaps(context: Context, numbers: list[Number]) -> Iterator[Told]:
    """`down by just under 3,000 (15,510 to 12,671)`, `fell by 18% (15,510 to 12,671)`."""
    text = context.sentence.masked
    for size, first, last in zip(numbers, numbers[1:], numbers[2:], strict=False):
        is_told = BY.search(text[: size.start]) and ENDS_OPEN.fullmatch(
            text[size.end : first.start]
        )
        is_closed = ENDS_CLOSE.match(text[last.end :]) or "(" not in text[size.end : first.start]
        if not (is_told and ENDS_TO.fullmatch(text[first.end : last.start]) and is_closed):
            continue
        gap = abs(last.value - first.value)
        if TIMES.match(text, size.end):
            continue  # 'two and a half times, from 365 to 916'
        if (size.kind, first.kind, last.kind) in GAPS:
            amount, told = gap, format_number(gap, max(first.places, last.places, 0))
        elif (size.kind, first.kind, last.kind) in SHARES:
            amount = gap * 100 / first.value
            told = f"{format_number(amount, 1)}%"
        else:
            continue
        is_rough = size.about and abs(amount - size.value) <= size.value * ROUGHLY
        is_rough = is_rough and not close(size, amount)
        actual = f"From {first.text} to {last.text} it is {told}"
        yield size, (first, last), size.value if is_rough else amount, actual


def _is_near(size: Number, gap: Decimal) -> bool:
    """Whether a difference is what is told, but for the rounding of its two numbers."""
    step = Decimal(1).scaleb(-size.places)
    return abs(gap - size.value) <= (step if size.kind == POINTS else 0)


def _rests(context: Context, numbers: list[Number]) -> Iterator[Told]:
    """`135 of 155 had all their reviews on time; for the other 20 ...`."""
    text = context.sentence.masked
    parts = [
        (some, whole)
        for some, whole in pairwise(numbers)
        if {some.kind, whole.kind} == {PLAIN} and not (some.about or whole.about)
        if OUT_OF.fullmatch(text[some.end : whole.start]) and some.value < whole.value
    ]
    for rest in numbers:
        known = [one for one in parts if one[1].end <= rest.start]
        is_rest = OTHER.search(text[: rest.start]) or OTHERS.match(text[rest.end :])
        if not known or not is_rest or rest.kind != PLAIN or OF_THE_OTHER.match(text[rest.end :]):
            continue
        fitting = [one for one in known if rest.value in _left(numbers, *one, rest)]
        some, whole = fitting[0] if fitting else known[-1]
        gap = whole.value - some.value
        told = f"{whole.text} less {some.text} is {format_number(gap)}"
        yield rest, (some, whole), rest.value if fitting else gap, told


def _left(numbers: list[Number], some: Number, whole: Number, rest: Number) -> Iterator[Decimal]:
    """What is left of a whole after a part of it, and after further parts that are told before the rest: '24 of the 51
    sessions were in Q4 and 14 in Q3, the other 13 ...'."""
    others = [one.value for one in numbers if whole.end <= one.start < rest.start][:FEW]
    for count in range(len(others) + 1):
        for more in combinations(others, count):
            yield whole.value - some.value - sum(more)


def _shares(context: Context, numbers: list[Number]) -> Iterator[Told]:
    """`7,430 registrations, which is about half of the year's 15,793`."""
    text = context.sentence.masked
    for place, whole in enumerate(numbers[2:], 2):
        part, share = numbers[place - 2], numbers[place - 1]
        is_share = share.kind == FRACTION or (share.kind == PERCENT and part.kind == PLAIN)
        if (
            not is_share
            or part.kind != whole.kind
            or part.kind == FRACTION
            or part.about
            or whole.about
            or part.value > whole.value
        ):
            continue
        between = text[part.end : share.start]
        is_tied = (
            AMOUNTS_TO.fullmatch(between)
            and "   " not in between  # where a period was blanked
            and not TOGETHER.search(between)
        )
        if is_tied and OF_A_WHOLE.fullmatch(text[share.end : whole.start]):
            value = part.value * 100 / whole.value
            told = f"{part.text} of {whole.text} is {format_number(value, 1)}%"
            yield share, (part, whole), value, told


def _rests_of_shares(context: Context, numbers: list[Number]) -> Iterator[Told]:
    """`87.1% were on time; the other 12.9% ...`."""
    text = context.sentence.masked
    for place, rest in enumerate(numbers):
        parts = [one for one in numbers[:place] if one.kind == PERCENT and not one.about][-FEW:]
        if rest.kind != PERCENT or rest.about or not parts or not OTHER.search(text[: rest.start]):
            continue
        left = [
            100 - sum(one.value for one in some)
            for count in range(1, len(parts) + 1)
            for some in combinations(parts, count)
        ]
        step = Decimal(1).scaleb(-min(one.places for one in (rest, *parts)))
        is_so = any(abs(one - rest.value) <= step for one in left)
        gap = 100 - parts[-1].value
        told = f"100% less {parts[-1].text} is {format_number(gap, parts[-1].places)}%"
        yield rest, parts[-1:], rest.value if is_so else gap, told
