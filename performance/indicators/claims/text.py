"""Reads free text: its sentences, and in each the numbers and the periods that it names. Knows nothing of the data."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lscb.periods import MONTH_NAMES, Period, month, parse
from performance.indicators.claims.numerals import Number, numbers

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
_QUARTER = re.compile(
    rf"\b(?:Q|quarter\s+|qtr\s*)([1-4])\b(?:,?\s*(?:of\s+|in\s+)?(?:{_YEAR}))?", re.I
)
_NAMED_QUARTER = re.compile(
    rf"\b(first|second|third|fourth|final|last)\s+quarter,?\s+(?:of|in)\s+{_YEAR}", re.I
)
# 'quarters 1, 2, 3 and 4', and 'the first quarter' of the year that the sentence or the text is about.
_QUARTER_LIST = re.compile(
    r"\bquarters\s+[1-4](?:\s*,\s*[1-4]\b)*\s*,?\s*(?:and|&|to)\s+[1-4]\b", re.I
)
_BARE_QUARTER = re.compile(
    r"\b(first|second|third|fourth|final)\s+quarter\b(?!\s+(?:running|in|of|since))", re.I
)
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}
_YEAR_TO = re.compile(
    rf"\b(?:year|twelve months|12 months)\s+(?:ending|ended|to|"
    rf"up to)\s+(?:the\s+end\s+of\s+)?(?:31\s+)?{_MONTH}\s+(20\d\d)\b",
    re.I,
)
# A calendar year is no period of the figures, and 'last quarter' is one that only the writer knows.
_UNKNOWN = re.compile(
    r"\b(?:in|during|since|from|between|until|calendar year)\s+(?:19|20)\d\d\b(?!\s?[/–-]\s?\d|[,.]\d|\s*%)"
    r"|\b(?:this|last|the last|the previous|the latest|previous|the current|current)\s+(?:quarter|month|week|"
    r"half[- ]year|"
    r"six months)\b(?!\s+(?:of|in)\s+20)"
    r"|\b(?:first|second)\s+half\s+of\s+the\s+(?:financial\s+)?year\b",
    re.I,
)
_THIS_QUARTER = re.compile(r"\b(?:this|the current|the latest)\s+quarter\b", re.I)
_LAST_QUARTER = re.compile(
    r"\b(?:last|the last|the previous|previous)\s+quarter\b(?!\s+(?:of|in)\s+20)|\bthe quarter before\b",
    re.I,
)
_FINANCIAL_YEAR = re.compile(rf"(?<![\d,.]){_YEAR}|(?<![\d,.])20(\d\d)(\d\d)(?![\d,.%])", re.I)
_ONE_MONTH = re.compile(
    rf"\b{_MONTH}(?:\s*(20\d\d|'\d\d|\d\d(?![\d%]|[,.]\d|\s*%)))?(?=\W|$)", re.I
)
_THIS_YEAR = re.compile(
    r"\b(?:this|the current|current)\s+(?:reporting\s+|financial\s+)?(?:year|period)\b", re.I
)
_LAST_YEAR = re.compile(
    r"\b(?:last|the previous|previous|the prior|prior)\s+(?:reporting\s+|financial\s+)?year\b", re.I
)
# Numbers that count nothing: ages, calendar years, names of things.
_NOT_COUNTED = re.compile(
    r"\b\d{1,2}\s?[-–]\s?\d{1,2}\b(?!\s*%)|\b\d{1,2}\+|\b(?:under|over)[- ]\d{1,2}s\b"
    r"|\bunder[- ]1\b(?![,.]?\d|\s*%)|\b(?:aged?|ages)\s+\d{1,2}(?:\s?[-–]\s?\d{1,2})?s?\b(?![,.]?\d|\s*%)"
    r"|\b(?:chart|table|figure|figures|page|section|priority|top|step|level|version)\s+\d+\b(?!\s*%)"
    r"|\b(?:first|last|next|past)\s+\d+\b"
    r"|\b(?!three[- ]quarters\s+of\s+(?!the\s+(?:financial\s+)?year|this|last)[a-z])"
    r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve)[- ]?(?:months?|quarters?|years?|weeks?|"
    r"days?|hours?)"
    r"(?:[- ]olds?)?\b"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten)\s+(?:consecutive|successive|straight)\b"
    r"|\btwo in three points\b|\b7 or more points\b"
    r"|\b24/7\b|\b(?:19|20)\d\d\b(?![,.]\d|\s*%)|\b[A-Za-z]+\d+\w*|\b\d+(?:st|nd|rd|th)\b",
    re.I,
)
_DAY = re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?={_MONTH})", re.I)
MANY = 2  # words that make a sentence of a row
LAST_DAY = 28  # from this day on a date may stand for its month: 'at 31 March 2025'
_ODD_YEAR = re.compile(rf"\b{_MONTH}\s*(?!19|20)\d{{4}}\b", re.I)  # a slip of the pen is no number


@dataclass(frozen=True)
class When:
    """A period that is named, or the months of a span that is no period."""

    start: int
    end: int
    period: Period | None
    months: tuple[Period, ...] = ()
    is_before: bool = False
    is_from: bool = False  # whether a span's first and last month are meant: 'from April to June'
    quarter: int = 0  # a quarter or month without a year, which is then the latest with figures
    month: int = 0

    @property
    def is_unknown(self) -> bool:
        """Whether only the writer knows which period it is."""
        return self.period is None and not self.months and not self.quarter and not self.month


@dataclass(frozen=True)
class Sentence:
    """A sentence with what was found in it; `masked` is its text with the periods blanked."""

    text: str
    masked: str
    numbers: tuple[Number, ...]
    whens: tuple[When, ...]
    year: Period | None = field(default=None)

    @property
    def periods(self) -> list[Period]:
        """The periods it names, each once, in their order."""
        return list(dict.fromkeys(one.period for one in self.whens if one.period))


def sentences(text: str, year: Period | None, quarter: Period | None = None) -> Iterator[Sentence]:
    """The sentences of a text in order. `year` is the financial year that the text is about: 'this year' and a quarter
    or month without a year mean it, as 'this quarter' means `quarter`. Without it, a year that a sentence names stays
    for those that follow."""
    now = year
    for one in split(text):
        read = _read(one, now, year, quarter)
        if read.year is not None and year is None and has_words(one):
            now = read.year
        yield read


def has_words(text: str) -> bool:
    """Whether a sentence is more than the cells of a table, whose years are not those of the text."""
    return len(re.findall(r"[A-Za-z]{3,}", text)) > MANY


def split(text: str) -> list[str]:
    """The text in sentences. Lines that were wrapped are joined; bullets, blank lines and rows of a table are not."""
    blocks: list[str] = []
    gap = False
    for line in re.sub(r"[*_#`]+", "", text.replace("\r", "")).split("\n"):
        stripped = line.strip()
        if not stripped:
            gap = True
            continue
        # a gap before a small letter is a page's, not a paragraph's
        starts = (
            (gap and not stripped[0].islower())
            or re.match(r"^[-•·–]\s+", stripped)
            or _is_row(stripped)
        )
        gap = False
        if starts or not blocks or _is_row(blocks[-1]):
            blocks.append(re.sub(r"^[-•·–]\s+", "", stripped))
        else:
            blocks[-1] += " " + stripped
    found: list[str] = []
    for block in blocks:
        found += re.split(
            r"(?<=[.!?;])(?<!e\.g\.)(?<!i\.e\.)(?<!approx\.)\s+(?=[\"'‘“(]?[A-Z0-9])", block
        )
    return [one.strip() for one in found if one.strip()]


def _is_row(line: str) -> bool:
    """Whether a line is a row of a table: cells by tabs, or mostly numbers."""
    return "\t" in line or (
        len(re.findall(r"\d[\d.,]*", line)) >= 4 and len(re.findall(r"[A-Za-z]{2,}", line)) <= 6
    )


def _read(
    text: str, now: Period | None, year: Period | None, quarter: Period | None = None
) -> Sentence:
    masked = _ODD_YEAR.sub(lambda found: "·" * len(found[0]), text)
    days = {
        one.end() for one in _DAY.finditer(masked) if int(re.findall(r"\d+", one[0])[0]) < LAST_DAY
    }
    masked = _DAY.sub(lambda found: " " * len(found[0]), masked)
    whens = sorted(_whens(masked, now, year, quarter), key=lambda one: one.start)
    whens = [replace(one, period=None, month=0) if one.start in days else one for one in whens]
    whens = _with_year(whens)
    for one in whens:
        masked = masked[: one.start] + " " * (one.end - one.start) + masked[one.end :]
    masked = _NOT_COUNTED.sub(lambda found: "·" * len(found[0]), masked)
    named = [one.period.year for one in whens if one.period is not None and not one.is_before]
    return Sentence(
        text,
        masked,
        tuple(sorted(numbers(masked), key=lambda one: one.start)),
        tuple(whens),
        max(named, default=None),
    )


def _with_year(whens: list[When]) -> list[When]:
    """Quarters and months without a year take the one year that the sentence names: '808 in Q1 and 814 in Q2 "
    "of 2024/25'."""
    years = {one.period.year for one in whens if one.period is not None and not one.is_before}
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


