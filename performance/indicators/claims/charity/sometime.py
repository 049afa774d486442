"""Whether what was found wrong is so between two other times that its sentence speaks of: one that tells of several
times by more words than can be read ('before it dropped back', 'in the year prior to that') is given the best of them.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from lscb.periods import Period
from performance.indicators.claims.context import Context
from performance.indicators.claims.figures.closeness import close
from performance.indicators.claims.figures.evidence import (
    Line,
    counted,
    difference,
    fits,
    relative,
    size_of_change,
)
from performance.indicators.claims.findings import Charge
from performance.indicators.claims.words.numerals import PERCENT, PLAIN, POINTS, Number
from performance.indicators.claims.words.scope import own_part
from performance.indicators.claims.words.whens import PANDEMIC
from performance.indicators.claims.words.wording import WAY, count_of, sign_of
from performance.indicators.series import Value

_COUNT = r"(?P<count>a|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})"
# A time that is told by another: 'two years ago', 'the year prior to that', 'over five years', 'since', 'at no point'.
TOLD = re.compile(
    rf"\b{_COUNT}\s+(?:years?|quarters?|months?)\s+(?:ago|before|earlier|previously|prior|later|on|in\s+succession|running)\b"
    r"|\b(?:the|that)\s+(?:year|quarter|month)\s+(?:before|after|prior|previously)\b(?:\s+(?:to\s+)?that\b)?"
    r"|\b(?:previous|preceding|prior|following|next|earlier|later)\s+(?:financial\s+)?(?:years?|quarters?|months?)\b"
    rf"|\b(?:over|in|within|across|for)\s+(?:the\s+)?(?:last\s+|past\s+)?(?P<span>two|three|four|five|six|seven|eight|nine|ten)\s+years\b"
    r"|\b(?:before|after)\s+(?:that|it|they|the|a|an|(?!being\b|having\b|including\b)[a-z]+ing)\b"
    r"|\b(?P<pandemic>pandemic|lockdowns?|covid)\b"
    r"|\b(?:until|then|at\s+no\s+(?:point|time)|at\s+any\s+(?:point|time)|by\s+then|rebound\w*|back)\b",
    re.I,
)
# One that is read as the year before, and leaves nothing open.
PLAIN_TOLD = re.compile(
    r"(?:a|one|the)\s+year\s+(?:ago|before|earlier|previously)|(?:previous|preceding|prior)\s+year",
    re.I,
)
SEVERAL = 2  # times of which a sentence speaks, for this to be tried
HELD = re.compile(r"held|remain|stay|(?:is|are|was|were|been)\b", re.I)
LITTLE = 5  # percent that are no change
FAR = 2  # years before those that are spoken of


def is_so_sometime(context: Context, charge: Charge) -> bool:
    """Whether the claim of a finding holds at other times that the sentence may speak of."""
    told = _told(context)
    dated = {one.period for one in context.sentence.whens if one.period}
    is_open = any(not PLAIN_TOLD.fullmatch(one[0]) for one in told)
    if not is_open or len(told) + len(dated) < SEVERAL or charge.line is None:
        return False
    kind = charge.finding.kind
    if kind == "direction":
        return _goes_so(context, charge, charge.line)
    if kind == "trend":
        return _goes_so_throughout(context, charge, charge.line)
    inside = [one for one in context.sentence.numbers if charge.start <= one.start < charge.end]
    if kind == "change" and inside:
        return _are_sizes(context, inside, charge, charge.line)
    if kind == "level" and len(inside) == 1:
        return _was_so(context, inside[0], charge.line)
    return False


def _told(context: Context) -> list[re.Match[str]]:
    """The times that are told by others, without those that were read as periods."""
    whens = [one for one in context.sentence.whens if one.period]
    return [
        one
        for one in TOLD.finditer(context.sentence.text)
        if not any(when.start < one.end() and one.start() < when.end for when in whens)
    ]


def _years(context: Context) -> list[Period]:
    """The years of a sentence and its text, those that it counts from these, and the one before the first."""
    spoken = [*context.sentence.periods, *(one for one in (context.year, context.given) if one)]
    years = {one.year for one in spoken}
    for one in _told(context):
        count = count_of(one["count"] or one["span"] or "")
        years |= {each.shift(-count) for each in tuple(years) if count}
        years |= set(PANDEMIC) if one["pandemic"] else set()
    if years:
        years.add(min(years).shift(-1))
    return sorted(years)


def _ends(context: Context, line: Line) -> Iterator[tuple[Value, Value]]:
    known = [value for one in _years(context) if (value := line.at(one))]
    yield from combinations(known, 2)


def _goes_so(context: Context, charge: Charge, line: Line) -> bool:
    way = WAY.search(context.sentence.text, charge.start, charge.end)
    if (
        way is None
    ):  # 'held steady in each of the four previous years', but not 'back to the level of 2021/22'
        is_held = HELD.match(charge.finding.claim)
        return bool(is_held) and any(
            abs(relative(*each) or 0) < LITTLE for each in _ends(context, line)
        )
    sign = sign_of(way, line)
    return any(difference(first, last) * sign > 0 for first, last in _ends(context, line))


def _goes_so_throughout(context: Context, charge: Charge, line: Line) -> bool:
    """Whether a way was gone at each step from the first year that is named to the last that is spoken of."""
    way = WAY.search(context.sentence.text, charge.start, charge.end)
    ends = [context.year, context.given, *context.sentence.periods]
    last = max((one.year for one in ends if one), default=None)
    if way is None or not context.sentence.periods or last is None:
        return False
    first = min(context.sentence.periods).year
    known = [one for one in line.of("year") if first <= one.period <= last]
    return len(known) > SEVERAL and all(
        difference(a, b) * sign_of(way, line) > 0 for a, b in pairwise(known)
    )


def _are_sizes(context: Context, sizes: Sequence[Number], charge: Charge, line: Line) -> bool:
    """Whether a change has the sizes that are told of it between two of the years: a plain number is one of points
    where the sentence has others of these ('three points fewer than in 2022/23, but ten more than in the year before
    that'), and a percentage only stands beside the number of which it is one: 'an increase of 47 (19%)'."""
    way = WAY.search(context.sentence.text, charge.start, charge.end)
    is_of_points = any(one.kind == POINTS for one in context.sentence.numbers)
    is_told = sizes[0].kind in (PLAIN, POINTS) and all(one.kind == PERCENT for one in sizes[1:])
    if way is None or not is_told:
        return False
    lines = [line, *context.lines(charge.start, charge.end)] if is_of_points else [line]
    return any(
        difference(first, last) * sign_of(way, one) > 0
        and all(_is_size(size, first, last) for size in sizes)
        for each in lines
        for one in ([each] if is_of_points or each.spec.unit == "count" else [counted(each)])
        for first, last in _ends(context, one)
    )


def _is_size(size: Number, first: Value, last: Value) -> bool:
    change = size_of_change(size.kind, first, last)
    return change is not None and close(size, abs(change))


def _was_so(context: Context, number: Number, line: Line) -> bool:
    """Whether a number beside which a time is told by another was there in one of the years before."""
    first, last = own_part(context.sentence.text, number.start)
    if not fits(line, number.kind) or not any(
        first <= one.start() and one.end() <= last for one in _told(context)
    ):
        return False
    before = {one.shift(-by) for one in _years(context) for by in range(FAR)}
    return any(close(number, value.value or 0) for one in sorted(before) if (value := line.at(one)))
