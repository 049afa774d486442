"""Charts as plain data: a Plotly figure is a dict. Sparklines are in performance.sparks.

The same thing has the same colour on every page; missing periods are gaps that say why; counts start at zero; limits
are the band of usual variation. Nothing here reads the database.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

from lscb.numbers import missing_words
from lscb.periods import Period, between
from performance.indicators import limits, series
from performance.indicators.limits import reachable
from performance.indicators.series import NO_NOTES, Notes
from performance.indicators.series import with_gaps as with_gaps
from performance.indicators.spec import IndicatorSpec, Target
from performance.pages import colours, marks
from performance.pages.chart_parts import (
    BAND_FILL,
    CONCERN,
    GREEN,
    IMPROVE,
    LINE,
    MEAN,
    NAMED,
    NEUTRAL,
    SOFT,
    Figure,
    flat,
    line,
    values_range,
    with_absences,
    with_end_labels,
)
from performance.pages.frames import frame
from performance.pages.span import on_show
from performance.queries.observations import Value
from performance.statistics.spc import Chart as Spc

JUDGEMENT_COLOURS = {
    "improvement": IMPROVE,
    "concern": CONCERN,
    "special cause, high": NEUTRAL,
    "special cause, low": NEUTRAL,
}
SYMBOLS = {
    "improvement": "circle",
    "concern": "diamond",
    "special cause, high": "triangle-up",
    "special cause, low": "triangle-down",
}
LABELLED_BARS = 13  # so many bars have room for their number above them


def spc(
    values: Sequence[Value],
    spec: IndicatorSpec,
    rebases: Collection[Period] = (),
    until: int | None = None,
) -> Spc[Period]:
    """The XmR chart of a series of one kind of period, gaps included, also those up to the month `until`."""
    return limits.chart(values, spec, rebases, until)


def control_chart(
    title: str,
    unit: str,
    values: Sequence[Value],
    spec: IndicatorSpec,
    notes: Notes = NO_NOTES,
    years: Sequence[Value] = (),
    judged: Spc[Period] | None = None,
) -> tuple[Figure, tuple[str, ...]]:
    """A line over time, cut where the series breaks, with the band of usual variation, the mean, the target, special
    causes, events, rebases and school terms; and in words what its signs stand for. `years` are those before the first
    value: single points to its left, on which neither limits nor the line rest. `judged` is the chart of the whole
    series where the values are a part of it."""
    chart = on_show(judged or spc(values, spec, notes.rebases_of(spec.id)), values)
    labels = [point.label.short for point in chart.points]
    data: list[Figure] = []
    ends: list[tuple[str, float, str]] = []
    if any(point.lower is not None for point in chart.points):
        data += _band(labels, chart, spec)
        ends += _band_ends(chart, spec)
    shade = colours.of_series(spec.id, values[0].area if values else "")
    for part in series.stretches([one for one in values if one.is_reported]):
        known = {one.period: one.value for one in part}
        heights = [known.get(point.label) for point in chart.points]
        named = line(spec.title, labels, heights, shade)
        data.append(named | {"showlegend": False})  # the title above the chart names it
    data += _special(chart)
    aims = [(spec.target_on(point.label.end), point.label.short) for point in chart.points]
    data += _targets(aims)
    if aims and (aim := aims[-1][0]):
        ends.append(("Target", aim.value, GREEN))
    if years:
        data.insert(0, _years(spec, years, chart.points[0].label))
    figure = frame(title, unit, data, zero=spec.unit == "count")
    values_range(figure, zero=spec.unit == "count")
    along = places(years, values)
    periods = [period for period, _ in along]
    figure, said = with_absences(figure, periods, [one for _, one in along])
    marks.with_terms(figure, periods, notes.terms or ())
    marked = marks.with_marks(figure, periods, spec.id, notes, lines_of(values, years, spec))
    return with_end_labels(marked, ends), said


def _targets(aims: Sequence[tuple[Target | None, str]]) -> list[Figure]:
    """The lines of the targets over the labels at which each counted; a band has two. One that counts at a single label
    is a dash there. The last is the one that a legend names."""
    found: list[Figure] = []
    for target, stretch in groupby(aims, key=lambda one: one[0]):
        if target is None:
            continue
        labels = [label for _, label in stretch]
        for level in (target.value, target.upper):
            if level is None:
                continue
            trace = flat("Target", labels, level, GREEN, "dash") | {"showlegend": False}
            if len(labels) == 1:
                trace |= {
                    "mode": "markers",
                    "marker": {"color": GREEN, "size": 7, "symbol": "square"},
                }
            found.append(trace if level == target.upper else _in_narrow(trace))
    named = [at for at, one in enumerate(found) if "meta" in one]
    return [one | {"meta": {}} if at in named[:-1] else one for at, one in enumerate(found)]


def years_before(values: Sequence[Value], years: Sequence[Value]) -> list[Value]:
    """The financial years that were reported before some months, quarters or later years."""
    if not values:
        return []
    first = min(value.period.first for value in values)
    recent = years if values[0].period.length == 12 else limits.window(years)
    return [one for one in recent if one.is_reported and one.period.last < first]


def places(years: Sequence[Value], values: Sequence[Value]) -> list[tuple[Period, Value | None]]:
    """The periods along a chart: the years before a series, with their gaps, then the series with its own."""
    if not years or not values:
        return with_gaps(values)
    first = min(value.period.first for value in values)
    return [*with_gaps(years, first - 1), *with_gaps(values)]


def _years(spec: IndicatorSpec, years: Sequence[Value], first: Period) -> Figure:
    """Years as single points, a flow as the mean of the shorter periods in it."""
    share = first.length / 12 if spec.aggregation == "sum" else 1
    found = with_gaps(years, first.first - 1)
    heights = [None if one is None or one.value is None else one.value * share for _, one in found]
    trace = line("Financial years", [period.short for period, _ in found], heights, SOFT)
    look = {"size": 8, "symbol": "square", "color": SOFT}
    return trace | {
        "mode": "markers",
        "marker": look,
        "hovertemplate": "%{x}: %{y:,.1f}<extra></extra>",
    }


def lines_of(
    values: Sequence[Value], years: Sequence[Value], spec: IndicatorSpec
) -> list[tuple[Period, str]]:
    """What a line stands for on a chart: each break of its series, and where years end and shorter periods begin."""
    found = [(one.period, one.words) for one in series.breaks_of([*years, *values])]
    if years and values and values[0].period.length == 12:
        words = (
            f"To the left stand earlier years; the limits rest on the last {limits.WINDOW['year']}"
        )
        found.append((min(value.period for value in values), words))
    elif years and values:
        kind = values[0].period.kind
        flow = f", each as the mean of its {kind}s" if spec.aggregation == "sum" else ""
        words = f"To the left stand financial years{flow}; the limits rest on the {kind}s alone"
        found.append((min(value.period for value in values), words))
    return found


def _special(chart: Spc[Period]) -> list[Figure]:
    """The special causes as larger signs, each kind named in the legend."""
    found = []
    for judgement, shade in JUDGEMENT_COLOURS.items():
        marked = [point for point in chart.points if point.judgement == judgement]
        if marked:
            found.append(
                {
                    "type": "scatter",
                    "mode": "markers",
                    "name": judgement.capitalize(),
                    "x": [point.label.short for point in marked],
                    "y": [point.value for point in marked],
                    "marker": {"color": shade, "size": 10, "symbol": SYMBOLS[judgement]},
                    "showlegend": True,
                    "hovertemplate": NAMED,
                }
            )
    return found


@dataclass(frozen=True)
class Named:
    """One of several series of a chart: its name, its colour (the same on every page), its values. A quiet one has no
    name beside it: an earlier stretch of a series, or one of many neighbours. `dash` tells those of one colour
    apart."""

    name: str
    colour: str
    values: Sequence[Value]
    quiet: bool = False
    dash: str = "solid"


def lines(
    title: str, unit: str, named: Sequence[Named], *, zero: bool
) -> tuple[Figure, tuple[str, ...]]:
    """Several series of one kind of period as lines, each with its name at its end; and what signs in gaps mean, and
    what of a period is missing beside others."""
    periods = sorted({value.period for one in named for value in one.values})
    every = between(periods[0], periods[-1]) if periods else []
    labels = [one.short for one in every]
    several = len({one.name for one in named}) > 1
    data, ends = [], []
    for one in named:
        known = {value.period: value.value for value in one.values}
        trace = line(one.name, labels, [known.get(period) for period in every], one.colour)
        trace["line"]["dash"] = one.dash
        beside = several and not one.quiet
        data.append(_in_narrow(trace) if beside else trace | {"showlegend": False})
        last = [known[period] for period in every if known.get(period) is not None]
        if last and beside:
            ends.append((one.name, float(last[-1] or 0), one.colour))
    figure = frame(title, unit, data, zero=zero)
    values_range(figure, zero=zero)
    figure, said = with_absences(figure, every, _there(named, every))
    said += _undrawn(named)
    return (with_end_labels(figure, ends) if several else figure), said


def _there(named: Sequence[Named], periods: Sequence[Period]) -> list[Value | None]:
    """What is known of each period: a number where any series has one, else the part of it that was sent."""
    found: dict[Period, Value] = {}
    for value in sorted(
        (value for one in named for value in one.values),
        key=lambda value: (value.is_reported, value.is_partial),
    ):
        found[value.period] = value
    return [found.get(period) for period in periods]


UNDRAWN = 4  # missing values that are named beneath a chart; the table holds all


def _undrawn(named: Sequence[Named]) -> tuple[str, ...]:
    """What is missing of periods that other series are drawn of: `Not drawn: Asian in 2023/24 (suppressed at
    source)`."""
    drawn = {value.period for one in named for value in one.values if value.is_reported}
    found = [
        f"{one.name} in {value.period.short} ({missing_words(value.status)})"
        for one in named
        for value in sorted(one.values, key=lambda value: value.period)
        if not value.is_reported and value.period in drawn
    ]
    if not found:
        return ()
    more = f"; and {len(found) - UNDRAWN} more, which the table names" if found[UNDRAWN:] else ""
    return (f"Not drawn: {'; '.join(found[:UNDRAWN])}{more}",)


def bars(
    title: str, unit: str, named: Sequence[Named], *, stacked: bool = False
) -> tuple[Figure, tuple[str, ...]]:
    """Several series as bars over periods, side by side or stacked; one series with its numbers above the bars. A
    period without any number has a sign in its place; what signs mean, and what is missing beside others, is given
    too."""
    found = sorted({value.period for one in named for value in one.values})
    periods = between(found[0], found[-1]) if found else []
    data: list[Figure] = []
    for one in named:
        known = {value.period: value.value for value in one.values}
        data.append(
            {
                "type": "bar",
                "name": one.name,
                "x": [period.short for period in periods],
                "y": [known.get(period) for period in periods],
                "marker": {"color": one.colour},
                "hovertemplate": NAMED,
            }
        )
    figure = frame(title, unit, data, zero=True)
    figure["layout"]["barmode"] = "stack" if stacked else "group"
    if len(named) == 1:
        data[0]["showlegend"] = False
        if len(periods) <= LABELLED_BARS:
            sign = "%" if unit == "%" else ""
            form = "%{y:,.1f}" if unit == "%" else "%{y:,}"
            data[0] |= {
                "texttemplate": form + sign,
                "textposition": "outside",
                "cliponaxis": False,
            }
    values_range(figure, zero=True)
    figure, said = with_absences(figure, periods, _there(named, periods))
    return figure, said + _undrawn(named)


def ranked(title: str, unit: str, categories: Sequence[tuple[str, float, str, str]]) -> Figure:
    """One bar for each category (name, value, the value as it is written, colour), lying down, the first at the
    top."""
    shown = categories[::-1]
    data = [
        {
            "type": "bar",
            "orientation": "h",
            "y": [name for name, _, _, _ in shown],
            "x": [value for _, value, _, _ in shown],
            "text": [text for _, _, text, _ in shown],
            "textposition": "outside",
            "cliponaxis": False,
            "marker": {"color": [shade for *_, shade in shown]},
            "hovertemplate": "%{y}: %{text}<extra></extra>",
        }
    ]
    figure = frame(title, unit, data, zero=True)
    figure["layout"] |= {
        "xaxis": {
            "rangemode": "tozero",
            "gridcolor": LINE,
            "fixedrange": True,
            "visible": False,  # each bar carries its number
        },
        "yaxis": {"automargin": True, "fixedrange": True, "ticklabelstandoff": 8},
        "height": 40 + 30 * len(shown),
        "margin": {"l": 16, "r": 64, "t": 8, "b": 8},
        "bargap": 0.35,
        "annotations": [],
        "showlegend": False,
    }
    return figure


def _band(labels: list[str], chart: Spc[Period], spec: IndicatorSpec) -> list[Figure]:
    """The band of usual variation and the mean, drawn under the line."""
    plain = {
        "type": "scatter",
        "mode": "lines",
        "x": labels,
        "hoverinfo": "skip",
        "line": {"width": 0},
    }
    ends = [reachable(spec, one.lower, one.upper) for one in chart.points]
    upper = plain | {"y": [high for _, high in ends], "showlegend": False}
    lower = plain | {
        "y": [low for low, _ in ends],
        "fill": "tonexty",
        "fillcolor": BAND_FILL,
        "name": "Usual variation",
    }
    mean = plain | {
        "y": [point.mean for point in chart.points],
        "name": "Mean",
        "line": {"width": 1.2, "color": MEAN, "dash": "dot"},
    }
    return [upper, _in_narrow(lower), _in_narrow(mean)]


def _band_ends(chart: Spc[Period], spec: IndicatorSpec) -> list[tuple[str, float, str]]:
    """The names beside the last limits and the last mean; none where limits that began anew have too few points yet,
    and no line reaches the end."""
    last = chart.points[-1]
    if last.lower is None:
        return []
    found = [("Mean", last.mean, SOFT)] if last.mean is not None else []
    _, upper = reachable(spec, last.lower, last.upper)
    if upper is not None:
        found.append(("Usual variation", upper, SOFT))
    return found


def _in_narrow(trace: Figure) -> Figure:
    """A trace that has its name beside it, and stands in the legend only where a narrow box has no room for that."""
    return trace | {"showlegend": False, "meta": {"narrow": True}}
