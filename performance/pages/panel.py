"""A panel: one chart with its words, its table and its downloads, as every page shows it."""

from dataclasses import dataclass, field
from functools import cached_property

from django.utils.html import json_script

from performance.indicators.scorecard import ChartSpec
from performance.indicators.spec import IndicatorSpec
from performance.pages.cells import Cell
from performance.pages.chart_parts import Figure


class Drawn(Figure):
    """A figure that nobody changes any more: its script is written once, however often it is shown."""

    @cached_property
    def script(self) -> str:
        """The element of a page that `charts.js` reads it from."""
        return json_script(self)


@dataclass(frozen=True)
class Panel:
    """A chart with its words and its table. Without a figure, `unavailable` says why; there may be a table even so."""

    id: str
    title: str
    indicator: str
    period_type: str
    breakdown: str
    figure: Figure | None
    summary: str  # what the latest numbers say
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    unavailable: str = ""
    refused: str = (
        ""  # why it cannot be shown as somebody asked for; there is then neither figure nor table
    )
    note: str = ""
    printed: tuple[str, ...] = field(default=())
    signs: tuple[str, ...] = ()  # what the letters, signs and shading on the chart stand for
    wide: bool = False  # needs the whole width of a page
    course: str = ""  # all else that the chart shows, in words
    files: tuple[tuple[str, str], ...] = ()  # its downloads: (what it is, its address)
    beside: tuple[str, ...] = ()  # indicators that it shows besides its own
    place: int = 0  # on its dashboard as that is laid out, by which its files are named


def axis_of(spec: IndicatorSpec) -> str:
    """What the axis of an indicator's values says."""
    return {"percent": "%", "count": "number"}.get(spec.unit, spec.unit)


def id_of(chart: ChartSpec) -> str:
    """The name of a chart's panel on its page."""
    return f"{chart.indicator}-{chart.breakdown}-{chart.period_type}".replace("_", "-").lower()