def _whens(
    text: str, now: Period | None, year: Period | None, quarter: Period | None
) -> Iterator[When]:
    taken: list[tuple[int, int]] = []

    def free(found: re.Match[str]) -> bool:
        return not any(start < found.end() and found.start() < end for start, end in taken)

    readers = (
        (_YEAR_TO, _year_to),
        (_BETWEEN, _range),
        (_RANGE, _range),
        (_NAMED_QUARTER, _named_quarter),
        (_QUARTER, _quarter),
        (_BARE_QUARTER, _bare_quarter),
        (_FINANCIAL_YEAR, _financial_year),
        (_ONE_MONTH, _month),
        (_THIS_YEAR, lambda _found, _now: year),
        (_LAST_YEAR, lambda _found, _now: year.previous() if year else None),
        (_THIS_QUARTER, lambda _found, _now: quarter),
        (_LAST_QUARTER, lambda _found, _now: quarter.previous() if quarter else None),
        (_UNKNOWN, lambda _found, _now: None),
    )
    for listed in _QUARTER_LIST.finditer(text):
        taken.append(listed.span())
        for one in re.finditer(r"(?:quarters\s+)?([1-4])", listed[0], re.I):
            start = listed.start()
            period = Period(now.first + 3 * (int(one[1]) - 1), 3) if now else None
            yield When(
                start + one.start(), start + one.end(), period, quarter=0 if now else int(one[1])
            )
    for pattern, reader in readers:
        for found in pattern.finditer(text):
            if not free(found):
                continue
            result = reader(found, now)
            if result is None:
                bare = _bare(pattern, found)
                if bare is not None:
                    taken.append(found.span())
                    yield bare
                continue
            taken.append(found.span())
            said = text[: found.start()]
            before = bool(_BEFORE.search(said) or _IN_BRACKETS.search(said))
            if isinstance(result, tuple):
                start = bool(re.search(r"\b(?:from|between)\s+$", text[: found.start()], re.I)) or (
                    pattern is _BETWEEN
                )
                yield When(*found.span(), _period_of(result), result, before and not start, start)
            else:
                yield When(*found.span(), result, (), before)


