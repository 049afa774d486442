"""What a chart judges: the values that stand beside a number and are of the same time, and when a series is drawn with
limits, so that a verdict never stands without the lines that it rests on."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from lscb.periods import Period
from performance.indicators import limits
from performance.indicators.scorecard import ChartSpec
from performance.indicators.series import Notes, Value
from performance.indicators.spec import IndicatorSpec
from performance.pages.wording import Variation, variation
from performance.statistics.spc import Chart, Point
from performance.statistics.special_causes import RUN, Direction

LONG = RUN + 1  # points of a run after which somebody should ask whether limits still say something


def drawn_with(kinds: Sequence[Sequence[Value]], shown: Value | None) -> list[Value]:
    """The window of values that a row draws and judges beside the number it shows: of the finest kind of period with
    enough points that ends with that number, so that both are of the same time; else of the finest with enough."""
    if shown is not None:
        alike = [
            [one for one in kind if one.period.last <= shown.period.last]
            for kind in kinds
            if any(_is_beside(one, shown) for one in kind)
        ]
        found = limits.best(alike)
        if found:
            return found
    return limits.best(kinds)


def ends_with(values: Sequence[Value], shown: Value | None) -> bool:
    """Whether the last number of some values ends with the number shown, and is of no longer period."""
    return shown is not None and any(_is_beside(one, shown) for one in values)


def _is_beside(one: Value, shown: Value) -> bool:
    same_end = one.period.last == shown.period.last
    return one.is_reported and same_end and one.period.length <= shown.period.length


def not_judged(spec: IndicatorSpec, drawn: Sequence[Value], shown: Value | None) -> Variation:
    """The words for a number whose own time no chart judges, because the one that is drawn ends at another."""
    if shown is None or not drawn:
        return variation(spec, None)
    last = max(one.period for one in drawn if one.is_reported)
    sentence = f"{shown.period.label} is not judged: the {last.kind}s drawn end with {last.label}."
    return Variation("few", "Not judged", sentence)


def is_control_chart(
    spec: IndicatorSpec, chart: ChartSpec, values: Sequence[Value], notes: Notes
) -> bool:
    """Whether a series is drawn as a control chart: months and quarters as lines always, to say when they have no
    limits; years and bars where they have limits, by which the words beside them judge."""
    if chart.period_type not in limits.WINDOW:
        return False
    if chart.mark == "line" and chart.period_type != "year":
        return True
    return has_limits(spec, values, notes)


def has_limits(spec: IndicatorSpec, values: Sequence[Value], notes: Notes) -> bool:
    """Whether a series has limits of usual variation, by which words judge it."""
    if not values or values[0].period_type not in limits.WINDOW:
        return False
    return limits.chart(limits.window(values), spec, notes.rebases_of(spec.id)).refusal is None


def verdict(
    spec: IndicatorSpec,
    values: Sequence[Value],
    parts: Sequence[Sequence[Value]],
    rebases: Collection[Period] = (),
) -> tuple[Variation, Chart[Period] | None]:
    """What the chart of a series says, and that chart; where it shows nothing, or has no limits, what that of its
    shorter periods says (`parts`, the finest first), if they end with it. So no kind of period says 'too few points'
    where another shows a special cause."""
    own = chart_of(spec, values, rebases)
    found = variation(spec, own)
    last = max((one.period.last for one in values if one.is_reported), default=None)
    if found.is_signal:
        return found, own
    for listed in parts:
        chart = chart_of(spec, listed, rebases)
        if chart is None or chart.points[-1].label.last != last:
            continue
        other = variation(spec, chart)
        if other.is_signal or (other.is_judged and not found.is_judged):
            words = f"By {chart.points[-1].label.kind}: {other.words[:1].lower()}{other.words[1:]}"
            return replace(other, words=words), chart
    return found, own


def chart_of(
    spec: IndicatorSpec, values: Sequence[Value], rebases: Collection[Period]
) -> Chart[Period] | None:
    """The chart of a series over its window; None where too few points are worth drawing."""
    recent = limits.best([sorted(values, key=lambda one: one.period)])
    return limits.chart(recent, spec, rebases) if recent else None


def anew_words(chart: Chart[Period] | None) -> str:
    """That somebody may let limits begin anew, where a run has lasted long or a long one has ended; else empty. Only a
    person does it, who knows the cause."""
    if chart is None or chart.refusal is not None:
        return ""
    points = [one for one in chart.points if one.value is not None]
    points = [one for one in points if one.segment == points[-1].segment]
    place = len(points)
    while place:
        run = limits.run_of(points[:place])
        if len(run) >= LONG:
            return _anew(run, points[place:])
        place -= max(len(run), 1)
    return ""


def _anew(run: Sequence[Point[Period]], after: Sequence[Point[Period]]) -> str:
    kind, first, last = run[0].label.kind, run[0].label.label, run[-1].label.label
    if not after:
        return (
            f"It has lasted {len(run)} {kind}s, since {first}. Where its cause is known and it is to stay, limits can "
            "begin anew there."
        )
    side = "high" if run[0].direction == Direction.HIGH else "low"
    return (
        f"{len(run)} {kind}s, from {first} to {last}, were special causes ({side}), and that has ended. "
        f"Where its cause is known, limits can begin anew with {after[0].label.label}."
    )
