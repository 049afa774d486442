"""What a text in a cell means: periods, days, counts, decimals, ages. Each reading returns a value or a Fault.

Symbols in place of a number (any case, also in square brackets as in [c]):

| written | stored as | because |
| --- | --- | --- |
| c  *  <5  ≤5  1-5  1 to 5  confidential  suppressed | suppressed | a small count was hidden at source |
| low  k  ~ | suppressed | rounds to 0 but is not 0 |
| z  not applicable | not applicable | the question does not arise |
| x  :  ..  not available  not known  unknown | not available | nobody has the number |
| -  –  .  n/a  na  nil return | not available, with a warning | could mean zero, hidden, not known: ask |

An empty cell is an error, and `nil`, `none` and a dash are never read as 0: a missing number is never zero.
The symbols c, x, z, low and their older forms : and ~ are those of the Government Statistical Service.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from lscb import periods
from lscb.periods import MONTH_NAMES, Period
from performance.intake.spec import NOT_APPLICABLE, NOT_AVAILABLE, REPORTED, SUPPRESSED

SYMBOLS: dict[str, str] = {
    **dict.fromkeys(("c", "*", "confidential", "suppressed", "1-5", "1 to 5"), SUPPRESSED),
    **dict.fromkeys(("low", "k", "~"), SUPPRESSED),
    **dict.fromkeys(("z", "not applicable"), NOT_APPLICABLE),
    **dict.fromkeys(("x", ":", "..", "not available", "not known", "unknown"), NOT_AVAILABLE),
}
UNCLEAR = frozenset(("-", "--", ".", "n/a", "na", "nil return"))
LARGEST_COUNT = 999_999_999
DECIMALS = 4  # figures are kept to as many places
FIRST_SERIAL, LAST_SERIAL = (
    30_000,
    60_000,
)  # days since 1899-12-30 as spreadsheets count: 1982 to 2064
AGES = "Write whole years from 0 to 17, 'unborn' before birth, 'unknown' where nobody knows."
FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass(frozen=True)
class Fault:
    """Why a text cannot be read: a code of problems.CODES, a message, what to do. `found` must not be personal."""

    code: str
    message: str
    suggestion: str = ""
    found: str = ""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a text was read as. `note` says what was normalised, `warning` what the sender should look at."""

    note: str = ""
    warning: Fault | None = None


NOTHING = frozenset(("nil", "zero", "none", "nothing", "no"))
SIGNS = re.compile(r"[£$€()+./, \-–~]*([0-9][£$€()+./, \-–~eE]*){0,7}", re.ASCII)
AGE_IN_WORDS = r"([0-9]{1,3}) ?(y|yrs?|years?|m|mths?|months?|w|wks?|weeks?|d|days?)( old)?"
UNITS_A_YEAR = {
    "y": 1,
    "m": 12,
    "w": 53,
    "d": 366,
}  # a week or day short of a birthday is not rounded up


@dataclass(frozen=True)
class Number(Reading):
    """A number, or the status that stands in its place."""

    value: Decimal | None
    status: str = REPORTED


@dataclass(frozen=True)
class Dated(Reading):
    """When something happened: the period a row states, or the month of an event with its day."""

    period: Period
    day: date | None = None


def _dashes(text: str) -> str:
    return re.sub("[‐-―−]", "-", text)


# --- numbers


def read_number(
    text: str, *, whole: bool = False, signed: bool = False, percent: bool = False
) -> Number | Fault:
    """A number of a counts row.

    `whole` for counts, `signed` where it may be below zero, `percent` where a percent sign may follow.
    """
    if not text:
        return Fault(
            "empty-cell",
            "The number is missing. A missing number is never read as zero.",
            "Write 0 if there were none, c if the number is hidden because it is small, x if nobody has it, "
            "z if it does not apply.",
        )
    return _symbol(text) or _figures(text, whole, signed, percent)


def _symbol(text: str) -> Number | None:
    plain = re.sub(r"\s+", " ", _dashes(text).strip("[]()' ").lower())
    if plain in SYMBOLS or re.fullmatch(r"[<≤] ?=? ?[0-9]{1,3}(\.[0-9]+)?", plain):
        status = SYMBOLS.get(plain, SUPPRESSED)
        return Number(None, status, note=f"'{text}' was read as '{status}'")
    if plain in UNCLEAR:
        return Number(
            None,
            NOT_AVAILABLE,
            warning=Fault(
                "unclear-symbol",
                f"'{text}' could mean zero, hidden or not known. It is stored as not available, not as 0.",
                "Write 0, c (hidden) or x (not available), or say why the number is not there.",
            ),
        )
    return None


