"""Periods that a sentence tells by others that it names: the following year, 'in Q4 as in the first'."""

import re
from dataclasses import replace

from lscb.periods import SPAN, YEAR, Period
from performance.indicators.claims.words.moments import BEFORE, QUARTERS, When
from performance.indicators.claims.words.wording import count_of

HALF = 6  # months
# 'three years earlier it had been more than one in three'
_YEARS_AWAY = re.compile(
    r"\b(?P<count>two|three|four|five|six|seven|eight|nine|ten)\s+years\s+(?P<way>earlier|before|previously|ago|back|later|on(?!\s+the\s+(?:trot|bounce)))\b"
    r"(?=\s+(?:it|they|we|the|this|that|there|in)\b|\s*[,(:.;)]|\s*$)"
    r"|^\W*(?P<count2>two|three|four|five|six|seven|eight|nine|ten)\s+years\s+ago\b",
    re.I,
)
# 'fewer than one in five, when three years previously it was one in three'
WHEN = re.compile(r"\b(?:when|whereas|where|while)\s+$", re.I)
WAS = re.compile(r"\s+(?:it|they|we|this|that|there)\s+(?:was|were|had|stood)\b", re.I)
# A year or more told in months: 'twelve months earlier 38.0%'
_MONTHS_AWAY = re.compile(
    r"\b(?P<count>twelve|12|twenty-four|24|thirty-six|36)\s+months\s+(?P<way>earlier|before|previously|ago|later)\b",
    re.I,
)
YEARS_OF = {"twelve": 1, "12": 1, "twenty-four": 2, "24": 2, "thirty-six": 3, "36": 3}
_THAT_YEAR = re.compile(r"\b(?:in|during)\s+that\s+(?:same\s+)?year\b", re.I)
_ITS_NUMBER = re.compile(
    r"\s*[,(:]?\s*(?:(?:it|they|we|this)\s+(?:was|were|had|had been|stood at)\s+)?\d", re.I
)
# A month or quarter that is told by the one before it: '35.5% a month later'.
_STEPS_AWAY = re.compile(
    r"\b(?P<count>a|one|two|three|the)\s+(?:(?P<next>next|following)\s+)?(?P<kind>month|quarter)s?(?:\s+(?P<way>later|on|after|earlier|before|ago))?\b(?=\W)",
    re.I,
)
_NEXT_YEAR = re.compile(
    r"\b(?:a|one)\s+year\s+(?:later|on)\b(?!\s+(?:year|average))|\bthe\s+(?:following|next)\s+year\b|\bthe\s+year\s+after\b",
    re.I,
)


def completed(text: str, whens: list[When], now: Period | None) -> list[When]:
    """The periods of a sentence with those that it tells by them; `now` is the year that is spoken of."""
    whens = _with_other_half(text, _with_one_before(text, whens))
    told = _with_next_year(text, whens, now)
    return _with_others_before(text, _with_gapped(text, told))


# 'Q3 of last year', 'April to June last year'
_OF_YEAR = re.compile(r"\s*,?\s+(?:(?:of|in)\s+)?(?:the\s+)?", re.I)


def joined(text: str, whens: list[When]) -> list[When]:
    """The periods of a sentence, of which a part of a year is one of the year that is said right after it."""
    found: list[When] = []
    for one in whens:
        last = found[-1] if found else None
        is_year = bool(one.period and one.period.kind == YEAR)
        if last and is_year and one.period and _OF_YEAR.fullmatch(text[last.end : one.start]):
            part = _of_year(last, one.period)
            if part is not None:
                found[-1] = replace(last, end=one.end, period=part, quarter=0, month=0)
                continue
        found.append(one)
    return found


def _of_year(when: When, year: Period) -> Period | None:
    """The quarter, month or span of a year that is like one of another; None of a whole year."""
    if when.quarter:
        return Period(year.first + 3 * (when.quarter - 1), 3)
    if when.month:
        return Period(year.first + (when.month - 4) % 12, 1)
    if when.period is None or not _is_part(when.period) or when.period.length >= year.length:
        return None
    return Period(year.first + when.period.first - when.period.year.first, when.period.length)


SAME = (
    r"(?:same|equivalent|corresponding)\s+(?:quarter|period|month|time|point|half|months|quarters|"
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|\d{1,2})[\s-]+months?(?:\s+period)?)"
)
# 'an increase of 225 on the previous quarter', 'more than in the same quarter of the year before'
_ONE_BEFORE = re.compile(
    r"(?:the\s+)?(?:previous|preceding|prior)\s+(?P<unit>quarter|month|half|(?:six|nine|6|9)\s+months)|the\s+(?:quarter|month)\s+before",
    re.I,
)
_SAME_BEFORE = re.compile(rf"(?:the\s+)?{SAME}\b", re.I)


