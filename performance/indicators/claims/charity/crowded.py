"""Sentences crowded with numbers: who writes four of them or more has looked each one up, and means more series and
times than words can be read for. What is found wrong there stands only where its numbers are nobody's: of no series,
category, place or time near it, and no difference, sum or share of the sentence's other numbers."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from itertools import combinations, pairwise, permutations

from performance.indicators.claims.context import Context, rates_of
from performance.indicators.claims.figures.closeness import LESS, MORE, close
from performance.indicators.claims.figures.evidence import KINDS, Line, difference, fits, relative
from performance.indicators.claims.findings import Charge
from performance.indicators.claims.kinds.coincidences import is_beside
from performance.indicators.claims.kinds.timing import periods_near
from performance.indicators.claims.words.names import COUNTED
from performance.indicators.claims.words.numerals import (
    FRACTION,
    PERCENT,
    PLAIN,
    POINTS,
    RATE,
    Number,
)
from performance.indicators.claims.words.scope import OWN, UNKNOWN
from performance.indicators.spec import indicators
from performance.intake.codes import ALL

ENDS = 2  # numbers that a change goes between
FROM = re.compile(r"\bfrom\s+(?:[a-z]+\s+){0,2}$", re.I)
LISTED = re.compile(r"\d%?\s*(?:,\s*|,?\s+and\s+)$")
# 'up 2,073', 'and completions 16.2%': by how much, and what it came to
MOVED = re.compile(
    r"(?:\b(?:up|down|by|rose|fell|risen|fallen|grew|dropped|increased|decreased)\s+|\band\s+(?:[a-z]+\s+){1,2})$",
    re.I,
)
TO = re.compile(r"\s+to\s+", re.I)
WORD = re.compile(r"[A-Za-z]{2,}")
TIMES = re.compile(r"\s+times\b", re.I)
CROWD = 4  # numbers that make one
TELLING = 100  # a plain number under it is met by chance too often
OF_NUMBERS = ("level", "change", "average", "range", "times")
OF_WORDS = ("direction", "trend", "jump")
OF_A_TIME = ("rank",)  # which may be of another, where several are spoken of


def is_looked_up(context: Context, charge: Charge) -> bool:
    """Whether the numbers of a claim in a crowded sentence are right of something near it; of a claim in words, whether
    all that the sentence tells are."""
    numbers = context.sentence.numbers
    is_row = len(WORD.findall(context.sentence.text)) < len(numbers)  # of a table
    if len(numbers) < CROWD or charge.line is None or is_row:
        return False
    known = partial(_is_known, context, list(_lines(context, charge)))
    kind = charge.finding.kind
    inside = [one for one in numbers if charge.start <= one.start < charge.end]
    if kind == "level" and len(inside) == ENDS:
        return _are_ends(context, _lines(context, charge), inside)
    if kind in OF_NUMBERS and inside:
        return all(map(known, inside))
    telling = [
        one
        for one in numbers
        if _is_telling(one) and not TIMES.match(context.sentence.text[one.end :])
    ]
    is_of_words = kind in OF_WORDS or (kind in OF_A_TIME and _is_of_several_times(context))
    return is_of_words and len(telling) >= CROWD - 1 and all(map(known, telling))


def _is_of_several_times(context: Context) -> bool:
    """Whether a sentence names a time besides the one that its text is about."""
    return any(one.period and one.period != context.given for one in context.sentence.whens)


def _are_ends(context: Context, lines: Iterable[Line], ends: Sequence[Number]) -> bool:
    """Whether two numbers are those of one series at two times, the earlier one after 'from'."""
    is_first = FROM.search(context.sentence.text[: ends[0].start])
    first, last = ends if is_first else ends[::-1]
    return any(
        close(first, early.value or 0) and close(last, late.value or 0)
        for line in lines
        if fits(line, first.kind) and fits(line, last.kind)
        if not any(_is_of_other(context, one, line) for one in ends)
        for kind in KINDS
        for early, late in combinations(line.of(kind), ENDS)
    )


def _is_telling(number: Number) -> bool:
    """Whether a number is seldom met by chance."""
    if number.kind in (PERCENT, POINTS, RATE):
        return number.places > 0
    return number.places > 0 or (number.kind == PLAIN and number.value >= TELLING)


def _is_known(context: Context, lines: Iterable[Line], number: Number) -> bool:
    """Whether a number is one that the data hold near it, or follows from two others of its sentence."""
    if _follows(context, number):
        return True
    lines = list(lines)
    if _is_change(context, lines, number):
        return True
    if not _is_telling(number):
        return False
    periods, is_bound = periods_near(context, number)
    if LISTED.search(context.sentence.text[: number.start]):
        is_bound = False  # '89.2%, 92.6% and 90.8%, Q3 being strongest'
    return any(
        close(number, value.value or 0)
        for line in lines
        if fits(line, number.kind) and not _is_of_other(context, number, line)
        for value in line.values.values()
        if not (is_bound and periods) or value.period in periods
    )


def _is_change(context: Context, lines: Iterable[Line], number: Number) -> bool:
    """Whether a number is by how much a series moved from the year before: 'up 2,073', 'fell 16.2% to 11,324', where
    the number that it came to must be right as well."""
    if not MOVED.search(context.sentence.text[: number.start]):
        return False
    others = context.sentence.numbers
    to = next(
        (one for one in others if TO.fullmatch(context.sentence.text[number.end : one.start])), None
    )
    for line in lines:
        for first, last in pairwise(line.of("year")):
            if number.kind == PLAIN and _is_telling(number) and line.spec.unit == "count":
                if close(number, abs(difference(first, last))):
                    return True
            share = relative(first, last) if to and number.kind == PERCENT else None
            if share is not None and close(number, abs(share)):
                if to and fits(line, to.kind) and close(to, last.value or 0):
                    return True
    return False


def _is_of_other(context: Context, number: Number, line: Line) -> bool:
    """Whether a number stands right beside a category or place that is not this series'."""
    groups = [one for one in context.groups if is_beside(context, [one], number)]
    if groups and line.category not in {one.code for one in groups}:
        return True
    places = [one.code for one in context.mentions if is_beside(context, [one], number)]
    own = context.facts.areas if OWN in places else ()
    return bool(places) and line.area not in (*places, *own)


