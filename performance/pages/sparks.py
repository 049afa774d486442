"""Sparklines: a small line of a series with its band of usual variation, mean, target and special points, as SVG.

On a page the stylesheet colours them, so that dark surroundings and forced colours are followed. In a file of its own
(paper, Word) a sparkline carries its colours in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from lscb.periods import Period
from performance.statistics.spc import Chart as Spc
from performance.statistics.spc import Judgement

KINDS = {Judgement.CONCERN: "concern", Judgement.IMPROVEMENT: "improvement"}
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
    target: float | None
    special: tuple[tuple[float, float, str], ...]
    last: tuple[float, float] | None
    label: str


def draw(
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
        (x(position), y(point.value), KINDS.get(point.judgement, "special"))
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
    for part, level in (("mean", spark.mean), ("target", spark.target)):
        if level is not None:
            parts.append(f'<path {look(part)} d="M0 {level}H{spark.width}"/>')
    parts += [f'<path {look("line")} d="{path}"/>' for path in spark.paths]
    parts += [f'<circle {look(kind)} cx="{x}" cy="{y}" r="2.6"/>' for x, y, kind in spark.special]
    if spark.last:
        x, y = spark.last
        parts.append(f'<circle {look("last")} cx="{x}" cy="{y}" r="3.2"/>')
    if alone:
        start = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
    else:
        start = f'<svg class="spark" {size} role="img" aria-label="{escape(spark.label)}">'
    return "".join([start, *parts, "</svg>"])
