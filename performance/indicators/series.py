"""A series of observations: the values, their gaps, the window that limits rest on, and the control chart of it.

Every page, the signals and the words take their chart from here, so that they cannot disagree. No Django, no I/O.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from itertools import takewhile
from operator import attrgetter
from typing import NamedTuple

from lscb.numbers import format_value, missing_words
from lscb.periods import Period, between
from performance.indicators.spec import IndicatorSpec
from performance.indicators.terms import Term
from performance.intake.spec import NOT_APPLICABLE, REPORTED
from performance.statistics.spc import LOW_MEAN, MINIMUM, Point, Polarity, xmr
from performance.statistics.spc import Chart as Spc

FIRST = attrgetter("first")  # orders periods of one kind, sooner than they order themselves
WINDOW = {"month": 24, "quarter": 12, "year": 12}
# How far the window reaches back where gaps leave fewer numbers in it than limits need.
REACH = {"month": 36, "quarter": 18, "year": 18}
# From so many points on a kind of period makes a series worth drawing.
ENOUGH = {"month": 6, "quarter": 4, "year": 2}
RARE = f"the mean is under {LOW_MEAN}, and with counts this small chance often looks like a signal"
POLARITIES = {"high": Polarity.HIGH, "low": Polarity.LOW, "none": Polarity.NEUTRAL}


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


def window(values: Sequence[Value]) -> list[Value]:
    """The values on which limits rest: the last 24 months, 12 quarters or 12 years up to the last one; where gaps leave
    fewer numbers in these than limits need, back to the twelfth last, at most half as far again."""
    if not values:
        return []
    kind, last = values[0].period_type, max((value.period for value in values), key=FIRST)
    first = last.shift(1 - WINDOW[kind]).first
    known = sorted(value.period.first for value in values if value.is_reported)[-MINIMUM:]
    if len(known) == MINIMUM and last.shift(1 - REACH[kind]).first <= known[0] < first:
        first = known[0]
    return [value for value in values if value.period.first >= first]


def chart(
    values: Sequence[Value],
    spec: IndicatorSpec,
    rebases: Collection[Period] = (),
    until: int | None = None,
) -> Spc[Period]:
    """The XmR chart of a series of one kind of period, gaps included, also those up to the month `until`. A rebase, and
    a break of the series that nobody called comparable, begins a new segment at the first period that starts with it
    or after it, of a stock at the first that ends so; one outside the series changes nothing. A period in which one
    lies holds figures of both kinds: it is a segment of its own, which nothing judges."""
    points = [
        (period, value.value if value else None) for period, value in with_gaps(values, until)
    ]
    aim = spec.target_on(points[-1][0].end) if points else None
    target = aim.value if aim and aim.upper is None else None
    at_end = spec.aggregation == "last"
    anew = {*rebases, *_broken(values)}
    begins = _starts([period for period, _ in points], anew, at_end=at_end)
    found = judged(
        tuple(points),
        POLARITIES[spec.polarity],
        target,
        frozenset(begins),
        spec.no_limits,
        counts=spec.unit == "count",
    )
    last = points[-1][0] if points else None
    inside = [one for one in anew if last and _lies_within(one, last) and not at_end]
    if last is None or not inside or spec.no_limits:
        return found
    return _unjudged(found, f"{last.label} holds figures from before and after {max(inside).label}")


@lru_cache(maxsize=8192)
def judged(
    points: tuple[tuple[Period, float | None], ...],
    polarity: Polarity,
    target: float | None,
    rebases: frozenset[Period],
    withheld: str = "",
    *,
    counts: bool = False,
) -> Spc[Period]:
    """The chart of these numbers, without limits where they are counts of events so rare that it would flag too much.
    The same numbers give the same chart, so that of a new state of the data only what changed is worked out."""

    def drawn(withheld: str) -> Spc[Period]:
        return xmr(
            points,
            polarity=polarity,
            target=target,
            rebases=rebases,
            counts=counts,
            withheld=withheld,
        )

    found = drawn(withheld)
    latest = found.segments[-1] if counts and found.segments and not withheld else None
    if latest is None or latest.mean is None or latest.points < MINIMUM:
        return found
    return drawn(RARE) if latest.mean < LOW_MEAN else found


def _unjudged(chart: Spc[Period], why: str) -> Spc[Period]:
    """A chart whose latest point nothing judges, with the reason instead of how few points its segment has."""
    assurance = replace(chart.assurance, words=f"No assurance: {why}")
    variation = replace(chart.variation, words=f"No limits: {why}")
    return replace(chart, refusal=why, variation=variation, assurance=assurance)


def reachable(
    spec: IndicatorSpec, lower: float | None, upper: float | None
) -> tuple[float | None, float | None]:
    """Limits of usual variation as charts draw and words tell them: one that no value can reach is the number at which
    it stops. Nothing is under 0, and a percentage of a whole is not over 100."""
    is_share = spec.unit == "percent" and not spec.can_pass_100
    low = None if lower is None else max(lower, 0.0)
    return low, min(upper, 100.0) if upper is not None and is_share else upper


def cautions(chart: Spc[Period], *, short: bool = False) -> list[str]:
    """How far the limits of a chart can be trusted: whether they are provisional. `short` where that stands beside a
    number and the chart says the whole."""
    if not chart.provisional:
        return []
    points = chart.segments[-1].baseline
    whole = f"The limits are provisional: they rest on {points} points"
    return [f"Provisional limits ({points} points)" if short else whole]


def run_of(points: Sequence[Point[Period]]) -> list[Point[Period]]:
    """The flagged points of one direction and segment that end with the last one, all of which have a value."""
    last = points[-1]
    run: list[Point[Period]] = []
    for point in reversed(points):
        same = (point.direction, point.segment) == (last.direction, last.segment)
        if point.rule is None or not same:
            break
        run.insert(0, point)
    return run


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


def _broken(values: Sequence[Value]) -> set[Period]:
    """Where the breaks of a series lie that nobody called comparable."""
    return {one.period for one in breaks_of(values) if not one.comparable}


def _starts(
    periods: Sequence[Period], rebases: Collection[Period], *, at_end: bool = False
) -> set[Period]:
    """The points at which segments begin: never the first, which begins one anyway. A period in which a rebase lies
    begins one of its own; `at_end` for numbers that are of a period's last day, which are of one kind."""
    found = set()
    for rebase in rebases:
        for one in periods:
            if (one.last if at_end else one.first) >= rebase.first:
                found.add(one)
                break
            if not at_end and _lies_within(rebase, one):
                found.add(one)
    return found - {periods[0]} if periods else found


def _lies_within(rebase: Period, period: Period) -> bool:
    """Whether a rebase lies in the middle of a period, which then holds figures of both kinds."""
    return period.first < rebase.first <= period.last


def best(kinds: Sequence[Sequence[Value]]) -> list[Value]:
    """Of several kinds of period the window of the finest that has enough points for limits; else of the finest that
    has enough to be drawn; empty where none has."""
    recent = [(one, _numbers(one)) for one in map(window, kinds) if one]
    with_limits = (one for one, numbers in recent if numbers >= MINIMUM)
    drawn = (one for one, numbers in recent if numbers >= ENOUGH[one[0].period_type])
    return next(with_limits, None) or next(drawn, [])


def finest(kinds: Sequence[Sequence[Value]]) -> list[Value]:
    """Of several kinds of period the window of the finest that has enough points to be drawn: how often somebody sends
    numbers; empty where none has."""
    recent = (one for one in map(window, kinds) if one)
    return next((one for one in recent if _numbers(one) >= ENOUGH[one[0].period_type]), [])


def _numbers(values: Sequence[Value]) -> int:
    return sum(1 for one in values if one.is_reported)
