"""The catalogue of indicators, and one indicator's page: chart, table, definition, where the numbers come from."""

from collections.abc import Collection

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from lscb import access
from lscb.csvfiles import csv_response
from lscb.http import signed_in
from lscb.models import Area
from lscb.periods import Period
from performance import contributed
from performance.indicators.spec import PERIOD_TYPES, ChartSpec, IndicatorSpec, PeriodType
from performance.indicators.spec import indicators as catalogue
from performance.intake.codes import ALL
from performance.models.catalogue import agreed
from performance.pages import cells, indicator_page, scorecard, wording
from performance.pages import dashboards as page
from performance.queries import catalogue as decided
from performance.queries import challenges, commentary, events, observations, submissions
from performance.queries.observations import Printed, Value
from performance.views.common import chosen_area, quarters_to_pin
from performance.views.downloads import kinds_of, panel_file
from performance.views.indicator_sections import sections

ROWS = 24  # periods in the table; earlier ones are folded away


@require_GET
def indicators(request: HttpRequest) -> HttpResponse:
    """All indicators, by group, with those that have no data yet marked; `?q=` searches."""
    access.check_see_figures(signed_in(request))
    area = chosen_area(request)
    have = observations.indicators_with_values(area.code)
    words = request.GET.get("q", "").strip().lower()
    themes: dict[str, list[tuple[IndicatorSpec, bool]]] = {}
    decisions = decided.latest()
    for spec in catalogue().values():
        if all(
            word in f"{spec.id} {spec.title} {spec.definition} {spec.sender}".lower()
            for word in words.split()
        ):
            group = decided.group_of(spec, decisions)
            themes.setdefault(group, []).append((spec, spec.id in have))
    for listed in themes.values():
        place = {
            spec.id: at
            for at, spec in enumerate(decided.ordered([one for one, _ in listed], decisions))
        }
        listed.sort(key=lambda one: place[one[0].id])
    found = sum(len(listed) for listed in themes.values())
    context = {
        "themes": themes,
        "area": area,
        "q": request.GET.get("q", ""),
        "found": found,
        "all": len(catalogue()),
        "off": {key for key, row in decisions.items() if not row.in_use},
    }
    return render(request, "performance/indicators.html", context)


def _spec(indicator_id: str) -> IndicatorSpec:
    spec = catalogue().get(indicator_id.upper())
    if spec is None:
        raise Http404(f"There is no indicator '{indicator_id}'.")
    return spec


@require_GET
def indicator(request: HttpRequest, indicator_id: str) -> HttpResponse:
    """One indicator for an area, by a kind of period and a breakdown, all named in the address."""
    access.check_see_figures(signed_in(request))
    spec = _spec(indicator_id)
    in_use = agreed([spec], timezone.localdate()).get(spec.id)
    spec = in_use or spec
    area, elsewhere, shapes = _where(request, spec)
    period_type, breakdown = _shape(request, spec, shapes)
    values = observations.series(spec.id, area.code, period_type, breakdown)
    years = observations.series(spec.id, area.code, "year") if breakdown == ALL else []
    context = {
        "spec": spec,
        "area": area,
        "areas": elsewhere or [area],
        "in_use": in_use is not None,
        "period_type": period_type,
        "breakdown": breakdown,
        **_switches(spec, shapes, breakdown),
        **_series(spec, area, period_type, breakdown, values, years),
        **_definition(spec),
        **sections(request, spec, area, breakdown, years, values),
        **_meetings(request, spec, area),
        **_provenance(request, spec, area, _latest(values)),
        **_roll_up(values),
    }
    return render(request, "performance/indicator.html", context)


def _switches(
    spec: IndicatorSpec, shapes: set[tuple[str, str]], breakdown: str
) -> dict[str, object]:
    """The kinds of period and the breakdowns that there are to choose from."""
    return {
        "period_types": [
            (one, page.PERIOD_WORDS[one]) for one in PERIOD_TYPES if (one, breakdown) in shapes
        ],
        "breakdowns": [
            (one, cells.breakdown_title(one))
            for one in spec.breakdowns
            if any(one == b for _, b in shapes)
        ],
    }


