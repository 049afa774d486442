"""Reads free text: its sentences, and in each the numbers and the periods that it names. Knows nothing of the data."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from lscb.periods import MONTH_NAMES, Period, month, parse

PLAIN, PERCENT, POINTS, RATE = "number", "%", "percentage points", "rate"

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
_QUARTER = re.compile(
    rf"\b(?:Q|quarter\s+|qtr\s*)([1-4])\b(?:,?\s*(?:of\s+|in\s+)?(?:{_YEAR}))?", re.I
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
    r"|\b(?:first|last|next|past)\s+\d+\b|\b\d+[- ]?(?:months?|years?|weeks?|days?|hours?)(?:[- ]old)?\b"
    r"|\b24/7\b|\b(?:19|20)\d\d\b(?![,.]\d|\s*%)|\b[A-Za-z]+\d+\w*|\b\d+(?:st|nd|rd|th)\b",
    re.I,
)
_ODD_YEAR = re.compile(rf"\b{_MONTH}\s*(?!19|20)\d{{4}}\b", re.I)  # a slip of the pen is no number
_NUMBER = re.compile(
    r"(?<![\w.,])([-−–+]?)(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(\s*(?:%|per\s?cent\b)(?:\s*points?\b)?|\s*percentage[- ]points?\b|\s*pp\b|\s+points?\b"
    r"|\s*per\s+(?:10,000|1,000|100,000)\b)?",
    re.I,
)
_ABOUT = re.compile(
    r"(about|around|approximately|approx\.?|roughly|some|almost|nearly|just over|just under|over|more than|above|"
    r"under|below|less than|fewer than|at least|at most|up to|~|c\.)\s*$",
    re.I,
)
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_TENS = re.compile(
    r"\b(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[- ](one|two|three|four|five|six|seven|eight|nine)\b",
    re.I,
)


@dataclass(frozen=True)
class Number:
    """A number as it is written: its value, the decimals it is written with, what it is, and how sure it sounds."""

    value: Decimal
    places: int
    kind: str
    text: str
    start: int
    end: int
    about: str = ""


@dataclass(frozen=True)
class When:
    """A period that is named, or the months of a span that is no period."""

    start: int
    end: int
    period: Period | None
    months: tuple[Period, ...] = ()
    is_before: bool = False
    quarter: int = 0  # a quarter without a year, which is then the latest with figures


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


def sentences(text: str, year: Period | None) -> Iterator[Sentence]:
    """The sentences of a text in order. `year` is the financial year that the text is about: 'this year' and a quarter
    or month without a year mean it. Without it, a year that a sentence names stays for those that follow."""
    now = year
    for one in split(text):
        read = _read(one, now, year)
        if read.year is not None and year is None:
            now = read.year
        yield read


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
        len(_NUMBER.findall(line)) >= 4 and len(re.findall(r"[A-Za-z]{2,}", line)) <= 6
    )


def _read(text: str, now: Period | None, year: Period | None) -> Sentence:
    masked = _ODD_YEAR.sub(lambda found: "·" * len(found[0]), text)
    whens = sorted(_whens(masked, now, year), key=lambda one: one.start)
    for one in whens:
        masked = masked[: one.start] + " " * (one.end - one.start) + masked[one.end :]
    masked = _NOT_COUNTED.sub(lambda found: "·" * len(found[0]), masked)
    named = [one.period.year for one in whens if one.period is not None and not one.is_before]
    return Sentence(text, masked, tuple(_numbers(masked)), tuple(whens), max(named, default=None))


def _whens(text: str, now: Period | None, year: Period | None) -> Iterator[When]:
    taken: list[tuple[int, int]] = []

    def free(found: re.Match[str]) -> bool:
        return not any(start < found.end() and found.start() < end for start, end in taken)

    readers = (
        (_RANGE, _range),
        (_QUARTER, _quarter),
        (_FINANCIAL_YEAR, _financial_year),
        (_ONE_MONTH, _month),
        (_THIS_YEAR, lambda _found, _now: year),
        (_LAST_YEAR, lambda _found, _now: year.previous() if year else None),
    )
    for pattern, reader in readers:
        for found in pattern.finditer(text):
            if not free(found):
                continue
            result = reader(found, now)
            if result is None and pattern is _QUARTER:
                taken.append(found.span())
                yield When(*found.span(), None, quarter=int(found[1]))
            if result is None:
                continue
            taken.append(found.span())
            before = bool(_BEFORE.search(text[: found.start()]))
            if isinstance(result, tuple):
                yield When(*found.span(), _period_of(result), result, before)
            else:
                yield When(*found.span(), result, (), before)


_BEFORE = re.compile(
    r"(?:(?:compared (?:to|with)|than|against|from)\s+[\d.,]+%?\s+(?:in|for|during)"
    r"|compared (?:to|with)|than(?: in)?|on|against|since|relative to|v\.?|vs\.?|from)\s*(?:the\s*)?$",
    re.I,
)


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


def _financial_year(found: re.Match[str], _now: Period | None) -> Period | None:
    return _years(found[1] or found[3], found[2] or found[4])


def _years(first: str, second: str) -> Period | None:
    if int(second) != (int(first) + 1) % 100:
        return None
    try:
        return parse(f"20{first}-{second}")
    except ValueError:
        return None


def _month(found: re.Match[str], now: Period | None) -> Period | None:
    word = found[1]
    number = _MONTHS[word.lower().rstrip(".")]
    if found[2]:
        return month(_full(found[2]), number)
    if (
        now is None or not word[0].isupper() or word in ("May", "March", "Mar")
    ):  # 'may' and 'march' are verbs too
        return None
    start = now.first // 12
    return month(start if number >= 4 else start + 1, number)


def _full(text: str) -> int:
    digits = text.strip("'")
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _numbers(masked: str) -> Iterator[Number]:
    found = list(_NUMBER.finditer(masked))
    for one in found:
        digits = one[2].replace(",", "")
        unit = (one[3] or "").lower()
        kind = (
            POINTS
            if "point" in unit or "pp" in unit
            else PERCENT
            if "%" in unit or "cent" in unit
            else RATE
            if unit
            else PLAIN
        )
        about = _ABOUT.search(masked[: one.start()])
        places = len(digits.partition(".")[2])
        yield Number(
            Decimal(digits),
            places,
            kind,
            one[0].strip(),
            *one.span(),
            about[1].lower() if about else "",
        )
    spelt = [
        (one.span(), _WORDS[one[1].lower()] + _WORDS[one[2].lower()], one[0])
        for one in _TENS.finditer(masked)
    ]
    spelt += [
        (one.span(), _WORDS[one[0].lower()], one[0])
        for one in re.finditer(r"\b(" + "|".join(list(_WORDS)[2:]) + r")\b", masked, re.I)
        if not any(start <= one.start() < end for (start, end), _, _ in spelt)
    ]
    for (start, end), amount, words in spelt:
        yield Number(Decimal(amount), 0, PLAIN, words, start, end)
