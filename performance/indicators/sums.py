"""Adding up: what was sent for a run of months, as one amount or the reason why there is none.

Flows add, stocks take their last part. A period is taken from its parts where all are there, otherwise as it was sent
itself.
"""

from dataclasses import dataclass
from decimal import Decimal

from lscb.periods import Period, parts_of
from performance.indicators.book import ZERO, Book, Codes
from performance.indicators.spec import IndicatorSpec, Measure, PeriodType
from performance.intake.spec import (
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    NOT_SUBMITTED,
    REPORTED,
    SUPPRESSED,
)


@dataclass(frozen=True)
class Sum:
    """What adding up gave: an amount, or the status that says why there is none; `present` of `expected` parts. `of` is
    how many events the amount is a share of, where it is what a share leads to expect of them."""

    amount: Decimal | None
    status: str
    present: int
    expected: int
    of: Decimal | None = None


Pair = tuple[Sum | None, Sum | None]
Wanted = tuple[tuple[Measure, tuple[Codes, ...]], ...]  # measures with the cells they add


class Sums:
    """The sums of one indicator's numbers of one area. What a month, quarter or year adds up to is worked out once,
    because a month is part of its quarter, of its year and of twelve rolling years; so the book must not change."""

    def __init__(self, spec: IndicatorSpec, book: Book) -> None:
        self.spec, self.book = spec, book
        self._wanted: dict[tuple[str, str], Wanted] = {}
        self._combined: dict[tuple[str, str, Period], tuple[Sum | None, ...]] = {}

    def add_up(
        self,
        period_type: PeriodType,
        period: Period,
        months: list[Period],
        breakdown: str,
        category: str,
    ) -> Pair:
        """Numerator and denominator over the span of an observation; each None when nothing was sent for it at all.

        The two are taken from one source: both from the parts of a period, or both as they were sent for it (decision
        37). A yearly denominator is held, and the numerator stands alone.
        """
        cell = breakdown, category
        added = iter(self._over(period_type, period, months, cell) if self._measures(cell) else ())
        top, bottom = (
            None
            if one is None
            else next(added)
            if one.per != "year"
            else _held(self.book, one, months[-1].year, one.dimensions(breakdown, category))
            for one in (self.spec.numerator, self.spec.denominator)
        )
        return top, bottom

    def _measures(self, cell: tuple[str, str]) -> Wanted:
        """What is added for a category of a breakdown: each measure that is not held for a year, with its cells."""
        if cell not in self._wanted:
            measures = (self.spec.numerator, self.spec.denominator)
            self._wanted[cell] = tuple(
                (one, one.dimensions(*cell)) for one in measures if one and one.per != "year"
            )
        return self._wanted[cell]

    def _over(
        self, period_type: PeriodType, period: Period, months: list[Period], cell: tuple[str, str]
    ) -> tuple[Sum | None, ...]:
        """Measures over a period, or over the run of months of a year to date or a rolling year: by whole quarters
        where the run starts and ends with one, so that quarterly figures serve too; else month by month."""
        if period_type in ("month", "quarter", "year"):
            return self._combine(period, cell)
        if self.spec.aggregation in ("last", "recount", "annual"):
            return tuple(None for _ in self._measures(cell))
        parts = months
        if len(months) % 3 == 0 and months[0].first == months[0].quarter.first:
            parts = [month.quarter for month in months[::3]]
        sums = [self._combine(part, cell) for part in parts]
        return tuple(
            _add(list(zip(parts, column, strict=True))) for column in zip(*sums, strict=True)
        )

    def _combine(self, period: Period, cell: tuple[str, str]) -> tuple[Sum | None, ...]:
        """Measures of a month, quarter or year, put together once."""
        key = *cell, period
        if key not in self._combined:
            self._combined[key] = self._put_together(period, cell)
        return self._combined[key]

    def _put_together(self, period: Period, cell: tuple[str, str]) -> tuple[Sum | None, ...]:
        """Measures of a month, quarter or year: all from its parts where these are complete, else all as they were
        sent for it. Only measures that come from different files may differ in where they come from: each is whole
        then."""
        wanted = self._measures(cell)
        direct = tuple(_direct(self.book, measure, period, cells) for measure, cells in wanted)
        parts = parts_of(period)
        if not parts or self.spec.aggregation in ("recount", "annual"):
            return direct
        sums = [self._combine(part, cell) for part in parts]
        joined = _last if self.spec.aggregation == "last" else _add
        whole = tuple(
            joined(list(zip(parts, column, strict=True))) for column in zip(*sums, strict=True)
        )
        if all(one is not None and one.amount is not None for one in whole):
            return whole
        if all(one is not None and one.amount is not None for one in direct):
            return direct
        if _one_source(wanted):
            return direct if all(one is not None for one in direct) else whole
        return tuple(
            parted if parted and parted.amount is not None else own or parted
            for own, parted in zip(direct, whole, strict=True)
        )


