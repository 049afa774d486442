"""Which two values a change is about that is told at a place of a sentence: 'down on 2023/24', '61 fewer than two years
ago'."""

import re

from lscb.periods import SPAN, Period
from performance.indicators.claims.context import Context
from performance.indicators.claims.figures.evidence import Line, pairs
from performance.indicators.claims.words.moments import When, ends_of
from performance.indicators.claims.words.wording import count_of, years_told
from performance.indicators.series import Value

YEARS_AGO = re.compile(
    r"\b(two|three|four|five|six|ten|\d)\s+years\s+(?:ago|earlier|before|previously)\b", re.I
)
ON_BEFORE = re.compile(r"\b(?:than|on|from)\s+the\s+year\s+before\b", re.I)
ON_LAST = re.compile(r"\b(?:last|(?:the\s+)?previous)\s+year\b|\bthe year before\b", re.I)


def compared(context: Context, line: Line, place: int) -> list[tuple[Value, Value]]:
    """The pairs of values that a change told at a place of a sentence may be about."""
    whens = context.whens_in(place)
    ends = [ends_of(one.period) for one in whens if one.is_from and one.period]
    found = [(line.at(first), line.at(last)) for first, last in ends]
    if any(one.is_from and one.period and one.period.kind == SPAN for one in whens):
        return [(first, last) for first, last in found if first is not None and last is not None]
    if len(whens) == 2 and _are_listed(context, *whens):
        return []
    periods = list(dict.fromkeys(one.period for one in whens if one.period))
    before = [one.period for one in whens if one.is_before and one.period]
    years = years_told(context.sentence.text)
    is_elsewhere = context.sentence.whens and len(before) == len(whens)
    now = context.given if context.given and is_elsewhere else context.year
    wanted = pairs(line, periods, before, now, years)
    ago = YEARS_AGO.search(context.sentence.text, place)
    if ago and now is not None:  # '61 fewer than two years ago'
        found.append((line.at(Period(now.first - 12 * count_of(ago[1]), now.length)), line.at(now)))
    is_chained = ON_LAST.search(context.sentence.text[:place]) and ON_BEFORE.search(
        context.sentence.text, place
    )
    if (
        is_chained and context.given is not None
    ):  # '16 fewer than last year, 61 fewer than the year before'
        given = context.given
        found.append((line.at(Period(given.first - 24, given.length)), line.at(given)))
    if not wanted and not periods and context.year is None:
        wanted = pairs(line, [], [], None, years)
    earlier = [one.period for one in context.sentence.whens if one.period and one.end <= place]
    if len(periods) == 1:  # 'highest in Q2, and halved by Q4'
        alike = [one for one in earlier if one.kind == periods[0].kind]
        found += [(line.at(one), line.at(periods[0])) for one in alike]
    return wanted + [
        (first, last)
        for first, last in found
        if first is not None and last is not None and first.period < last.period
    ]


def on_last_year(context: Context, line: Line) -> list[tuple[Value, Value]]:
    """The year spoken of and the one before it, where the sentence speaks of last year beside another."""
    now = context.given or context.year
    if now is None or not ON_LAST.search(context.sentence.text):
        return []
    return pairs(line, [now], [], None)


def _are_listed(context: Context, one: When, other: When) -> bool:
    """Whether two months or quarters are only named together: 'fell to 249 in October and November'."""
    text = context.sentence.text
    is_list = re.fullmatch(r"\s*(?:and|&)\s*(?:in\s+)?", text[one.end : other.start])
    is_pair = re.search(r"\b(?:between|both)\s+$", text[: one.start], re.I)
    return bool(is_list) and not is_pair and not (one.is_before or other.is_before)
