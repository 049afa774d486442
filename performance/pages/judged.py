"""What a chart judges: the values that stand beside a number and are of the same time, and when a series is drawn with
limits, so that a verdict never stands without the lines that it rests on."""

from collections.abc import Sequence

from performance.indicators import series
from performance.indicators.series import Notes, Value
from performance.indicators.spec import ChartSpec, IndicatorSpec
from performance.pages.wording import Variation, variation


def drawn_with(kinds: Sequence[Sequence[Value]], shown: Value | None) -> list[Value]:
    """The window of values that a row draws and judges beside the number it shows: of the finest kind of period with
    enough points that ends with that number, so that both are of the same time; else of the finest with enough."""
    if shown is not None:
        alike = [
            [one for one in kind if one.period.last <= shown.period.last]
            for kind in kinds
            if any(_is_beside(one, shown) for one in kind)
        ]
        found = series.best(alike)
        if found:
            return found
    return series.best(kinds)


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
    if chart.period_type not in series.WINDOW:
        return False
    if chart.mark == "line" and chart.period_type != "year":
        return True
    judged = series.chart(series.window(values), spec, notes.rebases_of(spec.id))
    return judged.refusal is None
