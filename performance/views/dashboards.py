"""Dashboards: one page a theme, with controls whose state is the address, and each chart's table to download."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from lscb import access
from lscb.access import Action
from lscb.csvfiles import csv_response
from lscb.http import signed_in
from lscb.models import Area
from lscb.xlsxfiles import xlsx_response
from performance import controls as control
from performance import dashboards as page
from performance.controls import Controls
from performance.dashboards import Panel
from performance.indicators.series import Notes, Value
from performance.indicators.spec import ChartSpec, Dashboard, indicators
from performance.indicators.spec import scorecard as layout
from performance.intake.codes import code_list
from performance.queries import comparisons as others
from performance.queries import crosses, events, observations
from performance.ranks import Ranking, ranking
from performance.views.common import chosen_area
from performance.views.kept import kept

# Which breakdown a board ranks: board, indicator, breakdown.
RANKED = {"who-refers": ("FD13", "source"), "why": ("FD18", "reason")}


@require_GET
def dashboards(request: HttpRequest) -> HttpResponse:
    """The list of dashboards, each with the question it answers."""
    access.check_see_figures(signed_in(request))
    return render(request, "performance/dashboards.html", {"dashboards": layout().dashboards})


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
    board, area = _board(theme), chosen_area(request)
    chosen = control.read(request.GET.dict())
    panels = list(enumerate(panels_of(board, area, chosen)))
    context = {
        "board": board,
        "boards": layout().dashboards,
        "panels": [(place, one) for place, one in panels if one.rows],
        "absent": [one for _, one in panels if not one.rows],
        "area": area,
        "areas": observations.areas_with_data(),
        "controls": chosen,
        "kinds": page.PERIOD_WORDS.items(),
        "units": control.UNITS.items(),
        "compare": control.COMPARE.items(),
        "categories": _categories(),
        "may_pin": access.can(person, Action.PIN_VIEWS),
        "changed_at": observations.data_changed_at(),
        "ranking": _ranking(board, area),
    }
    return render(request, "performance/dashboard.html", context)


def _ranking(board: Dashboard, area: Area) -> Ranking | None:
    """The top ten of the board's sources or reasons, with what moved since the year before."""
    if board.slug not in RANKED:
        return None
    indicator, breakdown = RANKED[board.slug]
    values = observations.series(indicator, area.code, "year", breakdown)
    spec = indicators()[indicator]
    return ranking(spec, page.category_codes(spec, breakdown), values)


def _categories() -> list[tuple[str, list[tuple[str, str]]]]:
    """The categories that charts can be shown within, by dimension."""
    return [
        (
            page.breakdown_title(name),
            [(f"{name}:{code.code}", code.label) for code in code_list(name)],
        )
        for name in control.DIMENSIONS
    ]


def panels_of(board: Dashboard, area: Area, chosen: Controls) -> list[Panel]:
    """The panels of a board in order; their values are read in one query."""
    charts = [control.chosen_chart(one, chosen) for one in board.charts]
    ids, kinds, breakdowns = page.needed([one for one, _ in charts] + list(board.charts))
    values = control.shown(
        observations.values(
            indicator_ids=ids,
            areas=[area.code],
            period_types=kinds | {"month", "quarter", "year"},
            breakdowns=breakdowns,
        ),
        chosen,
    )
    marks = events.notes(area)
    found: list[Panel] = []
    for (chart, notes), defined in zip(charts, board.charts, strict=True):
        chart, more = _with_period(chart, defined, values)
        panel = _panel(chart, area, values, chosen, marks)
        panel = control.with_notes(panel, (*notes, *more))
        taken = {one.id for one in found}
        found.append(replace(panel, id=f"{panel.id}-{len(found)}") if panel.id in taken else panel)
    return found


def _with_period(
    chart: ChartSpec, defined: ChartSpec, values: Sequence[Value]
) -> tuple[ChartSpec, tuple[str, ...]]:
    """A chart in the kind of period that was asked for, or in its own where it has no such numbers."""
    if chart.period_type == defined.period_type or _has(chart, values):
        return chart, ()
    title = defined.title if chart.indicator == defined.indicator else chart.title
    own = chart.model_copy(update={"period_type": defined.period_type, "title": title})
    return own, (f"There are no numbers {page.PERIOD_WORDS[chart.period_type]}.",)


def _has(chart: ChartSpec, values: Iterable[Value]) -> bool:
    wanted = (chart.indicator, chart.period_type, chart.breakdown)
    return any(
        (one.indicator, one.period_type, one.breakdown) == wanted and one.is_reported
        for one in values
    )