def _figures(text: str, whole: bool, signed: bool, percent: bool) -> Number | Fault:
    digits, note = text.removeprefix("'").strip(), ""  # how Excel marks a number kept as text
    if digits.endswith("%"):
        if not percent:
            return Fault(
                "percent-in-count",
                "This is a percentage; the column holds how many.",
                "Write the number of events. Percentages are worked out from the numbers.",
            )
        digits, note = digits[:-1].strip(), "percent signs were left out"
    if re.fullmatch(r"-?[0-9]{1,3}([, '\u2009\u202f][0-9]{3})+(\.[0-9]+)?", digits):
        digits, note = (
            re.sub(r"[, '\u2009\u202f]", "", digits),
            "thousands separators were left out",
        )
    match = re.fullmatch(r"(-?)([0-9]{1,30})(?:\.([0-9]{0,30}))?", digits)
    if not match:
        return _not_a_number(text)
    return _bounded(Decimal(digits.rstrip(".")), whole, signed, note)


def _not_a_number(text: str) -> Fault:
    if isinstance(read_day(text), date) or re.fullmatch(r"[0-9]{1,2}-[A-Z][a-z]{2}", text):
        return Fault(
            "not-a-number",
            "This is a date, not a number.",
            "Excel turns texts such as 1-5 into dates. Write the number again, or c if it is hidden.",
        )
    if text.lower() in NOTHING:
        return Fault(
            "not-a-number",
            f"'{text}' is a word, not a number.",
            "Write 0 if there were none, x if nobody has the number.",
        )
    # Few digits and signs name nobody, so they may be repeated; a text might.
    shown = f"'{text}'" if SIGNS.fullmatch(text) else "This"
    return Fault(
        "not-a-number",
        f"{shown} is not a number.",
        "Write digits only, such as 1204; no text, no unit.",
    )


def _bounded(value: Decimal, whole: bool, signed: bool, note: str) -> Number | Fault:
    if value < 0 and not signed:
        return Fault(
            "negative-number", "The number is below zero.", "Write how many there were: 0 or more."
        )
    if abs(value) > LARGEST_COUNT:
        return Fault(
            "number-too-large",
            f"The number is larger than {LARGEST_COUNT:,}.",
            "Look whether two numbers ran together or another column slipped in here.",
        )
    if whole and value != value.to_integral_value():
        return Fault(
            "not-whole",
            "A count must be a whole number.",
            "Write how many there were. Averages and percentages do not belong in this column.",
        )
    if whole:
        value = value.to_integral_value()
    elif value != (rounded := round(value, DECIMALS)):
        value, note = rounded, f"figures were rounded to {DECIMALS} decimal places"
    return Number(value, note=note)


# --- days


def read_day(text: str) -> date | Fault | None:
    """A day: 2025-04-01, 01/04/2025 (day first, as in the United Kingdom), 1 April 2025, 01-Apr-25, 45748.

    None when it is no day at all; a Fault when it looks like one and is not.
    """
    text = re.sub(
        r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AaPp][Mm])?(Z|[+-]\d{2}:?\d{2})?$",
        "",
        _dashes(text),
    )
    if re.fullmatch(r"[0-9]{5}(\.[0-9]*)?", text):
        serial = int(text[:5])
        return (
            date(1899, 12, 30) + timedelta(days=serial)
            if FIRST_SERIAL <= serial <= LAST_SERIAL
            else None
        )
    parts = _day_parts(text)
    if parts is None:
        return None
    year, month, day = parts
    try:
        found = date(year, month, day)
    except ValueError:
        return Fault(
            "not-a-date",
            "There is no such day. Dates are read with the day first, as in 31/12/2025.",
            "Write the date as 2025-12-31. Dates with the month first (American) must be turned round.",
        )
    return found if FIRST_YEAR <= year <= LAST_YEAR else None


def _day_parts(text: str) -> tuple[int, int, int] | None:
    """Year, month and day as they are written, not yet known to be a day."""
    if match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", text, re.ASCII):
        return int(match[1]), int(match[2]), int(match[3])
    if match := re.fullmatch(r"((?:19|20)\d{2})(\d{2})(\d{2})", text, re.ASCII):
        return int(match[1]), int(match[2]), int(match[3])
    if match := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})", text, re.ASCII):
        return _year(match[3]), int(match[2]), int(match[1])
    text = re.sub(r"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*[, ]+", "", text.lower())
    if match := re.fullmatch(
        r"(\d{1,2})(?:st|nd|rd|th)?[-/ ]([a-z]{3,9})[-/, ]+(\d{4}|\d{2})", text, re.ASCII
    ):
        month = month_number(match[2])
        return (_year(match[3]), month, int(match[1])) if month else None
    if match := re.fullmatch(r"([a-z]{3,9}) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", text, re.ASCII):
        month = month_number(match[1])
        return (int(match[3]), month, int(match[2])) if month else None
    return None


def _year(text: str) -> int:
    """Two digits are of this century up to 49, else of the last."""
    return int(text) if len(text) == 4 else int(text) + (2000 if int(text) < 50 else 1900)


@lru_cache(maxsize=256)
def month_number(name: str) -> int | None:
    """1 to 12 for a month's name or at least three letters of it, else None."""
    name = name.lower().rstrip(".")
    found = [
        i
        for i, full in enumerate(MONTH_NAMES, 1)
        if len(name) >= 3 and full.lower().startswith(name)
    ]
    return found[0] if found else 9 if name == "sept" else None


