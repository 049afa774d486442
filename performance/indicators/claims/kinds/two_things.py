"""Two numbers that are told together of two things, in their order: `Bedford's rate exceeds ours (31.8% to 29.0%)`,
`more crimes than incidents (3,215 against 2,216)`, `schools made more than the police, 916 against 875`."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lscb.periods import Period
from performance.indicators.claims.context import Context, rates_of
from performance.indicators.claims.figures.closeness import close
from performance.indicators.claims.figures.evidence import Line, counted, fits, words
from performance.indicators.claims.kinds.comparisons import COMPARED, readings
from performance.indicators.claims.kinds.groups import share_lines, share_of
from performance.indicators.claims.words.names import COUNTED
from performance.indicators.claims.words.nearness import Place
from performance.indicators.claims.words.numerals import FRACTION, PERCENT, PLAIN, POINTS, Number
from performance.indicators.claims.words.scope import OWN, UNKNOWN
from performance.indicators.series import Value

AGAINST = re.compile(
    r"\s*,?\s*(?:as\s+)?(?P<word>against|compared\s+(?:with|to)|versus|vs?\.?|set\s+against|to|and)\s+"
    r"(?:(?:just|only|about|the)\s+)*",
    re.I,
)
IN_BRACKETS = (re.compile(r"\(\s*$"), re.compile(r"\s*(?:[a-z·]+\s*)?\)", re.I))
AFTER_A_COLON = (re.compile(r":\s+$"), re.compile(r"\s*(?:[.,;]|$)"))
AFTER_A_COMMA = (re.compile(r"[,:–]\s+(?:(?:at|with|by)\s+)?$"), re.compile(r"\s*(?:[.,;)]|$)"))
AFTER_AT = (
    re.compile(r"\b(?:at|of|with|was|were|stood\s+at)\s+$", re.I),
    re.compile(r"\s*(?:[.,;)]|$)"),
)
# Between a number and its category ('four practice reviews were underway'), and before the next number.
OF_IT = re.compile(r"(?:\s+(?!and\b|but\b|to\b)[a-z·’'-]+){0,5}?\s+(?:the\s+)?", re.I)
NEXT = re.compile(r"\s*(?:,|,?\s*\b(?:and|with|to|but)\b|;)\s+(?:(?:only|just|another)\s+)*", re.I)
# Two things of one kind, each by the series that its number may be of.
Two = tuple[tuple[Place, Sequence[Line]], tuple[Place, Sequence[Line]]]


def check(context: Context) -> None:
    """Every such pair; its numbers are then accounted for where they are those of two things that are named."""
    _each_with_its_own(context)
    for first, second in pairwise(context.sentence.numbers):
        if {first, second} & context.used or not _is_pair(context, first, second):
            continue
        if context.passes_over(first.start):
            continue
        named = list(_named(context, first.start))
        swapped = [two for two in named if _are(context, two, second, first)]
        if (
            _are_of_two_times(context, first, second)
            or any(_are(context, two, first, second) for two in named)
            or (swapped and not _is_between(context, swapped[0]))
        ):
            context.used |= {first, second}
            context.accept(first.start, second.end)
        elif swapped:
            context.used |= {first, second}
            _add(context, swapped[0], first, second)


def _each_with_its_own(context: Context) -> None:
    """`four reviews were underway and three published`: two numbers, each before its category, that are each the
    other's."""
    text = context.sentence.text
    for first, second in pairwise(context.sentence.numbers):
        mine = next((one for one in context.groups if first.end <= one.start < second.start), None)
        other = next((one for one in context.groups if second.end <= one.start), None)
        if not (mine and other and mine.code != other.code and first.kind == second.kind):
            continue
        is_told = (
            OF_IT.fullmatch(text[first.end : mine.start])
            and NEXT.fullmatch(text[mine.end : second.start])
            and OF_IT.fullmatch(text[second.end : other.start])
        )
        if not is_told or first.about or second.about or context.passes_over(first.start):
            continue
        two = (
            (mine, share_lines(context, readings(context, mine))),
            (other, share_lines(context, readings(context, other))),
        )
        if _are(context, two, second, first) and not _are(context, two, first, second):
            context.used |= {first, second}
            _add(context, two, first, second)


def _are_of_two_times(context: Context, first: Number, second: Number) -> bool:
    """Whether two numbers are those of the two times that are named last before them: 'four times as many in Q4 as in
    Q1 (24 and 6)'."""
    before = [one.period for one in context.sentence.whens if one.end <= first.start]
    if len(before) < 2:
        return False
    return any(
        early and late and close(first, early.value or 0) and close(second, late.value or 0)
        for line in context.lines(first.start, second.end)
        for early, late in [[one and line.at(one) for one in before[-2:]]]
    )


