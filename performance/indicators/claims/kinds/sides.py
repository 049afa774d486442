"""The two things that a comparison holds against one another, each with its value at a time that may be meant."""

import re
from dataclasses import dataclass

from performance.indicators.claims.context import Context, rates_of
from performance.indicators.claims.figures.evidence import KINDS, Line, difference
from performance.indicators.claims.kinds.groups import at
from performance.indicators.claims.words.moments import When
from performance.indicators.claims.words.names import COUNTED
from performance.indicators.claims.words.scope import clause
from performance.indicators.series import Value

# After an earlier time that is named: 'from 21.0% in 2022-23 to 18.9%, and we're now below England'
NOW = re.compile(r"\b(?:now|today|currently|at present)\b", re.I)


@dataclass(frozen=True)
class Side:
    """A series and its value at the time of a comparison."""

    line: Line
    value: Value


def sides(context: Context, line: Line, other: Line, place: int) -> list[tuple[Side, Side]]:
    """The two values at each time that a comparison at a place may be about; none where they are not alike or one is
    unknown."""
    if not _are_alike(context, line, other):
        return []
    return [
        (Side(line, value), Side(other, theirs))
        for value in _values(context, line, place, is_of_areas=line.area != other.area)
        if (theirs := other.at(value.period)) is not None
    ]


def _are_alike(context: Context, line: Line, other: Line) -> bool:
    is_same = (line.spec.id, line.area, line.category) == (
        other.spec.id,
        other.area,
        other.category,
    )
    if line.spec.unit != other.spec.unit or line.breakdown != other.breakdown or is_same:
        return False
    is_of_sizes = line.spec.unit == "count" and line.area != other.area
    return not is_of_sizes or _is_alike_by_rate(
        context, line, other
    )  # else an area of another size


def _values(context: Context, line: Line, place: int, *, is_of_areas: bool) -> list[Value]:
    """The values of a series at the times that may be meant: of areas those of the period that is named before, and of
    the text's year where the sentence has gone on to that."""
    before = [one for one in context.sentence.whens if one.end <= place and one.period]
    near = line.at(before[-1].period) if before and before[-1].period else None
    if near and is_of_areas:
        is_dated = not _has_gone_on(context, before[-1], place)
        now = None if is_dated or context.given is None else line.at(context.given)
        is_now = now is not None and NOW.search(context.sentence.text, before[-1].end, place)
        return [now] if is_now and now else [near, *([now] if now else [])]
    first, last = clause(context.sentence.text, place)
    is_now = NOW.search(context.sentence.text, first, max(first, min(place, last)))
    if is_of_areas and is_now and context.given and (now := line.at(context.given)):
        return [now]
    value = at(line, context)
    if value is None and not context.sentence.whens:
        value = next((one for one in (line.latest(kind) for kind in KINDS) if one), None)
    return [value] if value else []


def _has_gone_on(context: Context, when: When, place: int) -> bool:
    """Whether a sentence has left a time that it names: by another number, by 'now', or since it was only compared
    with."""
    text = context.sentence.text
    is_between = any(when.end <= one.start < place for one in context.sentence.numbers)
    return when.is_before or is_between or bool(NOW.search(text, when.end, place))


def _is_alike_by_rate(context: Context, line: Line, other: Line) -> bool:
    """Whether of two areas the one with the larger count has the higher rate too, so that it is more however it is
    meant."""
    rates = rates_of([f"{line.spec.id}{COUNTED}"])
    for one in rates:
        mine, theirs = (context.facts.line(one, place=each.area) for each in (line, other))
        both = sides(context, mine, theirs, 0) if mine and theirs else []
        counts = at(line, context)
        theirs_count = other.at(counts.period) if counts else None
        if not both or counts is None or theirs_count is None:
            return False
        gap = difference(theirs_count, counts) * difference(both[0][1].value, both[0][0].value)
        if gap <= 0:
            return False
    return bool(rates)