def _follows(context: Context, number: Number) -> bool:
    """Whether a number is the difference, sum, share or relative change of two others."""
    if number.about in MORE | LESS:
        return False
    others = [one for one in context.sentence.numbers if one is not number and one.kind != FRACTION]
    alike = [one.value for one in others if one.kind == number.kind == PLAIN]
    if len(alike) > ENDS and number.value == sum(alike):
        return True
    for first, second in permutations(others, 2):
        if first.kind != second.kind or not second.value:
            continue
        gap = first.value - second.value
        of_kind = number.kind == first.kind or (number.kind == POINTS and first.kind == PERCENT)
        if of_kind or number.kind == PLAIN:
            is_gap = gap > 0 and (close(number, gap) or _is_rounded(number, gap))
            if is_gap or (first.kind != POINTS and close(number, first.value + second.value)):
                return True
        if number.kind == PERCENT:
            share = first.value * 100 / second.value
            if close(number, abs(share - 100)) or (share < 100 and close(number, share)):
                return True
    return False


def _is_rounded(number: Number, gap: Decimal) -> bool:
    """Whether a difference differs in its last decimal, as one does that was made from numbers not rounded."""
    return number.places > 0 and abs(number.value - gap) <= Decimal(1).scaleb(-number.places)


def _lines(context: Context, charge: Charge) -> Iterator[Line]:
    """The series near a claim: of what the sentence and its text name and of its themes, with what they count, in
    total and by category, here and in the places that it names."""
    named = [each for one in context.subjects for each in one.ids]
    named += [charge.line.spec.id] if charge.line else []
    named += [context.about] if context.about else []
    named += context.carried
    ids = dict.fromkeys(one.removesuffix(COUNTED) for one in [*named, *rates_of(named)])
    places = dict.fromkeys([OWN, *(one.code for one in context.mentions if one.code != UNKNOWN)])
    for one in ids:
        for each in (one, f"{one}{COUNTED}"):
            for place in places:
                line = context.facts.line(each, place=place)
                if line:
                    yield line
                    yield from _parts(context, each, line, place)
    for theme in dict.fromkeys(line.spec.theme for one in ids if (line := context.facts.line(one))):
        yield from context.facts.totals(theme)
        for spec in (one for one in indicators().values() if one.theme == theme):
            for group in context.groups:
                line = context.facts.line(spec.id, group.breakdown, group.code)
                if line:
                    yield line


def _parts(context: Context, indicator: str, line: Line, place: str) -> Iterator[Line]:
    for breakdown in line.spec.breakdowns:
        for code in context.facts.categories(line.spec.id, breakdown):
            other = context.facts.line(indicator, breakdown, code, place=place)
            if other is not None and code != ALL:
                yield other
