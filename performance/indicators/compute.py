"""From counts and a definition to observations: one function, no database.

Flows add, stocks take their last part, ratios are ratios of sums, and nothing is ever a mean of percentages.
A period is computed from its parts where all are there, otherwise from a number sent for the period itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from functools import cache, cached_property, lru_cache

from lscb.periods import MONTH, YEAR, Period, months_of, quarters_of
from lscb.working_days import FIRST_YEAR, working_days_between
from performance.indicators import rollup
from performance.indicators.book import Book, Codes
from performance.indicators.series import Value
from performance.indicators.spec import IndicatorSpec, Measure, PeriodType, dataset_dimensions
from performance.indicators.sums import Pair, Sum, Sums
from performance.intake.codes import ALL
from performance.intake.spec import (
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    NOT_SUBMITTED,
    REPORTED,
    margin_of,
)
from performance.statistics.intervals import count_interval, rate_interval, wilson


@dataclass(frozen=True)
class Targets:
    """Which periods to compute: for each type the periods (the last months, for ytd and rolling)."""

    by_type: Mapping[PeriodType, frozenset[Period]]

    @cached_property
    def empty(self) -> bool:
        """Whether there is nothing to compute."""
        return not any(self.by_type.values())


def targets(changed: Iterable[Period]) -> Targets:
    """Every period whose observation could move when rows of these periods change."""
    found: dict[PeriodType, set[Period]] = {
        "month": set(),
        "quarter": set(),
        "year": set(),
        "ytd": set(),
        "rolling": set(),
    }
    for period in changed:
        found["year"].add(period.year)
        if period.kind == YEAR:  # a yearly number may be the denominator of every month of its year
            found["quarter"].update(quarters_of(period))
            found["month"].update(months_of(period))
        else:
            found["quarter"].add(period.quarter)
            if period.kind == MONTH:
                found["month"].add(period)
        found["ytd"].update(
            Period(number, 1) for number in range(period.first, period.year.last + 1)
        )
        found["rolling"].update(
            Period(number, 1) for number in range(period.first, period.last + 12)
        )
    return Targets({kind: frozenset(periods) for kind, periods in found.items()})


def reach(wanted: Targets) -> tuple[int, int]:
    """The first and last month (counted as `Period.first`) whose rows the targets need. Whole years, so that
    yearly denominators are included."""
    firsts = [
        period.first - (11 if kind == "rolling" else 0)
        for kind, all_ in wanted.by_type.items()
        for period in all_
    ]
    lasts = [period.last for all_ in wanted.by_type.values() for period in all_]
    return Period(min(firsts), 1).year.first, Period(max(lasts), 1).year.last


def compute(
    spec: IndicatorSpec, book: Book, wanted: Targets, parts: Sequence[Book] = ()
) -> list[Value]:
    """All observations of one indicator and one area for the wanted periods, in a fixed order.

    `parts` are the books of the areas that make up a wider one. Where the area has no figure of its own for a period,
    theirs are added up (`rollup`).

    Only periods for which something was sent give an observation; one that lacks a part has the status
    `not submitted` and no value. Year to date and rolling year are there only where there is a number, and a flow over
    a yearly population only for twelve months.
    """
    own = _anything_sent(spec, book)
    rolls_up = any(_anything_sent(spec, one) for one in parts)
    if not own and not rolls_up:
        return []
    found: list[Value] = []
    sums = [Sums(spec, book)]
    if spec.as_expected:  # what is expected of each area does not add to what is expected of all
        parts, rolls_up = (), False
    of_parts = [Sums(spec, one) for one in parts]
    for period_type, periods in wanted.by_type.items():
        if _is_yearly_rate(spec) and period_type not in ("year", "rolling"):
            continue
        for period in sorted(periods):
            observed = _period(spec, sums, period_type, period, book.area) if own else []
            if not observed and rolls_up:
                observed = _period(spec, of_parts, period_type, period, book.area)
            found += observed
    return found


def _period(
    spec: IndicatorSpec, sums: Sequence[Sums], period_type: PeriodType, period: Period, area: str
) -> list[Value]:
    """The total and the categories of a period, from one book or from several added up."""
    leaves = _span(period_type, period)
    if not any(_sent_in(spec, one.book, leaves) for one in sums):
        return []
    cells = [(ALL, ALL)] if spec.total else []
    for breakdown in spec.breakdowns:
        known = set().union(*(_categories(spec, one.book, breakdown, leaves) for one in sums))
        cells += [(breakdown, category) for category in sorted(known)]
    found: list[Value] = []
    for breakdown, category in cells:
        cell = _Cell(period_type, period, leaves, breakdown, category)
        found += _observe(spec, sums, area, cell)
    return found


def _is_yearly_rate(spec: IndicatorSpec) -> bool:
    """Whether a flow is divided by a yearly population. Only twelve months of it compare with a year's rate: a month's
    would be a twelfth of it on the same axis."""
    flow = spec.aggregation == "ratio of sums"
    return flow and spec.denominator is not None and spec.denominator.per == "year"


def _anything_sent(spec: IndicatorSpec, book: Book) -> bool:
    """Whether the book holds any row that could give an observation; without a numerator there is none."""
    measures = [one for one in (spec.numerator, _published_measure(spec)) if one]
    return any(
        book.holds(one.dataset, where)
        for one in measures
        for where in (one.where, one.where | one.less)
    )


def _sent_in(spec: IndicatorSpec, book: Book, months: list[Period]) -> bool:
    """Whether the book holds any row that could give an observation of these months; most books hold few periods."""
    for measure in (spec.numerator, _published_measure(spec)):
        if measure is not None:
            whole = measure.per == "year"
            first = months[-1].year.first if whole else months[0].first
            last = months[-1].year.last if whole else months[-1].last
            if book.sent_within(measure.dataset, first, last):
                return True
    return False


def _span(period_type: PeriodType, period: Period) -> list[Period]:
    """The months that an observation of this type covers."""
    if period_type == "ytd":
        return [Period(number, 1) for number in range(period.year.first, period.last + 1)]
    if period_type == "rolling":
        return [Period(number, 1) for number in range(period.last - 11, period.last + 1)]
    return months_of(period)


def _categories(spec: IndicatorSpec, book: Book, breakdown: str, months: list[Period]) -> set[str]:
    """The categories of a breakdown for which a row was sent in these months, their quarters or their year."""
    first, last = months[0].first, months[-1].last
    found: set[str] = set()
    for measure in (spec.numerator, _published_measure(spec)):
        if measure is None:
            continue
        names = dataset_dimensions(measure.dataset)
        wanted_margin = margin_of(names, measure.dimensions(breakdown, "some category")[0])
        at = names.index("category" if measure.dataset == "Figure" else breakdown)
        fixed = _fixed(measure, names, breakdown)
        for period, cells in book.rows.get(measure.dataset, {}).items():
            if first <= period.first and period.last <= last:
                for codes in cells:
                    if margin_of(names, codes) == wanted_margin and fixed <= {*enumerate(codes)}:
                        found.add(codes[at])
    return found


def _fixed(measure: Measure, names: Codes, breakdown: str) -> set[tuple[int, str]]:
    """What every cell of a breakdown of a measure holds: the place of a code, and the code."""
    fixed = dict(measure.where)
    if measure.dataset == "Figure":
        fixed["breakdown"] = breakdown
    return {(names.index(name), code) for name, code in fixed.items()}


def _published_measure(spec: IndicatorSpec) -> Measure | None:
    return _figure(spec.published) if spec.published else None


@cache
def _figure(item: str) -> Measure:
    return Measure(dataset="Figure", where={"item": item})


@dataclass(frozen=True)
class _Result:
    numerator: Decimal | None
    denominator: Decimal | None
    value: float | None
    lower: float | None
    upper: float | None
    status: str
    present: int
    expected: int
    published: bool = False
    lacking: str = ""


@dataclass(frozen=True)
class _Cell:
    period_type: PeriodType
    period: Period
    months: list[Period]
    breakdown: str
    category: str


def _observe(spec: IndicatorSpec, sums: Sequence[Sums], area: str, cell: _Cell) -> list[Value]:
    """The observation of one cell: none when nothing was sent for it."""
    areas = [one.book.area for one in sums]
    rolled_up = areas != [area]
    result = _rolled_up(spec, sums, cell) if rolled_up else _own(spec, sums[0], cell)
    if result is None or (cell.period_type in ("ytd", "rolling") and result.status != REPORTED):
        return []
    return [
        Value(
            indicator=spec.id,
            area=area,
            period_type=cell.period_type,
            period=cell.period,
            breakdown=cell.breakdown,
            category=cell.category,
            numerator=result.numerator,
            denominator=result.denominator,
            value=result.value,
            lower=result.lower,
            upper=result.upper,
            status=result.status,
            present=result.present,
            expected=result.expected,
            published=result.published,
            parts=" ".join(areas) if rolled_up else "",
            lacking=result.lacking,
        )
    ]


def _own(spec: IndicatorSpec, sums: Sums, cell: _Cell) -> _Result | None:
    """What the area's own counts give, else what was printed for it."""
    result = _divide(spec, *_added(sums, cell))
    if result is None or result.status != REPORTED:
        return _published(spec, sums.book, cell) or result
    return result


