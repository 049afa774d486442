"""From any number: where does it come from? Definition, formula, parts, submissions, mappings and normalisations."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from lscb import access
from lscb.access import Action
from lscb.http import signed_in
from lscb.periods import Period
from performance.indicators.series import Value
from performance.indicators.spec import PERIOD_TYPES, IndicatorSpec, indicators
from performance.intake.codes import ALL
from performance.models.catalogue import agreed
from performance.pages import cells, number_page
from performance.pages import dashboards as page
from performance.queries import observations, submissions
from performance.views.common import chosen_area


@require_GET
def number(request: HttpRequest, indicator_id: str, period: Period) -> HttpResponse:
    """One number of an indicator: `?area=`, `kind` of period, `breakdown` and `category` name it in the address."""
    person = signed_in(request)
    access.check_see_figures(person)
    spec = indicators().get(indicator_id.upper())
    if spec is None:
        raise Http404(f"There is no indicator '{indicator_id}'.")
    spec = agreed([spec], timezone.localdate()).get(spec.id) or spec
    area = chosen_area(request)
    kind = request.GET.get("kind", period.kind)
    kind = kind if kind in PERIOD_TYPES else period.kind
    breakdown, category = request.GET.get("breakdown", ALL), request.GET.get("category", ALL)
    value = _value(spec, area.code, kind, period, breakdown, category)
    areas = value.parts.split() if value and value.is_rolled_up else [area.code]
    origins = observations.origins(spec, areas, period, kind)
    mine = submissions.submissions(person).filter(pk__in=[one.id for one in origins])
    printed = [
        one
        for one in observations.printed(spec.id, area.code)
        if (one.period, one.breakdown, one.category) == (period, breakdown, category)
    ]
    words = number_page.category_words(spec, breakdown, category)
    parts = _parts(spec, area.code, kind, period, breakdown, category)
    context = {
        "spec": spec,
        "area": area,
        "period": period,
        "kind_words": page.PERIOD_WORDS[kind],
        "is_span": kind in ("ytd", "rolling"),
        "number": number_page.number(spec, value, words, parts, _rolled_up(spec, value)),
        "value": value,
        "breakdown": breakdown,
        "breakdown_words": "" if breakdown == ALL else cells.breakdown_title(breakdown),
        "origins": origins,
        "openable": set(mine.values_list("pk", flat=True)),
        "printed": printed,
        "may_raise": access.can(person, Action.RAISE_CHALLENGES),
    }
    return render(request, "performance/number.html", context)


def _value(
    spec: IndicatorSpec, area: str, kind: str, period: Period, breakdown: str, category: str
) -> Value | None:
    rows = observations.series(spec.id, area, kind, breakdown, category)
    return next((one for one in rows if one.period == period), None)


def _rolled_up(spec: IndicatorSpec, value: Value | None) -> number_page.RollUp | None:
    """The areas that a number is added up from, with their numbers; None for an area's own."""
    if value is None or not value.is_rolled_up:
        return None
    rows = observations.values(
        indicator_ids=[spec.id],
        areas=value.parts.split(),
        period_types=[value.period_type],
        breakdowns=[value.breakdown],
    )
    same = [one for one in rows if (one.period, one.category) == (value.period, value.category)]
    return number_page.roll_up(spec, value, same, observations.area_names())


def _parts(
    spec: IndicatorSpec, area: str, kind: str, period: Period, breakdown: str, category: str
) -> list[Value]:
    """The months that a longer number is made of, where it is made of months."""
    finer = number_page.PARTS.get(kind)
    if finer is None or spec.aggregation in ("recount", "annual"):
        return []
    first = {"ytd": period.year.first, "rolling": period.last - 11}.get(kind, period.first)
    rows = observations.series(spec.id, area, finer, breakdown, category)
    return [one for one in rows if first <= one.period.first <= period.last]