# --- periods


@lru_cache(maxsize=8192)
def read_period(text: str) -> Period | Fault:
    """A month, quarter or financial year in the ways people write it.

    2025-04, 04/2025, Apr-25, April 2025, 202504, any day in it; Q1 2025/26, 2025-26-Q1; 2024/25, 2024-25, 202425.
    """
    if not text:
        return Fault(
            "empty-cell",
            "The period is missing.",
            "Write the month the row is about, such as 2025-04.",
        )
    plain = re.sub(r"\s+", " ", _dashes(text)).strip().lower()
    for reading in (_code, _named_month, _numbered_month, _quarter, _financial_year):
        found = reading(plain)
        if found:
            return found
    day = read_day(text)
    if isinstance(day, date):
        return periods.month_of(day)
    return day or _not_a_period()


def _not_a_period() -> Fault:
    return Fault(
        "not-a-period",
        "This is not a month, quarter or year that can be understood.",
        "Write a month as 2025-04, a quarter as 2025-26-Q1, a year as 2025-26.",
    )


def _code(text: str) -> Period | None:
    try:
        found = periods.parse(text.upper())
    except ValueError:
        return None
    return found if _sensible(found.first // 12) else None


def _sensible(year: int) -> bool:
    return FIRST_YEAR <= year <= LAST_YEAR


def _month(year: int, number: int) -> Period | None:
    return periods.month(year, number) if 1 <= number <= 12 and _sensible(year) else None


def _named_month(text: str) -> Period | None:
    match = re.fullmatch(r"([a-z]{3,9})\.?[-/, ]*'?(\d{4}|\d{2})", text, re.ASCII) or re.fullmatch(
        r"(\d{4})[-/ ]([a-z]{3,9})", text, re.ASCII
    )
    if not match:
        return None
    name, year = (match[1], match[2]) if match[1].isalpha() else (match[2], match[1])
    number = month_number(name)
    return _month(_year(year), number) if number else None


def _numbered_month(text: str) -> Period | None:
    if match := re.fullmatch(r"(\d{1,2})[-/.](\d{4})", text, re.ASCII):
        return _month(int(match[2]), int(match[1]))
    match = re.fullmatch(r"(\d{4})(?:[/.]|-|)(\d{2})", text, re.ASCII) or re.fullmatch(
        r"(\d{4})[-/.](\d)", text, re.ASCII
    )
    if not match or int(match[2]) == (int(match[1]) + 1) % 100:
        return None  # 2011/12, 201112: a year as well as a month
    return _month(int(match[1]), int(match[2]))


def _quarter(text: str) -> Period | None:
    year = r"(\d{4}|\d{2}) ?[-/] ?(\d{4}|\d{2})"
    match = re.fullmatch(rf"(?:q|qtr|quarter) ?([1-4])[-, ]*(?:fy ?)?{year}", text, re.ASCII)
    if match:
        number, first, second = match[1], match[2], match[3]
    elif match := re.fullmatch(rf"(?:fy ?)?{year}[-, ]*(?:q|qtr|quarter) ?([1-4])", text, re.ASCII):
        number, first, second = match[3], match[1], match[2]
    else:
        return None
    start = _financial(first, second)
    return Period(start * 12 + 3 * int(number), 3) if start else None


def _financial_year(text: str) -> Period | None:
    match = re.fullmatch(r"(?:fy ?)?(\d{4}) ?[-/] ?(\d{4}|\d{2})", text, re.ASCII) or re.fullmatch(
        r"(20\d{2})(\d{2})", text, re.ASCII
    )
    if not match:
        return None
    start = _financial(match[1], match[2])
    return Period(start * 12 + 3, 12) if start else None


def _financial(first: str, second: str) -> int | None:
    """The year in which a financial year begins, or None when the two years do not follow one another."""
    start = _year(first)
    follows = int(second) == start + 1 if len(second) == 4 else int(second) == (start + 1) % 100
    return start if follows and periods.FIRST_YEAR <= start <= LAST_YEAR else None


# --- ages


def read_age(text: str) -> int | Fault | None:
    """Whole years from 0 to 17, also written '3 years' or '6 months'. None when it is no number (then it may be a word
    such as `unborn`)."""
    words = re.fullmatch(AGE_IN_WORDS, text, re.IGNORECASE)
    if words:
        text = str(int(words[1]) // UNITS_A_YEAR[words[2][0].lower()])
    match = re.fullmatch(r"(-?[0-9]{1,3})(?:\.0*)?", text)
    if not match:
        if re.fullmatch(r"-?[0-9]+\.[0-9]+", text):
            return Fault(
                "not-an-age",
                "The age is not in whole years.",
                "Write the age at the last birthday.",
            )
        return None
    age = int(match[1])
    if not 0 <= age <= 17:
        return Fault(
            "not-an-age",
            "The age is below 0."
            if age < 0
            else "The age is 18 or over; the return is about children.",
            AGES,
        )
    return age
