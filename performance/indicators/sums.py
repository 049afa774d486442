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
    """What adding up gave: an amount, or the status that says why there is none; `present` of `expected` parts."""

    amount: Decimal | None
    status: str
    present: int
    expected: int


def add_up(
    spec: IndicatorSpec,
    book: Book,
    measure: Measure | None,
    period_type: PeriodType,
    period: Period,
    months: list[Period],
    breakdown: str,
    category: str,
) -> Sum | None:
    """A measure over the span of an observation; None when nothing was sent for it at all."""
    if measure is None:
        return None
    cells = measure.dimensions(breakdown, category)
    if measure.per == "year":
        found = _direct(book, measure, months[-1].year, cells)
        return found if found is None or found.amount is None else Sum(found.amount, REPORTED, 1, 1)
    if period_type in ("month", "quarter", "year"):
        return _combine(spec, book, measure, period, cells)
    if spec.aggregation in ("last", "recount", "annual"):
        return None
    return _add(_best_parts(spec, book, measure, months, cells))


def _best_parts(
    spec: IndicatorSpec,
    book: Book,
    measure: Measure,
    months: list[Period],
    cells: tuple[Codes, ...],
) -> list[tuple[Period, Sum | None]]:
    """The sums of a run of months: by whole quarters where the run starts and ends with one, so that quarterly
    figures serve too; else month by month."""
    parts = months
    if len(months) % 3 == 0 and months[0].first == months[0].quarter.first:
        parts = [month.quarter for month in months[::3]]
    return [(part, _combine(spec, book, measure, part, cells)) for part in parts]


def _combine(
    spec: IndicatorSpec, book: Book, measure: Measure, period: Period, cells: tuple[Codes, ...]
) -> Sum | None:
    """A month, quarter or year: from its parts where they are complete, else as it was sent itself."""
    direct = _direct(book, measure, period, cells)
    parts = parts_of(period)
    if not parts or spec.aggregation in ("recount", "annual"):
        return direct
    sums = [(part, _combine(spec, book, measure, part, cells)) for part in parts]
    whole = _last(sums) if spec.aggregation == "last" else _add(sums)
    if whole is not None and whole.amount is not None:
        return whole
    return direct if direct is not None else whole


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