def _series(
    spec: IndicatorSpec,
    area: Area,
    period_type: PeriodType,
    breakdown: str,
    values: list[Value],
    years: list[Value],
) -> dict[str, object]:
    """The chart with its table, the years beneath it, and the latest number above."""
    printed = observations.printed(spec.id, area.code)
    notes = events.notes(area)
    shown = values if period_type == "year" else [*values, *years]
    panel = page.panel(_chart(spec, period_type, breakdown), shown, printed, notes)
    folds = breakdown == ALL
    return {
        "panel": panel,
        "kinds": kinds_of(panel),
        "first_rows": panel.rows[:ROWS] if folds else panel.rows,
        "other_rows": panel.rows[ROWS:] if folds else (),
        "years": cells.table_rows(spec, years, printed) if years and period_type != "year" else (),
        "year_columns": cells.table_columns(spec),
        "printed_rows": indicator_page.printed_rows(
            spec, printed, _as_printed(spec, area.code, printed)
        ),
        **_headline(spec, values, period_type, breakdown, notes.rebases_of(spec.id)),
    }


def _definition(spec: IndicatorSpec) -> dict[str, object]:
    """The parts of the definition that are said in words."""
    return {
        "target": wording.target_words(spec),
        "aggregation": indicator_page.AGGREGATION_WORDS[spec.aggregation],
        "polarity": indicator_page.POLARITY_WORDS[spec.polarity],
    }


def _meetings(request: HttpRequest, spec: IndicatorSpec, area: Area) -> dict[str, object]:
    """What people wrote and asked about it, and what the person may do."""
    person = signed_in(request)
    quarters = observations.series(spec.id, area.code, "quarter")
    return {
        "wordings": commentary.history(spec.id, area, quarters),
        "challenges": challenges.about(spec.id, area),
        "about": contributed.about(person, spec.id),
        "may_set": access.can_set_indicators(person),
        "pin_to": quarters_to_pin(person),
        "may_rebase": access.can_rebase(person),
    }


def _roll_up(values: list[Value]) -> dict[str, object]:
    """The areas that the latest period is added up from, and those of them without a number; nothing for an area's own
    figures."""
    latest = max(values, key=lambda one: one.period, default=None)
    if latest is None or not latest.is_rolled_up:
        return {}
    names = observations.area_names()
    return {
        "rolled_up": indicator_page.listed(latest.parts, names),
        "lacking": indicator_page.listed(latest.lacking, names),
        "rolled_up_latest": latest,
    }


def _where(
    request: HttpRequest, spec: IndicatorSpec
) -> tuple[Area, list[Area], set[tuple[str, str]]]:
    """The area shown, all that have the indicator, and the shapes it has there. Where the partnership's own area has
    no figure and none is asked for, the first that has one is shown."""
    area = chosen_area(request)
    shapes = observations.shapes(spec.id, area.code)
    elsewhere = observations.areas_with(spec.id)
    if not shapes and elsewhere and "area" not in request.GET:
        area = elsewhere[0]
        shapes = observations.shapes(spec.id, area.code)
    return area, elsewhere, shapes


def _chart(spec: IndicatorSpec, period_type: PeriodType, breakdown: str) -> ChartSpec:
    return ChartSpec(
        indicator=spec.id,
        title=f"{spec.title}, {page.PERIOD_WORDS[period_type]}",
        breakdown=breakdown,
        period_type=period_type,
        mark="bar" if period_type == "year" and spec.unit == "count" else "line",
    )


def _headline(
    spec: IndicatorSpec,
    values: list[Value],
    period_type: str,
    breakdown: str,
    rebases: Collection[Period],
) -> dict[str, object]:
    """The latest number with its interval, and how the series behaves; neither where it is broken down."""
    latest = _latest(values)
    if latest is None or breakdown != ALL:
        return {"latest": latest}
    judged = period_type in scorecard.WINDOW and scorecard.best_chart(spec, [values], rebases)
    return {
        "latest": latest,
        "latest_text": wording.write(spec, latest),
        "interval": wording.interval(spec, latest),
        "rag": wording.rag(spec, latest),
        "variation": wording.variation(spec, judged or None),
    }


