"""The parts of an indicator's page beside its chart: other places, groups of children, rare events."""

from dataclasses import replace

from django.http import HttpRequest

from lscb.models import Area
from performance.indicators.series import Value
from performance.indicators.spec import IndicatorSpec, indicators
from performance.intake.codes import ALL
from performance.pages import disparity_page, rare_page
from performance.pages.cells import category_codes
from performance.pages.compared import Compared, Model, compare
from performance.queries import beside, observations
from performance.views.indicator_chart import Shown

RATE = "FD04"  # the rate over the children of each group
COUNT = "FD03"
CHILDREN = disparity_page.CHILDREN


def sections(request: HttpRequest, shown: Shown) -> dict[str, object]:
    """The context of these parts: `compared` (with its chart alone as `funnel`), `rare` and `disparity`, as far as the
    page has them."""
    spec, area = shown.spec, shown.area
    found: dict[str, object] = {}
    if shown.breakdown == ALL:
        compared = _compared(spec, area, shown.years)
        if compared.funnel:
            compared = replace(compared, funnel=shown.with_files(compared.funnel, "funnel"))
        counted = shown.values if shown.period_type in ("month", "quarter") else []
        rare = rare_page.panel(spec, counted, shown.notes.rebases_of(spec.id))
        found["compared"], found["funnel"] = compared, compared.funnel
        found["rare"] = shown.with_files(rare, "rare") if rare else None
    elif spec.id in ("FD03", "FD04", "FD14", "FD15"):
        found["disparity"] = _disparity(request, area, shown.breakdown)
    return found


def _compared(spec: IndicatorSpec, area: Area, years: list[Value]) -> Compared:
    reported = [one for one in years if one.is_reported]
    if area.synthetic:
        why = "The area is invented, so there is nothing to compare it with."
        return Compared("", "", (), why)
    own = max(reported, key=lambda one: one.period, default=None)
    before = next((one for one in reported if own and one.period == own.period.previous()), None)
    if spec.unit == "count" or own is None:
        return compare(spec, own, before, {}, {}, (), ())
    return compare(
        spec,
        own,
        before,
        {
            code: one
            for code, one in beside.elsewhere(spec.id, own.period).items()
            if code not in own.parts.split()
        },
        observations.area_names(),
        beside.wider(area),
        [Model(name, codes) for name, codes in beside.neighbour_models(area)],
    )


def _disparity(request: HttpRequest, area: Area, breakdown: str) -> disparity_page.Disparity | None:
    rate, printed = indicators()[RATE], disparity_page.SHARES.get(breakdown, "")
    of_groups = [one for one in (RATE, COUNT, CHILDREN, printed) if one]
    shapes = [*((one, "year", breakdown) for one in of_groups), (COUNT, "year", ALL)]
    known = observations.of_shapes(area.code, shapes)

    def series(indicator: str, by: str = breakdown) -> list[Value]:
        return [one for one in known if (one.indicator, one.breakdown) == (indicator, by)]

    return disparity_page.disparity(
        rate,
        breakdown,
        series(RATE),
        any(one.numerator is not None for one in series(COUNT)),
        category_codes(rate, breakdown),
        request.GET.get("reference", ""),
        series(CHILDREN),
        series(printed),
        series(COUNT, ALL),
    )
