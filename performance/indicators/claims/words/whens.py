"""The periods that a text names, however they are written. Knows nothing of the data."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lscb.periods import Period, month, parse
from performance.indicators.claims.words import spans
from performance.indicators.claims.words.dates import (
    MONTH,
    YEAR,
    calendar_year,
    financial_year,
    month_number,
)
from performance.indicators.claims.words.moments import BEFORE, QUARTERS, Said, When
from performance.indicators.claims.words.relative import SAME, completed, joined, with_year

_MONTH = f"({MONTH})"
_QUARTER = re.compile(
    rf"\b(?:Q|quarter\s+|qtr\s*)([1-4])\b(?:,?\s*(?:of\s+|in\s+)?(?:{YEAR}))?", re.I
)
_NAMED_QUARTER = re.compile(
    rf"\b(first|second|third|fourth|final|last|opening|closing)\s+quarter,?\s+(?:of|in)\s+{YEAR}",
    re.I,
)
# 'quarters 1, 2 and 3', and 'the first quarter' of the year that the sentence or the text is about.
_QUARTER_LIST = re.compile(
    r"\bquarters\s+[1-4](?:\s*,\s*[1-4]\b)*\s*,?\s*(?:and|&)\s+[1-4]\b", re.I
)
_BARE_QUARTER = re.compile(
    r"\b(first|second|third|fourth|final|opening|closing|last(?=[\s-]+quarter\s+(?:was|were|is|had|saw|being)\b[^.;]*\bof\s+the\s+"
    r"(?:four|year)\b))[\s-]+(?:quarter|(?<!last )three\s+months)\b"
    r"(?!\s+(?:running|in|since|of(?!\s+(?:this|last|the(?:\s+(?:previous|preceding|prior|current))?)\s+year\b)))",
    re.I,
)
# A calendar year is no period of the figures, and 'last quarter' is one that only the writer knows.
_UNKNOWN = re.compile(
    r"\b(?:in|during|since|from|between|until|calendar year)\s+(?:the\s+)?(?:19|20)\d\d\b(?!\s?[/–-]\s?\d|[,.]\d|\s*%)"
    r"|\b(?:this|last|the last|the previous|the latest|previous|the current|current)\s+(?:quarter|month|week|"
    r"half[- ]year|(?:six|nine|6|9)\s+months)\b(?!\s+(?:of|in)\s+20)"
    r"|\b(?:first|second|latter|other)\s+half\b"
    r"|\b(?:the\s+)?(?:next|following|subsequent)\s+(?:\w+\s+)?(?:months|quarters|weeks|years)\b"
    r"|\b(?:spring|summer|autumn|winter)\s+(?:quarter|term)\b"
    r"|\b(?:since|before|until)\s+(?:the\s+)?(?:spring|summer|autumn|winter)\s+(?:of\s+)?20\d\d\b"
    r"|^\W*In the (?:first|second|third|fourth|last)(?=,)"
    r"|\b(?:the|this|last)\s+(?:first|early|middle|late|last)?\s*(?:\w+\s+)?(?:years\s+of|decade)\b"
    r"|\b(?:a|one|two|three)\s+decades?\s+(?:ago|earlier|before)\b"
    r"|\bthe\s+(?:year|quarter|month)\s+(?:in\s+which|when|that)\s+(?!end|follow|start|began|begins|runs)[a-z]"
    r"|\bthe\s+(?:year|quarter|month)\s+of\s+(?:the|our)\s+(?:[a-z]+\s+)?(?:pandemic|lockdown|inspection|review|merger|move|launch)\b"
    r"|\bthe\s+(?:year|quarter|month)\s+(?:the|our|we|it|they|covid)\s+(?:[a-z]+\s+){0,3}(?:opened|closed|began|started|launched|"
    r"merged|moved|ended|struck|hit|arrived)\b"
    r"|\bwhen\s+(?:we|they|it)\s+(?:was\s+)?last\s+[a-z]+"
    r"|\b(?:at|since|before|after)\s+(?:the\s+time\s+of\s+)?(?:the|our)\s+(?:last|previous)\s+(?:inspection|review|count|meeting|report|visit)\b",
    re.I,
)
# 'the lockdown year': which of two is meant only a text of the first says
_PANDEMIC = re.compile(
    r"\b(?:the|a|our|that)\s+(?:(?:first|second|main|worst)\s+)?(?:lockdown|covid|pandemic)\s+year\b(?!\s+end)",
    re.I,
)
PANDEMIC = (parse("2020-21"), parse("2021-22"))
_THIS_QUARTER = re.compile(r"\b(?:this|the current|the latest)\s+quarter\b", re.I)
_LAST_QUARTER = re.compile(
    r"\b(?:last|the last|the previous|previous)\s+quarter\b(?!\s+(?:of|in)\s+20)|\bthe quarter before\b",
    re.I,
)
_FINANCIAL_YEAR = re.compile(rf"(?<![\d,.]){YEAR}|(?<![\d,.])20(\d\d)(\d\d)(?!\d|[,.]\d|%)", re.I)
_ONE_MONTH = re.compile(
    rf"\b{_MONTH}(?:\s*(20\d\d|'\d\d|\d\d(?![\d%]|[,.]\d|\s*%)))?(?=\W|$)", re.I
)
# A month of which year only the writer knows.
_LAST_MONTH = re.compile(
    rf"\blast\s+{_MONTH}\b(?!\s*(?:20)?\d\d\b)|\b{_MONTH}\s+(?:of\s+)?that\s+(?:same\s+)?year\b",
    re.I,
)
_THIS_YEAR = re.compile(
    r"\b(?:this|the current|current)\s+(?:reporting\s+|financial\s+)?(?:year|period)\b"
    r"|(?<=[\d%])\s+this(?=\s*(?:[.,;)]|$))",  # '3,130 last year, 3,137 this'
    re.I,
)
_LAST_YEAR = re.compile(
    r"\b(?:last|the previous|previous|the preceding|preceding|the prior|prior)\s+(?:reporting\s+|financial\s+)?year\b",
    re.I,
)
# 'the same quarter last year', which is compared with
_SAME_LAST_YEAR = re.compile(
    rf"\b(?:the\s+)?{SAME}\s+(?:(?:of|in|from)\s+)?(?:the\s+)?(?:last\s+year|"
    rf"(?:previous|prior|preceding)\s+year|year\s+before)|\b(?:the\s+)?{SAME}\s+a\s+year\s+(?:ago|before|earlier|previously)",
    re.I,
)
# 'the same half of 2022/23'
_SAME_OF_YEAR = re.compile(rf"\b(?:the\s+)?{SAME}\s+(?:of|in)\s+{YEAR}", re.I)
LAST_DAY = 28  # from this day on a date may stand for its month: 'at 31 March 2025'
_ODD_YEAR = re.compile(rf"\b{_MONTH}\s*(?!19|20)\d{{4}}\b", re.I)  # a slip of the pen is no number
_DAY = re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?={_MONTH})", re.I)


_OPEN = (_UNKNOWN, _PANDEMIC, _SAME_LAST_YEAR, _LAST_MONTH)  # periods that a text may leave open


def read(text: str, said: Said) -> tuple[str, tuple[When, ...]]:
    """A sentence with the periods that it names blanked, and these in their order."""
    text = _ODD_YEAR.sub(lambda found: "·" * len(found[0]), text)
    days = {
        one.end() for one in _DAY.finditer(text) if int(re.findall(r"\d+", one[0])[0]) < LAST_DAY
    }
    text = _DAY.sub(lambda found: " " * len(found[0]), text)
    listed = sorted(_whens(text, said), key=lambda one: one.start)
    dated = [replace(one, period=None, month=0) if one.start in days else one for one in listed]
    dated = completed(text, joined(text, dated), said.now)
    for one in dated:
        text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    return text, tuple(with_year(dated))


def _whens(text: str, said: Said) -> Iterator[When]:
    taken: list[tuple[int, int]] = []
    for listed in _QUARTER_LIST.finditer(text):
        taken.append(listed.span())
        yield from _listed(listed, said)
    for pattern, reader in _READERS:
        for found in pattern.finditer(text):
            if any(start < found.end() and found.start() < end for start, end in taken):
                continue
            result = reader(found, said)
            when = _bare(pattern, found) if result is None else _when(pattern, found, result)
            if when is not None:
                taken.append(found.span())
                yield when


def _listed(found: re.Match[str], said: Said) -> Iterator[When]:
    """The quarters of a list: 'quarters 1, 2 and 3'."""
    for one in re.finditer(r"(?:quarters\s+)?([1-4])", found[0], re.I):
        period = said.now and Period(said.now.first + 3 * (int(one[1]) - 1), 3)
        start, end = found.start() + one.start(), found.start() + one.end()
        yield When(start, end, period, quarter=0 if said.now else int(one[1]))


def _when(pattern: re.Pattern[str], found: re.Match[str], period: Period) -> When:
    before = found.string[: found.start()]
    is_before = bool(BEFORE.search(before) or _IN_BRACKETS.search(before))
    if pattern is _ONE_MONTH and _ON_A_DAY.search(before):
        is_before = False
    if pattern not in spans.OF_ENDS:
        is_until = bool(_UNTIL.search(before))
        return When(*found.span(), period, is_before or pattern is _SAME_LAST_YEAR, is_until)
    is_from = bool(found["between"] or re.search(r"\bfrom\s+$", before, re.I))
    return When(*found.span(), period, is_before and not is_from, is_from=is_from)


_UNTIL = re.compile(r"\b(?:by|up\s+to|to|until)\s+(?:the\s+)?(?:end\s+of\s+)?$", re.I)
_ON_A_DAY = re.compile(r"\bon\s{3,}$", re.I)  # 'on 31 March', whose day was blanked
# Beside the number of now: '359 (375 in 2023/24)'
_IN_BRACKETS = re.compile(r"\d%?\s*\(\s*[\d.,]+%?\s+(?:in|for|during)\s+(?:the\s+)?$", re.I)


def _bare(pattern: re.Pattern[str], found: re.Match[str]) -> When | None:
    """A period that is named without its year, or that only the writer knows."""
    before = bool(BEFORE.search(found.string[: found.start()]))
    if pattern is _QUARTER:
        return When(*found.span(), None, is_before=before, quarter=int(found[1]))
    if pattern is _BARE_QUARTER:
        return When(*found.span(), None, is_before=before, quarter=QUARTERS[found[1].lower()])
    if pattern is _ONE_MONTH and not found[2] and _is_month(found):
        return When(*found.span(), None, is_before=before, month=month_number(found[1]))
    return When(*found.span(), None) if pattern in _OPEN else None


WAS = re.compile(r"\s+(?:was|saw|had|brought|stood|recorded)\b", re.I)  # 'May was the busiest'


def _is_month(found: re.Match[str]) -> bool:
    """Whether a word is a month's name: 'may' and 'march' are verbs too, unless 'in' or the like goes before."""
    word = found[1]
    if not word[0].isupper():
        return False
    before = found.string[: found.start()]
    after = found.string[found.end() :]
    is_listed = re.match(r"\s*\(\s*\d", after) or (
        re.match(r":?\s+\d", after) and re.search(r"(?:^|[,;:]|\band)\s*$", before)
    )  # 'April 256, May 213'
    return (
        word not in ("May", "March", "Mar")
        or bool(is_listed)
        or bool(WAS.match(found.string[found.end() :]))
        or bool(
            re.search(r"\b(?:in|of|during|since|by|from|to|until|and|for|was|is)\s+$", before, re.I)
        )
    )


