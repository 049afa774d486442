"""Dashboards: one page a theme, with controls whose state is the address, and each chart's table to download."""

from collections.abc import Collection, Mapping, Sequence
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from lscb import access
from lscb.access import Action
from lscb.http import signed_in
from lscb.periods import FIRST_YEAR, Period, month_of
from performance.indicators.scorecard import ChartSpec, Dashboard
from performance.indicators.scorecard import scorecard as layout
from performance.indicators.spec import IndicatorSpec, dataset_dimensions, indicators
from performance.intake.codes import code_list
from performance.pages import cells
from performance.pages import controls as control
from performance.pages import dashboards as page
from performance.pages.panel import Panel
from performance.pages.scorecard import listed
from performance.queries import catalogue, observations, signals
from performance.queries.scorecard import Names
from performance.views.boards import panels_of, switched_off, why_not_within
from performance.views.common import (
    chosen_area,
    chosen_places,
    quarter_to_open,
    quarters_to_pin,
)
from performance.views.downloads import panel_file, with_files
from performance.views.kept import conditional, kept


@require_GET
@kept
def dashboards(request: HttpRequest) -> HttpResponse:
    """The dashboards, each with its question and how much of it has figures; `?theme=` leads to one."""
    access.check_see_figures(signed_in(request))
    places = chosen_places(request)
    area = places.area
    if request.GET.get("theme"):
        query = urlencode({"area": area.code})
        return redirect(f"{reverse('dashboard', args=[_board(request.GET['theme']).slug])}?{query}")
    standing = [one for one in signals.standing(area=area.code) if one.kind != signals.LATE]
    flagged = {one.indicator for one in standing}
    in_use = catalogue.decided(timezone.localdate()).in_use
    charts = {
        board: [_shapes(one, in_use) for one in board.charts if one.indicator in in_use]
        for board in layout().dashboards
    }
    have = observations.shapes_with_values(
        area.code, {one for each in charts.values() for shapes in each for one in shapes}
    )
    context = {
        "area": area,
        "areas": places.chosen_from,
        "dashboards": [
            (
                board,
                len(listed),
                sum(not have.isdisjoint(shapes) for shapes in listed),
                len(flagged & {one.indicator for one in board.charts if one.indicator in in_use}),
            )
            for board, listed in charts.items()
        ],
    }
    return render(request, "performance/dashboards.html", context)


def _shapes(chart: ChartSpec, in_use: Collection[str]) -> set[tuple[str, str, str]]:
    """The indicators of a chart that are in use, by its kind of period and breakdown: with a value of any of them it
    has figures."""
    ids = {one for one in (chart.indicator, *chart.with_indicators) if one in in_use}
    return {(one, chart.period_type, chart.breakdown) for one in ids}


def _board(theme: str) -> Dashboard:
    board = next((one for one in layout().dashboards if one.slug == theme), None)
    if board is None:
        raise Http404(f"There is no dashboard '{theme}'.")
    return board


