"""The periods that a text names, however they are written. Knows nothing of the data."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from lscb.periods import MONTH_NAMES, Period, month, parse
from performance.indicators.claims.moments import BEFORE, QUARTERS, Said, When
from performance.indicators.claims.relative import completed, with_year

_MONTHS = {
    name[:length].lower(): place for place, name in enumerate(MONTH_NAMES, 1) for length in (3, 20)
}
_MONTHS["sept"] = 9
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?:20)?(\d\d)\s?[/–-]\s?(?:20)?(\d\d)(?!\d)"
_DASH = r"\s*(?:to|until|through to|up to|[-–])\s*"
_RANGE = re.compile(
    rf"\b{_MONTH}\s*(20\d\d|'?\d\d(?!\d))?{_DASH}{_MONTH}\s*(20\d\d|'?\d\d(?!\d|[,.]\d))", re.I
)
_BETWEEN = re.compile(
    rf"\bbetween\s+{_MONTH}\s*(20\d\d|'?\d\d(?!\d))?\s+and\s+{_MONTH}\s*(20\d\d|'?\d\d(?!\d|[,.]\d))",
    re.I,
)
_BARE_RANGE = re.compile(
    rf"(?:\b{_MONTH}\s+(?:to|until|through to)|\bbetween\s+{_MONTH}\s+and)\s+{_MONTH}(?!\s*(?:20\d\d|'\d\d))",
    re.I,
)
_QUARTER = re.compile(
    rf"\b(?:Q|quarter\s+|qtr\s*)([1-4])\b(?:,?\s*(?:of\s+|in\s+)?(?:{_YEAR}))?", re.I
)
_NAMED_QUARTER = re.compile(
    rf"\b(first|second|third|fourth|final|last|opening|closing)\s+quarter,?\s+(?:of|in)\s+{_YEAR}",
    re.I,
)
# 'quarters 1, 2, 3 and 4', and 'the first quarter' of the year that the sentence or the text is about.
_QUARTER_LIST = re.compile(
    r"\bquarters\s+[1-4](?:\s*,\s*[1-4]\b)*\s*,?\s*(?:and|&|to)\s+[1-4]\b", re.I
)
_BARE_QUARTER = re.compile(
    r"\b(first|second|third|fourth|final|opening|closing|last(?=[\s-]+quarter\s+(?:was|were|is|had|saw|being)\b[^.;]*\bof\s+the\s+"
    r"(?:four|year)\b))[\s-]+(?:quarter|(?<!last )three\s+months)\b"
    r"(?!\s+(?:running|in|since|of(?!\s+(?:the|this)\s+year\b)))",
    re.I,
)
_YEAR_TO = re.compile(
    rf"\b(?:year|twelve months|12 months)\s+(?:ending|ended|to|"
    rf"up to)\s+(?:the\s+end\s+of\s+)?(?:31\s+)?{_MONTH}\s+(20\d\d|'?\d\d)\b(?![,.]\d)",
    re.I,
)
# A calendar year is no period of the figures, and 'last quarter' is one that only the writer knows.
_UNKNOWN = re.compile(
    r"\b(?:in|during|since|from|between|until|calendar year)\s+(?:the\s+)?(?:19|20)\d\d\b(?!\s?[/–-]\s?\d|[,.]\d|\s*%)"
    r"|\b(?:this|last|the last|the previous|the latest|previous|the current|current)\s+(?:quarter|month|week|"
    r"half[- ]year|"
    r"six months)\b(?!\s+(?:of|in)\s+20)"
    r"|\b(?:first|second|latter|other)\s+half\b"
    r"|\b(?:the\s+)?(?:next|following|subsequent)\s+(?:\w+\s+)?(?:months|quarters|weeks|years)\b"
    r"|\b(?:spring|summer|autumn|winter)\s+(?:quarter|term)\b"
    r"|\b(?:the|this|last)\s+(?:first|early|middle|late|last)?\s*(?:\w+\s+)?(?:years\s+of|decade)\b"
    r"|\b(?:a|one|two|three)\s+decades?\s+(?:ago|earlier|before)\b",
    re.I,
)
_THIS_QUARTER = re.compile(r"\b(?:this|the current|the latest)\s+quarter\b", re.I)
_LAST_QUARTER = re.compile(
    r"\b(?:last|the last|the previous|previous)\s+quarter\b(?!\s+(?:of|in)\s+20)|\bthe quarter before\b",
    re.I,
)
_HALF = re.compile(
    rf"\b(first|second)\s+half\s+of\s+(?:the\s+(?:financial\s+)?year\b,?\s*(?:of\s+)?)?(?:{_YEAR})",
    re.I,
)
_SHORT_HALF = re.compile(rf"\bH([12])\b(?:,?\s*(?:of\s+|in\s+)?(?:{_YEAR}))?")  # of a year: 'H2'
_FINANCIAL_YEAR = re.compile(rf"(?<![\d,.]){_YEAR}|(?<![\d,.])20(\d\d)(\d\d)(?!\d|[,.]\d|%)", re.I)
_ONE_MONTH = re.compile(
    rf"\b{_MONTH}(?:\s*(20\d\d|'\d\d|\d\d(?![\d%]|[,.]\d|\s*%)))?(?=\W|$)", re.I
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
    r"\b(?:the\s+)?same\s+(?:quarter|period|month|time|point)\s+(?:(?:of|in)\s+)?(?:the\s+)?(?:last\s+year|"
    r"(?:previous|prior)\s+year|year\s+before)|\b(?:the\s+)?same\s+(?:quarter|period|month|time|point)\s+a\s+year\s+"
    r"(?:ago|before|earlier)",
    re.I,
)
LAST_DAY = 28  # from this day on a date may stand for its month: 'at 31 March 2025'
_ODD_YEAR = re.compile(rf"\b{_MONTH}\s*(?!19|20)\d{{4}}\b", re.I)  # a slip of the pen is no number
_DAY = re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?={_MONTH})", re.I)


def read(text: str, said: Said) -> tuple[str, tuple[When, ...]]:
    """A sentence with the periods that it names blanked, and these in their order."""
    text = _ODD_YEAR.sub(lambda found: "·" * len(found[0]), text)
    days = {
        one.end() for one in _DAY.finditer(text) if int(re.findall(r"\d+", one[0])[0]) < LAST_DAY
    }
    text = _DAY.sub(lambda found: " " * len(found[0]), text)
    listed = sorted(_whens(text, said), key=lambda one: one.start)
    dated = [replace(one, period=None, month=0) if one.start in days else one for one in listed]
    dated = completed(text, dated, said.now)
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


def _when(
    pattern: re.Pattern[str], found: re.Match[str], result: Period | tuple[Period, ...]
) -> When:
    before = found.string[: found.start()]
    is_before = bool(BEFORE.search(before) or _IN_BRACKETS.search(before))
    if pattern is _ONE_MONTH and _ON_A_DAY.search(before):
        is_before = False
    if not isinstance(result, tuple):
        return When(*found.span(), result, (), is_before or pattern is _SAME_LAST_YEAR)
    is_from = bool(re.search(r"\b(?:from|between)\s+$", before, re.I)) or pattern is _BETWEEN
    return When(*found.span(), _period_of(result), result, is_before and not is_from, is_from)


_ON_A_DAY = re.compile(r"\bon\s{3,}$", re.I)  # 'on 31 March', whose day was blanked
_IN_BRACKETS = re.compile(
    r"\d%?\s*\(\s*[\d.,]+%?\s+(?:in|for|during)\s+(?:the\s+)?$", re.I
)  # '359 (375 in 2023/24)'


def _bare(pattern: re.Pattern[str], found: re.Match[str]) -> When | None:
    """A period that is named without its year, or that only the writer knows."""
    before = bool(BEFORE.search(found.string[: found.start()]))
    if pattern is _QUARTER:
        return When(*found.span(), None, is_before=before, quarter=int(found[1]))
    if pattern is _BARE_QUARTER:
        return When(*found.span(), None, is_before=before, quarter=QUARTERS[found[1].lower()])
    if pattern is _ONE_MONTH and not found[2] and _is_month(found):
        return When(
            *found.span(), None, is_before=before, month=_MONTHS[found[1].lower().rstrip(".")]
        )
    return When(*found.span(), None) if pattern in (_UNKNOWN, _SAME_LAST_YEAR) else None


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


def _year_to(found: re.Match[str], _said: Said) -> Period | None:
    last = month(_full(found[2]), _MONTHS[found[1].lower().rstrip(".")])
    year = Period(last.first - 11, 12)
    return year if year.year == year else None


def _named_quarter(found: re.Match[str], _said: Said) -> Period | None:
    year = _years(found[2], found[3])
    return Period(year.first + 3 * (QUARTERS[found[1].lower()] - 1), 3) if year else None


def _range(found: re.Match[str], _said: Said) -> tuple[Period, ...] | None:
    last = month(_full(found[4]), _MONTHS[found[3].lower().rstrip(".")])
    number = _MONTHS[found[1].lower().rstrip(".")]
    start_year = _full(found[2]) if found[2] else last.first // 12
    first = month(start_year, number)
    if first > last and not found[2]:
        first = month(start_year - 1, number)
    length = last.first - first.first + 1
    if not 0 < length <= 60:
        return None
    return tuple(Period(first.first + place, 1) for place in range(length))


def _bare_range(found: re.Match[str], said: Said) -> tuple[Period, ...] | None:
    """Months of the year that is spoken of: 'January to March'."""
    if said.now is None:
        return None
    first, last = (_MONTHS[one.lower().rstrip(".")] for one in (found[1] or found[2], found[3]))
    start = said.now.year.first + (first - 4) % 12
    length = (last - first) % 12 + 1
    return tuple(Period(start + place, 1) for place in range(length))


def _period_of(months: tuple[Period, ...]) -> Period | None:
    """The period that these months are, if they are one."""
    first, length = months[0], len(months)
    if length == 1:
        return first
    if length == 3 and first.quarter.first == first.first:
        return first.quarter
    return first.year if length == 12 and first.year.first == first.first else None


def _quarter(found: re.Match[str], said: Said) -> Period | None:
    year = _years(found[2], found[3]) if found[2] else said.now
    return Period(year.first + 3 * (int(found[1]) - 1), 3) if year else None


def _half(found: re.Match[str], _said: Said) -> tuple[Period, ...] | None:
    year = _years(found[2], found[3])
    if year is None:
        return None
    start = year.first + (0 if found[1].lower() == "first" else 6)
    return tuple(Period(start + place, 1) for place in range(6))


def _short_half(found: re.Match[str], said: Said) -> tuple[Period, ...] | None:
    year = _years(found[2], found[3]) if found[2] else said.now
    start = year and year.year.first + 6 * (int(found[1]) - 1)
    return tuple(Period(start + place, 1) for place in range(6)) if start else None


def _bare_quarter(found: re.Match[str], said: Said) -> Period | None:
    return said.now and Period(said.now.first + 3 * (QUARTERS[found[1].lower()] - 1), 3)


_AGED = re.compile(r"\b(?:aged?|ages|age group|age band|children|those|olds)\s*$", re.I)
_OLDS = re.compile(r"^(?:s\b|[- ]?(?:years?|yrs?)[- ]olds?)", re.I)


def _financial_year(found: re.Match[str], _said: Said) -> Period | None:
    text = found.string
    if len(found[0]) == 5 and "/" not in found[0]:  # 16-17 may be ages
        if _AGED.search(text[: found.start()]) or _OLDS.match(text[found.end() :]):
            return None
    return _years(found[1] or found[3], found[2] or found[4])


def _years(first: str, second: str) -> Period | None:
    if int(second) != (int(first) + 1) % 100:
        return None
    try:
        return parse(f"20{first}-{second}")
    except ValueError:
        return None


def _month(found: re.Match[str], said: Said) -> Period | None:
    number = _MONTHS[found[1].lower().rstrip(".")]
    if found[2]:
        return month(_full(found[2]), number)
    if said.now is None or not _is_month(found):
        return None
    start = said.now.first // 12
    return month(start if number >= 4 else start + 1, number)


def _full(text: str) -> int:
    digits = text.strip("'")
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


Reader = Callable[[re.Match[str], Said], Period | tuple[Period, ...] | None]
# The ways to name a period, each after those that hold it.
_READERS: Sequence[tuple[re.Pattern[str], Reader]] = (
    (_YEAR_TO, _year_to),
    (_BETWEEN, _range),
    (_RANGE, _range),
    (_BARE_RANGE, _bare_range),
    (_HALF, _half),
    (_SHORT_HALF, _short_half),
    (_NAMED_QUARTER, _named_quarter),
    (_QUARTER, _quarter),
    (_BARE_QUARTER, _bare_quarter),
    (_FINANCIAL_YEAR, _financial_year),
    (_ONE_MONTH, _month),
    (_SAME_LAST_YEAR, lambda _found, said: said.quarter and said.quarter.year_before()),
    (_THIS_YEAR, lambda _found, said: said.year),
    (_LAST_YEAR, lambda _found, said: said.year and said.year.previous()),
    (_THIS_QUARTER, lambda _found, said: said.quarter),
    (_LAST_QUARTER, lambda _found, said: said.quarter and said.quarter.previous()),
    (_UNKNOWN, lambda _found, _said: None),
)
