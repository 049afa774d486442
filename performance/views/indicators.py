"""The catalogue of indicators, and one indicator's page: chart, table, definition, where the numbers come from."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from lscb import access
from lscb.http import signed_in
from lscb.models import Area
from lscb.numbers import STATUS_SYMBOLS
from performance import contributed
from performance.indicators import limits, series
from performance.indicators.spec import PERIOD_TYPES, IndicatorSpec, feeding_returns
from performance.indicators.spec import indicators as catalogue
from performance.intake.codes import ALL
from performance.models.catalogue import agreed
from performance.pages import cells, indicator_page, wording
from performance.pages import dashboards as page
from performance.pages.judged import anew_words, verdict
from performance.pages.panel import Panel
from performance.queries import catalogue as decided
from performance.queries import challenges, commentary, events, observations, releases, submissions
from performance.queries.observations import Printed, Value
from performance.queries.origins import origins_of
from performance.views import indicator_chart
from performance.views.common import chosen_area, quarters_to_pin
from performance.views.downloads import TABLES, about, panel_file, signs, table_file
from performance.views.indicator_chart import Shown
from performance.views.indicator_sections import sections
from performance.views.kept import conditional, kept, kept_for_each

ROWS = 24  # periods in the table; earlier ones are folded away


@require_GET
@kept
def indicators(request: HttpRequest) -> HttpResponse:
    """All indicators, by group, with those marked that have no figure in the area (sent for others, or never yet);
    `?q=` searches."""
    access.check_see_figures(signed_in(request))
    area = chosen_area(request)
    have = observations.indicators_with_values(area.code)
    sent = observations.indicators_with_values()
    words = request.GET.get("q", "").strip().lower()
    themes: dict[str, list[tuple[IndicatorSpec, str]]] = {}
    decisions = decided.latest()
    for spec in catalogue().values():
        group = decided.group_of(spec, decisions)
        told = (
            f"{spec.id} {spec.title} {group} {spec.theme} {spec.definition} {spec.sender}".lower()
        )
        if all(word in told for word in words.split()):
            there = "figures" if spec.id in have else "elsewhere" if spec.id in sent else ""
            themes.setdefault(group, []).append((spec, there))
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
        "about": f"?area={area.code}" if request.GET.get("area") else "",
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
@kept_for_each
def indicator(request: HttpRequest, indicator_id: str) -> HttpResponse:
    """One indicator for an area, by a kind of period and a breakdown, all named in the address."""
    access.check_see_figures(signed_in(request))
    spec = _spec(indicator_id)
    in_use = agreed([spec], timezone.localdate()).get(spec.id)
    spec = in_use or spec
    shown = indicator_chart.shown(spec, request.GET.dict())
    area, values = shown.area, shown.values
    context = {
        "spec": spec,
        "sent_with": feeding_returns(spec),
        "area": area,
        "areas": shown.elsewhere or [area],
        "in_use": in_use is not None,
        "switched_off": "" if in_use else decided.switched_off([spec.id]).get(spec.id, ""),
        "period_type": shown.period_type,
        "breakdown": shown.breakdown,
        **_switches(shown),
        **_series(shown),
        **_definition(spec),
        **sections(request, shown),
        **_meetings(request, shown),
        **_provenance(request, spec, area, _latest(values)),
        **_roll_up(values),
    }
    return render(request, "performance/indicator.html", context)


def _switches(shown: Shown) -> dict[str, object]:
    """The kinds of period and the breakdowns that there are to choose from."""
    return {
        "period_types": [
            (one, page.PERIOD_WORDS[one])
            for one in PERIOD_TYPES
            if (one, shown.breakdown) in shown.shapes
        ],
        "breakdowns": [
            (one, cells.breakdown_title(one))
            for one in shown.spec.breakdowns
            if any(one == b for _, b in shown.shapes)
        ],
    }


def _series(shown: Shown) -> dict[str, object]:
    """The chart with its table, the years beneath it, and the latest number above."""
    spec, area = shown.spec, shown.area
    printed = observations.printed(spec.id, area.code)
    panel = shown.panel(printed)
    folds = shown.breakdown == ALL
    years, left_out = series.since_whole(shown.years if shown.period_type != "year" else [])
    return {
        "panel": shown.with_files(panel),
        "first_rows": panel.rows[:ROWS] if folds else panel.rows,
        "other_rows": panel.rows[ROWS:] if folds else (),
        "years": cells.table_rows(spec, years, printed) if years else (),
        "years_left_out": left_out,
        "year_columns": cells.table_columns(spec),
        "printed_rows": indicator_page.printed_rows(
            spec, printed, _as_printed(spec, area.code, printed)
        ),
        **_headline(shown),
    }


def _definition(spec: IndicatorSpec) -> dict[str, object]:
    """The parts of the definition that are said in words."""
    return {
        "target": wording.target_words(spec, spec.target),
        "aggregation": indicator_page.AGGREGATION_WORDS[spec.aggregation],
        "polarity": indicator_page.POLARITY_WORDS[spec.polarity],
    }


def _meetings(request: HttpRequest, shown: Shown) -> dict[str, object]:
    """What people wrote and asked about it, and what the person may do."""
    person, spec, area = signed_in(request), shown.spec, shown.area
    return {
        "wordings": commentary.history(spec.id, area, shown.quarters),
        "challenges": challenges.about(spec.id, area),
        "about": contributed.about(person, spec.id),
        "may_set": access.can_set_indicators(person),
        "pin_to": quarters_to_pin(person),
        "may_rebase": access.can_rebase(person),
        "breaks": _breaks(shown.values),
        "begun_anew": events.begun_anew(spec.id, area) if shown.notes.rebases_of(spec.id) else [],
    }


def _breaks(values: list[Value]) -> list[series.Break]:
    """The breaks that the numbers shown reach; one still to come is of no use to a reader."""
    last = max((one.period for one in values if one.is_reported), default=None)
    return [one for one in series.breaks_of(values) if last is not None and one.period <= last]


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


def _headline(shown: Shown) -> dict[str, object]:
    """The latest number with its interval, and how the series behaves; neither where it is broken down."""
    spec, latest = shown.spec, _latest(shown.values)
    if latest is None or shown.breakdown != ALL:
        return {"latest": latest}
    rebases = shown.notes.rebases_of(spec.id)
    parts = {"quarter": [shown.months], "year": [shown.months, shown.quarters]}
    said, chart = wording.running(), None
    if shown.period_type in limits.WINDOW:
        said, chart = verdict(spec, shown.values, parts.get(shown.period_type, []), rebases)
    return {
        "latest": latest,
        "latest_text": wording.write(spec, latest),
        "interval": wording.interval(spec, latest),
        "release": releases.used(releases.estimates(spec, latest)),
        "rag": wording.rag(spec, latest),
        "variation": said,
        "assurance": wording.assurance(spec, chart),
        "aim": wording.aim_words(spec, latest),
        "anew": anew_words(chart),
    }


def _provenance(
    request: HttpRequest, spec: IndicatorSpec, area: Area, latest: Value | None
) -> dict[str, object]:
    """The submissions behind the latest number, and which of them the person may open."""
    areas = latest.parts.split() if latest and latest.is_rolled_up else [area.code]
    origins = origins_of(spec, areas, latest.period, latest.period_type) if latest else []
    return {
        "origins": origins,
        "openable": submissions.openable(signed_in(request), [one.id for one in origins]),
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


@require_GET
@conditional
def as_file(request: HttpRequest, indicator_id: str, kind: str) -> HttpResponse:
    """A chart of an indicator's page as a file, with the choices of its address: `csv`, `xlsx`, `png` or `svg`.
    `?chart=` names the one that is meant where it is not the first: `funnel` or `rare`."""
    access.check_see_figures(signed_in(request))
    spec = _spec(indicator_id)
    spec = agreed([spec], timezone.localdate()).get(spec.id) or spec
    shown = indicator_chart.shown(spec, request.GET.dict())
    return panel_file(_panel_named(request, shown), shown.area, kind)


def _panel_named(request: HttpRequest, shown: Shown) -> Panel:
    """The chart that the address names. Raises Http404 where the page has none of that name."""
    name = request.GET.get("chart", "")
    if not name:
        return shown.panel(observations.printed(shown.spec.id, shown.area.code))
    panel = sections(request, shown).get(name)
    if not isinstance(panel, Panel):
        raise Http404("There is no such chart.")
    return panel


def _latest(values: list[Value]) -> Value | None:
    return max(
        (value for value in values if value.is_reported),
        key=lambda value: value.period,
        default=None,
    )


DATA_COLUMNS = (
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
    "sign",
)


@require_GET
@conditional
def data(request: HttpRequest, indicator_id: str, kind: str) -> HttpResponse:
    """Every observation of an indicator for an area, with status and interval, as `csv` or `xlsx`. Above the table
    stands what every file says of itself."""
    access.check_see_figures(signed_in(request))
    if kind not in TABLES:
        raise Http404("There is no such file.")
    spec = _spec(indicator_id)
    area = chosen_area(request)
    listed = (
        observations.observations()
        .filter(indicator=spec.id, area=area)
        .values_list(*observations.COLUMNS)
    )
    status = DATA_COLUMNS.index("status")
    rows = [(*row, STATUS_SYMBOLS.get(row[status], "")) for row in listed]
    words = [
        ("Unit", f"{spec.unit}; lower and upper are the ends of the 95% interval of value"),
        ("Definition", spec.definition),
        ("Missing numbers", f"Empty, never 0; status says why, and sign in short: {signs()}"),
    ]
    said = about(f"{spec.title}: all figures", area, [spec], words)
    return table_file(f"{spec.id}-{area.code}.{kind}", said, DATA_COLUMNS, rows)