def _rolled_up(spec: IndicatorSpec, sums: Sequence[Sums], cell: _Cell) -> _Result | None:
    """What the counts of several areas give together. Values that were printed without their counts add up to nothing,
    which the total says; of a breakdown only what every area sends is there."""
    books = [one.book for one in sums]
    pairs = [_added(one, cell) for one in sums]
    tops, bottoms = [top for top, _ in pairs], [bottom for _, bottom in pairs]
    lacking = " ".join(rollup.lacking(books, tops, bottoms if spec.denominator else None))
    together = bottoms[0] if spec.per_working_day else rollup.together(bottoms)
    result = _divide(spec, rollup.together(tops), together)
    if result is None and any(_published(spec, one, cell) for one in books):
        result = _Result(None, None, None, None, None, NOT_AVAILABLE, 0, len(cell.months))
    if result is None or (
        cell.breakdown != ALL and result.status in (NOT_SUBMITTED, NOT_AVAILABLE)
    ):
        return None
    return replace(result, lacking=lacking)


def _added(sums: Sums, cell: _Cell) -> Pair:
    span = cell.period_type, cell.period, cell.months
    top, bottom = sums.add_up(*span, cell.breakdown, cell.category)
    if sums.spec.as_expected:
        return top, _expected(bottom, *sums.add_up(*span, ALL, ALL))
    per_day = sums.spec.per_working_day
    return top, _working_days(cell.months[0], cell.months[-1]) if per_day else bottom


