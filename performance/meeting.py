"""The pack of a meeting: what a quarter's agenda needs, in its order, as plain data for page, PDF and Word."""

from collections.abc import Sequence
from dataclasses import dataclass

from lscb.periods import Period
from performance.brief import Gap
from performance.charts import Spark
from performance.contributed import OverdueAction
from performance.dashboards import Panel
from performance.models import Challenge, Edition
from performance.queries.calendar import Owed
from performance.queries.signals import Row as SignalRow
from performance.scorecard import Row

INK, SOFT, BLUE, BAND, MEAN, CONCERN = (
    "#14202b",
    "#52616f",
    "#1d5f9e",
    "#e8eff5",
    "#9fb4c6",
    "#b8560a",
)


@dataclass(frozen=True)
class ChosenView:
    """A view that was pinned to the meeting: its name, its address, the charts it holds, and in words their area and
    date."""

    name: str
    address: str
    panels: tuple[Panel, ...]
    below: str = ""


@dataclass(frozen=True)
class Pack:
    """A meeting's pack. `changed` are the rows with a signal, `late` the returns that are overdue."""

    quarter: Period
    area_name: str
    synthetic: bool
    changed: tuple[Row, ...]
    signals: tuple[SignalRow, ...]
    chance: str
    gaps: tuple[Gap, ...]
    late: tuple[Owed, ...]
    challenges: tuple[tuple[Challenge, bool], ...]
    actions: tuple[OverdueAction, ...]
    editions: tuple[Edition, ...]
    views: tuple[ChosenView, ...]

    @property
    def title(self) -> str:
        """`Meeting pack: Quarter 4, 2024/25, Luton`."""
        return f"Meeting pack: {self.quarter.label}, {self.area_name}"

    @property
    def charts(self) -> int:
        """How many charts were chosen."""
        return sum(len(one.panels) for one in self.views)

    @property
    def late_words(self) -> tuple[str, ...]:
        """The late returns, one sentence an agency and return."""
        return late_words(self.late)


def late_words(late: Sequence[Owed]) -> tuple[str, ...]:
    """Late returns by agency and return with their periods: `Police, Domestic abuse, Luton: May 2026, June 2026`."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for one in late:
        found.setdefault((one.agency, one.spec.title, one.area), []).append(one.duty.period.short)
    return tuple(
        f"{agency}, {title}, {area}: {_few(periods)}"
        for (agency, title, area), periods in sorted(found.items())
    )


def _few(periods: list[str]) -> str:
    """Up to four periods by name, else from the first to the last with their number."""
    if len(periods) <= 4:
        return ", ".join(periods)
    return f"{len(periods)} periods, {periods[0]} to {periods[-1]}"


def spark_svg(spark: Spark) -> str:
    """A sparkline as an SVG file of its own, with its colours in it, for paper and Word."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {spark.width} {spark.height}" '
        f'width="{spark.width}" height="{spark.height}">'
    ]
    if spark.band:
        top, height = spark.band
        parts.append(f'<rect y="{top}" width="{spark.width}" height="{height}" fill="{BAND}"/>')
    if spark.mean is not None:
        parts.append(_flat(spark.mean, spark.width, MEAN, "2 3"))
    if spark.target is not None:
        parts.append(_flat(spark.target, spark.width, "#0b6b3a", "5 3"))
    parts += [
        f'<path d="{path}" fill="none" stroke="{BLUE}" stroke-width="1.8"/>' for path in spark.paths
    ]
    parts += [
        f'<circle cx="{x}" cy="{y}" r="2.6" fill="{CONCERN if kind == "concern" else "#5b3c88"}"/>'
        for x, y, kind in spark.special
    ]
    if spark.last:
        parts.append(f'<circle cx="{spark.last[0]}" cy="{spark.last[1]}" r="3.2" fill="{BLUE}"/>')
    return "".join([*parts, "</svg>"])


def _flat(y: float, width: int, colour: str, dash: str) -> str:
    return (
        f'<path d="M0 {y}H{width}" stroke="{colour}" stroke-width="1.2" stroke-dasharray="{dash}"/>'
    )