def _with_one_before(text: str, whens: list[When]) -> list[When]:
    """The periods with the quarter, month or span before the one that is named, or the same of another year."""
    others = [one for one in whens if not _SAME_BEFORE.match(text[one.start : one.end])]
    parts = [one.period for one in others if one.period and _is_part(one.period)]
    found = []
    for one in whens:
        said = text[one.start : one.end]
        named = parts[0] if len(set(parts)) == 1 else None
        if named and _SAME_BEFORE.match(said):
            is_of_year = one.period is not None and one.period.kind == YEAR
            away = one.period.first - named.year.first if one.period and is_of_year else -12
            one = replace(one, period=Period(named.first + away, named.length), is_before=True)
        elif named and one.is_unknown and _ONE_BEFORE.fullmatch(said):
            if named.kind == SPAN or said.lower().count(named.kind):
                one = replace(one, period=named.previous(), is_before=True)
        found.append(one)
    return found


def _is_part(period: Period) -> bool:
    """Whether a period is no whole year: a month, a quarter or a span, of which another may be the same."""
    return period.kind != YEAR


def _with_next_year(text: str, whens: list[When], now: Period | None) -> list[When]:
    """The periods with 'the following year', which goes by the one that was named before it."""
    found: list[When] = list(whens)
    for one in _YEARS_AWAY.finditer(text):
        named = [when.period for when in whens if when.period and when.end <= one.start()]
        last, count = named[-1] if named else now, count_of(one["count"] or one["count2"])
        if last is None or any(when.start < one.end() and one.start() < when.end for when in whens):
            continue
        way = 1 if (one["way"] or "ago").lower() in ("later", "on") else -1
        period = Period(last.first + way * 12 * count, last.length)
        is_last = way < 0 and not re.match(r"\s*[,(:]|\s+[a-z]", text[one.end() :])
        was = WAS.match(text, one.end()) and WHEN.search(text[: one.start()])
        is_before = bool(is_last or was or BEFORE.search(text[: one.start()]))
        found.append(When(*one.span(), period, is_before=is_before))
    found += _in_months_away(text, whens, found, now)
    for one in _STEPS_AWAY.finditer(text):
        length = 1 if one["kind"].lower() == "month" else 3
        before = [when.period for when in found if when.period and when.end <= one.start()]
        is_told = one["way"] or one["next"]
        if not is_told or not before or before[-1].length != length:
            continue
        if any(when.start < one.end() and one.start() < when.end for when in found):
            continue
        count = count_of(one["count"]) or 1
        way = -1 if (one["way"] or "").lower() in ("earlier", "before", "ago") else 1
        found.append(When(*one.span(), before[-1].shift(way * count)))
    for one in _NEXT_YEAR.finditer(text):
        named = [when.period for when in whens if when.period and when.end <= one.start()]
        last = named[-1] if named else now
        if not any(when.start < one.end() and one.start() < when.end for when in whens):
            found.append(When(*one.span(), last and Period(last.first + 12, last.length)))
    return sorted(found, key=lambda when: when.start)


def _in_months_away(
    text: str, whens: list[When], found: list[When], now: Period | None
) -> list[When]:
    """The years that are told as 'that year' or by months: 'twelve months earlier'; `found` were read before."""
    told: list[When] = []
    for one in _THAT_YEAR.finditer(text):
        years = [when.period for when in whens if when.period and when.end <= one.start()]
        if years and not _is_read(one, found):
            told.append(When(*one.span(), years[-1].year))
    for one in _MONTHS_AWAY.finditer(text):
        named = [when.period for when in whens if when.period and when.end <= one.start()]
        last = named[-1] if named else now
        if last is None or _is_read(one, found):
            continue
        months = 12 * YEARS_OF[one["count"].lower()] * (1 if one["way"].lower() == "later" else -1)
        is_compared = bool(BEFORE.search(text[: one.start()]))
        is_before = is_compared or not _ITS_NUMBER.match(text, one.end())
        told.append(
            When(*one.span(), Period(last.first + months, last.length), is_before=is_before)
        )
    return told


def _is_read(one: re.Match[str], found: list[When]) -> bool:
    return any(when.start < one.end() and one.start() < when.end for when in found)


