"""The axes of a drawn chart: where its plot lies, how places and values become pixels, the ticks and their words."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

from lscb.numbers import format_number
from performance.pages import pens
from performance.pages.chart_parts import HEIGHT, INNER, LINE, SOFT, Figure

WIDTH, PLOT, LETTER = 900, 320, 7.0


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


def categories(figure: Figure) -> list[str]:
    """The names along the axis of periods, in order."""
    return list(dict.fromkeys(str(one) for trace in figure["data"] for one in trace["x"]))


def box_of(figure: Figure, top: float) -> Box:
    """The plot of a figure that begins at this height, with room for the words at its sides."""
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
    taller = figure["layout"]["height"] - HEIGHT if ends else 0
    height = PLOT * (INNER + taller) / INNER
    return Box(left, top, WIDTH - left - right, height, low, high, len(categories(figure)), bounds)


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


def grid(figure: Figure, box: Box) -> list[str]:
    """The lines at the ticks of the values, each with its number, and the foot."""
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
        parts.append(pens.line(box.left, y, right, y, LINE))
        parts.append(
            pens.text(box.left - 8, y + 4, _tick(one, ticks) + sign, size=13, anchor="end")
        )
    foot = box.top + box.height
    return [*parts, pens.line(box.left, foot, right, foot, SOFT)]


def labels(names: Sequence[str], box: Box) -> list[str]:
    """As many names of periods as there is room for."""
    widest = max((len(one) for one in names), default=1) * LETTER + 14
    each = max(1, -floor(-widest * len(names) / box.width))
    foot = box.top + box.height + 20
    return [
        pens.text(box.x(at), foot, name, size=13, anchor="middle")
        for at, name in enumerate(names)
        if at % each == 0
    ]


def number_labels(figure: Figure, box: Box) -> list[str]:
    """The numbers along an axis of numbers, and beneath them what they count."""
    first, last = box.bounds or (0.0, 1.0)
    ticks = nice_ticks(first, last)
    foot = box.top + box.height + 20
    words = figure["layout"]["xaxis"]["title"]["text"]
    return [
        *(
            pens.text(box.x(one), foot, _tick(one, ticks), size=13, anchor="middle")
            for one in ticks
        ),
        pens.text(
            box.left + box.width / 2, foot + 20, words, size=13, colour=SOFT, anchor="middle"
        ),
    ]


def lying_box(figure: Figure, top: float) -> Box:
    """The plot of bars that lie, with room for their names."""
    trace = figure["data"][0]
    left = 30 + max((len(str(one)) for one in trace["y"]), default=1) * LETTER
    return Box(left, top, WIDTH - left - 90, 28.0 * len(trace["y"]), 0, 1, len(trace["y"]))
