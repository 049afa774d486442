"""A chart as a picture: the figure that the browser draws, drawn as SVG for paper, Word and downloads.

It understands what `charts.py` makes (lines, bars, bands, shading, labels, signs) and carries its title, what its signs
mean, its source and its date, so that it can stand alone. Nothing here reads the database.
"""

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from math import floor, log10
from typing import Any

from lscb.numbers import format_number
from lscb.printable import printable
from performance.pages.chart_parts import BAND, INK, LINE, SOFT, Figure

WIDTH, PLOT, LETTER = 900, 320, 7.0
FONT = "DejaVu Sans, Segoe UI, Arial, sans-serif"


@dataclass(frozen=True)
class Box:
    """Where the plot lies in the picture, and how places and values become pixels. `low` and `high` bound the values,
    `places` is how many places the other axis has; where it holds numbers instead, `bounds` are its ends."""

    left: float
    top: float
    width: float
    height: float
    low: float
    high: float
    places: int
    bounds: tuple[float, float] | None = None

    def x(self, place: float) -> float:
        """The pixel of a place; places are counted from 0 and stand in the middle of their share."""
        if self.bounds:
            first, last = self.bounds
            return round(self.left + self.width * (place - first) / ((last - first) or 1), 1)
        return round(self.left + self.width * (place + 0.5) / max(self.places, 1), 1)

    def y(self, value: float) -> float:
        """The pixel of a value."""
        share = (self.high - value) / ((self.high - self.low) or 1)
        return round(self.top + self.height * share, 1)


def svg(
    figure: Figure, title: str, lines_below: Sequence[str] = (), *, is_headed: bool = True
) -> str:
    """The figure as an SVG file of its own, `title` above (where nothing else heads it) and `lines_below` (signs,
    source, date) beneath."""
    lying = any(trace.get("orientation") == "h" for trace in figure["data"])
    head = textwrap.wrap(title, 76) if is_headed else []
    legend = _legend(figure)
    top = 24 + 24 * len(head) + (26 if legend else 0) + (18 if _unit(figure) else 0)
    box = _lying_box(figure, top) if lying else _box(figure, top)
    parts = [_text(16, 28 + 24 * at, line, size=18, weight=700) for at, line in enumerate(head)]
    parts += _legend_parts(legend, 24 + 24 * len(head))
    parts += _lying_bars(figure, box) if lying else _plot(figure, box)
    y = box.top + box.height + (16 if lying else 68 if box.bounds else 48)
    for line in (one for text in lines_below for one in textwrap.wrap(text, 118)):
        parts.append(_text(16, y, line, size=13, colour=SOFT))
        y += 19
    height = round(y + 4)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
        f'font-family="{FONT}"><title>{escape(printable(title))}</title>'
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>' + "".join(parts) + "</svg>"
    )


def png(picture: str) -> bytes:
    """An SVG picture as PNG in twice its size, for programs that show no SVG."""
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=picture, zoom=2))


def _plot(figure: Figure, box: Box) -> list[str]:
    """Everything within the axes: what lies under the data, the data, what lies over it."""
    names = categories(figure)
    at = {name: float(name) if box.bounds else place for place, name in enumerate(names)}
    layout = figure["layout"]
    parts = [_shape(one, box) for one in layout.get("shapes", [])]
    parts += _grid(figure, box)
    parts += _bars(figure, box, at)
    before: Figure | None = None
    for trace in figure["data"]:
        if trace["type"] == "scatter":
            parts += _scatter(trace, before, box, at)
            before = trace
    parts += [_annotation(one, box, at) for one in layout.get("annotations", [])]
    return parts + (_number_labels(figure, box) if box.bounds else _labels(names, box))


def categories(figure: Figure) -> list[str]:
    """The names along the axis of periods, in order."""
    return list(dict.fromkeys(str(one) for trace in figure["data"] for one in trace["x"]))