# 'ten times as high in Q4 as in the first'
_GAPPED = re.compile(
    r"\b(?:in|by)\s+(?P<when>the\s+(?P<name>first|second|third|fourth))(?=\s*(?:$|[.,;()]))", re.I
)
# 'against 3,130 in 2023/24 and 3,164 in 2022/23'
_ALSOBEFORE = re.compile(
    r"\s*,?\s*(?:and|,)\s+(?:with\s+)?(?:(?:about|around|nearly|almost|over|under|just|close|to|some|the|only)\s+)*"
    r"[\d.,]+%?\s+(?:in|at|for|during|of)\s+",
    re.I,
)


# 'the second half came in a fifth lower than the first'
_OTHER_HALF = re.compile(
    r"\b(?P<before>(?:than|on|from|below|above|as|against|with|over|beyond)\s+(?:(?:in|that\s+of)\s+)?)?(?P<when>the\s+(?P<name>first|second|other)"
    r"(?:\s+(?:half|six\s+months))?)(?=\s*(?:$|[.,;()])|\s+\(?\d|\s+(?:was|had|saw|brought)\b)",
    re.I,
)


def _with_other_half(text: str, whens: list[When]) -> list[When]:
    """The periods with a half of the year that is told by the other."""
    halves = [one for one in whens if one.period and one.period.kind == SPAN]
    halves = [one for one in halves if one.period and one.period.length == HALF]
    if len({one.period for one in halves}) != 1:
        return whens
    half, found = halves[0].period, []
    for one in _OTHER_HALF.finditer(text):
        if half is None or _is_read(one, whens):
            continue
        is_first = half.first == half.year.first
        is_other = {"first": not is_first, "second": is_first}.get(one["name"].lower(), True)
        other = half.shift(1 if is_first else -1)
        if is_other:
            found.append(When(*one.span("when"), other, is_before=bool(one["before"])))
    return sorted([*whens, *found], key=lambda when: when.start)


def _with_gapped(text: str, whens: list[When]) -> list[When]:
    """The periods with those of a second ordinal, where quarters are spoken of."""
    is_of_quarters = any(
        one.quarter or (one.period and one.period.kind == "quarter") for one in whens
    ) or re.search(r"\b(?:any|every|each)\s+quarter\b", text, re.I)
    if not is_of_quarters:
        return whens
    found = [
        When(
            *one.span("when"), None,
            is_before=bool(BEFORE.search(text[: one.start()] + "in ")),
            quarter=QUARTERS[one["name"].lower()],
        )
        for one in _GAPPED.finditer(text)
    ]  # fmt: skip
    return sorted([*whens, *found], key=lambda when: when.start)


def _with_others_before(text: str, whens: list[When]) -> list[When]:
    """The periods, where one that follows what is compared with is compared with too."""
    found: list[When] = []
    for one in whens:
        if found and found[-1].is_before and not one.is_before:
            is_also = _ALSOBEFORE.fullmatch(text[found[-1].end : one.start])
            one = replace(one, is_before=bool(is_also))
        found.append(one)
    return found


def with_year(whens: list[When]) -> list[When]:
    """Quarters and months without a year take the one year that the sentence names: '808 in Q1 and 814 in Q2 of
    2024/25'."""
    years = {one.period.year for one in whens if one.period is not None and not one.is_before}
    if not years:
        return _after_earlier(whens)
    if len(years) != 1:
        return whens
    (year,) = years
    found = []
    for one in whens:
        if one.quarter:
            one = replace(one, period=Period(year.first + 3 * (one.quarter - 1), 3), quarter=0)
        elif one.month:
            one = replace(one, period=Period(year.first + (one.month - 4) % 12, 1), month=0)
        found.append(one)
    return found


def _after_month(when: When, whens: list[When]) -> When:
    """A month without a year that follows one with a year: 'from 156 in March 2025 to 256 in April'."""
    known = [one.period for one in whens if one.period and one.end <= when.start]
    if not when.month or not known or known[-1].length != 1:
        return when
    ahead = (when.month - 1 - known[-1].first) % 12
    return replace(when, period=known[-1].shift(ahead), month=0)


def _after_earlier(whens: list[When]) -> list[When]:
    """A quarter without a year takes that of an earlier one: 'as high in Q4 as in the first quarter of 2024/25'."""
    whens = [_after_month(one, whens) for one in whens]
    earlier = {one.period for one in whens if one.period and one.period.kind == "quarter"}
    if len(earlier) != 1:
        return whens
    (first,) = earlier
    start = first.year.first
    return [
        replace(one, period=Period(start + 3 * (one.quarter - 1), 3), quarter=0)
        if one.quarter > first.number_in_year
        else one
        for one in whens
    ]