def _provenance(
    request: HttpRequest, spec: IndicatorSpec, area: Area, latest: Value | None
) -> dict[str, object]:
    """The submissions behind the latest number, and which of them the person may open."""
    areas = latest.parts.split() if latest and latest.is_rolled_up else [area.code]
    origins = observations.origins(spec, areas, latest.period, latest.period_type) if latest else []
    visible = submissions.submissions(signed_in(request)).filter(pk__in=[one.id for one in origins])
    return {
        "origins": origins,
        "openable": set(visible.values_list("pk", flat=True)),
        "latest_address": cells.number_address(latest) if latest else "",
    }


def _as_printed(spec: IndicatorSpec, area: str, printed: list[Printed]) -> list[Value]:
    """Our values of the periods and categories that were printed."""
    if not printed:
        return []
    return observations.values(
        indicator_ids=[spec.id],
        areas=[area],
        period_types={one.period.kind for one in printed},
        breakdowns={one.breakdown for one in printed},
    )


def _shape(
    request: HttpRequest, spec: IndicatorSpec, shapes: set[tuple[str, str]]
) -> tuple[PeriodType, str]:
    """The kind of period and breakdown asked for, else the finest that there is."""
    breakdown = request.GET.get("breakdown", ALL if spec.total else (spec.breakdowns or (ALL,))[0])
    if not any(breakdown == one for _, one in shapes):
        plain = ALL if spec.total else (spec.breakdowns or (ALL,))[0]
        breakdown = min((one for _, one in shapes), key=lambda one: one != ALL, default=plain)
    there = [one for one in PERIOD_TYPES if (one, breakdown) in shapes]
    asked = request.GET.get("period", "")
    order = (
        ("month", "quarter", "year", "rolling", "ytd")
        if breakdown == ALL
        else ("year", "quarter", "month")
    )
    return (
        asked if asked in there else next((one for one in order if one in there), "month")
    ), breakdown


@require_GET
def as_file(request: HttpRequest, indicator_id: str, kind: str) -> HttpResponse:
    """The chart of an indicator's page as a file, with the choices of its address: `csv`, `xlsx`, `png` or `svg`."""
    access.check_see_figures(signed_in(request))
    spec = _spec(indicator_id)
    spec = agreed([spec], timezone.localdate()).get(spec.id) or spec
    area, _, shapes = _where(request, spec)
    period_type, breakdown = _shape(request, spec, shapes)
    values = observations.series(spec.id, area.code, period_type, breakdown)
    years = observations.series(spec.id, area.code, "year") if breakdown == ALL else []
    shown = values if period_type == "year" else [*values, *years]
    printed = observations.printed(spec.id, area.code)
    chart = _chart(spec, period_type, breakdown)
    return panel_file(page.panel(chart, shown, printed, events.notes(area)), area, kind)


def _latest(values: list[Value]) -> Value | None:
    return max(
        (value for value in values if value.is_reported),
        key=lambda value: value.period,
        default=None,
    )


@require_GET
def as_csv(request: HttpRequest, indicator_id: str) -> HttpResponse:
    """Every observation of an indicator for an area, with status and interval."""
    access.check_see_figures(signed_in(request))
    spec = _spec(indicator_id)
    area = chosen_area(request)
    header = [
        "indicator",
        "area",
        "period_type",
        "period",
        "breakdown",
        "category",
        "numerator",
        "denominator",
        "value",
        "lower",
        "upper",
        "status",
        "months",
        "of_months",
        "as_printed",
        "rolled_up_from",
        "without_a_number",
    ]
    rows = (
        observations.observations()
        .filter(indicator=spec.id, area=area)
        .values_list(*observations.COLUMNS)
    )
    return csv_response(f"{spec.id}-{area.code}.csv", header, rows)
