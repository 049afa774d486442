"""From any number: where does it come from? Definition, formula, parts, submissions, mappings and normalisations."""

from collections.abc import Sequence
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from lscb import access
from lscb.access import Action
from lscb.http import signed_in
from lscb.models import Area, Person
from lscb.periods import Period
from performance.indicators import zeroes
from performance.indicators.series import Value
from performance.indicators.spec import PERIOD_TYPES, IndicatorSpec, PeriodType, indicators
from performance.intake.codes import ALL
from performance.models.catalogue import agreed
from performance.pages import cells, number_page
from performance.pages import controls as control
from performance.pages import dashboards as page
from performance.pages import editions as edition_page
from performance.queries import crosses, editions, observations, releases, submissions
from performance.queries.observations import Printed
from performance.queries.origins import origins_of
from performance.views.common import chosen_area
from performance.views.kept import kept


@require_GET
@kept
def number(request: HttpRequest, indicator_id: str, period: Period) -> HttpResponse:
    """One number of an indicator: `?area=`, `kind` of period, `breakdown` and `category` name it in the
    address, and `within` (`dimension:code`) where it is counted within a category of another dimension."""
    person = signed_in(request)
    access.check_see_figures(person)
    spec = indicators().get(indicator_id.upper())
    if spec is None:
        raise Http404(f"There is no indicator '{indicator_id}'.")
    spec = agreed([spec], timezone.localdate()).get(spec.id) or spec
    area = chosen_area(request)
    kind = _kind(request.GET.get("kind", ""), period)
    breakdown, category = request.GET.get("breakdown", ALL), request.GET.get("category", ALL)
    if breakdown not in (ALL, *spec.breakdowns):
        raise Http404(f"{spec.id} is not broken down by that.")
    chosen = control.read(request.GET.dict())
    series = partial(_series, spec, area, chosen.within, breakdown, category)
    value = next((one for one in series(kind) if one.period == period), None)
    words = number_page.category_words(spec, breakdown, category)
    finer = number_page.finer(spec, kind)
    parts = _within(series(finer), kind, period) if finer else []
    printed = [
        one
        for one in observations.printed(spec.id, area.code)
        if (one.period, one.breakdown, one.category) == (period, breakdown, category)
    ]
    context = {
        "spec": spec,
        "area": area,
        "period": period,
        "kind_words": page.PERIOD_WORDS[kind],
        "is_span": kind in ("ytd", "rolling"),
        "number": number_page.number(
            spec, value, words, parts, _rolled_up(spec, value, chosen.within)
        ),
        "value": value,
        "breakdown": breakdown,
        "within_words": chosen.within_words,
        "breakdown_words": "" if breakdown == ALL else cells.breakdown_title(breakdown),
        **_releases(spec, value, printed),
        **_in_edition(request, spec, area, kind, value if breakdown == ALL else None, period),
        **_sent(person, spec, area, period, kind, value),
        "printed": printed,
        "may_raise": access.can(person, Action.RAISE_CHALLENGES),
    }
    return render(request, "performance/number.html", context)


def _kind(asked: str, period: Period) -> PeriodType:
    """The kind of period that the address asks for, else the period's own."""
    return next(
        one for one in PERIOD_TYPES if one == (asked if asked in PERIOD_TYPES else period.kind)
    )


def _within(values: Sequence[Value], kind: PeriodType, period: Period) -> list[Value]:
    """The values whose periods make up one of this kind: a running total begins before the period that names it."""
    first = {"ytd": period.year.first, "rolling": period.last - 11}.get(kind, period.first)
    return [one for one in values if first <= one.period.first <= period.last]


def _sent(
    person: Person,
    spec: IndicatorSpec,
    area: Area,
    period: Period,
    kind: PeriodType,
    value: Value | None,
) -> dict[str, object]:
    """The submissions that a number came from, and which of them the person may open."""
    areas = value.parts.split() if value and value.is_rolled_up else [area.code]
    origins = origins_of(spec, areas, period, kind)
    return {
        "origins": origins,
        "openable": submissions.openable(person, [one.id for one in origins]),
    }


def _in_edition(
    request: HttpRequest,
    spec: IndicatorSpec,
    area: Area,
    kind: str,
    value: Value | None,
    period: Period,
) -> dict[str, object]:
    """What the edition that the address names holds of the number, and the files that moved it since; nothing without
    one."""
    asked = request.GET.get("edition", "")
    edition = editions.edition(int(asked)) if asked.isdecimal() else None
    row = editions.row_of(edition, spec.id) if edition else None
    if edition is None or row is None or row.shown["area"] != area.code:
        return {}
    held = edition_page.held(spec, row, kind, period, value)
    moved = {} if held is None or held.is_same else {spec.id: [period.code]}
    return {
        "edition": edition,
        "held": held,
        "causes": editions.causes(area.code, edition.opened_at, moved).get(spec.id, []),
    }


def _releases(
    spec: IndicatorSpec, value: Value | None, printed: Sequence[Printed]
) -> dict[str, object]:
    """The release of the population that a rate rests on, and what the same count gives over the others."""
    listed = releases.estimates(spec, value)
    return {
        "release": releases.used(listed),
        "release_columns": number_page.RELEASE_COLUMNS,
        "releases": number_page.release_rows(spec, value, listed, printed)
        if value and listed
        else (),
    }


def _rolled_up(
    spec: IndicatorSpec, value: Value | None, within: tuple[str, str] | None
) -> number_page.RollUp | None:
    """The areas that a number is added up from, with their numbers; None for an area's own."""
    if value is None or not value.is_rolled_up:
        return None
    if within is None:
        rows = observations.values(
            indicator_ids=[spec.id],
            areas=value.parts.split(),
            period_types=[value.period_type],
            breakdowns=[value.breakdown],
        )
    else:
        kind = next(one for one in PERIOD_TYPES if one == value.period_type)
        parts = Area.objects.filter(code__in=value.parts.split())
        rows = [
            one
            for part in parts
            for one in crosses.within(spec, part, kind, value.breakdown, *within)
        ]
    same = [one for one in rows if (one.period, one.category) == (value.period, value.category)]
    return number_page.roll_up(spec, value, same, observations.area_names())


def _series(
    spec: IndicatorSpec,
    area: Area,
    within: tuple[str, str] | None,
    breakdown: str,
    category: str,
    kind: PeriodType,
) -> list[Value]:
    """A category's values of one kind of period; those within a category of another dimension are counted anew."""
    if within is None:
        found = observations.values(
            indicator_ids=[spec.id],
            areas=[area.code],
            period_types=[kind],
            breakdowns={breakdown, ALL},
        )
    elif crosses.why_not_kept(spec, breakdown, within[0]):
        raise Http404("No number of it is kept within that category.")
    else:
        found = crosses.within(spec, area, kind, breakdown, *within)
    mine = [one for one in found if one.breakdown == breakdown]
    if breakdown != ALL:
        mine = zeroes.filled(spec, mine, [one for one in found if one.breakdown == ALL])
    return [one for one in mine if one.category == category]
