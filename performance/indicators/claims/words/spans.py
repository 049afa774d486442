"""The spans of months that a text names: `April to September`, `the first half`, `nine months to December 2024`, `year
to date`. Each is a period like any other, whose value is that of its months together."""

import re
from collections.abc import Callable, Sequence

from lscb.periods import Period, month
from performance.indicators.claims.words.dates import (
    CALENDAR,
    MONTH,
    YEAR,
    calendar_year,
    financial_year,
    month_number,
)
from performance.indicators.claims.words.moments import Said
from performance.indicators.claims.words.wording import count_of

COUNT = (
    r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen|twenty-four)"
)
TO = r"\s*(?:to|until|through(?:\s+to)?|up to|[-–])\s*(?:the\s+)?(?:end\s+of\s+)?"
OF_YEAR = (
    r"(?:\s+(?:of|in)\s+(?:(?P<the>(?:the|this)\s+(?:(?:financial|reporting|current)\s+)?year\b),?\s*(?:(?:of|in)\s+)?)?"
    rf"(?:{YEAR})?)"
)
LONGEST = 60  # months of a span: a longer one is a slip
STARTS = ("first", "opening", "initial", "earlier")

RANGE = re.compile(
    rf"\b(?P<between>between\s+)?(?P<first>{MONTH})\s*(?P<year>{CALENDAR})?(?(between)\s+and\s+(?:the\s+)?(?:end\s+of\s+)?|{TO})"
    rf"(?P<last>{MONTH})\s*(?P<until>{CALENDAR})",
    re.I,
)
BARE_RANGE = re.compile(
    rf"\b(?P<between>between\s+)?(?P<first>{MONTH})(?(between)\s+and\s+(?:the\s+)?(?:end\s+of\s+)?|{TO})(?P<last>{MONTH})"
    r"(?!\s*(?:20\d\d|'\d\d))",
    re.I,
)
QUARTERS = re.compile(
    rf"(?<!from )(?<!between )\b(?:Q|quarters?\s+|qtrs?\s*)(?P<first>[1-4]){TO}(?:Q|quarter\s+|qtr\s*)?"
    rf"(?P<last>[1-4])\b(?:,?\s*(?:of\s+|in\s+)?(?:{YEAR}))?",
    re.I,
)
HALF = re.compile(
    r"\b(?P<side>first|second|latter|opening)[\s-]+(?:half|six\s+months|6\s+months)(?:[- ]year)?\b(?!-|\s+terms?\b)"
    rf"(?:{OF_YEAR}|(?!\s+(?:of|in)\b))",
    re.I,
)
SHORT_HALF = re.compile(rf"\bH(?P<half>[12])\b(?:,?\s*(?:of\s+|in\s+)?(?:{YEAR}))?")
# 'the first nine months of 2024/25', 'the last three months of the year'
PARTS = re.compile(
    rf"\b(?P<side>first|opening|initial|last|final|closing)\s+(?P<count>{COUNT})\s+(?P<unit>month|quarter)s?\b"
    rf"(?:{OF_YEAR}|(?!\s+(?:of|in|after|since|following|with|on|as|running|before|we|they)\b))",
    re.I,
)
# 'the twelve months to December 2023', 'the half-year ending September', 'the quarter to June 2024'
UNTIL = re.compile(
    rf"\b(?:(?P<count>{COUNT})[\s-]+(?P<unit>month|quarter)s?(?:[\s-]+(?:period|total|figure))?|(?P<half>half[- ]year)|"
    r"(?P<kind>year|quarter))\s+(?:ending|ended|to|up\s+to|until)\s+(?:the\s+end\s+of\s+)?(?:(?:28|29|30|31)\s+|\s+)?"
    rf"(?P<last>{MONTH})(?:\s*(?P<until>20\d\d|'\d\d|\d\d(?!\d|[,.]\d|\s*%)))?",
    re.I,
)
_END = (
    rf"(?:(?P<last>{MONTH})(?:\s*(?P<until>20\d\d|'\d\d))?|(?:Q|quarter\s+)(?P<quarter>[1-4])\b"
    rf"(?:,?\s*(?:of\s+)?(?:{YEAR}))?)"
)
TO_DATE = re.compile(
    r"\b(?:(?:financial\s+)?year[\s-]to[\s-]date|YTD|(?:so\s+far\s+)?this\s+year\s+to\s+date)\b"
    r"(?:\s+(?:figures?|totals?|numbers?|position|count)\b)?(?:\s*[,(]?\s*(?:(?:as\s+)?at|to|by|up\s+to|"
    rf"until|for|in|of)?\s*(?:the\s+)?(?:end\s+(?:of\s+)?)?{_END})?",
    re.I,
)
CALENDAR_YEAR = re.compile(
    r"\b(?:calendar\s+year\s+(?:of\s+)?(?P<year>20\d\d)\b|(?:the\s+)?(?P<other>20\d\d)\s+calendar\s+year\b)"
    r"(?!\s?[/–-]\s?\d|[,.]\d|\s*%)",
    re.I,
)


