"""Claims that something goes one way all the time: year on year, for the third quarter running, a steady rise."""

import re
from itertools import pairwise

from lscb.periods import Period
from performance.indicators.claims.context import Context
from performance.indicators.claims.figures.evidence import Line, change_words, difference
from performance.indicators.claims.kinds.directions import EXCEPT
from performance.indicators.claims.words.scope import clause
from performance.indicators.claims.words.wording import WAY, count_of, sign_of
from performance.indicators.series import Value, break_between

TREND = re.compile(
    r"\b(?:(?P<on>year|quarter|month)[- ](?:on|after|by)[- ](?:year|quarter|month)|(?:every|"
    r"each)\s+(?:(?:and\s+every|single)\s+)?(?P<each>year|quarter|month)|"
    r"(?P<steady>steady|steadily|consistently|continuous(?:ly)?|consistent|without\s+(?:interruption|a\s+break|"
    r"exception)|uninterrupted(?:ly)?)|"
    r"(?:the\s+)?(?P<n>[a-z]+|\d+)\s+(?P<kind>year|quarter|month)s?\s+"
    r"(?:running|in a row|in succession|on the (?:trot|bounce))|"
    r"(?:the\s+)?(?P<n4>second|third|fourth|fifth)\s+(?:successive\s+|consecutive\s+)?"
    r"(?:fall|rise|increase|decrease|drop|reduction|improvement)\s+"
    r"(?:running|in a row|in succession)|in\s+each\s+successive\s+(?P<each2>year|quarter|month)|"
    r"in\s+(?:each|every one)\s+of\s+the\s+(?:last|past)\s+(?P<n3>[a-z]+|\d+)\s+(?P<kind3>year|quarter|month)s|"
    r"(?P<n2>[a-z]+|\d+)\s+(?:consecutive|successive|straight)\s+(?P<kind2>year|quarter|month)s?)\b",
    re.I,
)

SINCE = re.compile(r"\b(?:has|have|had)\s+since\b", re.I)
# 'ending four consecutive years of decline', 'lower than in every year before'
ENDING = re.compile(
    r"\b(?:ending|ends|ended|reversing|reversed|breaking|broke|following|after|than(?:\s+(?:in|at|for))?)\s+$",
    re.I,
)
NOW = re.compile(r"\bnow\b", re.I)
# 'after falling every year to 2023/24, it rose'
AFTER = re.compile(r"\bafter\s+(?:[a-z]+ing\s+)?$", re.I)
COMMA = re.compile(r",(?!\d)")
OF_BOUND = re.compile(r"\d%?\s+(?:or|and)\s+$", re.I)  # '98% or better each quarter'
# 'fell in each quarter after the summer': from a time on that is no period
AFTER_A_SEASON = re.compile(
    r"\s+(?:after|since|from|following)\s+(?:the\s+)?(?:spring|summer|autumn|winter|easter|christmas)\b",
    re.I,
)
BEFORE_THAT = re.compile(r"\bbefore\s+(?:that|then)\b[^.;,]*$", re.I)  # of a time that is not named
# 'fell every year to 2024/25, before rising'
THEN = re.compile(
    r"\b(?:before\s+\w+ing|then|until|but(?!\s+(?:for\s+)?(?:one|two)\b)|although|and\s+(?:then|stayed|remained|held|"
    r"levelled|has|have)(?!\s+(?:now\s+)?(?:fallen|risen|fell|rose|done))\b)\b",
    re.I,
)


def check(context: Context) -> None:
    """The first claim of a trend that is held against the data: `fell year on year`, `for the third quarter running`,
    `a steady rise`."""
    if EXCEPT.search(context.sentence.text):
        return
    for found in TREND.finditer(context.sentence.text):
        way = _way(context, found)
        if way is not None and _is_settled(context, found, way):
            return


def _way(context: Context, found: re.Match[str]) -> re.Match[str] | None:
    """The one way that a trend is said to go; none where it is over, of a time that is not named, or goes both."""
    text = context.sentence.text
    before = text[: found.start()]
    if AFTER_A_SEASON.match(text, found.end()) or ENDING.search(before):
        return None
    if AFTER.search(before) and not COMMA.search(text, found.end()):
        return None  # 'dipped slightly, after rising every year since 2012/13'
    if BEFORE_THAT.search(before):
        return None
    if context.passes_over(found.start()) or context.is_negated(found.start()):
        return None
    ways = [
        one
        for one in WAY.finditer(text, *clause(text, found.start()))
        if one[0].lower() not in ("more", "less") and not OF_BOUND.search(text[: one.start()])
        if not THEN.search(text, found.end(), max(found.end(), one.end()))
    ]
    return ways[0] if ways and len({bool(one["up"]) for one in ways}) == 1 else None