_IN_BRACKETS = re.compile(
    r"\d\s*\(\s*[\d.,]+%?\s+(?:in|for|during)\s+(?:the\s+)?$", re.I
)  # '359 (375 in 2023/24)'
_BEFORE = re.compile(
    r"(?:(?:compared (?:to|with)|than|against|from)\s+[\d.,]+%?(?:\s+(?:in|for|during))?"
    r"|compared (?:to|with)|than(?: in)?|on|against|since|relative to|v\.?|vs\.?|from)\s*(?:the\s*)?$",
    re.I,
)


def _bare(pattern: re.Pattern[str], found: re.Match[str]) -> When | None:
    """A period that is named without its year, or that only the writer knows."""
    if pattern is _QUARTER:
        return When(*found.span(), None, quarter=int(found[1]))
    if pattern is _BARE_QUARTER:
        return When(*found.span(), None, quarter=_QUARTERS[found[1].lower()])
    if pattern is _ONE_MONTH and not found[2] and _is_month(found):
        return When(*found.span(), None, month=_MONTHS[found[1].lower().rstrip(".")])
    return When(*found.span(), None) if pattern is _UNKNOWN else None


def _is_month(found: re.Match[str]) -> bool:
    """Whether a word is a month's name: 'may' and 'march' are verbs too, unless 'in' or the like goes before."""
    word = found[1]
    if not word[0].isupper():
        return False
    before = found.string[: found.start()]
    return word not in ("May", "March", "Mar") or bool(
        re.search(r"\b(?:in|of|during|since|by|from|to|until|and|for)\s+$", before)
    )


def _year_to(found: re.Match[str], _now: Period | None) -> Period | None:
    last = month(_full(found[2]), _MONTHS[found[1].lower().rstrip(".")])
    year = Period(last.first - 11, 12)
    return year if year.year == year else None


def _named_quarter(found: re.Match[str], _now: Period | None) -> Period | None:
    year = _years(found[2], found[3])
    return Period(year.first + 3 * (_QUARTERS[found[1].lower()] - 1), 3) if year else None


def _range(found: re.Match[str], _now: Period | None) -> tuple[Period, ...] | None:
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


def _period_of(months: tuple[Period, ...]) -> Period | None:
    """The period that these months are, if they are one."""
    first, length = months[0], len(months)
    if length == 1:
        return first
    if length == 3 and first.quarter.first == first.first:
        return first.quarter
    return first.year if length == 12 and first.year.first == first.first else None


def _quarter(found: re.Match[str], now: Period | None) -> Period | None:
    year = _years(found[2], found[3]) if found[2] else now
    return Period(year.first + 3 * (int(found[1]) - 1), 3) if year else None


def _bare_quarter(found: re.Match[str], now: Period | None) -> Period | None:
    return Period(now.first + 3 * (_QUARTERS[found[1].lower()] - 1), 3) if now else None


_AGED = re.compile(r"\b(?:aged?|ages|age group|age band|children|those|olds)\s*$", re.I)
_OLDS = re.compile(r"^(?:s\b|[- ]?(?:years?|yrs?)[- ]olds?)", re.I)


def _financial_year(found: re.Match[str], _now: Period | None) -> Period | None:
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


def _month(found: re.Match[str], now: Period | None) -> Period | None:
    number = _MONTHS[found[1].lower().rstrip(".")]
    if found[2]:
        return month(_full(found[2]), number)
    if now is None or not _is_month(found):
        return None
    start = now.first // 12
    return month(start if number >= 4 else start + 1, number)


def _full(text: str) -> int:
    digits = text.strip("'")
    return int(digits) if len(digits) == 4 else 2000 + int(digits)
