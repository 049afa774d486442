"""Sparklines: a small line of a series with its band of usual variation, mean, target and special points, as SVG.

On a page the stylesheet colours them, so that dark surroundings and forced colours are followed. In a file of its own
(paper, Word) a sparkline carries its colours in it.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from html import escape

from lscb.periods import Period
from performance.statistics.spc import Chart as Spc
from performance.statistics.spc import Judgement, Point

KINDS = {Judgement.CONCERN: "concern", Judgement.IMPROVEMENT: "improvement"}
LINE = 3  # numbers that a line needs, as a chart of one series does
Place = tuple[float, float]
# How a part looks where no stylesheet does it: the colours of lscb.css on white paper.
PAPER = {
    "band": 'fill="#e8eff5"',
    "mean": 'stroke="#9fb4c6" stroke-dasharray="3 3"',
    "target": 'stroke="#0b6b3a" stroke-width="1.2" stroke-dasharray="6 3"',
    "line": 'fill="none" stroke="#1d5f9e" stroke-width="1.9" stroke-linejoin="round"',
    "last": 'fill="#1d5f9e"',
    "special": 'fill="#5b3c88"',
    "concern": 'fill="#b8560a"',
    "improvement": 'fill="#14608f"',
}


@dataclass(frozen=True)
class Spark:
    """A sparkline in a box of `width` by `height`: paths and lines in its coordinates, ready to draw."""

    width: int
    height: int
    paths: tuple[str, ...]
    band: tuple[float, float] | None
    mean: float | None
    target: str  # a path, of which each stretch is a target that counted so long
    special: tuple[tuple[float, float, str], ...]
    last: tuple[float, float] | None
    label: str
    dots: tuple[tuple[float, float], ...] = ()  # numbers that no line leads through


def draw(
    chart: Spc[Period],
    targets: Sequence[float | None],
    label: str,
    width: int = 190,
    height: int = 44,
    begun: Collection[Period] = (),
) -> Spark | None:
    """A sparkline of an SPC chart, or None when it has no point; `targets` are where a target's line is at each point.
    Two numbers are two dots: no line leads through them, none through a number between gaps, and none from a period to
    one that has `begun` to mean something else."""
    points = chart.points
    known = [point.value for point in points if point.value is not None]
    if not known:
        return None
    segment = chart.segments[-1]
    lines = [one for one in (segment.lower, segment.upper, *targets) if one is not None]
    x, y = _scales(len(points), known + lines, width, height)
    special = tuple(
        (x(position), y(point.value), KINDS.get(point.judgement, "special"))
        for position, point in enumerate(points)
        if point.value is not None and point.rule is not None
    )
    last = max(position for position, point in enumerate(points) if point.value is not None)
    limits = (segment.upper, segment.lower)
    stretches = _stretches(_places(points, begun, x, y))
    shortest = 2 if len(known) >= LINE else LINE
    return Spark(
        width=width,
        height=height,
        paths=tuple(
            "M" + "L".join(f"{left:g} {top:g}" for left, top in one)
            for one in stretches
            if len(one) >= shortest
        ),
        band=(y(limits[0]), round(y(limits[1]) - y(limits[0]), 1)) if None not in limits else None,  # type: ignore[arg-type]
        mean=y(segment.mean) if segment.mean is not None and segment.lower is not None else None,
        target=_levels([y(one) if one is not None else None for one in targets], x, width),
        special=special,
        last=(x(last), y(points[last].value)),  # type: ignore[arg-type]
        label=label,
        dots=tuple(point for one in stretches if len(one) < shortest for point in one),
    )


def _places(
    points: Sequence[Point[Period]],
    begun: Collection[Period],
    x: Callable[[int], float],
    y: Callable[[float], float],
) -> list[Place | None]:
    """Where the numbers lie that lines may lead through, None where a line ends: in a gap, and before what has
    `begun`."""
    places: list[Place | None] = []
    for at, point in enumerate(points):
        places += [None] if point.label in begun else []
        places.append((x(at), y(point.value)) if point.value is not None else None)
    return places


def _scales(
    points: int, values: Sequence[float], width: int, height: int
) -> tuple[Callable[[int], float], Callable[[float], float]]:
    """Where a point's position and a value lie in a box of `width` by `height` that holds all of them."""
    step = (width - 12) / max(points - 1, 1)
    low, high = min(values), max(values)
    if high == low:
        low, high = low - 1, high + 1

    def x(position: int) -> float:
        return round(4 + position * step, 1)

    def y(value: float) -> float:
        return round(4 + (height - 8) * (high - value) / (high - low), 1)

    return x, y


def _levels(levels: Sequence[float | None], x: Callable[[int], float], width: int) -> str:
    """A level line over each stretch of equal levels, from edge to edge where it has all points."""
    found, start = [], 0
    for at in range(1, len(levels) + 1):
        if at < len(levels) and levels[at] == levels[start]:
            continue
        if levels[start] is not None:
            left = x(start) if start else 0
            right = x(at) if at < len(levels) else width
            found.append(f"M{left:g} {levels[start]}H{right:g}")
        start = at
    return "".join(found)


def _stretches(points: Sequence[Place | None]) -> list[list[Place]]:
    """The points from one gap to the next."""
    found: list[list[Place]] = [[]]
    for point in points:
        if point is not None:
            found[-1].append(point)
        elif found[-1]:
            found.append([])
    return [one for one in found if one]


def svg(spark: Spark, *, alone: bool = False) -> str:
    """The sparkline as SVG: for a page, named by its words; `alone` as a file, with its colours and without words."""

    def look(part: str) -> str:
        return PAPER[part] if alone else f'class="{part}"'

    size = (
        f'viewBox="0 0 {spark.width} {spark.height}" width="{spark.width}" height="{spark.height}"'
    )
    parts = []
    if spark.band:
        top, height = spark.band
        parts.append(
            f'<rect {look("band")} x="0" y="{top}" width="{spark.width}" height="{height}"/>'
        )
    if spark.mean is not None:
        parts.append(f'<path {look("mean")} d="M0 {spark.mean}H{spark.width}"/>')
    if spark.target:
        parts.append(f'<path {look("target")} d="{spark.target}"/>')
    parts += [f'<path {look("line")} d="{path}"/>' for path in spark.paths]
    parts += [f'<circle {look("last")} cx="{x}" cy="{y}" r="2.4"/>' for x, y in spark.dots]
    parts += [f'<circle {look(kind)} cx="{x}" cy="{y}" r="2.6"/>' for x, y, kind in spark.special]
    if spark.last:
        x, y = spark.last
        parts.append(f'<circle {look("last")} cx="{x}" cy="{y}" r="3.2"/>')
    if alone:
        start = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
    else:
        start = f'<svg class="spark" {size} role="img" aria-label="{escape(spark.label)}">'
    return "".join([start, *parts, "</svg>"])
