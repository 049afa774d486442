"""The figure around the traces of a chart: its letters, margins, legend and axes, and what its unit is."""

from performance.pages.chart_parts import BLUE, CLEAR, HEIGHT, INK, LINE, SOFT, Figure

FONTS = "system-ui, Segoe UI, Roboto, Arial, sans-serif"


def frame(title: str, unit: str, data: list[Figure], *, zero: bool = False) -> Figure:
    """A figure of the house's layout around traces. `zero`: the axis of values begins at zero."""
    note = _unit_note(unit)
    return {
        "data": data,
        "layout": {
            "title": {"text": ""},
            "meta": {"title": title},
            "font": {"family": FONTS, "size": 14, "color": INK},
            "paper_bgcolor": CLEAR,
            "plot_bgcolor": CLEAR,
            "margin": {"l": 16, "r": 16, "t": 28 if note else 12, "b": 32},
            "height": HEIGHT,
            "hovermode": "closest",
            "separators": ".,",
            "modebar": {"bgcolor": CLEAR, "color": SOFT, "activecolor": BLUE},
            "legend": _legend(),
            "xaxis": _periods_axis(),
            "yaxis": _values_axis(unit, data, zero=zero),
            "shapes": [],
            "annotations": note,
        },
        "config": {
            "displaylogo": False,
            "responsive": True,
            "modeBarButtons": [["zoom2d", "zoomIn2d", "zoomOut2d", "resetScale2d"]],
        },
    }


def _legend() -> Figure:
    """What the traces are called, in a line above them, of which none can be switched off."""
    return {
        "orientation": "h",
        "y": 1.04,
        "yanchor": "bottom",
        "x": 0,
        "traceorder": "normal",
        "itemclick": False,
        "itemdoubleclick": False,
    }


def _periods_axis() -> Figure:
    """The axis of periods, without lines across."""
    return {
        "type": "category",
        "showgrid": False,
        "linecolor": SOFT,
        "tickangle": 0,
        "nticks": 12,
        "automargin": True,
        "fixedrange": False,
    }


def _values_axis(unit: str, data: list[Figure], *, zero: bool) -> Figure:
    found = [one for trace in data for one in trace.get("y", []) if isinstance(one, int | float)]
    axis: Figure = {
        "rangemode": "tozero" if zero else "normal",
        "gridcolor": LINE,
        "zeroline": False,
        "title": {"text": ""},
        "ticksuffix": "%" if unit == "%" else "",
        "tickformat": "" if unit == "%" else ",",
        "automargin": True,
    }
    if unit == "number" and found and max(found) <= 5:
        axis["dtick"] = 1  # nobody counts half a child
    return axis


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