def _run(first: int, last: int) -> Period | None:
    """The period from one month to another (counted as `Period.first`)."""
    length = last - first + 1
    return Period(first, length) if 0 < length <= LONGEST else None


def _year(found: re.Match[str], said: Said) -> Period | None:
    """The financial year that a span is part of: its own, else the one that is spoken of."""
    first, second = found.groups()[-2:]
    return financial_year(first, second) if first else said.now and said.now.year


def _range(found: re.Match[str], _said: Said) -> Period | None:
    last = month(calendar_year(found["until"]), month_number(found["last"]))
    number = month_number(found["first"])
    first = month(calendar_year(found["year"]) if found["year"] else last.first // 12, number)
    if first > last and not found["year"]:
        first = month(last.first // 12 - 1, number)
    return _run(first.first, last.first)


def _bare_range(found: re.Match[str], said: Said) -> Period | None:
    """Months of the year that is spoken of: 'January to March'."""
    if said.now is None or not (found["first"][0].isupper() and found["last"][0].isupper()):
        return None
    first, last = (month_number(found[one]) for one in ("first", "last"))
    return Period(said.now.year.first + (first - 4) % 12, (last - first) % 12 + 1)


def _quarters(found: re.Match[str], said: Said) -> Period | None:
    year, first, last = _year(found, said), int(found["first"]), int(found["last"])
    return _run(year.first + 3 * (first - 1), year.first + 3 * last - 1) if year else None


def _half(found: re.Match[str], said: Said) -> Period | None:
    year = _year(found, said)
    is_first = found["side"].lower() in STARTS
    return Period(year.first + (0 if is_first else 6), 6) if year and _is_whole(found) else None


def _is_whole(found: re.Match[str]) -> bool:
    """Whether a part is one of a financial year, and not 'of the project' or 'of 2024'."""
    return not found[0].rstrip().endswith((" of", " in"))


def _short_half(found: re.Match[str], said: Said) -> Period | None:
    year = _year(found, said)
    return Period(year.first + 6 * (int(found["half"]) - 1), 6) if year else None


def _parts(found: re.Match[str], said: Said) -> Period | None:
    """The first or last months of a year; only the writer knows which the last ones are where no year is named."""
    year = _year(found, said)
    length = count_of(found["count"]) * (3 if found["unit"].lower() == "quarter" else 1)
    if year is None or not 0 < length <= year.length or not _is_whole(found):
        return None
    if found["side"].lower() in STARTS:
        return Period(year.first, length)
    is_of_year = found["the"] or found.groups()[-1] or found["side"].lower() != "last"
    return Period(year.last - length + 1, length) if is_of_year else None


def _until(found: re.Match[str], said: Said) -> Period | None:
    last = _last_month(found, said)
    if last is None:
        return None
    unit = (found["unit"] or found["kind"] or "").lower()
    each = {"month": 1, "quarter": 3, "year": 12}.get(unit, 6)
    length = each * (count_of(found["count"]) if found["count"] else 1)
    return _run(last.first - length + 1, last.first)


def _last_month(found: re.Match[str], said: Said) -> Period | None:
    number = month_number(found["last"])
    if found["until"]:
        return month(calendar_year(found["until"]), number)
    return said.now and Period(said.now.year.first + (number - 4) % 12, 1)


def _to_date(found: re.Match[str], said: Said) -> Period | None:
    """From April to the month or quarter that is named, else to the quarter that the text is about."""
    last = None
    if found["last"]:
        last = _last_month(found, said)
    elif found["quarter"]:
        year = _year(found, said)
        last = year and Period(year.first + 3 * (int(found["quarter"]) - 1), 3)
    else:
        last = said.quarter
    return last and _run(last.year.first, last.last)


def _calendar_year(found: re.Match[str], _said: Said) -> Period | None:
    return Period(12 * int(found["year"] or found["other"]), 12)


Reader = Callable[[re.Match[str], Said], Period | None]
# The ways to name a span, each after those that hold it.
READERS: Sequence[tuple[re.Pattern[str], Reader]] = (
    (UNTIL, _until),
    (TO_DATE, _to_date),
    (RANGE, _range),
    (BARE_RANGE, _bare_range),
    (PARTS, _parts),
    (HALF, _half),
    (SHORT_HALF, _short_half),
    (QUARTERS, _quarters),
    (CALENDAR_YEAR, _calendar_year),
)
# Of which the first and the last month may be meant: 'from April to June'.
OF_ENDS = (RANGE, BARE_RANGE)
