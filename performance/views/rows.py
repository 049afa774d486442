"""A row of the scorecard opened: its chart, table, commentary and challenges, as a part or as a page."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lscb import access
from lscb.http import signed_in
from lscb.models import Area
from lscb.periods import QUARTER, Period
from performance.indicators.scorecard import ChartSpec, Dashboard
from performance.indicators.scorecard import scorecard as layout
from performance.indicators.series import Notes
from performance.indicators.spec import IndicatorSpec, PeriodType, indicators
from performance.models.catalogue import agreed
from performance.pages import beside_rows, scorecard
from performance.pages import dashboards as page
from performance.pages import editions as edition_page
from performance.pages.judged import anew_words, chart_of, drawn_with
from performance.pages.panel import Panel
from performance.pages.wording import aim_words, assurance
from performance.queries import challenges, commentary, events, observations
from performance.queries.observations import Value
from performance.views import frozen
from performance.views.common import chosen_area
from performance.views.downloads import panel_file, with_files
from performance.views.kept import conditional, kept

KINDS: tuple[PeriodType, ...] = ("month", "quarter", "year")
TABLE_ROWS = 12


@require_GET
@kept
def row(request: HttpRequest, period: Period, indicator_id: str) -> HttpResponse:
    """What stands behind a row of a quarter's scorecard. With `?part=1` only what the open row holds."""
    person = signed_in(request)
    access.check_see_figures(person)
    spec, area, values = _behind(request, period, indicator_id)
    quarters = [one for one in values if one.period_type == QUARTER]
    wordings = commentary.history(spec.id, area, quarters)
    newest = commentary.newest(wordings, period)
    notes = events.notes(area)
    panel = with_files(
        _panel(spec, area, values, period, notes),
        "scorecard-row-file",
        period,
        spec.id,
        query={"area": area.code},
    )
    chart = chart_of(spec, _drawn(values, period), notes.rebases_of(spec.id))
    context = {
        "spec": spec,
        "area": area,
        "quarter": period,
        "panel": replace(panel, rows=panel.rows[:TABLE_ROWS]),
        "standing": commentary.as_of_now(area, newest),
        "earlier": [one for one in wordings if one not in newest],
        "challenges": challenges.about(spec.id, area),
        "boards": boards_of(spec.id),
        "anew": anew_words(chart),
        "aim": aim_words(spec, _number(values, period)),
        "assurance": assurance(spec, chart),
        "may_rebase": access.can_rebase(person),
    }
    part = request.GET.get("part") == "1"
    name = "performance/parts/row_detail.html" if part else "performance/row.html"
    return render(request, name, context)


@require_GET
def held(request: HttpRequest, edition_id: int, indicator_id: str) -> HttpResponse:
    """What an edition holds of a row: its numbers with their chart and table, and its words. With `?part=1` only what
    the open row holds."""
    access.check_see_figures(signed_in(request))
    edition, rows = frozen.edition_of(edition_id)
    kept = next((one for one in rows if one.indicator == indicator_id.upper()), None)
    spec = indicators().get(indicator_id.upper())
    if kept is None or spec is None:
        raise Http404("There is no such row in this edition.")
    words = beside_rows.said_in(edition).get(spec.id)
    spec = agreed([spec], edition.quarter.end).get(spec.id) or spec
    area = observations.area(kept.shown["area"]) or edition.area
    panel = _panel(spec, area, edition_page.values_of(kept), edition.quarter, events.notes(area))
    context = {
        "edition": edition,
        "spec": spec,
        "area": area,
        "quarter": edition.quarter,
        "panel": replace(panel, rows=panel.rows[:TABLE_ROWS]),
        "shown": kept.shown,
        "words": words,
        "is_defined_so": kept.definition == edition_page.definition_checksum(indicators()[spec.id]),
    }
    part = request.GET.get("part") == "1"
    name = "performance/parts/held_detail.html" if part else "performance/held.html"
    return render(request, name, context)


@require_GET
@conditional
def as_file(request: HttpRequest, period: Period, indicator_id: str, kind: str) -> HttpResponse:
    """The chart of an opened row as a file: `csv`, `xlsx`, `png` or `svg`."""
    access.check_see_figures(signed_in(request))
    spec, area, values = _behind(request, period, indicator_id)
    return panel_file(_panel(spec, area, values, period, events.notes(area)), area, kind)


def _behind(
    request: HttpRequest, period: Period, indicator_id: str
) -> tuple[IndicatorSpec, Area, list[Value]]:
    """A row's definition, its area, and its values up to the quarter. Raises Http404 where there is no such row."""
    spec = indicators().get(indicator_id.upper())
    if spec is None or not spec.total or period.kind != QUARTER:
        raise Http404("There is no such row.")
    spec = agreed([spec], period.end).get(spec.id) or spec
    area = chosen_area(request)
    values = observations.values(indicator_ids=[spec.id], areas=[area.code], period_types=KINDS)
    return spec, area, [one for one in values if one.period.last <= period.last]


def boards_of(indicator: str) -> list[Dashboard]:
    """The dashboards that show an indicator."""
    return [
        board
        for board in layout().dashboards
        if any(indicator in (one.indicator, *one.with_indicators) for one in board.charts)
    ]


def _number(values: list[Value], quarter: Period) -> Value | None:
    """The number that the row shows."""
    quarters, years = ([one for one in values if one.period_type == kind] for kind in KINDS[1:])
    latest = scorecard.latest(quarters, years, quarter)
    return latest if latest and latest.is_reported else None


def _drawn(values: list[Value], quarter: Period) -> list[Value]:
    """The values of the finest kind of period with enough points that ends with the number of the row."""
    kinds = [[one for one in values if one.period_type == kind] for kind in KINDS]
    shown = _number(values, quarter)
    return drawn_with(kinds, shown) or next((listed for listed in kinds if listed), [])


def _panel(
    spec: IndicatorSpec, area: Area, values: list[Value], quarter: Period, notes: Notes
) -> Panel:
    """The chart that the row judges by."""
    best = _drawn(values, quarter)
    kind: PeriodType = next(
        (one for one in KINDS if best and best[0].period_type == one), "quarter"
    )
    chart = ChartSpec(
        indicator=spec.id, title=f"{spec.title}, {page.PERIOD_WORDS[kind]}", period_type=kind
    )
    printed = observations.printed(spec.id, area.code)
    return page.panel(chart, values, printed, notes, [spec])
