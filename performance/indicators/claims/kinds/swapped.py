"""Two numbers that stand at each other's name: `17-18s 91.6%, 19-21s 83.3%` where it is the other way round, of groups,
places, months, quarters or years, and `84.2% v 79.7% in the previous year` where the later came first."""

import re
from collections.abc import Sequence
from itertools import combinations

from performance.indicators.claims.context import Context
from performance.indicators.claims.figures.closeness import close
from performance.indicators.claims.figures.evidence import Line, fits
from performance.indicators.claims.kinds.groups import at, share_lines
from performance.indicators.claims.words.moments import When
from performance.indicators.claims.words.numerals import PERCENT, PLAIN, RATE, Number
from performance.indicators.claims.words.scope import UNKNOWN, Mention
from performance.indicators.claims.words.subjects import Group
from performance.indicators.claims.words.wording import AGAINST
from performance.indicators.series import Value, write

# Between a name and its number: 'Q1 was the strongest, with 24', '17-18s (91.6%)'.
LABEL = re.compile(r"[\s:=–-]*(?:[a-z]+\s+){0,8}\(?\s*", re.I)
# Between a number and its name after it: '20.3% of infants', '6 sessions in Q1', '67.1 England'.
OF = re.compile(
    r"\s*(?:[a-z]+\s+){0,3}?(?:(?:of|in|for|at|from|among|by)\s+)?(?:the\s+|those\s+|children\s+)*|\s*\(\s*",
    re.I,
)
OF_IT = re.compile(r"\s*of\b", re.I)  # by which a number is surely that of the name after it
# Between two names whose numbers follow in their order: 'infants more than toddlers (20.3% against 11.4%)'.
ORDERED = re.compile(r"[^.;:\d]*\b(?:than|and|or|against|versus|with|to)\b[^.;:\d]*", re.I)
THEY = re.compile(r"\b(?:they|it|them)\b", re.I)  # 'schools made 916 and they 875'
TELLING = 10  # a smaller count is met by chance
Thing = Group | Mention | When
Paired = tuple[Thing, Number]
Held = tuple[Line, Value]


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
        if one.kind in (PERCENT, PLAIN, RATE) and not context.passes_over(one.start)
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
    own = {one for thing, one in after if OF_IT.match(text[one.end : thing.start])}
    before = [(thing, one) for thing, one in before if one not in own]
    told = [some for some in (before, after) if len({thing.start for thing, _ in some}) > 1]
    if told:
        return told[0] if len(told) == 1 else []  # a number between two names may be either's
    spans = sorted({(thing.start, thing.end) for thing in things})
    if len(spans) == len(numbers) == 2 and spans[1][1] <= numbers[0].start:
        is_of_them = THEY.search(text[numbers[0].end : numbers[1].start])
        if ORDERED.fullmatch(text[spans[0][1] : spans[1][0]]) and not is_of_them:
            return [(thing, numbers[spans.index((thing.start, thing.end))]) for thing in things]
    return []


def _is_between(things: Sequence[Thing] | Sequence[Number], first: int, last: int) -> bool:
    return any(first <= one.start and one.end <= last for one in things)


def _check(context: Context, one: Paired, other: Paired) -> None:
    """Two things with a number each, unless they are two readings of the same words."""
    if (one[0].start, one[0].end) == (other[0].start, other[0].end):
        return
    first, second = _held(context, one[0]), _held(context, other[0])
    for name in first.keys() & second.keys():
        (line, mine), (_, theirs) = first[name], second[name]
        if not (fits(line, one[1].kind) and mine.period.kind == theirs.period.kind):
            continue
        if close(one[1], mine.value or 0) or close(other[1], theirs.value or 0):
            return
        if close(one[1], theirs.value or 0) and close(other[1], mine.value or 0):
            span = (min(one[1].start, other[1].start), max(one[1].end, other[1].end))
            told = [(_said(context, one[0]), mine), (_said(context, other[0]), theirs)]
            _add(context, span, line, told)
            return


def _held(context: Context, thing: Thing) -> dict[str, Held]:
    """What the data hold for a thing, by the series that may be meant."""
    found: list[tuple[str, Line | None, Value | None]] = []
    if isinstance(thing, Group):
        found = [
            (f"{line.spec.id} {line.breakdown}", line, at(line, context))
            for line in share_lines(context, [thing])
        ]
    elif isinstance(thing, Mention):
        for one in _named(context):
            line = None if thing.code == UNKNOWN else context.facts.line(one, place=thing.code)
            found.append((one, line, at(line, context) if line else None))
    elif not (context.groups or context.mentions):
        for one in _named(context):
            line = context.facts.line(one)
            found.append((one, line, line.at(thing.period) if line and thing.period else None))
    return {name: (line, value) for name, line, value in found if line and value}


def _named(context: Context) -> list[str]:
    return list(dict.fromkeys(each for subject in context.subjects for each in subject.ids))


def _in_time(context: Context) -> None:
    """`84.2% v 79.7% in the previous year`: the number of the year before stands first."""
    numbers, whens = context.sentence.numbers, context.sentence.whens
    now = context.given
    if now is None or context.groups or context.mentions or len(numbers) < 2:
        return
    first, second = numbers[0], numbers[1]
    between = context.sentence.masked[first.end : second.start]
    named = {one.period for one in whens if one.period}
    if first.kind != second.kind or not AGAINST.fullmatch(between):
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
        told = [(one.period.label, one) for one in (last, before)]
        _add(context, (first.start, second.end), line, told)
        return


def _said(context: Context, thing: Thing) -> str:
    return context.sentence.text[thing.start : thing.end].strip()


def _add(
    context: Context, span: tuple[int, int], line: Line, told: Sequence[tuple[str, Value]]
) -> None:
    """Note two numbers that are swapped; `told` are the names with what the data hold for each."""
    held = "; ".join(f"{name} {write(line.spec, value)}" for name, value in told)
    context.add(
        "swap",
        context.sentence.text[slice(*span)],
        f"{line.spec.title}: {held}",
        "The two numbers are the other way round.",
        line,
        at=span,
    )
