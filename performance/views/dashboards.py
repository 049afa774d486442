"""Dashboards: one page a theme."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lscb import access
from lscb.http import signed_in
from performance import dashboards as page
from performance.indicators.spec import scorecard as layout
from performance.queries import observations
from performance.views.common import chosen_area


@require_GET
def dashboards(request: HttpRequest) -> HttpResponse:
    """The list of dashboards, each with the question it answers."""
    access.check_see_figures(signed_in(request))
    return render(request, "performance/dashboards.html", {"dashboards": layout().dashboards})


@require_GET
def dashboard(request: HttpRequest, theme: str) -> HttpResponse:
    """One dashboard: its charts with their tables, for an area."""
    access.check_see_figures(signed_in(request))
    board = next((one for one in layout().dashboards if one.slug == theme), None)
    if board is None:
        raise Http404(f"There is no dashboard '{theme}'.")
    area = chosen_area(request)
    ids, period_types, breakdowns = page.needed(board.charts)
    values = observations.values(
        indicator_ids=ids, areas=[area.code], period_types=period_types, breakdowns=breakdowns
    )
    panels = [
        page.panel(chart, values, observations.printed(chart.indicator, area.code))
        for chart in board.charts
    ]
    context = {
        "board": board,
        "boards": layout().dashboards,
        "panels": [one for one in panels if one.rows],
        "absent": [one for one in panels if not one.rows],
        "area": area,
        "areas": observations.areas_with_data(),
    }
    return render(request, "performance/dashboard.html", context)
