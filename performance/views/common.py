"""What the views of performance share: the chosen area, and pages that answer 304 while the data is the same."""

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils import timezone

from lscb.models import Area
from lscb.periods import Period, month_of
from performance import scorecard
from performance.indicators.spec import indicators
from performance.indicators.spec import scorecard as layout
from performance.models.catalogue import agreed
from performance.queries import events, observations
from performance.queries.observations import Value


def chosen_area(request: HttpRequest) -> Area:
    """The area named in the address (`?area=`), the partnership's own by default. Raises Http404."""
    code = request.GET.get("area") or settings.PARTNERSHIP_AREA
    found = observations.area(code)
    if found is None:
        raise Http404(f"There is no area '{code}'.")
    return found


def comparators(area: Area) -> list[tuple[str, str]]:
    """The areas a value is compared with, nearest in kind first: the country, then the region."""
    if area.synthetic:
        return []
    return [(one.code, one.name) for one in observations.benchmarks() if one.code != area.code]


def scorecard_page(area: Area, quarter: Period) -> scorecard.Page:
    """The scorecard of a quarter for an area, read in one query beside that of the comparators."""
    return scorecard_and_values(area, quarter)[0]


def scorecard_and_values(area: Area, quarter: Period) -> tuple[scorecard.Page, list[Value]]:
    """The scorecard of a quarter, and the observations that it was built from."""
    others, wider = comparators(area), observations.wider_areas(area)
    values = observations.scorecard_values(
        scorecard.listed(layout()),
        [area.code, *(code for code, _ in (*others, *wider))],
        scorecard.periods_needed(quarter),
    )
    anew = events.rebases([area.code, *(code for code, _ in wider)])
    specs = agreed(indicators().values(), quarter.end)
    page = scorecard.build(layout(), quarter, values, area.code, others, wider, anew, specs)
    return page, values


def opening_quarter(area: Area) -> Period | None:
    """The quarter that an area's scorecard opens with; None before anything was sent."""
    counted = observations.quarters_with_values(scorecard.listed(layout()), area.code)
    return scorecard.choose_quarter(counted)


def quarter_to_open(area: Area) -> Period:
    """The quarter that pages about a quarter open with: the scorecard's, else the last that is over."""
    return opening_quarter(area) or month_of(timezone.localdate()).quarter.previous()
