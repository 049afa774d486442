"""Months, quarters and financial years (April to March): the one place that knows them.

A period is written `2025-04` (month), `2025-26-Q1` (quarter, Q1 is April to June) or `2025-26` (year). Any other run of
months is a span, which nothing is sent or stored for.
`2011-12` could be read as a month or as a year; it is the month, so years are known from 2012-13 on.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

MONTH, QUARTER, YEAR, SPAN = "month", "quarter", "year", "span"
MONTHS_IN = {MONTH: 1, QUARTER: 3, YEAR: 12}
_KINDS = {length: kind for kind, length in MONTHS_IN.items()}
MONTH_NAMES = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
FIRST_YEAR = 2012
FIRST_MONTHS, LAST_YEAR = (
    1900,
    2999,
)  # the years of which a code is read: what lies outside is a slip


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """A month, quarter, financial year or span of other months. Sorts by first month, then the shorter first.

    `first` counts months from year 0 (2025-04 is 2025 * 12 + 3); `length` is the number of months.
    """

    first: int
    length: int

    def __hash__(self) -> int:
        """What a dataclass would work out, in less time: a page asks for it thousands of times."""
        return self.first << 4 | self.length

    @property
    def kind(self) -> str:
        """`month`, `quarter` or `year`; `span` for a run of months that is none of them."""
        starts_one = (self.first - 3) % self.length == 0
        return _KINDS.get(self.length, SPAN) if starts_one else SPAN

    @property
    def last(self) -> int:
        """The number of its last month, counted as `first` is."""
        return self.first + self.length - 1

    @property
    def start(self) -> date:
        """Its first day."""
        return date(self.first // 12, self.first % 12 + 1, 1)

    @property
    def end(self) -> date:
        """Its last day."""
        after = self.last + 1
        return date(after // 12, after % 12 + 1, 1) - timedelta(days=1)

    @property
    def code(self) -> str:
        """As stored and as in addresses: `2025-04`, `2025-26-Q1`, `2025-26`; of a span its first and last month."""
        return _code(self.first, self.length)

    @property
    def label(self) -> str:
        """As people write it: `April 2025`, `Quarter 1, 2025/26`, `2025/26`, `April to September 2025`."""
        if self.length == 1:
            return f"{MONTH_NAMES[self.first % 12]} {self.first // 12}"
        if self.kind == SPAN:
            return self.span
        year = f"{self.code[:4]}/{self.code[5:7]}"
        return year if self.length == 12 else f"Quarter {self.number_in_year}, {year}"

    @property
    def short(self) -> str:
        """For axes and narrow columns: `Apr 25`, `Q1 25/26`, `2025/26`."""
        if self.length == 1:
            return f"{MONTH_NAMES[self.first % 12][:3]} {self.first // 12 % 100:02d}"
        return (
            self.label
            if self.length == 12
            else f"Q{self.number_in_year} {self.code[2:4]}/{self.code[5:7]}"
        )

    @property
    def span(self) -> str:
        """The months it covers in words: `January to March 2025`."""
        first, last = months_of(self)[0], months_of(self)[-1]
        if first == last:
            return first.label
        if first.first // 12 == last.first // 12:
            return f"{MONTH_NAMES[first.first % 12]} to {last.label}"
        return f"{first.label} to {last.label}"

    @property
    def number_in_year(self) -> int:
        """Which quarter (1 to 4) or month (1 to 12) of the financial year it is; 1 for a year."""
        return (self.first - 3) % 12 // self.length + 1

    @property
    def year(self) -> "Period":
        """The financial year it lies in; of a span that lies in two, the later."""
        return Period(financial_year_start(self.last) * 12 + 3, 12)

    @property
    def quarter(self) -> "Period":
        """The quarter its first month lies in."""
        return Period(self.first - self.first % 3, 3)

    def shift(self, by: int) -> "Period":
        """The period of the same kind `by` places later (earlier when negative)."""
        return Period(self.first + by * self.length, self.length)

    def previous(self) -> "Period":
        """The one before, of the same kind."""
        return self.shift(-1)

    def year_before(self) -> "Period":
        """The same period a year earlier."""
        return Period(self.first - 12, self.length)

    def contains(self, other: "Period") -> bool:
        """Whether `other` lies within this period (or is this period)."""
        return self.first <= other.first and other.last <= self.last

    def __str__(self) -> str:
        return self.code


@lru_cache(maxsize=4096)
def _code(first: int, length: int) -> str:
    """The code of a period, written once."""
    if length == 1:
        return f"{first // 12:04d}-{first % 12 + 1:02d}"
    if Period(first, length).kind == SPAN:
        return f"{_code(first, 1)} to {_code(first + length - 1, 1)}"
    start = financial_year_start(first)
    year = f"{start:04d}-{(start + 1) % 100:02d}"
    return year if length == 12 else f"{year}-Q{Period(first, length).number_in_year}"


def financial_year_start(month: int) -> int:
    """The calendar year in which the financial year of a month (counted as `Period.first`) begins."""
    return (month - 3) // 12


@lru_cache(maxsize=4096)
def parse(code: str) -> Period:
    """A period from its code. Raises ValueError that says how to write one."""
    fault = f"'{code}' is not a period: write 2025-04, 2025-26-Q1 or 2025-26"
    match = re.fullmatch(r"(\d{4})-(\d{2})(?:-Q([1-4]))?", code)
    if not match:
        raise ValueError(fault)
    year, second, quarter = int(match[1]), int(match[2]), match[3]
    if not FIRST_MONTHS <= year <= LAST_YEAR:
        raise ValueError(fault)
    if quarter is None and 1 <= second <= 12:
        return Period(year * 12 + second - 1, 1)
    if second != (year + 1) % 100 or year < FIRST_YEAR:
        raise ValueError(fault)
    if quarter:
        return Period(year * 12 + 3 * int(quarter), 3)
    return Period(year * 12 + 3, 12)


def month(year: int, number: int) -> Period:
    """The calendar month `number` (1 to 12) of a calendar year."""
    return Period(year * 12 + number - 1, 1)


def month_of(day: date) -> Period:
    """The month a day lies in."""
    return month(day.year, day.month)


def months_of(period: Period) -> list[Period]:
    """The months of a period, in order."""
    return [Period(number, 1) for number in range(period.first, period.last + 1)]


def quarters_of(year: Period) -> list[Period]:
    """The four quarters of a financial year, in order."""
    return [Period(year.first + offset, 3) for offset in (0, 3, 6, 9)]


def parts_of(period: Period) -> list[Period]:
    """What a period is made of: a year of quarters, a quarter of months, a month of nothing smaller."""
    if period.length == 12:
        return quarters_of(period)
    return months_of(period) if period.length == 3 else []


def between(first: Period, last: Period) -> list[Period]:
    """The periods of one kind from `first` to `last`, both included."""
    if first.length != last.length:
        raise ValueError(f"{first} and {last} are not of one kind")
    return [
        Period(number, first.length) for number in range(first.first, last.first + 1, first.length)
    ]