@require_GET
@kept
def dashboard(request: HttpRequest, theme: str) -> HttpResponse:
    """One dashboard: its charts with their tables, for an area, as the controls in the address have it."""
    person = signed_in(request)
    access.check_see_figures(person)
    if "" in request.GET.values():  # what a form leaves empty says nothing
        said = {name: value for name, value in request.GET.items() if value}
        return redirect(f"{request.path}?{urlencode(said)}")
    board, places = _board(theme), chosen_places(request)
    area = places.area
    chosen, decided = control.read(request.GET.dict()), catalogue.decided(timezone.localdate())
    query = request.GET.dict() | {"area": area.code}
    panels = [
        control.with_choices(
            with_files(one, "panel-file", board.slug, one.place, query=query), query
        )
        for one in panels_of(board, area, chosen, decided)
    ]
    absent = [one for one in panels if not one.rows and not one.refused]
    context = {
        "board": board,
        "boards": layout().dashboards,
        "panels": [one for one in panels if one.rows],
        "refused": [one for one in panels if one.refused],
        "within_elsewhere": _within_elsewhere(chosen, decided.in_use)
        if chosen.within and not any(one.rows for one in panels)
        else [],
        "absent": [_absent(one) for one in absent],
        "elsewhere": _elsewhere(absent, places.wider),
        "switched_off": switched_off(board, decided.in_use),
        "area": area,
        "areas": places.chosen_from,
        "controls": chosen,
        "years": _years(),
        "kinds": page.PERIOD_WORDS.items(),
        "units": control.UNITS.items(),
        "compare": control.COMPARE.items(),
        "breakdowns": control.breakdowns_of(board),
        "categories": _categories(board),
        "quarter": quarter_to_open(area),
        "on_scorecard": set(listed(layout())),
        "may_raise": access.can(person, Action.RAISE_CHALLENGES),
        "pin_to": quarters_to_pin(person),
        "changed_at": places.changed_at,
    }
    return render(request, "performance/dashboard.html", context)


def _absent(panel: Panel) -> tuple[Panel, IndicatorSpec, str]:
    """A panel without numbers, its indicator, and what else there is to say than that nothing was sent."""
    spec = indicators()[panel.indicator]
    sent = panel.unavailable == page.nothing_sent(spec)
    return panel, spec, page.nothing_counted(spec) if sent else panel.unavailable


def _within_elsewhere(
    chosen: control.Controls, in_use: Mapping[str, IndicatorSpec]
) -> list[tuple[Dashboard, int]]:
    """The dashboards with charts that can be shown within the category that was chosen, each with how many."""
    if chosen.within is None:
        return []
    dimension, _ = chosen.within
    found = [
        (
            board,
            sum(
                not why_not_within(chart, in_use[chart.indicator], dimension)
                for chart in board.charts
                if chart.indicator in in_use
            ),
        )
        for board in layout().dashboards
    ]
    return [one for one in found if one[1]]


def _elsewhere(absent: Sequence[Panel], wider: Names) -> list[tuple[str, str, int]]:
    """The wider areas that hold figures for some of these panels: code, name and for how many."""
    shown = [
        {(one, panel.period_type, panel.breakdown) for one in (panel.indicator, *panel.beside)}
        for panel in absent
    ]
    found = []
    for code, name in wider:
        have = observations.shapes_with_values(code, {one for shapes in shown for one in shapes})
        found.append((code, name, sum(not have.isdisjoint(shapes) for shapes in shown)))
    return [one for one in found if one[2]]


def _years() -> list[Period]:
    """The financial years that may be written into the controls, the latest first."""
    this = month_of(timezone.localdate()).year
    return [this.shift(-back) for back in range(this.first // 12 - FIRST_YEAR + 1)]


def _categories(board: Dashboard) -> list[tuple[str, list[tuple[str, str]]]]:
    """The categories that the board's charts can be shown within, by dimension."""
    counted = [indicators()[one.indicator].numerator for one in board.charts]
    datasets = {one.dataset for one in counted if one and one.dataset != "Figure"}
    known = {name for dataset in datasets for name in dataset_dimensions(dataset)}
    return [
        (
            cells.breakdown_title(name),
            [(f"{name}:{code.code}", code.label) for code in code_list(name)],
        )
        for name in control.DIMENSIONS
        if name in known
    ]


@require_GET
@conditional
def panel(request: HttpRequest, theme: str, place: int, kind: str) -> HttpResponse:
    """A panel as a file: its table as `csv` or `xlsx`, its chart as `png` or `svg`."""
    access.check_see_figures(signed_in(request))
    board, area = _board(theme), chosen_area(request)
    panels = panels_of(board, area, control.read(request.GET.dict()))
    found = next((one for one in panels if one.place == place), None)
    if found is None:
        raise Http404("There is no such chart.")
    return panel_file(found, area, kind)
