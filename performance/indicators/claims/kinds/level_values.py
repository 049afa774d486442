"""Which values a number may be that is told of a series: at the periods named, before them, or the latest."""

import re
from collections.abc import Sequence

from lscb.periods import Period
from performance.indicators.claims.context import Context
from performance.indicators.claims.figures.evidence import KINDS, Line
from performance.indicators.claims.kinds.said import COMPARED, EARLIER
from performance.indicators.claims.kinds.timing import whens_of, year_of
from performance.indicators.claims.words.numerals import Number
from performance.indicators.claims.words.scope import place_of
from performance.indicators.series import Value

# 'having begun the year with 231'
BEGUN = re.compile(
    r"\b(?:beg[aiu]n(?:ning)?|start(?:ed|ing)|open(?:ed|ing))\b[^.;,]{0,20}\b(?:with|at|on)\s+$",
    re.I,
)
# 'a year ago it was nearly four in ten'
YEAR_AGO = re.compile(
    r"\b(?:(?:a|one)\s+year\s+(?:ago|earlier|before)|(?:the|a)\s+year\s+before|last\s+year|previously)\s*,?\s+(?:it|they|this|that|the\s+[a-z]+)?\s*(?:had\s+been|was|were|stood\s+at)\s+"
    r"(?:[a-z]+\s+){0,2}$",
    re.I,
)
# 'housing 122 referrals, was 52'
WAS = re.compile(r"\d\W*[,;]\s*(?:was|were)\s+$", re.I)
FROM_BETWEEN = re.compile(r"\bfrom\s+between\s+(?:[\d.,]+%?\s+and\s+)?$", re.I)
THEN = re.compile(r"\b(?:then|before|subsequently|afterwards|later|since)\b", re.I)


def candidates(
    line: Line, periods: Sequence[Period], context: Context, number: Number, *, is_beside: bool
) -> list[Value]:
    """The values that a level may be: of an earlier time where its words say so; else at the periods named, or after
    the last of them; else of the text's year; else the latest of each kind."""
    text = context.sentence.text
    elsewhere = place_of(context.mentions, number.start, number.end, text)
    said = context.sentence.masked[: number.start]
    compared = COMPARED.search(said) and not (is_beside or number.about or elsewhere)
    if (
        compared
        or BEGUN.search(said)
        or YEAR_AGO.search(said)
        or WAS.search(said)
        or FROM_BETWEEN.search(said)
        or (EARLIER.match(text[number.end :]) and not is_beside)
    ):
        return _before(line, periods, context)
    turn = [one for one in context.sentence.whens if one.end <= number.start and one.period]
    if (
        periods
        and turn
        and not is_beside
        and THEN.search(context.sentence.masked[turn[-1].end : number.start])
    ):
        last = turn[-1].period  # 'rose to 420 in 2022/23, then fell back to 375'
        return [one for one in line.of(last.kind) if one.period > last] if last else []
    if periods:
        found = [line.at(one) for one in periods]
        return [one for one in found if one is not None]
    whens = whens_of(context, number)
    quarters = {one.quarter for one in whens if one.quarter}
    months = {one.month for one in whens if one.month}
    if quarters or months:
        listed = {one.period.number_in_year: one for one in line.of("quarter")}
        named = {one.period.first % 12 + 1: one for one in line.of("month")}
        return [listed[one] for one in quarters if one in listed] + [
            named[one] for one in months if one in named
        ]
    year = year_of(context, number)
    if year is not None:
        found = [line.at(year)]
        return [one for one in found if one is not None]
    return [one for one in (line.latest(kind) for kind in KINDS) if one is not None]


def _before(line: Line, periods: Sequence[Period], context: Context) -> list[Value]:
    """The values a year, or a period, before what is spoken of."""
    now = list(periods) or ([context.year] if context.year else [])
    if not now:
        latest = [line.latest(kind) for kind in KINDS]
        now = [one.period for one in latest if one is not None]
    found = [line.at(one) for period in now for one in (period.year_before(), period.previous())]
    return [one for one in found if one is not None]