def _box(figure: Figure, top: float) -> Box:
    low, high = _limits(figure)
    ticks = nice_ticks(low, high)
    sign = figure["layout"]["yaxis"].get("ticksuffix", "")
    left = 26 + max((len(_tick(one, ticks) + sign) for one in ticks), default=1) * LETTER
    ends = [one for one in figure["layout"]["annotations"] if one.get("name") == "end"]
    longest = max((len(text) for one in ends for text in one["text"].split("\n")), default=0)
    right = 20 + longest * LETTER
    reverse = _limits_given(figure) and figure["layout"]["yaxis"]["range"][0] > high - 1e-9
    if reverse:
        low, high = high, low
    axis = figure["layout"]["xaxis"]
    bounds = (axis["range"][0], axis["range"][1]) if axis.get("type") == "linear" else None
    return Box(left, top, WIDTH - left - right, PLOT, low, high, len(categories(figure)), bounds)


def _limits_given(figure: Figure) -> bool:
    return "range" in figure["layout"]["yaxis"]


def _limits(figure: Figure) -> tuple[float, float]:
    """The lowest and highest value of the axis; stacked bars are added up."""
    if _limits_given(figure):
        first, last = figure["layout"]["yaxis"]["range"]
        return min(first, last), max(first, last)
    rows = [trace["y"] for trace in figure["data"]]
    known = [float(one) for row in rows for one in row if one is not None]
    if figure["layout"].get("barmode") == "stack":
        known = [sum(one or 0 for one in column) for column in zip(*rows, strict=True)]
    high = max(known, default=1.0) or 1.0
    low = min([0.0, *known]) if figure["layout"]["yaxis"]["rangemode"] == "tozero" else min(known)
    return low, high * 1.05


def nice_ticks(low: float, high: float) -> list[float]:
    """About five round values between two bounds."""
    span = (high - low) or 1.0
    raw = span / 5
    size = 10 ** floor(log10(raw))
    step = next(size * one for one in (1, 2, 2.5, 5, 10) if size * one >= raw)
    first = -floor(-low / step)
    return [round((first + at) * step, 10) for at in range(int((high - first * step) / step) + 1)]


def _tick(value: float, ticks: Sequence[float]) -> str:
    places = 0 if all(one == int(one) for one in ticks) else 1 if len(ticks) < 20 else 2
    return format_number(value, places)


def _grid(figure: Figure, box: Box) -> list[str]:
    low, high = min(box.low, box.high), max(box.low, box.high)
    axis = figure["layout"]["yaxis"]
    ticks = nice_ticks(low, high)
    if axis.get("dtick") == 1:
        ticks = [float(one) for one in range(-floor(-low), floor(high) + 1)]
    sign = axis.get("ticksuffix", "")
    right = box.left + box.width
    parts = []
    for one in ticks:
        y = box.y(one)
        parts.append(_line(box.left, y, right, y, LINE))
        parts.append(_text(box.left - 8, y + 4, _tick(one, ticks) + sign, size=13, anchor="end"))
    foot = box.top + box.height
    return [*parts, _line(box.left, foot, right, foot, SOFT)]


def _labels(names: Sequence[str], box: Box) -> list[str]:
    """As many names of periods as there is room for."""
    widest = max((len(one) for one in names), default=1) * LETTER + 14
    each = max(1, -floor(-widest * len(names) / box.width))
    foot = box.top + box.height + 20
    return [
        _text(box.x(at), foot, name, size=13, anchor="middle")
        for at, name in enumerate(names)
        if at % each == 0
    ]


def _number_labels(figure: Figure, box: Box) -> list[str]:
    """The numbers along an axis of numbers, and beneath them what they count."""
    first, last = box.bounds or (0.0, 1.0)
    ticks = nice_ticks(first, last)
    foot = box.top + box.height + 20
    words = figure["layout"]["xaxis"]["title"]["text"]
    return [
        *(_text(box.x(one), foot, _tick(one, ticks), size=13, anchor="middle") for one in ticks),
        _text(box.left + box.width / 2, foot + 20, words, size=13, colour=SOFT, anchor="middle"),
    ]


