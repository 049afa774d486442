"""The parts of an indicator's page beside its chart: other places, groups of children, rare events."""

from django.http import HttpRequest

from lscb.models import Area
from performance.indicators.series import Value
from performance.indicators.spec import IndicatorSpec, indicators
from performance.intake.codes import ALL
from performance.pages import compared, disparity_page, rare_page
from performance.pages.cells import category_codes
from performance.queries import beside, events, observations

RATE = "FD04"  # the rate over the children of each group
COUNT = "FD03"


def sections(
    request: HttpRequest,
    spec: IndicatorSpec,
    area: Area,
    breakdown: str,
    years: list[Value],
    values: list[Value],
) -> dict[str, object]:
    """The context of these parts. `years` are the area's yearly totals, `values` the series that the page shows."""
    found: dict[str, object] = {}
    if breakdown == ALL:
        found["compared"] = _compared(spec, area, years)
        shown = [one for one in values if one.period_type in ("month", "quarter")]
        rebases = events.notes(area).rebases_of(spec.id)
        found["rare"] = rare_page.panel(spec, shown, rebases)
    elif spec.id in ("FD03", "FD04", "FD14", "FD15"):
        found["disparity"] = _disparity(request, area, breakdown)
    return found


def _compared(spec: IndicatorSpec, area: Area, years: list[Value]) -> compared.Compared | None:
    reported = [one for one in years if one.is_reported]
    if area.synthetic:
        why = "The area is invented, so there is nothing to compare it with."
        return compared.Compared("", "", (), why)
    own = max(reported, key=lambda one: one.period, default=None)
    before = next((one for one in reported if own and one.period == own.period.previous()), None)
    if spec.unit == "count" or own is None:
        return compared.compare(spec, own, before, {}, {}, (), ())
    return compared.compare(
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
        [compared.Model(name, codes) for name, codes in beside.neighbour_models(area)],
    )


def _disparity(request: HttpRequest, area: Area, breakdown: str) -> disparity_page.Disparity | None:
    rate = indicators()[RATE]
    rates = observations.series(RATE, area.code, "year", breakdown)
    counts = observations.series(COUNT, area.code, "year", breakdown)
    return disparity_page.disparity(
        rate,
        breakdown,
        rates,
        any(one.numerator is not None for one in counts),
        category_codes(rate, breakdown),
        request.GET.get("reference", ""),
    )
