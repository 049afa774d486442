"""Stored counts as the books that indicators are computed from and sense checks read."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from lscb.models import Area
from lscb.periods import FIRST_YEAR, Period, months_of, parse
from performance.indicators.book import Book, Codes, Reading
from performance.indicators.limits import WINDOW
from performance.models.counts import DATASETS, Count, Figure
from performance.models.returns import SETTLED


def load_book(
    area: Area,
    datasets: Collection[str],
    first: int,
    last: int,
    counting: Mapping[str, Q] | None = None,
) -> Book:
    """The current counts of an area for all periods within these months (counted as `Period.first`).

    `counting` names for a dataset which rows to take instead of the current ones, for a look at what would be.
    """
    codes = _codes_between(first, last)
    book = Book(area.code)
    for name in sorted(datasets):
        taken = (counting or {}).get(name, Q(current=True))
        rows = DATASETS[name]._default_manager.filter(taken, area=area, period__in=codes)
        for place, reading in readings(name, rows):
            book.add(name, *place, reading)
    return book


def readings(
    dataset: str, rows: "QuerySet[Count]"
) -> Iterator[tuple[tuple[Period, Codes], Reading]]:
    """Stored rows of a dataset as (its period and codes, what it says)."""
    return read(dataset, rows.values_list(*columns(dataset)))


def columns(dataset: str) -> list[str]:
    """The columns of a dataset that `read` takes."""
    return ["period", "status", *_numbers(dataset), *DATASETS[dataset].DIMENSIONS]


def _numbers(dataset: str) -> list[str]:
    return ["count", "denominator", "value"] if DATASETS[dataset] is Figure else ["count"]


def read(
    dataset: str, rows: Iterable[tuple[Any, ...]]
) -> Iterator[tuple[tuple[Period, Codes], Reading]]:
    """Rows of a dataset, as its `columns`, as (its period and codes, what it says)."""
    numbers = len(_numbers(dataset))
    for period, status, *rest in rows:
        count, denominator, value = (*rest[:numbers], None, None)[:3]
        yield (parse(period), tuple(rest[numbers:])), Reading(count, denominator, value, status)


def fill_checked(books: tuple[Book, Book], area: Area, dataset: str, last: int) -> None:
    """Enter what sense checks read of a dataset, but for pairs, up to the month `last`: into the first book what counts
    now, of the last window of months, and of quarters and years with their months; into the second the months that a
    longer file replaced."""
    now, before = books
    model = DATASETS[dataset]
    single = model._default_manager.filter(area=area).exclude(margin__contains="+")
    current = single.filter(current=True)
    longer = [
        code
        for kind, length in (("quarter", 3), ("year", 12))
        for code in _codes_between(last - WINDOW[kind] * length + 1, last)
        if parse(code).kind == kind
    ]
    found = set(current.filter(period__in=longer).values_list("period", flat=True).distinct())
    months = {Period(number, 1).code for number in range(last - WINDOW["month"] + 1, last + 1)}
    within = {month.code for code in found for month in months_of(parse(code))}
    for place, reading in readings(dataset, current.filter(period__in=found | months | within)):
        now.add(dataset, *place, reading)
    gone = within - {period.code for period in now.rows.get(dataset, {})}
    replaced = single.filter(
        current=False, period__in=gone, submission__state__in=SETTLED
    ).order_by("submission")
    for (period, codes), reading in readings(dataset, replaced):
        before.rows.setdefault(dataset, {}).setdefault(period, {})[codes] = reading


def _codes_between(first: int, last: int) -> list[str]:
    """The codes of every month, quarter and year that lies within these months; of quarters and years those that are
    known as such, from FIRST_YEAR on."""
    known = max(first, FIRST_YEAR * 12 + 3)
    codes = [Period(number, 1).code for number in range(first, last + 1)]
    codes += [Period(number, 3).code for number in range(known, last - 1) if number % 3 == 0]
    return codes + [
        Period(number, 12).code for number in range(known, last - 10) if number % 12 == 3
    ]