def _is_pair(context: Context, first: Number, second: Number) -> bool:
    """Whether two numbers of a kind stand together in brackets, or after a comma with 'against' between them."""
    text = context.sentence.masked
    between = AGAINST.fullmatch(text[first.end : second.start])
    if not between or first.kind != second.kind or first.kind in (FRACTION, POINTS):
        return False
    edges = [IN_BRACKETS, AFTER_A_COLON]
    if between["word"].lower() == "and":
        edges.append(AFTER_AT)
    if between["word"].lower() not in ("to", "and"):
        edges.append(AFTER_A_COMMA)
    return any(
        before.search(text[: first.start]) and after.match(text[second.end :])
        for before, after in edges
    )


def _named(context: Context, place: int) -> Iterator[Two]:
    """The two things that are named last before a place: categories, indicators or areas."""
    groups = list({one.start: one for one in context.groups if one.end <= place}.values())
    if len(groups) > 1:
        first, second = ((one, share_lines(context, readings(context, one))) for one in groups[-2:])
        yield first, second
    subjects = [one for one in context.subjects if one.end <= place and one.ids]
    if len(subjects) > 1:
        mine, other = (
            (one, _every(context, (*one.ids, *rates_of(one.ids)), OWN)) for one in subjects[-2:]
        )
        yield mine, other
    yield from _areas(context, place)


def _areas(context: Context, place: int) -> Iterator[Two]:
    """The two areas that are named last before a place, of which the text's own need not be: 'we exceed England'."""
    before = [one for one in context.mentions if one.end <= place]
    codes = list(dict.fromkeys(one.code for one in reversed(before)))[:2][::-1]
    if UNKNOWN in codes or not codes or codes == [OWN]:
        return
    if len(codes) == 1:
        codes = [OWN, *codes]
    last = {one.code: one for one in before}
    ids = [each for one in context.subjects for each in one.ids]
    lines = [_every(context, (*ids, *rates_of(ids)), code) for code in codes]
    places = [last.get(code, before[0]) for code in codes]
    yield (places[0], lines[0]), (places[1], lines[1])


def _every(context: Context, ids: Sequence[str], place: str) -> list[Line]:
    """The series of some indicators in an area, and of what they count."""
    both = [each for one in ids for each in (one, f"{one.removesuffix(COUNTED)}{COUNTED}")]
    found = [context.facts.line(one, place=place) for one in dict.fromkeys(both)]
    return [one for one in found if one is not None]


def _are(context: Context, two: Two, first: Number, second: Number) -> bool:
    """Whether two numbers are those of two things at one time."""
    (_, mine), (_, others) = two
    return any(
        _is_of(context, first, mine, period) and _is_of(context, second, others, period)
        for period in _periods(context)
    )


def _periods(context: Context) -> list[Period]:
    years = (one for one in (context.year, context.given) if one is not None)
    return list(dict.fromkeys([*context.sentence.periods, *years]))


def _is_of(context: Context, number: Number, lines: Sequence[Line], period: Period) -> bool:
    return any(
        close(number, amount)
        for line in lines
        if (value := line.at(period)) and (amount := _amount(context, number, line, value))
    )


def _amount(context: Context, number: Number, line: Line, value: Value) -> float | None:
    """What a series has as a number of this kind."""
    if fits(line, number.kind):
        return value.value
    if number.kind == PERCENT and line.label and line.spec.unit == "count":
        return share_of(line, value, context)
    at = counted(line).at(value.period) if number.kind == PLAIN else None
    return value.value if line.spec.unit.startswith("rate") else at.value if at else None


def _is_between(context: Context, two: Two) -> bool:
    """Whether the one is said to be more or less than the other, which makes their order that of their numbers."""
    (mine, _), (other, _) = two
    return any(
        mine.start < one.end() <= other.start for one in COMPARED.finditer(context.sentence.masked)
    )


def _add(context: Context, two: Two, first: Number, second: Number) -> None:
    line = two[0][1][0]
    value = next((one for period in _periods(context) if (one := line.at(period))), None)
    context.add(
        "comparison",
        context.sentence.text[first.start : second.end],
        words(line, value) if value else f"{second.text} against {first.text}",
        "The two numbers are the other way round.",
        line,
        at=(first.start, second.end),
    )  # fmt: skip