def _is_settled(context: Context, found: re.Match[str], way: re.Match[str]) -> bool:
    """Whether a series that a trend may be about has it or contradicts it, which is then noted."""
    start, end = min(way.start(), found.start()), max(way.end(), found.end())
    wrong = []
    for line in context.lines(start, end):
        steps = _steps(context, line, found)
        sign = sign_of(way, line)
        if len(steps) < 2 or not sign or any(break_between(a, b) for a, b in pairwise(steps)):
            continue
        against = [(a, b) for a, b in pairwise(steps) if difference(a, b) * sign <= 0]
        if not against:
            context.accept(start, end)
            return True
        wrong.append((line, against[-1]))
    if wrong:
        line, (before, after) = wrong[0]
        context.add(
            "trend", context.sentence.text[start:end], change_words(line, before, after),
            "The data do not go that way all the time.", line,
        )  # fmt: skip
    return bool(wrong)


def _steps(context: Context, line: Line, found: re.Match[str]) -> list[Value]:
    """The values that are said to follow one another; empty where too little is said to know which."""
    text = context.sentence.text
    turn = THEN.search(text, found.end())
    if turn is None and AFTER.search(text[: found.start()]):
        turn = COMMA.search(text, found.end())
    until = turn.start() if turn else len(text)
    whens = [one for one in context.sentence.whens if one.period and one.start < until]
    periods = sorted({one.period for one in whens if one.period})
    before = any(one.is_before for one in whens)
    word = found["n"] or found["n2"] or found["n3"] or found["n4"]
    each = found["each"] or found["each2"] or found["on"]
    kind = found["kind"] or found["kind2"] or found["kind3"] or each or "year"
    if word:
        steps = _running(context, line, count_of(word), str(kind).lower())
        last = context.given if NOW.search(context.sentence.text) else None
        is_now = last is not None and last.kind == str(kind).lower()
        return _until(line, last, len(steps)) if last and is_now and steps else steps
    wider = [one for one in periods if kind and one.kind != kind and one.length > 1]
    if each and len(wider) == 1 and all(wider[0].contains(one) for one in periods):
        return [one for one in line.of(str(kind).lower()) if wider[0].contains(one.period)]
    if len(periods) >= 2 or before:
        held = line.at(periods[0])  # 'since September 2020' of what is counted once a year
        first = held.period if held else periods[0]
        is_given = context.given is not None and context.given.kind == first.kind
        last = periods[-1] if len(periods) >= 2 else context.given if is_given else None
        kind = first.kind if last is None or first.kind == last.kind else None
        listed = line.of(kind) if kind else []
        end = context.given.last if context.given else None
        return [
            one
            for one in listed
            if first <= one.period and (last is None or one.period <= last)
            if end is None or one.period.last <= end
        ]
    span = periods[0] if periods else context.year if each else None
    if span and each and span.kind == kind:
        span = span.year  # 'rose in every quarter, reaching 3,104 in Quarter 4'
    if each and kind and span and span.kind != kind and span.length > 1:
        return [one for one in line.of(str(kind).lower()) if span.contains(one.period)]
    return []


def steps_up_to(line: Line, found: re.Match[str], last: Period) -> list[Value]:
    """The values of so many steps as a trend tells, up to a period; empty where it tells no number of them."""
    word = found["n"] or found["n2"] or found["n3"] or found["n4"]
    count = count_of(word) if word else 0
    steps = [one for one in line.of(last.kind) if one.period <= last][-count - 1 :]
    return steps if count > 1 and len(steps) == count + 1 else []


def _until(line: Line, last: Period, count: int) -> list[Value]:
    """The last values up to a period."""
    return [one for one in line.of(last.kind) if one.period <= last][-count:]


def _running(context: Context, line: Line, count: int, kind: str) -> list[Value]:
    """The last `count` steps of a kind of period up to the one that is named, or the latest."""
    if not 1 < count < 20:
        return []
    ends = [
        one.period
        for one in context.sentence.whens
        if one.period and one.period.kind == kind and not one.is_before
    ]
    year = context.year
    until = max(ends) if ends else None
    listed = [
        one
        for one in line.of(kind)
        if (until is None or one.period <= until) and (year is None or one.period.last <= year.last)
    ]
    if not listed or (until is not None and listed[-1].period != until):
        return []
    named = [one.period for one in context.sentence.whens if one.period]
    if named and SINCE.search(context.sentence.text):
        held = line.at(max(named))
        after = [one for one in line.of(kind) if held and one.period >= held.period]
        if len(after) > count:
            return after[
                : count + 1
            ]  # 'peaked in March 2023 and has since fallen two years running'
    first = listed[-1].period.shift(-count)
    steps = [one for one in listed if one.period >= first]
    return steps if len(steps) == count + 1 else []
