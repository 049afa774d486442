"""The pens that charts are drawn with: a sign, a line and a text as SVG."""

from html import escape
from typing import Any

from lscb.printable import printable
from performance.pages.chart_parts import HATCH, INK, PAPER, QUIET


def sign(symbol: str, x: float, y: float, r: float, shade: str) -> str:
    """A sign of a point, by its name in the figure; a dot for one that is not known."""
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


def line(x1: float, y1: float, x2: float, y2: float, shade: str) -> str:
    """A straight line."""
    return f'<path d="M{x1:g} {y1:g}L{x2:g} {y2:g}" stroke="{shade}"/>'


def whisker(left: float, right: float, y: float) -> str:
    """An interval lying across the end of a bar: thin and dark on a broader light one, so that it shows on any bar."""
    way = f"M{left:.1f} {y - 4:g}v8m0 -4H{right:.1f}m0 -4v8"
    return "".join(
        f'<path d="{way}" fill="none" stroke="{shade}" stroke-width="{width}"/>'
        for shade, width in ((PAPER, 4), (INK, 1.5))
    )


def hatching(left: float, top: float, width: float, height: float) -> str:
    """Fine strokes rising to the right within a box, as one path."""
    step = HATCH * 2**0.5  # between two strokes along an edge
    parts = []
    for number in range(1, int((width + height) / step) + 1):
        along = (
            number * step
        )  # where a stroke leaves the left or upper edge for the lower or right one
        x1, y1 = max(0.0, along - height), min(along, height)
        x2, y2 = min(along, width), max(0.0, along - width)
        parts.append(f"M{left + x1:.1f} {top + y1:.1f}L{left + x2:.1f} {top + y2:.1f}")
    return f'<path d="{"".join(parts)}" fill="none" stroke="{QUIET}" stroke-width="0.7"/>'


def ground(x: float, y: float, words: str, size: int) -> str:
    """The ground beneath words whose middle stands at `x`, so that they can be read over strokes."""
    width = 0.62 * size * len(words) + 6
    return (
        f'<rect x="{x - width / 2:.1f}" y="{y - size:g}" width="{width:.1f}" height="{size + 4}" '
        f'fill="{PAPER}"/>'
    )


def text(
    x: float,
    y: float,
    words: str,
    *,
    size: int = 14,
    colour: str = INK,
    anchor: str = "start",
    weight: Any = 400,
) -> str:
    """Words at a place, which no control character breaks."""
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{colour}" text-anchor="{anchor}" '
        f'font-weight="{weight}">{escape(printable(words))}</text>'
    )
