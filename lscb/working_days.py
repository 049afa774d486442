"""Working days in England: Monday to Friday without the bank holidays of England and Wales.

The holidays follow from rules (Banking and Financial Dealings Act 1971, and the proclamations for New Year's Day and
early May); those that a proclamation added, moved or took away stand in bank_holidays.csv, each with its source.
"""

import csv
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path

FACTS = Path(__file__).parent / "bank_holidays.csv"
FIRST_YEAR = 2012
MONDAY, SATURDAY = 0, 5
DAY = timedelta(days=1)


def is_working_day(day: date) -> bool:
    """Whether people work in offices on this day."""
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)


@lru_cache(maxsize=1 << 12)  # a calendar asks for the same deadlines of every agency
def add_working_days(day: date, number: int) -> date:
    """The `number`-th working day after `day`, which itself does not count. Raises ValueError below 1."""
    if number < 1:
        raise ValueError("count one working day or more")
    while number:
        day += DAY
        number -= is_working_day(day)
    return day


def working_days_between(first: date, last: date) -> int:
    """How many working days lie after `first`, up to and including `last`; 0 when `last` is not later."""
    days = (last - first).days
    return sum(is_working_day(first + timedelta(days=number)) for number in range(1, days + 1))


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England and Wales in a year. Raises ValueError before 2012, for which no facts are held."""
    if year < FIRST_YEAR:
        raise ValueError(f"bank holidays are known from {FIRST_YEAR} on")
    days = _by_rule(year)
    for day, change in _facts():
        if day.year == year:
            (days.add if change == "added" else days.discard)(day)
    return frozenset(days)


def _by_rule(year: int) -> set[date]:
    easter = _easter(year)
    christmas = _next_weekday(date(year, 12, 25), set())
    boxing = _next_weekday(date(year, 12, 26), {christmas, date(year, 12, 25)})
    return {
        _next_weekday(date(year, 1, 1), set()),
        easter - 2 * DAY,
        easter + DAY,
        _first_monday(date(year, 5, 1)),
        _first_monday(date(year, 5, 25)),  # the last in May
        _first_monday(date(year, 8, 25)),  # the last in August
        christmas,
        boxing,
    }


def _next_weekday(day: date, taken: set[date]) -> date:
    """The day itself, or the next Monday to Friday that is not taken: the substitute of a holiday at a weekend."""
    while day.weekday() >= SATURDAY or day in taken:
        day += DAY
    return day


def _first_monday(day: date) -> date:
    """The first Monday from `day` on."""
    return day + timedelta(days=(MONDAY - day.weekday()) % 7)


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the algorithm of Meeus, Jones and Butcher (Nature, 20 April 1876)."""
    century, place = divmod(year, 100)
    golden = year % 19
    leap, rest = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - moon + 15) % 30
    quarter, left = divmod(place, 4)
    weekday = (32 + 2 * rest + 2 * quarter - epact - left) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def _facts() -> tuple[tuple[date, str], ...]:
    """What proclamations changed: (day, `added` or `removed`)."""
    with FACTS.open(newline="", encoding="utf-8") as file:
        return tuple(
            (date.fromisoformat(row["day"]), row["change"]) for row in csv.DictReader(file)
        )