def _scatter(trace: Figure, before: Figure | None, box: Box, at: dict[str, float]) -> list[str]:
    points = [
        (box.x(at[str(name)]), box.y(float(value))) if value is not None else None
        for name, value in zip(trace["x"], trace["y"], strict=True)
    ]
    parts = []
    if trace.get("fill") == "tonexty" and before is not None:
        upper = [
            (box.x(at[str(name)]), box.y(float(value)))
            for name, value in zip(before["x"], before["y"], strict=True)
            if value is not None
        ]
        ring = upper + [one for one in reversed(points) if one is not None]
        corners = " ".join(f"{x:g},{y:g}" for x, y in ring)
        parts.append(f'<polygon points="{corners}" fill="{BAND}" fill-opacity="0.75"/>')
    stroke = trace.get("line", {})
    if "lines" in trace["mode"] and stroke.get("width", 1):
        dash = {"dash": "7 4", "dot": "2 3", "dashdot": "8 3 2 3"}.get(stroke.get("dash", ""), "")
        for stretch in _stretches(points):
            way = "L".join(f"{x:g} {y:g}" for x, y in stretch)
            parts.append(
                f'<path d="M{way}" fill="none" stroke="{stroke.get("color", INK)}" '
                f'stroke-width="{stroke.get("width", 1.5)}"'
                + (f' stroke-dasharray="{dash}"' if dash else "")
                + "/>"
            )
    if "markers" in trace["mode"]:
        mark = trace.get("marker", {})
        shade = mark.get("color") or stroke.get("color", INK)
        parts += [
            _sign(mark.get("symbol", "circle"), x, y, mark.get("size", 5) / 2, shade)
            for x, y in filter(None, points)
        ]
    return parts


