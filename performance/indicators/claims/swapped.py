"""Two numbers that stand at each other's name: `17-18s 91.6%, 19-21s 83.3%` where it is the other way round, of groups,
places, months, quarters or years, and `84.2% v 79.7% in the previous year` where the later came first."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from lscb.periods import Period
from performance.indicators.claims.context import Context
from performance.indicators.claims.evidence import COUNTED, Line, close, fits, words
from performance.indicators.claims.groups import at, share_lines
from performance.indicators.claims.moments import When
from performance.indicators.claims.numerals import PERCENT, PLAIN, Number
from performance.indicators.claims.scope import UNKNOWN, Mention
from performance.indicators.claims.subjects import Group
from performance.indicators.series import Value

# Between a name and its number: 'Q1 was the strongest, with 24', '17-18s (91.6%)'.
LABEL = re.compile(r"[\s:=–-]*(?:[a-z]+\s+){0,5}\(?\s*", re.I)
# Between a number and its name after it: '20.3% of infants', '6 sessions in Q1'.
OF = re.compile(
    r"\s*(?:[a-z]+\s+){0,3}?(?:of|in|for|at|from|among|by)\s+(?:the\s+|those\s+|children\s+)*|\s*\(\s*",
    re.I,
)
# Between two names whose numbers follow in their order: 'infants more than toddlers (20.3% against 11.4%)'.
ORDERED = re.compile(r"[^.;:\d]*\b(?:than|and|or|against|versus|with|to)\b[^.;:\d]*", re.I)
VERSUS = re.compile(
    r"[\s(),]*(?:as\s+)?(?:v\.?|vs\.?|versus|against|compared\s+(?:with|to))\s+", re.I
)
TELLING = 10  # a smaller count is met by chance
Thing = Group | Mention | When
Paired = tuple[Thing, Number]


def check(context: Context) -> None:
    """Every two numbers of a sentence that are right of each other's name, and wrong of their own."""
    if context.is_unclear or context.is_sampled:
        return
    for things in (context.groups, context.mentions, context.sentence.whens):
        for one, other in combinations(_paired(context, things), 2):
            if one[1].kind == other[1].kind and one[1].value != other[1].value:
                _check(context, one, other)
    _in_time(context)


def _paired(context: Context, things: Sequence[Thing]) -> list[Paired]:
    """Each thing with the number beside it, where at least two have one in the same way."""
    text = context.sentence.masked
    numbers = [
        one
        for one in context.sentence.numbers
        if one.kind in (PERCENT, PLAIN) and not context.passes_over(one.start)
    ]
    before = [
        (thing, one)
        for thing in things
        for one in numbers
        if thing.end <= one.start
        and LABEL.fullmatch(text[thing.end : one.start])
        and not _is_between(things, thing.end, one.start)
    ]
    after = [
        (thing, one)
        for thing in things
        for one in numbers
        if one.end <= thing.start
        and OF.fullmatch(text[one.end : thing.start])
        and not _is_between(numbers, one.end, thing.start)
    ]
    longest = max(before, after, key=len)
    if len({thing.start for thing, _ in longest}) > 1:
        return longest
    spans = sorted({(thing.start, thing.end) for thing in things})
    if len(spans) == len(numbers) == 2 and spans[1][1] <= numbers[0].start:
        if ORDERED.fullmatch(text[spans[0][1] : spans[1][0]]):
            return [(thing, numbers[spans.index((thing.start, thing.end))]) for thing in things]
    return []


def _is_between(things: Sequence[Thing] | Sequence[Number], first: int, last: int) -> bool:
    return any(first <= one.start and one.end <= last for one in things)


def _check(context: Context, one: Paired, other: Paired) -> None:
    if (one[0].start, one[0].end) == (other[0].start, other[0].end):
        return
    for first, second in _values(context, one, other):
        (line, mine), (_, theirs) = first, second
        if not (fits(line, one[1].kind) and mine.period.kind == theirs.period.kind):
            continue
        if close(one[1], mine.value or 0) or close(other[1], theirs.value or 0):
            return
        if close(one[1], theirs.value or 0) and close(other[1], mine.value or 0):
            span = (min(one[1].start, other[1].start), max(one[1].end, other[1].end))
            _add(context, span, first, second)
            return


Held = tuple[Line, Value]


def _values(context: Context, one: Paired, other: Paired) -> Iterator[tuple[Held, Held]]:
    """What the data hold for two things, of each series that may be meant."""
    first, second = one[0], other[0]
    ids = list(dict.fromkeys(each for subject in context.subjects for each in subject.ids))
    if isinstance(first, Group) and isinstance(second, Group):
        held = {
            (line.spec.id, line.breakdown): (line, value)
            for line in share_lines(context, [second])
            if (value := at(line, context))
        }
        for line in share_lines(context, [first]):
            value, found = at(line, context), held.get((line.spec.id, line.breakdown))
            if value and found:
                yield (line, value), found
        return
    for each in ids:
        if isinstance(first, Mention) and isinstance(second, Mention):
            if UNKNOWN in (first.code, second.code) or each.endswith(COUNTED):
                continue
            lines = [context.facts.line(each, place=place.code) for place in (first, second)]
            found = [(line, value) for line in lines if line and (value := at(line, context))]
            if len(found) == 2:
                yield found[0], found[1]
        elif isinstance(first, When) and isinstance(second, When):
            yield from _at_times(context, each, first.period, second.period)


def _at_times(
    context: Context, indicator: str, first: Period | None, second: Period | None
) -> Iterator[tuple[Held, Held]]:
    line = context.facts.line(indicator)
    known = [one for one in (first, second) if line and one and line.at(one)]
    if line and len(known) == 2 and not context.groups and not context.mentions:
        one, other = (line.at(period) for period in known)
        if one and other:
            yield (line, one), (line, other)


def _in_time(context: Context) -> None:
    """`84.2% v 79.7% in the previous year`: the number of the year before stands first."""
    numbers, whens = context.sentence.numbers, context.sentence.whens
    now = context.given
    if now is None or context.groups or context.mentions or len(numbers) < 2:
        return
    first, second = numbers[0], numbers[1]
    between = context.sentence.masked[first.end : second.start]
    named = {one.period for one in whens if one.period}
    if first.kind != second.kind or not VERSUS.fullmatch(between):
        return
    if context.passes_over(first.start) or not named <= {now, now.year_before()}:
        return
    if first.kind == PLAIN and min(first.value, second.value) < TELLING:
        return
    for line in context.lines(first.start, second.end):
        last, before = line.at(now), line.at(now.year_before())
        if last is None or before is None or not fits(line, first.kind):
            continue
        is_so = close(first, last.value or 0) or close(second, before.value or 0)
        if is_so or not (close(first, before.value or 0) and close(second, last.value or 0)):
            return
        _add(context, (first.start, second.end), (line, last), (line, before))
        return


def _add(context: Context, span: tuple[int, int], first: Held, second: Held) -> None:
    context.add(
        "swap",
        context.sentence.text[slice(*span)],
        f"{words(*first)}; {words(*second)}",
        "The two numbers are the other way round.",
        first[0],
        at=span,
    )