def _named_quarter(found: re.Match[str], _said: Said) -> Period | None:
    year = financial_year(found[2], found[3])
    return Period(year.first + 3 * (QUARTERS[found[1].lower()] - 1), 3) if year else None


def _quarter(found: re.Match[str], said: Said) -> Period | None:
    year = financial_year(found[2], found[3]) if found[2] else said.now
    return Period(year.first + 3 * (int(found[1]) - 1), 3) if year else None


def _bare_quarter(found: re.Match[str], said: Said) -> Period | None:
    return said.now and Period(said.now.first + 3 * (QUARTERS[found[1].lower()] - 1), 3)


_AGED = re.compile(r"\b(?:aged?|ages|age group|age band|children|those|olds)\s*$", re.I)
_OLDS = re.compile(r"^(?:s\b|[- ]?(?:years?|yrs?)[- ]olds?)", re.I)


def _financial_year(found: re.Match[str], _said: Said) -> Period | None:
    text = found.string
    if len(found[0]) == 5 and "/" not in found[0]:  # 16-17 may be ages
        if _AGED.search(text[: found.start()]) or _OLDS.match(text[found.end() :]):
            return None
    return financial_year(found[1] or found[3], found[2] or found[4])


def _named_year(found: re.Match[str], _said: Said) -> Period | None:
    return financial_year(found[1], found[2])