def _expected(part: Sum | None, events: Sum | None, whole: Sum | None) -> Sum | None:
    """How many of all the events a category would have if it had as many as its share of the whole; None without one
    of the three."""
    known = [one.amount for one in (part, events, whole) if one is not None and one.amount]
    if part is None or len(known) < 3:
        return None
    of, number, all_ = known
    return replace(part, amount=(number * of / all_).quantize(Decimal("0.0001")), of=number)


@lru_cache(maxsize=4096)
def _working_days(first: Period, last: Period) -> Sum:
    """The working days of a run of months; none before the first year whose bank holidays are known."""
    length = last.last - first.first + 1
    if first.start.year < FIRST_YEAR:
        return Sum(None, NOT_AVAILABLE, 0, length)
    days = working_days_between(first.start - timedelta(days=1), last.end)
    return Sum(Decimal(days), REPORTED, length, length)


def _divide(spec: IndicatorSpec, top: Sum | None, bottom: Sum | None) -> _Result | None:
    """The value and its interval from what was added up; None when nothing was sent."""
    if top is None or (spec.denominator is not None and bottom is None):
        return None
    if top.amount is None:
        return _Result(None, None, None, None, None, top.status, top.present, top.expected)
    if bottom is None:
        value = float(top.amount * spec.multiplier)
        lower, upper = _interval(spec, top.amount, None)
        return _Result(top.amount, None, value, lower, upper, REPORTED, top.present, top.expected)
    if bottom.amount is None:
        status, present = bottom.status, min(top.present, bottom.present)
        return _Result(None, None, None, None, None, status, present, top.expected)
    if bottom.amount == 0:  # a share of nothing is not a number
        return _Result(
            top.amount, bottom.amount, None, None, None, NOT_APPLICABLE, top.present, top.expected
        )
    value = float(top.amount * spec.multiplier / bottom.amount)
    lower, upper = _interval(spec, top.amount, bottom.amount, bottom.of)
    return _Result(
        top.amount, bottom.amount, value, lower, upper, REPORTED, top.present, top.expected
    )


def _interval(
    spec: IndicatorSpec, top: Decimal, bottom: Decimal | None, of: Decimal | None = None
) -> tuple[float | None, float | None]:
    """The 95% interval that fits the unit, or none where the numbers are not counts of events. What is set against what
    a share of the population leads to expect `of` all events is a part of those, so that its share of them has the
    interval (Wilson), over the share of the population, which is known."""
    if top < 0 or top != int(top):
        return None, None
    interval = None
    if bottom is None:
        events = spec.unit == "count" and not spec.no_limits  # a population is no count of events
        interval = count_interval(int(top)) if events else None
    elif of is not None:
        whole = of == int(of) and top <= of
        interval = wilson(int(top), int(of)).times(float(of / bottom)) if whole else None
    elif spec.unit == "percent" and bottom == int(bottom) and top <= bottom:
        interval = wilson(int(top), int(bottom)).times(spec.multiplier)
    elif spec.unit.startswith("rate"):
        interval = rate_interval(int(top), float(bottom), spec.multiplier)
    return (interval.lower, interval.upper) if interval else (None, None)


def _published(spec: IndicatorSpec, book: Book, cell: _Cell) -> _Result | None:
    """A value that was printed without its counts: only for its own period, never added or averaged."""
    measure = _published_measure(spec)
    if measure is None or cell.period_type in ("ytd", "rolling"):
        return None
    codes = measure.dimensions(cell.breakdown, cell.category)[0]
    reading = book.cell("Figure", cell.period, codes)
    if reading is None or reading.value is None:
        return None
    return _Result(None, None, float(reading.value), None, None, REPORTED, 1, 1, published=True)
