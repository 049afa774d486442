"""A series of observations: the values, their gaps and breaks, and how they are written. No Django, no I/O."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import takewhile
from operator import attrgetter
from typing import NamedTuple

from lscb.numbers import format_value, missing_words
from lscb.periods import Period, between
from performance.indicators.spec import IndicatorSpec
from performance.indicators.terms import Term
from performance.intake.spec import NOT_APPLICABLE, REPORTED

FIRST = attrgetter("first")  # orders periods of one kind, sooner than they order themselves


@dataclass(frozen=True)
class Break:
    """A break of a series: from `period` on figures mean something else, or come from another agency. Nothing is
    compared across it, unless a person said that it may be (`comparable` then says who, when and why). `of_stock`: the
    figures are those of a period's last day, so that a period in which it lies belongs to what comes after."""

    period: Period
    why: str
    comparable: str = ""
    of_stock: bool = False

    @property
    def words(self) -> str:
        """`Figures from 2024/25 on do not compare with earlier ones: shares follow local groups`."""
        if self.comparable:
            return f"From {self.period.label} on {self.why}; comparable all the same, {self.comparable}"
        return f"Figures from {self.period.label} on do not compare with earlier ones: {self.why}"


class Value(NamedTuple):
    """An observation: an indicator's value for an area, a period and a category. `period` names the last month for
    ytd and rolling; `present` of `expected` months were sent; `breaks` are those of its series. A roll-up names the
    areas it is added up from in `parts`, and those without a number in `lacking` (codes with a space between).
    A named tuple, because a page makes a thousand of them, and one is made in a third of a dataclass's time."""

    indicator: str
    area: str
    period_type: str
    period: Period
    breakdown: str
    category: str
    numerator: Decimal | None
    denominator: Decimal | None
    value: float | None
    lower: float | None
    upper: float | None
    status: str
    present: int
    expected: int
    published: bool = False
    parts: str = ""
    lacking: str = ""
    breaks: tuple[Break, ...] = ()

    @property
    def first_month(self) -> int:
        """The first month that it covers, counted as `Period.first`."""
        if self.period_type == "rolling":
            return self.period.last - 11
        return self.period.year.first if self.period_type == "ytd" else self.period.first

    @property
    def is_rolled_up(self) -> bool:
        """Whether it is added up from the areas within its own."""
        return bool(self.parts)

    @property
    def is_reported(self) -> bool:
        """Whether there is a number."""
        return self.status == REPORTED

    @property
    def there(self) -> tuple[int, int, str]:
        """How many were sent, of how many, and of what: months, or for a roll-up areas."""
        if self.is_rolled_up:
            areas = len(self.parts.split())
            return areas - len(self.lacking.split()), areas, "areas"
        return self.present, self.expected, "months"

    @property
    def coverage(self) -> str:
        """`2 of 3 months`, for a roll-up `2 of 3 areas`."""
        present, expected, what = self.there
        return f"{present} of {expected} {what}"

    @property
    def is_partial(self) -> bool:
        """Whether some months (of a roll-up: areas) were sent and some not."""
        present, expected, _ = self.there
        return not self.is_reported and 0 < present < expected


def break_between(before: Value, after: Value) -> Break | None:
    """The first break that keeps two values of one series from being compared; None where they may be. A period in
    which a break lies holds figures of both kinds, and compares with neither side; the number at its end (a stock)
    compares with what comes after."""
    first, last = sorted((before, after), key=lambda one: (one.period, one.first_month))
    return next(
        (
            one
            for one in last.breaks
            if not one.comparable
            and (first.period.last if one.of_stock else first.first_month) < one.period.first
            and one.period.first <= last.period.last
        ),
        None,
    )


def breaks_within(value: Value) -> list[Break]:
    """The breaks that lie within the period of a number, so that it holds figures of both kinds."""
    return [
        one
        for one in value.breaks
        if not (one.comparable or one.of_stock)
        and value.first_month < one.period.first <= value.period.last
    ]


