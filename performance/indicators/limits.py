"""The control chart of a series: the window that its limits rest on, where its segments begin, how far the limits reach
and can be trusted.

Every page, the signals and the words take their chart from here, so that they cannot disagree. No Django, no I/O.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache

from lscb.periods import Period
from performance.indicators.series import FIRST, Value, breaks_of, with_gaps
from performance.indicators.spec import IndicatorSpec
from performance.statistics.spc import LOW_MEAN, MINIMUM, Point, Polarity, xmr
from performance.statistics.spc import Chart as Spc
from performance.statistics.special_causes import Rule

WINDOW = {"month": 24, "quarter": 12, "year": 12}
# How far the window reaches back where gaps leave fewer numbers in it than limits need.
REACH = {"month": 36, "quarter": 18, "year": 18}
# From so many points on a kind of period makes a series worth drawing.
ENOUGH = {"month": 6, "quarter": 4, "year": 2}
RARE = f"the mean is under {LOW_MEAN}, and with counts this small chance often looks like a signal"
POLARITIES = {"high": Polarity.HIGH, "low": Polarity.LOW, "none": Polarity.NEUTRAL}


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


def cautions_before(chart: Spc[Period]) -> list[str]:
    """The same of limits that a chart shows for a time before limits began anew."""
    drawn = {point.segment for point in chart.points if point.lower is not None}
    return [
        f"The limits from {one.first.label} to {one.last.label} are provisional: they rest on {one.baseline} points"
        for place, one in enumerate(chart.segments[:-1])
        if one.provisional and place in drawn
    ]


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


def lasts(run: Sequence[Point[Period]]) -> bool:
    """Whether what is said of the last point of a run holds of all of it, so that it may be said since the first: its
    rule is that of all, or that all lie on one side of the mean."""
    return run[-1].rule == Rule.SHIFT or all(one.rule == run[-1].rule for one in run)