def _stretches(points: Iterable[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    """The points between gaps."""
    found: list[list[tuple[float, float]]] = [[]]
    for one in points:
        if one is None:
            found.append([])
        else:
            found[-1].append(one)
    return [one for one in found if one]


def _bars(figure: Figure, box: Box, at: dict[str, float]) -> list[str]:
    """Standing bars, side by side or stacked."""
    traces = [one for one in figure["data"] if one["type"] == "bar"]
    stacked = figure["layout"].get("barmode") == "stack"
    share = 0.8 * box.width / max(box.places, 1)
    width = share if stacked else share / max(len(traces), 1)
    feet: dict[str, float] = {}
    parts = []
    for number, trace in enumerate(traces):
        for name, value in zip(trace["x"], trace["y"], strict=True):
            if value is None:
                continue
            foot = feet.get(name, 0.0) if stacked else 0.0
            feet[name] = foot + float(value)
            left = box.x(at[str(name)]) - share / 2 + (0 if stacked else number * width)
            top, height = box.y(foot + float(value)), box.y(foot) - box.y(foot + float(value))
            shade = trace["marker"]["color"]
            parts.append(
                f'<rect x="{left:.1f}" y="{top:g}" width="{width:.1f}" height="{height:.1f}" fill="{shade}"/>'
            )
            if "texttemplate" in trace:
                percent = trace["texttemplate"].endswith("%")
                words = format_number(value, 1 if percent else 0) + ("%" if percent else "")
                parts.append(_text(left + width / 2, top - 6, words, size=12, anchor="middle"))
    return parts


def _lying_box(figure: Figure, top: float) -> Box:
    (trace,) = figure["data"]
    left = 30 + max((len(str(one)) for one in trace["y"]), default=1) * LETTER
    return Box(left, top, WIDTH - left - 90, 28.0 * len(trace["y"]), 0, 1, len(trace["y"]))


def _lying_bars(figure: Figure, box: Box) -> list[str]:
    (trace,) = figure["data"]
    most = max((float(one) for one in trace["x"]), default=1.0) or 1.0
    shades = trace["marker"]["color"]
    rows = list(zip(trace["y"], trace["x"], trace["text"], shades, strict=True))[::-1]
    parts = []
    for at, (name, value, words, shade) in enumerate(rows):
        y = box.top + 28 * at
        width = box.width * float(value) / most
        parts += [
            _text(box.left - 10, y + 17, str(name), size=13, anchor="end"),
            f'<rect x="{box.left:g}" y="{y + 4:g}" width="{width:.1f}" height="18" fill="{shade}"/>',
            _text(box.left + width + 6, y + 17, str(words), size=13),
        ]
    return parts


def _shape(one: Figure, box: Box) -> str:
    if one["type"] == "path":
        way = "".join(
            letter + ",".join(f"{number:g}" for number in _point(place, box))
            for letter, place in _steps(one["path"])
        )
        return f'<path d="{way}" stroke="{one["line"]["color"]}" stroke-width="1" fill="none"/>'
    left, right = box.x(one["x0"]), box.x(one["x1"])
    if one["type"] == "line":
        dash = ' stroke-dasharray="2 3"'
        return f'<path d="M{left:g} {box.top:g}V{box.top + box.height:g}" stroke="{SOFT}"{dash}/>'
    return (
        f'<rect x="{left:g}" y="{box.top:g}" width="{right - left:.1f}" height="{box.height:g}" '
        f'fill="{one["fillcolor"]}"/>'
    )


def _steps(path: str) -> list[tuple[str, str]]:
    return [
        (stroke[0], stroke[1:]) for stroke in path.replace("M", " M").replace("L", " L").split()
    ]


def _point(place: str, box: Box) -> tuple[float, float]:
    x, y = place.split(",")
    return box.x(float(x)), box.y(float(y))


def _annotation(one: Figure, box: Box, at: dict[str, float]) -> str:
    size = one.get("font", {}).get("size", 13)
    shade = one.get("font", {}).get("color", INK)
    texts = one["text"].split("\n")
    anchor = {"left": "start", "right": "end"}.get(one.get("xanchor", ""), "middle")
    if one.get("name") == "end":
        x = box.left + box.width + 10
        middle = box.y(one["y"]) - one["yshift"] * box.height / 270
        first = middle + 5 - 8 * (len(texts) - 1)
        return "".join(
            _text(x, first + 16 * number, text, size=size, colour=shade)
            for number, text in enumerate(texts)
        )
    if one.get("name") == "point":
        x, y = box.x(one["x"]), box.y(one["y"]) - one["yshift"] + 5
        return _text(x, y, one["text"], size=size, colour=shade, anchor="middle")
    if one["xref"] == "paper":  # the unit, above the axis
        return _text(box.left, box.top - 8, one["text"], size=size, colour=shade)
    x = box.x(at[one["x"]] if isinstance(one["x"], str) else one["x"])
    y = box.top + 14 if one["y"] == 1 else box.top + box.height - 5
    return _text(x, y, one["text"], size=size, colour=shade, anchor=anchor)


def _unit(figure: Figure) -> bool:
    return any(
        one.get("xref") == "paper" and one.get("name") != "end"
        for one in figure["layout"]["annotations"]
    )


def _legend(figure: Figure) -> list[tuple[str, str, str]]:
    """What needs a legend: (name, colour, sign)."""
    bars = [one for one in figure["data"] if one["type"] == "bar"]
    shown = [one for one in figure["data"] if one.get("showlegend") is True]
    if len(bars) > 1:
        shown = bars
    return [
        (
            one["name"],
            one["marker"]["color"],
            "square" if one["type"] == "bar" else one["marker"].get("symbol", "circle"),
        )
        for one in shown
    ]


def _legend_parts(legend: Sequence[tuple[str, str, str]], y: float) -> list[str]:
    parts, x = [], 22.0
    for name, shade, sign in legend:
        parts += [_sign(sign, x, y + 10, 5, shade), _text(x + 12, y + 15, name, size=13)]
        x += 36 + len(name) * LETTER
    return parts


def _sign(symbol: str, x: float, y: float, r: float, shade: str) -> str:
    corners = {
        "diamond": ((0, -r), (r, 0), (0, r), (-r, 0)),
        "triangle-up": ((0, -r), (r, r * 0.8), (-r, r * 0.8)),
        "triangle-down": ((0, r), (r, -r * 0.8), (-r, -r * 0.8)),
        "square": ((-r, -r), (r, -r), (r, r), (-r, r)),
    }.get(symbol)
    if corners is None:
        return f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" fill="{shade}"/>'
    ring = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in corners)
    return f'<polygon points="{ring}" fill="{shade}"/>'


def _line(x1: float, y1: float, x2: float, y2: float, shade: str) -> str:
    return f'<path d="M{x1:g} {y1:g}L{x2:g} {y2:g}" stroke="{shade}"/>'


def _text(
    x: float,
    y: float,
    words: str,
    *,
    size: int = 14,
    colour: str = INK,
    anchor: str = "start",
    weight: Any = 400,
) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{colour}" text-anchor="{anchor}" '
        f'font-weight="{weight}">{escape(printable(words))}</text>'
    )