def rebase_between(
    spec: IndicatorSpec, before: Value, after: Value, rebases: Collection[Period]
) -> Period | None:
    """The last rebase that lies between two values of a series, so that limits of the later one say nothing of a change
    from the earlier one; None where there is none. One within a period lies after its beginning, of a stock after its
    end."""
    start = before.period.last if spec.aggregation == "last" else before.first_month
    return max((one for one in rebases if start < one.first <= after.period.last), default=None)


@dataclass(frozen=True)
class Mark:
    """An event on a chart: the month it lies in, what it was, and who says so."""

    period: Period
    title: str
    source: str


@dataclass(frozen=True)
class Notes:
    """What people and history add to an area's charts: events, school terms where a page shows them (then `terms` are
    those that are known, else it is None), and by indicator where limits begin anew."""

    events: tuple[Mark, ...] = ()
    terms: tuple[Term, ...] | None = None
    rebases: Mapping[str, tuple[Period, ...]] = field(default_factory=dict, hash=False)

    def rebases_of(self, indicator: str) -> tuple[Period, ...]:
        """Where the limits of an indicator begin anew."""
        return self.rebases.get(indicator, ())


NO_NOTES = Notes()


def none_words(spec: IndicatorSpec, value: Value) -> str:
    """Why there is no number, in a few words: that there was nothing to divide by (`no challenges due`), else the words
    of its status."""
    if value.status == NOT_APPLICABLE and value.denominator == 0:
        return f"no {spec.denominator_words}"
    return missing_words(value.status)


def write(spec: IndicatorSpec, value: Value) -> str:
    """A value as it is written, or the words for why there is none."""
    if not value.is_reported:
        return none_words(spec, value)
    return format_value(
        value.value,
        spec.unit,
        numerator=value.numerator,
        denominator=value.denominator,
        status=value.status,
    )


def with_gaps(
    values: Sequence[Value], until: int | None = None
) -> list[tuple[Period, Value | None]]:
    """Every period from the first to the last value, None where nothing was sent. `until` is the month (counted as
    `Period.first`) up to which numbers were due, where that is later."""
    if not values:
        return []
    known = {value.period.first: value for value in values}
    last = known[max(known)].period
    while until is not None and last.shift(1).last <= until:
        last = last.shift(1)
    first = known[min(known)].period
    return [(period, known.get(period.first)) for period in between(first, last)]


def since_whole(values: Sequence[Value]) -> tuple[list[Value], str]:
    """A roll-up without the periods before its first number, for which only some of its areas sent counts; and a
    sentence that says so, empty where nothing is left out. Another series as it is."""
    ordered = sorted(values, key=lambda one: one.period)
    lead = list(takewhile(lambda one: one.is_rolled_up and not one.is_reported, ordered))
    if not lead or len(lead) == len(ordered):
        return list(values), ""
    span = lead[0].period.label
    when = f"For {span}" if len(lead) == 1 else f"From {span} to {lead[-1].period.label}"
    most = max(lead, key=lambda one: one.there[0])
    said = f"{when} at most {most.coverage} sent counts, so there is no sum and nothing is shown"
    return ordered[len(lead) :], said


def breaks_of(values: Sequence[Value]) -> list[Break]:
    """The breaks of some series, each once, in order."""
    return sorted({one for value in values for one in value.breaks}, key=lambda one: one.period)


def stretches(values: Sequence[Value]) -> list[list[Value]]:
    """A series as its stretches between the breaks that nobody called comparable, the earliest first."""
    parts: list[list[Value]] = []
    for value in values:
        if parts and break_between(parts[-1][-1], value) is None:
            parts[-1].append(value)
        else:
            parts.append([value])
    return parts


def begun_anew(values: Sequence[Value]) -> set[Period]:
    """The periods of a series whose numbers no longer compare with those before, because a break lies between them."""
    if not any(one.breaks for one in values):
        return set()
    reported = [one for one in values if one.is_reported]
    return {part[0].period for part in stretches(reported)[1:]}
