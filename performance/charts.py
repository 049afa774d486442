"""Charts as plain data: a Plotly figure is a dict, a sparkline a dataclass that a template draws as SVG.

The same thing has the same colour on every page; missing periods are gaps; counts start at zero; limits are the
band of usual variation. Nothing here reads the database.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from lscb.periods import Period, between
from performance.indicators import series
from performance.indicators.series import NO_NOTES, Notes
from performance.indicators.series import with_gaps as with_gaps
from performance.indicators.spec import IndicatorSpec
from performance.queries.observations import Value
from performance.statistics.spc import Chart as Spc

INK, SOFT, LINE, BLUE, BAND = "#14202b", "#52616f", "#dfe5ea", "#1d5f9e", "#e8eff5"
CONCERN, IMPROVE, NEUTRAL, GREEN = "#b8560a", "#14608f", "#5b3c88", "#0b6b3a"
# Colours that people with any colour vision tell apart (after Okabe and Ito), darkened to 3:1 on white.
PALETTE = (
    BLUE,
    "#b8560a",
    "#00775a",
    "#8c3a78",
    "#5c6b00",
    "#b0252f",
    "#3b3f8f",
    "#7a5200",
    "#00708c",
    "#5b6670",
)
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

Figure = dict[str, Any]


def colour(position: int) -> str:
    """The colour of the category at this position of its code list."""
    return PALETTE[position % len(PALETTE)]


def spc(
    values: Sequence[Value],
    spec: IndicatorSpec,
    rebases: Collection[Period] = (),
    until: int | None = None,
) -> Spc[Period]:
    """The XmR chart of a series of one kind of period, gaps included, also those up to the month `until`."""
    return series.chart(values, spec, rebases, until)


@dataclass(frozen=True)
class Spark:
    """A sparkline in a box of `width` by `height`: paths and lines in its coordinates, ready to draw."""

    width: int
    height: int
    paths: tuple[str, ...]
    band: tuple[float, float] | None
    mean: float | None
    target: float | None
    special: tuple[tuple[float, float, str], ...]
    last: tuple[float, float] | None
    label: str


def spark(
    chart: Spc[Period], target: float | None, label: str, width: int = 190, height: int = 44
) -> Spark | None:
    """A sparkline of an SPC chart, or None when it has no point."""
    points = chart.points
    known = [point.value for point in points if point.value is not None]
    if not known:
        return None
    segment = chart.segments[-1]
    lines = [one for one in (segment.lower, segment.upper, target) if one is not None]
    low, high = min(known + lines), max(known + lines)
    if high == low:
        low, high = low - 1, high + 1
    step = (width - 12) / max(len(points) - 1, 1)

    def x(position: int) -> float:
        return round(4 + position * step, 1)

    def y(value: float) -> float:
        return round(4 + (height - 8) * (high - value) / (high - low), 1)

    special = tuple(
        (x(position), y(point.value), "concern" if point.judgement == "concern" else "special")
        for position, point in enumerate(points)
        if point.value is not None and point.rule is not None
    )
    last = max(position for position, point in enumerate(points) if point.value is not None)
    limits = (segment.upper, segment.lower)
    return Spark(
        width=width,
        height=height,
        paths=_paths(
            [(x(i), y(p.value)) if p.value is not None else None for i, p in enumerate(points)]
        ),
        band=(y(limits[0]), round(y(limits[1]) - y(limits[0]), 1)) if None not in limits else None,  # type: ignore[arg-type]
        mean=y(segment.mean) if segment.mean is not None and segment.lower is not None else None,
        target=y(target) if target is not None else None,
        special=special,
        last=(x(last), y(points[last].value)),  # type: ignore[arg-type]
        label=label,
    )


def _paths(points: Sequence[tuple[float, float] | None]) -> tuple[str, ...]:
    """SVG paths, one for each stretch between gaps."""
    paths, stretch = [], []
    for point in [*points, None]:
        if point is not None:
            stretch.append(f"{point[0]:g} {point[1]:g}")
        elif stretch:
            paths.append("M" + "L".join(stretch))
            stretch = []
    return tuple(paths)


def control_chart(
    title: str, unit: str, values: Sequence[Value], spec: IndicatorSpec, notes: Notes = NO_NOTES
) -> Figure:
    """A line over time with the band of usual variation, the mean, the target, special causes, events and rebases."""
    chart = spc(values, spec, notes.rebases_of(spec.id))
    labels = [point.label.short for point in chart.points]
    data: list[Figure] = []
    if any(point.lower is not None for point in chart.points):
        data += _band(labels, chart)
    line = _line(spec.title, labels, [point.value for point in chart.points], BLUE)
    data.append(line | {"showlegend": False})  # the title above the chart names it
    for judgement, shade in JUDGEMENT_COLOURS.items():
        marked = [point for point in chart.points if point.judgement == judgement]
        if marked:
            data.append(
                {
                    "type": "scatter",
                    "mode": "markers",
                    "name": judgement.capitalize(),
                    "x": [point.label.short for point in marked],
                    "y": [point.value for point in marked],
                    "marker": {"color": shade, "size": 10, "symbol": SYMBOLS[judgement]},
                    "hovertemplate": "%{x}: %{y:,}<extra>" + judgement + "</extra>",
                }
            )
    if spec.target:
        data.append(_flat("Target", labels, spec.target.value, GREEN, "dash"))
        if spec.target.upper is not None:
            upper = _flat("Target", labels, spec.target.upper, GREEN, "dash")
            data.append(upper | {"showlegend": False})
    figure = _figure(title, unit, data, zero=spec.unit == "count" and spec.aggregation != "last")
    return with_marks(figure, [point.label for point in chart.points], spec.id, notes)


def marks_of(
    periods: Sequence[Period], indicator: str, notes: Notes
) -> list[tuple[str, Period, str]]:
    """The events and rebases that lie on a chart of these periods: (letter, the period it falls in, words)."""
    dated = [(one.period, f"{one.title} ({one.period.label})") for one in notes.events]
    dated += [(one, f"Limits begin anew with {one.label}") for one in notes.rebases_of(indicator)]
    found = []
    for when, words in sorted(dated):
        at = next((one for one in periods if one.first <= when.first <= one.last), None)
        if at is not None:
            found.append((at, words))
    return [(chr(65 + place % 26), at, words) for place, (at, words) in enumerate(found)]


def with_marks(figure: Figure, periods: Sequence[Period], indicator: str, notes: Notes) -> Figure:
    """The figure with a thin line and a letter for each event and rebase; the words stand beside the chart."""
    layout = figure["layout"]
    for letter, at, words in marks_of(periods, indicator, notes):
        line = {"color": SOFT, "width": 1, "dash": "dot"}
        place = {"xref": "x", "x": at.short, "yref": "paper"}
        shape = {"type": "line", "xref": "x", "x0": at.short, "x1": at.short, "yref": "paper"}
        layout["shapes"] = [*layout.get("shapes", []), shape | {"y0": 0, "y1": 1, "line": line}]
        note = place | {"y": 1, "text": letter, "hovertext": words, "showarrow": False}
        layout["annotations"] = [
            *layout["annotations"],
            note | {"yanchor": "top", "xanchor": "left"},
        ]
    return figure


def lines(
    title: str, unit: str, named: Sequence[tuple[str, Sequence[Value]]], *, zero: bool
) -> Figure:
    """Several series of one kind of period as lines, each labelled and in its own colour."""
    periods = sorted({value.period for _, values in named for value in values})
    every = between(periods[0], periods[-1]) if periods else []
    data = []
    for position, (name, values) in enumerate(named):
        known = {value.period: value.value for value in values}
        data.append(
            _line(
                name,
                [one.short for one in every],
                [known.get(one) for one in every],
                colour(position),
            )
        )
    return _figure(title, unit, data, zero=zero)


def bars(
    title: str, unit: str, named: Sequence[tuple[str, Sequence[Value]]], *, stacked: bool = False
) -> Figure:
    """Several series as bars over periods, side by side or stacked. A missing value leaves its place empty."""
    found = sorted({value.period for _, values in named for value in values})
    periods = between(found[0], found[-1]) if found else []
    data: list[Figure] = []
    for position, (name, values) in enumerate(named):
        known = {value.period: value.value for value in values}
        data.append(
            {
                "type": "bar",
                "name": name,
                "x": [one.short for one in periods],
                "y": [known.get(one) for one in periods],
                "marker": {"color": colour(position)},
                "hovertemplate": "%{x}: %{y:,}<extra>" + name + "</extra>",
            }
        )
    figure = _figure(title, unit, data, zero=True)
    figure["layout"]["barmode"] = "stack" if stacked else "group"
    return figure


def ranked(title: str, unit: str, categories: Sequence[tuple[str, float, str]]) -> Figure:
    """One bar for each category (name, value, the value as it is written), lying down, the first at the top."""
    shown = categories[::-1]
    data = [
        {
            "type": "bar",
            "orientation": "h",
            "y": [name for name, _, _ in shown],
            "x": [value for _, value, _ in shown],
            "text": [text for _, _, text in shown],
            "textposition": "outside",
            "cliponaxis": False,
            "marker": {"color": BLUE},
            "hovertemplate": "%{y}: %{text}<extra></extra>",
        }
    ]
    figure = _figure(title, unit, data, zero=True)
    figure["layout"] |= {
        "xaxis": {
            "rangemode": "tozero",
            "gridcolor": LINE,
            "fixedrange": True,
            "ticksuffix": "%" if unit == "%" else "",
        },
        "yaxis": {"automargin": True, "fixedrange": True, "ticklabelstandoff": 8},
        "height": 90 + 34 * len(shown),
        "margin": {"l": 16, "r": 64, "t": 12, "b": 32},
        "showlegend": False,
    }
    return figure


def _band(labels: list[str], chart: Spc[Period]) -> list[Figure]:
    """The band of usual variation and the mean, drawn under the line."""
    plain = {
        "type": "scatter",
        "mode": "lines",
        "x": labels,
        "hoverinfo": "skip",
        "line": {"width": 0},
    }
    upper = plain | {"y": [point.upper for point in chart.points], "showlegend": False}
    lowest = min((point.value for point in chart.points if point.value is not None), default=0.0)
    floor = 0.0 if lowest >= 0 else float("-inf")  # no limit is drawn where no value can lie
    lower = plain | {
        "y": [None if one.lower is None else max(one.lower, floor) for one in chart.points],
        "fill": "tonexty",
        "fillcolor": BAND,
        "name": "Usual variation",
    }
    mean = plain | {
        "y": [point.mean for point in chart.points],
        "name": "Mean",
        "line": {"width": 1.2, "color": "#6d8296", "dash": "dot"},
    }
    return [upper, lower, mean]


def _line(name: str, labels: list[str], values: list[float | None], shade: str) -> Figure:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": labels,
        "y": values,
        "connectgaps": False,
        "line": {"color": shade, "width": 2.2},
        "marker": {"size": 5},
        "hovertemplate": "%{x}: %{y:,}<extra>" + name + "</extra>",
    }


def _flat(name: str, labels: list[str], value: float, shade: str, dash: str) -> Figure:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": labels,
        "y": [value] * len(labels),
        "hoverinfo": "skip",
        "line": {"color": shade, "width": 1.5, "dash": dash},
    }


def _figure(title: str, unit: str, data: list[Figure], *, zero: bool) -> Figure:
    """A figure with the house's layout. Labels are category names, so that no axis invents dates."""
    return {
        "data": data,
        "layout": {
            "title": {"text": ""},
            "meta": {"title": title},
            "font": {
                "family": "system-ui, Segoe UI, Roboto, Arial, sans-serif",
                "size": 14,
                "color": INK,
            },
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": {"l": 16, "r": 16, "t": 28 if _unit_note(unit) else 12, "b": 32},
            "height": 340,
            "hovermode": "closest",
            "separators": ".,",
            "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": SOFT, "activecolor": BLUE},
            "legend": {
                "orientation": "h",
                "y": 1.04,
                "yanchor": "bottom",
                "x": 0,
                "traceorder": "normal",
                "itemclick": False,
                "itemdoubleclick": False,
            },
            "xaxis": {
                "type": "category",
                "showgrid": False,
                "linecolor": SOFT,
                "tickangle": 0,
                "nticks": 12,
                "automargin": True,
                "fixedrange": False,
            },
            "yaxis": {
                "rangemode": "tozero" if zero else "normal",
                "gridcolor": LINE,
                "zeroline": False,
                "title": {"text": ""},
                "ticksuffix": "%" if unit == "%" else "",
                "tickformat": "" if unit == "%" else ",",
                "automargin": True,
            },
            "annotations": _unit_note(unit),
        },
        "config": {
            "displaylogo": False,
            "responsive": True,
            "modeBarButtons": [["toImage", "zoom2d", "zoomIn2d", "zoomOut2d", "resetScale2d"]],
            "toImageButtonOptions": {"filename": title, "scale": 2},
        },
    }


def _unit_note(unit: str) -> list[Figure]:
    """The unit above the axis, lying flat, where the axis itself does not carry it."""
    if unit in ("", "%", "number"):
        return []
    place = {
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": 1,
        "xanchor": "left",
        "yanchor": "bottom",
    }
    return [place | {"text": unit, "showarrow": False, "font": {"size": 12, "color": SOFT}}]


def frame(title: str, unit: str, data: list[Figure]) -> Figure:
    """A figure of the house's layout around traces made elsewhere."""
    return _figure(title, unit, data, zero=False)


def line(name: str, labels: list[str], values: Sequence[float | None], shade: str) -> Figure:
    """One series over labels."""
    return _line(name, labels, list(values), shade)


def flat(name: str, labels: list[str], value: float, shade: str, dash: str) -> Figure:
    """A level line over labels."""
    return _flat(name, labels, value, shade, dash)