def _panel(
    chart: ChartSpec, area: Area, values: Sequence[Value], chosen: Controls, marks: Notes
) -> Panel:
    """One panel: within a category, compared with others, or plain."""
    spec = indicators()[chart.indicator]
    printed = observations.printed(chart.indicator, area.code)
    if chosen.within and not chart.with_indicators:
        return _within(chart, area, values, chosen)
    panel = page.panel(chart, values, printed, marks)
    mine = [
        one
        for one in values
        if (one.indicator, one.period_type, one.breakdown)
        == (chart.indicator, chart.period_type, chart.breakdown)
    ]
    if chosen.compare and panel.rows:
        refusal = control.why_not_compared(spec, chart, chosen.compare)
        if refusal:
            return control.with_notes(panel, (refusal,))
        beside = _beside(chart, area, mine, chosen)
        return control.compared(panel, spec, [(area.name, mine), *beside])
    single = not chart.with_indicators and chart.mark == "line"
    return control.adjusted(panel, spec, mine, chosen) if single else panel


def _beside(
    chart: ChartSpec, area: Area, mine: Sequence[Value], chosen: Controls
) -> list[tuple[str, Sequence[Value]]]:
    """The series that a chart is compared with, each with its name."""
    if chosen.compare == "past":
        return [("A year before", control.year_before(mine))]
    areas = others.areas_for(area, chosen.compare)
    values = control.shown(
        observations.values(
            indicator_ids=[chart.indicator],
            areas=[one.code for one in areas],
            period_types=[chart.period_type],
        ),
        chosen,
    )
    return [(one.name, [value for value in values if value.area == one.code]) for one in areas]


def _within(chart: ChartSpec, area: Area, values: Sequence[Value], chosen: Controls) -> Panel:
    """A panel within a category, where the pair is kept; else the whole, with the reason."""
    spec = indicators()[chart.indicator]
    dimension, category = chosen.within or ("", "")
    label = code_list(dimension).label(category)
    refusal = (
        "It is the breakdown itself."
        if dimension == chart.breakdown
        else crosses.why_not_kept(spec, chart.breakdown, dimension)
    )
    if refusal:
        whole = page.panel(chart, values, observations.printed(chart.indicator, area.code))
        return control.with_notes(whole, (f"Not shown within {label}: {refusal.rstrip('.')}.",))
    found = control.shown(
        crosses.within(spec, area, chart.period_type, chart.breakdown, dimension, category), chosen
    )
    narrowed = chart.model_copy(update={"title": f"{chart.title}, {label} only"})
    return page.panel(narrowed, found)


def _download(request: HttpRequest, theme: str, place: int) -> tuple[Panel, list[tuple[str, str]]]:
    """The panel at a place, and what a file says about it."""
    access.check_see_figures(signed_in(request))
    board, area = _board(theme), chosen_area(request)
    panels = panels_of(board, area, control.read(request.GET.dict()))
    if place >= len(panels):
        raise Http404("There is no such chart.")
    panel = panels[place]
    changed = observations.data_changed_at()
    about = [
        ("Title", panel.title),
        ("Area", area.name + (" (synthetic figures)" if area.synthetic else "")),
        ("Source", f"{indicators()[panel.indicator].sender}; indicator {panel.indicator}"),
        ("Data as of", timezone.localtime(changed).strftime("%d %B %Y, %H:%M") if changed else ""),
        ("Note", panel.note),
        ("Missing numbers", "A number that is missing is written as its status, never as 0."),
    ]
    return panel, [one for one in about if one[1]]


def _cells(panel: Panel) -> list[list[object]]:
    return [
        [f"{cell.text} ({cell.note})" if cell.note else cell.text for cell in row]
        for row in panel.rows
    ]


@require_GET
def panel_csv(request: HttpRequest, theme: str, place: int) -> HttpResponse:
    """A chart's table as CSV, with its title, source and date above it."""
    panel, about = _download(request, theme, place)
    rows: list[Sequence[object]] = [*about[1:], [], panel.columns, *_cells(panel)]
    return csv_response(f"{panel.id}.csv", about[0], rows)


@require_GET
def panel_xlsx(request: HttpRequest, theme: str, place: int) -> HttpResponse:
    """A chart's table as an Excel file, with its title, source and date above it."""
    panel, about = _download(request, theme, place)
    return xlsx_response(f"{panel.id}.xlsx", about, panel.columns, _cells(panel))