def _held(book: Book, measure: Measure, year: Period, cells: tuple[Codes, ...]) -> Sum | None:
    """A yearly number as it is held for every period of its year."""
    found = _direct(book, measure, year, cells)
    return found if found is None or found.amount is None else Sum(found.amount, REPORTED, 1, 1)


def _one_source(wanted: Wanted) -> bool:
    """Whether measures are two numbers of one row or one file, so that they belong together."""
    return len({(one.dataset, one.where.get("item")) for one, _ in wanted}) == 1


def _direct(book: Book, measure: Measure, period: Period, cells: tuple[Codes, ...]) -> Sum | None:
    """The number sent for exactly this period; None when there is none."""
    if not book.sent_for(measure.dataset, period):
        return None
    taken = measure.taken_away(cells)
    readings = [book.cell(measure.dataset, period, codes) for codes in (*cells, *taken)]
    known = [reading for reading in readings if reading is not None]
    if not known:
        return None
    if len(known) < len(readings):
        return Sum(None, NOT_SUBMITTED, 0, period.length)
    withheld = next((reading.status for reading in known if reading.status != REPORTED), None)
    if withheld:
        return Sum(None, withheld, period.length, period.length)
    amounts = [
        reading.count if measure.take == "count" else reading.denominator for reading in known
    ]
    if any(amount is None for amount in amounts):
        return None  # a value alone was sent: there is nothing to add
    numbers = [amount for amount in amounts if amount is not None]
    amount = sum(numbers[: len(cells)], ZERO) - sum(numbers[len(cells) :], ZERO)
    return Sum(amount, REPORTED, period.length, period.length)


def _add(sums: list[tuple[Period, Sum | None]]) -> Sum | None:
    """Parts added up. None when no part was sent; without an amount when one is missing or withheld."""
    known = [part for _, part in sums if part is not None]
    if not known:
        return None
    present, expected = _coverage(sums)
    for status in (NOT_SUBMITTED, SUPPRESSED, NOT_AVAILABLE, NOT_APPLICABLE):
        if any(part.status == status for part in known):
            return Sum(None, status, present, expected)
    if len(known) < len(sums):
        return Sum(None, NOT_SUBMITTED, present, expected)
    return Sum(
        sum((part.amount for part in known if part.amount is not None), ZERO),
        REPORTED,
        present,
        expected,
    )


def _last(sums: list[tuple[Period, Sum | None]]) -> Sum | None:
    """A stock: its last part. Without an amount when an earlier part was sent but the last was not."""
    last = sums[-1][1]
    present, expected = _coverage(sums)
    if last is not None:
        return Sum(last.amount, last.status, present, expected)
    return Sum(None, NOT_SUBMITTED, present, expected) if any(part for _, part in sums) else None


def _coverage(sums: list[tuple[Period, Sum | None]]) -> tuple[int, int]:
    """How many months were sent, of how many."""
    present = sum(part.present for _, part in sums if part is not None)
    return present, sum(period.length for period, _ in sums)