def _month(found: re.Match[str], said: Said) -> Period | None:
    number = month_number(found[1])
    if found[2]:
        return month(calendar_year(found[2]), number)
    if said.now is None or not _is_month(found):
        return None
    start = said.now.first // 12
    return month(start if number >= 4 else start + 1, number)


# The ways to name a period, each after those that hold it.
_READERS: Sequence[tuple[re.Pattern[str], spans.Reader]] = (
    *spans.READERS,
    (_NAMED_QUARTER, _named_quarter),
    (_QUARTER, _quarter),
    (_BARE_QUARTER, _bare_quarter),
    (_SAME_OF_YEAR, _named_year),
    (_FINANCIAL_YEAR, _financial_year),
    (_LAST_MONTH, lambda _found, _said: None),
    (_ONE_MONTH, _month),
    (_SAME_LAST_YEAR, lambda _found, said: said.quarter and said.quarter.year_before()),
    (_THIS_YEAR, lambda _found, said: said.year),
    (_LAST_YEAR, lambda _found, said: said.year and said.year.previous()),
    (_THIS_QUARTER, lambda _found, said: said.quarter),
    (_LAST_QUARTER, lambda _found, said: said.quarter and said.quarter.previous()),
    (_PANDEMIC, lambda _found, said: said.year if said.year == PANDEMIC[0] else None),
    (_UNKNOWN, lambda _found, _said: None),
)
