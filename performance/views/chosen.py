"""What a saved view shows: the charts behind its address, for a meeting's pack and for a deep dive."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.utils import timezone

from lscb.days import day_words
from lscb.models import Area
from performance.indicators.scorecard import scorecard as layout
from performance.indicators.spec import indicators
from performance.pages import controls as control
from performance.pages.meeting import ChosenView
from performance.pages.panel import Panel
from performance.queries import observations
from performance.views import indicator_chart
from performance.views.boards import panels_of
from performance.views.downloads import with_files


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
    """The charts of the page at an address, each with its files."""
    kind, key = where
    if kind == "dashboards":
        board = next((one for one in layout().dashboards if one.slug == key), None)
        found = panels_of(board, area, control.read(query)) if board else []
        return [
            with_files(one, "panel-file", key, one.place, query=dict(query) | {"area": area.code})
            for one in found
            if one.rows
        ]
    spec = indicators().get(key.upper())
    if kind != "indicators" or spec is None:
        return []
    shown = indicator_chart.shown(spec, dict(query) | {"area": area.code})
    printed = observations.printed(spec.id, area.code)
    return [shown.with_files(shown.panel(printed))]


def _below(area: Area) -> str:
    """The area and the date of the data, for beneath a picture."""
    changed = observations.data_changed_at()
    synthetic = " (synthetic figures)" if area.synthetic else ""
    if changed is None:
        return f"{area.name}{synthetic}."
    return f"{area.name}{synthetic}. Data as of {day_words(timezone.localtime(changed))}."
