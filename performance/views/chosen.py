"""What a saved view shows: the charts behind its address, for a meeting's pack and for a deep dive."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.utils import timezone

from lscb.models import Area
from performance.indicators.spec import PERIOD_TYPES, ChartSpec, IndicatorSpec, indicators
from performance.indicators.spec import scorecard as layout
from performance.intake.codes import ALL
from performance.pages import controls as control
from performance.pages import dashboards as page
from performance.pages.dashboards import Panel
from performance.pages.meeting import ChosenView
from performance.queries import events, observations
from performance.views.boards import panels_of


def chosen_view(name: str, address: str) -> ChosenView:
    """A view by its name and address with the charts it holds; none where it is no page of charts."""
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query))
    where = [one for one in parts.path.split("/") if one]
    area = observations.area(query.get("area", "")) or observations.area(settings.PARTNERSHIP_AREA)
    if area is None or len(where) != 2:
        return ChosenView(name, address, ())
    return ChosenView(name, address, tuple(_panels(where, area, query)), below=_below(area))


def _panels(where: list[str], area: Area, query: Mapping[str, str]) -> list[Panel]:
    kind, key = where
    if kind == "dashboards":
        board = next((one for one in layout().dashboards if one.slug == key), None)
        found = panels_of(board, area, control.read(query)) if board else []
        return [one for one in found if one.rows]
    spec = indicators().get(key.upper())
    return [_indicator(spec, area, query)] if kind == "indicators" and spec else []


def _indicator(spec: IndicatorSpec, area: Area, query: Mapping[str, str]) -> Panel:
    """The chart of an indicator's page."""
    shapes = observations.shapes(spec.id, area.code)
    plain = ALL if spec.total else spec.breakdowns[0]
    breakdown = next((one for _, one in shapes if one == query.get("breakdown")), plain)
    kinds = [one for one in PERIOD_TYPES if (one, breakdown) in shapes] or ["month"]
    period_type = next((one for one in kinds if one == query.get("period")), kinds[0])
    chart = ChartSpec(
        indicator=spec.id,
        title=f"{spec.title}, {page.PERIOD_WORDS[period_type]}",
        breakdown=breakdown,
        period_type=period_type,
    )
    values = observations.series(spec.id, area.code, period_type, breakdown)
    printed = observations.printed(spec.id, area.code)
    return page.panel(chart, values, printed, events.notes(area))


def _below(area: Area) -> str:
    """The area and the date of the data, for beneath a picture."""
    changed = observations.data_changed_at()
    synthetic = " (synthetic figures)" if area.synthetic else ""
    if changed is None:
        return f"{area.name}{synthetic}."
    day = timezone.localtime(changed)
    return f"{area.name}{synthetic}. Data as of {day.day} {day:%B %Y}."
