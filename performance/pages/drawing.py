"""A chart as a picture: the figure that the browser draws, drawn as SVG for paper, Word and downloads.

It understands what `charts.py` makes (lines, bars, bands, shading, labels, signs) and carries its title, what its signs
mean, its source and its date, so that it can stand alone. Nothing here reads the database.
"""

import textwrap
from collections.abc import Iterable, Sequence
from html import escape

from lscb.numbers import format_number
from lscb.printable import printable
from performance.pages import axes, pens
from performance.pages.axes import LETTER, PLOT, WIDTH, Box
from performance.pages.chart_parts import BAND, INK, INNER, SOFT, Figure

FONT = "DejaVu Sans, Segoe UI, Arial, sans-serif"


def svg(
    figure: Figure, title: str, lines_below: Sequence[str] = (), *, is_headed: bool = True
) -> str:
    """The figure as an SVG file of its own, `title` above (where nothing else heads it) and `lines_below` (signs,
    source, date) beneath."""
    lying = any(trace.get("orientation") == "h" for trace in figure["data"])
    head = textwrap.wrap(title, 76) if is_headed else []
    legend = _legend(figure)
    top = 24 + 24 * len(head) + (26 if legend else 0) + (18 if _unit(figure) else 0)
    box = axes.lying_box(figure, top) if lying else axes.box_of(figure, top)
    parts = [pens.text(16, 28 + 24 * at, line, size=18, weight=700) for at, line in enumerate(head)]
    parts += _legend_parts(legend, 24 + 24 * len(head))
    parts += _lying_bars(figure, box) if lying else _plot(figure, box)
    y = box.top + box.height + (16 if lying else 68 if box.bounds else 48)
    for line in (one for text in lines_below for one in textwrap.wrap(text, 118)):
        parts.append(pens.text(16, y, line, size=13, colour=SOFT))
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
    names = axes.categories(figure)
    at = {name: float(name) if box.bounds else place for place, name in enumerate(names)}
    layout = figure["layout"]
    parts = [_shape(one, box) for one in layout.get("shapes", [])]
    parts += axes.grid(figure, box)
    parts += _hatches(figure, box, at)
    parts += _bars(figure, box, at)
    before: Figure | None = None
    for trace in figure["data"]:
        if trace["type"] == "scatter":
            parts += _scatter(trace, before, box, at)
            before = trace
    parts += [_annotation(one, box, at) for one in layout.get("annotations", [])]
    return parts + (axes.number_labels(figure, box) if box.bounds else axes.labels(names, box))


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
            pens.sign(mark.get("symbol", "circle"), x, y, mark.get("size", 5) / 2, shade)
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
    traces = [one for one in figure["data"] if one["type"] == "bar" and not _is_hatched(one)]
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
                parts.append(pens.text(left + width / 2, top - 6, words, size=12, anchor="middle"))
    return parts


def _is_hatched(trace: Figure) -> bool:
    return bool(trace.get("meta", {}).get("hatched"))


def _hatches(figure: Figure, box: Box, at: dict[str, float]) -> list[str]:
    """Columns of fine slanted strokes over the height of the plot."""
    half = 0.4 * box.width / max(box.places, 1)
    return [
        pens.hatching(box.x(at[name]) - half, box.top, 2 * half, box.height)
        for trace in figure["data"]
        if _is_hatched(trace)
        for name in trace["x"]
    ]


def _lying_bars(figure: Figure, box: Box) -> list[str]:
    trace = figure["data"][0]
    values = [float(one) for one in trace["x"]]
    whisker = trace.get("error_x") or {"array": [0] * len(values), "arrayminus": [0] * len(values)}
    highs = [value + float(one) for value, one in zip(values, whisker["array"], strict=True)]
    lows = [value - float(one) for value, one in zip(values, whisker["arrayminus"], strict=True)]
    each = box.width / (max(highs, default=1.0) or 1.0)
    shades = trace["marker"]["color"]
    rows = list(zip(trace["y"], values, lows, highs, trace["text"], shades, strict=True))[::-1]
    parts = []
    for at, (name, value, low, high, words, shade) in enumerate(rows):
        y = box.top + 28 * at
        parts += [
            pens.text(box.left - 10, y + 17, str(name), size=13, anchor="end"),
            f'<rect x="{box.left:g}" y="{y + 4:g}" width="{each * value:.1f}" height="18" fill="{shade}"/>',
            pens.text(box.left + each * high + 6, y + 17, str(words), size=13),
        ]
        if high > low:
            parts.append(pens.whisker(box.left + each * low, box.left + each * high, y + 13))
    return parts


def _shape(one: Figure, box: Box) -> str:
    left, right = box.x(one["x0"]), box.x(one["x1"])
    if one.get("name") == "leader":
        way = f"M{left:g} {box.y(one['y0']):g}L{box.left + box.width:g} {box.y(one['y1']):g}"
        return f'<path d="{way}" stroke="{one["line"]["color"]}"/>'
    if one["type"] == "line":
        dash = ' stroke-dasharray="2 3"'
        return f'<path d="M{left:g} {box.top:g}V{box.top + box.height:g}" stroke="{SOFT}"{dash}/>'
    return (
        f'<rect x="{left:g}" y="{box.top:g}" width="{right - left:.1f}" height="{box.height:g}" '
        f'fill="{one["fillcolor"]}"/>'
    )


def _annotation(one: Figure, box: Box, at: dict[str, float]) -> str:
    size = one.get("font", {}).get("size", 13)
    shade = one.get("font", {}).get("color", INK)
    texts = one["text"].split("\n")
    anchor = {"left": "start", "right": "end"}.get(one.get("xanchor", ""), "middle")
    if one.get("name") == "end":
        x = box.left + box.width + 10
        middle = box.y(one["y"]) - one["yshift"] * PLOT / INNER
        first = middle + 5 - 8 * (len(texts) - 1)
        return "".join(
            pens.text(x, first + 16 * number, text, size=size, colour=shade)
            for number, text in enumerate(texts)
        )
    if one.get("name") == "point":
        x, y = box.x(one["x"]), box.y(one["y"]) - one["yshift"] + 5
        return pens.text(x, y, one["text"], size=size, colour=shade, anchor="middle")
    if one["xref"] == "paper":  # the unit, above the axis
        return pens.text(box.left, box.top - 8, one["text"], size=size, colour=shade)
    x = box.x(at[one["x"]] if isinstance(one["x"], str) else one["x"])
    y = box.top + 14 if one["y"] == 1 else box.top + box.height - 5
    words = pens.text(x, y, one["text"], size=size, colour=shade, anchor=anchor)
    return pens.ground(x, y, one["text"], size) + words if "bgcolor" in one else words


def _unit(figure: Figure) -> bool:
    return any(
        one.get("xref") == "paper" and one.get("name") != "end"
        for one in figure["layout"]["annotations"]
    )


def _legend(figure: Figure) -> list[tuple[str, str, str]]:
    """What needs a legend: (name, colour, sign)."""
    if figure["layout"].get("showlegend") is False:
        return []
    bars = [one for one in figure["data"] if one["type"] == "bar" and not _is_hatched(one)]
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
        parts += [pens.sign(sign, x, y + 10, 5, shade), pens.text(x + 12, y + 15, name, size=13)]
        x += 36 + len(name) * LETTER
    return parts
