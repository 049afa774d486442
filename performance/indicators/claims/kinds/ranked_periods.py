"""Ranks among times: `October was the lowest month`, `the highest since 2019/20`, `the best in five years`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lscb.periods import SPAN, Period
from performance.indicators.claims.context import Context
from performance.indicators.claims.figures.closeness import close
from performance.indicators.claims.figures.evidence import KINDS, Line, counted, fits, words
from performance.indicators.claims.kinds import groups, ranked_groups
from performance.indicators.claims.words.numerals import PERCENT, Number
from performance.indicators.claims.words.scope import own_part
from performance.indicators.claims.words.wording import GOOD, count_of
from performance.indicators.series import Value, break_between, write

OF_A_TIME = re.compile(r"\s+(?P<kind>month|quarter|year)\b", re.I)  # 'the strongest quarter'
OF_SHARE = re.compile(r"\s+(?:proportion|share|percentage)\b", re.I)
# What held until then: 'the best at 87.8%, with the previous best 87.5% in 2016/17'
THE_LAST_ONE = re.compile(
    r"\bprevious\s+(?:best|worst|high|low|highest|lowest|record|peak)\b", re.I
)
ITS_NUMBER = re.compile(
    r"[^.;,()\d]*\(([^()]*)\)|\s+(?:at|with|on)\s+(?:(?:just|only|about|over|under|nearly)\s+)*(\d[\d.,]*)"
)
LAST = re.compile(
    r"\b(?:in|for|over)\s+(?:the\s+)?(?:last\s+|past\s+)?(?P<count>[a-z]+|\d+)\s+(?P<kind>year|quarter|month)s\b",
    re.I,
)
OF_TIMES = re.compile(
    r"\s+(?:of|in)\s+the\s+(?:year\b|(?:four|twelve|last|past)\b(?:\s+(?:\w+\s+)?(?:quarters|months|years)\b|\s*[.,;]))",
    re.I,
)
# 'the highest number of referrals from housing was recorded in 2017-18'
AT_A_TIME = re.compile(
    r"\s+(?:number|total|count|volume|figure|level|proportion|share|percentage)s?\b[^.;\d]{0,60}?"
    r"\b(?:was|were|came|fell|occurred|stood)\s+(?:(?:recorded|seen|reported|made|received|reached|registered|logged|counted)\s+)?"
    r"(?:in|during|for)\s+",
    re.I,
)
SINCE = re.compile(r"\bsince\b", re.I)
OF_ANY = re.compile(r"[^.;,]{0,30}\bof\s+any\s+(year|quarter|month)\b", re.I)
EVER = re.compile(
    r"\b(?:record|ever|any (?:of the |other )?(?:year|quarter|month)s?|in the (?:whole )?(?:run|series)|"
    r"of the (?:run|series)|(?:we|the data) (?:hold|have)|all[- ]time|since records began|"
    r"of all(?!\s+(?:the\s+|our\s+)?[a-z]))\b",
    re.I,
)
BEFORE = re.compile(r"\bany\s+(?:year|quarter|month)\s+before\b", re.I)
OF_THAT_YEAR = re.compile(
    r"\bany\s+(?:quarter|month)\s+(?:of|in)\s+(?:that|the|this)\s+year\b", re.I
)
NEVER = re.compile(r"\bnever\s+(?:since\s+)?been\b", re.I)
IT_WAS = re.compile(r"\s*,?\s*(?:was|were|is|being|as)?\s*(?:also\s+)?the\s+", re.I)
IN_IT = re.compile(r"\s+(?:in|during)\s+", re.I)


@dataclass(frozen=True)
class _Rank:
    """A series with its value, those it is ranked among, those of them beyond it, and the farthest of these."""

    line: Line
    value: Value
    scope: list[Value]
    beyond: list[Value]
    other: Value


def is_among(context: Context, found: re.Match[str]) -> bool:
    """Whether a rank of a category is one among periods: `police referrals were highest in 2020/21`."""
    if found[0].lower().startswith("peak") or _is_told_at_a_time(context, found):
        return True
    is_of_kind = groups.AMONG.match(context.sentence.text[found.end() :])
    return not is_of_kind and is_of_times(context, found)


def _is_told_at_a_time(context: Context, found: re.Match[str]) -> bool:
    told = AT_A_TIME.match(context.sentence.text, found.end())
    return told is not None and any(one.start == told.end() for one in context.sentence.whens)


def is_since(context: Context) -> bool:
    """Whether a sentence tells a rank since a time: 'the smallest share since 2016-17'."""
    return bool(SINCE.search(context.sentence.text))


def is_of_times(context: Context, found: re.Match[str]) -> bool:
    """Whether the words around a rank make it one among periods: 'since 2019/20', 'of the last five years'."""
    text = context.sentence.text
    if (
        SINCE.search(text)
        or OF_TIMES.match(text[found.end() :])
        or EVER.search(text)
        or LAST.search(text)
        or found[0].lower().startswith("peak")
    ):
        return True
    if _is_told_at_a_time(context, found):
        return True
    the = re.search(r"\b(?:the|their|its)\s+(?:\w+\s+)?$", text[: found.start()], re.I)
    is_at_time = re.match(r"^\s+(?:in|during|for)\b", text[found.end() :])
    return not the and bool(is_at_time) and not ranked_groups.are_right_after(context, found)


def ranked(context: Context, found: re.Match[str]) -> list[Period] | None:
    """The period that is said to be highest or lowest, as its part of the sentence names it; none where it is that of
    the text, and None where several may be meant or one that only the writer knows."""
    first, last = own_part(context.sentence.text, found.start())
    inside = [one for one in context.sentence.whens if first <= one.start < last]
    text = context.sentence.text
    whens = [
        one
        for one in inside or context.sentence.whens
        if not one.is_before and not THE_LAST_ONE.search(text[found.end() : one.start])
        if ";" not in text[found.end() : one.start]
    ]
    beside = [
        one
        for one in whens
        if IN_IT.fullmatch(context.sentence.text[found.end() : max(one.start, found.end())])
        or IT_WAS.fullmatch(context.sentence.text[min(one.end, found.start()) : found.start()])
    ]
    named = [one.period for one in beside or whens if one.period]
    named = [
        one for one in named if not any(one != other and one.contains(other) for other in named)
    ]
    if len(set(named)) > 1 or any(one.is_unknown for one in context.sentence.whens):
        return None
    of_any = OF_ANY.match(context.sentence.text[found.end() :])
    if of_any and named and named[0].kind != of_any[1].lower():
        return None
    return named


def has_its_time(context: Context, found: re.Match[str]) -> bool:
    """Whether the time that is said to be highest or lowest stands right beside a rank: 'Q3 was the highest'."""
    text = context.sentence.text
    return any(
        IN_IT.fullmatch(text[found.end() : max(one.start, found.end())])
        or IT_WAS.fullmatch(text[min(one.end, found.start()) : found.start()])
        for one in context.sentence.whens
    )


def has_rank(context: Context, line: Line, period: Period, way: int, place: int) -> bool:
    """Whether a series has a rank at a period among all its values, or among those that a sentence means."""
    value = line.at(period)
    scopes = (
        [_scope(context, line, value.period, is_named) for is_named in (True, False)]
        if value
        else []
    )
    return any(
        bool(scope) and len(_rank(line, value, scope, way).beyond) == place - 1
        for scope in scopes
        if value
    )


def check(context: Context, found: re.Match[str], sign: int, place: int) -> None:
    """A rank among times: one of the series that it may be about must have it."""
    if holds(context, found, sign, place):
        return
    wrong = next(_ranks(context, found, sign), None)
    if wrong is not None:
        side = "higher" if (wrong.other.value or 0) > (wrong.value.value or 0) else "lower"
        why = (
            f"{wrong.other.period.label} is {side}."
            if wrong.beyond and place == 1
            else f"{len(wrong.beyond)} others are {side}."
        )
        spec = wrong.line.spec
        actual = f"{words(wrong.line, wrong.value)}; {write(spec, wrong.other)} in {wrong.other.period.label}"
        claim = context.sentence.text[found.start() : found.end()]
        context.add("rank", claim, actual, why, wrong.line, at=found.span())


def holds(context: Context, found: re.Match[str], sign: int, place: int) -> bool:
    """Whether one of the series that a rank may be about has it among times, which is then noted."""
    for one in _ranks(context, found, sign):
        if len(one.beyond) == place - 1 or (place > 1 and len(one.scope) < 3):
            context.accept(*found.span())
            return True
    return False


def _ranks(context: Context, found: re.Match[str], sign: int) -> Iterator[_Rank]:
    """Each series that a rank may be about, with its value at the time that is named and those that lie beyond it."""
    named = ranked(context, found)
    if named is None:
        return
    text = context.sentence.text
    is_share = OF_SHARE.match(text, found.end())
    own = _own_numbers(context, found)
    is_of_counts = found[0].lower().startswith(("more", "fewer", "the most"))
    is_of_time = OF_A_TIME.match(text, found.end())
    is_of_strength = found[0].lower().startswith(("strong", "weak")) and bool(is_of_time)
    for one in context.lines(found.start(), found.end()):
        line = counted(one) if is_of_counts and one.spec.unit == "percent" else one
        is_of_all = line.spec.unit == "count" and not line.label
        if (is_share and is_of_all) or (own and not any(fits(line, each.kind) for each in own)):
            continue
        good = GOOD[line.spec.polarity] or int(is_of_strength)
        way = sign or good * (1 if found["best"] else -1)
        values = _values(context, line, named) if way else []
        if values and own and not context.sentence.periods:  # 'bottomed out at 11.2%'
            values += [
                each for each in line.of(values[0].period.kind) if close(own[0], each.value or 0)
            ]
        if is_of_time:  # 'best quarter of the year'
            values = [each for each in values if each.period.kind == is_of_time["kind"].lower()]
        for value in values:
            scope = _scope(context, line, value.period, bool(named))
            yield _rank(line, value, scope, way)


def _rank(line: Line, value: Value, scope: list[Value], way: int) -> _Rank:
    """Where a value stands among others, of which those beyond a break of the series count for nothing."""
    scope = [one for one in scope if break_between(one, value) is None]
    beyond = [one for one in scope if ((one.value or 0) - (value.value or 0)) * way > 0]
    other = max(beyond or scope or [value], key=lambda one: (one.value or 0) * way)
    return _Rank(line, value, scope, beyond, other)


def _own_numbers(context: Context, found: re.Match[str]) -> list[Number]:
    """The numbers that stand in brackets or with 'at' after a rank, in its own clause; only the percentage where it
    stands with its counts: 'the peak came in 2018/19 (4.2%, 103 of 2,455)'."""
    beside = ITS_NUMBER.match(context.sentence.masked, found.end())
    if beside is None:
        return []
    first, last = beside.span(beside.lastindex or 0)
    inside = [one for one in context.sentence.numbers if first <= one.start < last]
    return [one for one in inside if one.kind == PERCENT] or inside


def _values(context: Context, line: Line, named: list[Period]) -> list[Value]:
    """The value that is said to be highest or lowest, several where the year spoken of may be that of the text."""
    months = {one.month for one in context.sentence.whens if one.month}
    quarters = {one.quarter for one in context.sentence.whens if one.quarter}
    if months or quarters:
        listed = line.of("month" if months else "quarter")
        fitting = [
            one
            for one in listed
            if (
                one.period.first % 12 + 1 in months
                if months
                else one.period.number_in_year in quarters
            )
        ]
        return fitting[-1:]
    if named:
        value = line.at(named[0])
        return [value] if value else []
    years = [one for one in (context.year, context.given) if one is not None]
    if years:
        return [one for one in (line.at(each) for each in dict.fromkeys(years)) if one]
    return [one for one in (line.latest(kind) for kind in KINDS) if one][:1]


def _scope(context: Context, line: Line, period: Period, is_named: bool) -> list[Value]:
    """The values that it is ranked among."""
    text = context.sentence.text
    listed = [one for one in line.of(period.kind) if one.period != period]
    spans = [one.period for one in context.sentence.whens if one.period and one.period.kind == SPAN]
    if len(spans) == 1 and spans[0].contains(period):  # 'the highest month of the first half'
        return [one for one in listed if spans[0].contains(one.period)]
    since = [one.period for one in context.sentence.whens if one.is_before and one.period]
    if since and SINCE.search(text):
        return [one for one in listed if since[0].last < one.period.first < period.first]
    last = LAST.search(text)
    if last and last["kind"].lower() == period.kind and count_of(last["count"]):
        first = period.shift(1 - count_of(last["count"]))
        return [one for one in listed if first <= one.period < period]
    if NEVER.search(text):
        return [one for one in listed if one.period > period]
    if OF_THAT_YEAR.search(text):
        return [one for one in listed if one.period.year == period.year]
    if EVER.search(text) or period.kind == "year":
        is_of_all = is_named and not BEFORE.search(text)
        return listed if is_of_all else [one for one in listed if one.period < period]
    return [one for one in listed if one.period.year == period.year]
