"""Events too rare for limits of usual variation: how long it was from each to the next, as a g chart, or why even that
is no chart.

It rests on the whole series since its last break or rebase, not on the last 24 months: of rare events there are few.
"""

from collections.abc import Collection, Sequence

from lscb.numbers import format_number, plural
from lscb.periods import Period
from performance.indicators import limits, series
from performance.indicators.series import Value
from performance.indicators.spec import IndicatorSpec
from performance.statistics import rare
from performance.statistics.spc import LOW_MEAN
from performance.statistics.special_causes import Direction

Gap = rare.Gap[Period]
Chart = rare.RareChart[Period]


def chart(
    spec: IndicatorSpec, values: Sequence[Value], rebases: Collection[Period] = ()
) -> Chart | None:
    """The chart of the periods from event to event in a series of one kind of period; None for what is no count of
    events, or where their mean is 3 or more and an XmR chart serves."""
    if spec.unit != "count" or spec.aggregation != "sum" or not values:
        return None
    counts = events(values, rebases)
    known = [count for _, count in counts if count is not None]
    if not known or sum(known) >= LOW_MEAN * len(known):
        return None
    return rare.g_chart_of_counts(counts)


def events(values: Sequence[Value], rebases: Collection[Period]) -> list[tuple[Period, int | None]]:
    """The counts of a series since its last break or rebase, gaps included."""
    part = series.stretches(sorted(values, key=lambda one: one.period))[-1]
    since = max((one for one in rebases if one.first <= part[-1].period.last), default=None)
    if since is not None:
        part = [one for one in part if one.period.first >= since.first] or part
    return [
        (period, None if one is None or one.value is None else int(one.value))
        for period, one in series.with_gaps(part)
    ]


def judgement(spec: IndicatorSpec, direction: Direction | None) -> str:
    """What an unusual gap is, by its side: events that became rarer are better where fewer are."""
    if direction is None or spec.polarity == "none":
        return ""
    return "improvement" if (direction is Direction.HIGH) == (spec.polarity == "low") else "concern"


def latest(chart: Chart, kind: str) -> tuple[Direction, str] | None:
    """What the latest time between events shows that is no chance, with its side (high: events became rarer), as a
    clause; None where it shows nothing."""
    if chart.refusal is not None or chart.upper is None:
        return None
    usual = f"usually it is at most {format_number(chart.upper, 1)}"
    if chart.open_signal and chart.open_gap is not None:
        since = plural(int(chart.open_gap), kind)
        return Direction.HIGH, f"{since} have passed since the last event, and {usual}"
    last = chart.gaps[-1]
    if last.rule is None or last.direction is None:
        return None
    if last.length > chart.upper:
        return (
            last.direction,
            f"{plural(int(last.length), kind)} passed before the last event, and {usual}",
        )
    way = "longer" if last.direction is Direction.HIGH else "shorter"
    return last.direction, (
        f"the last {_run(chart.gaps)} gaps between events were all {way} than the usual "
        f"{format_number(chart.centre or 0.0, 1)} {kind}s"
    )


def said(chart: Chart | None, kind: str) -> str:
    """What the time between events says of the latest period, as a sentence; or why nothing does."""
    if chart is None:
        return f"No limits: {limits.RARE}."
    if chart.refusal is not None:
        return f"Too rare for limits of usual variation, and the time between events makes no chart: {chart.refusal}."
    found = latest(chart, kind)
    if found is None:
        return "Too rare for limits of usual variation; the time between events is as usual."
    return f"Too rare for limits of usual variation; the time between events is a special cause: {found[1]}."


def _run(gaps: Sequence[Gap]) -> int:
    """How many gaps, the last included, lie on its side without a break."""
    side = gaps[-1].direction
    length = 0
    for gap in reversed(gaps):
        if gap.direction is not side:
            break
        length += 1
    return length
