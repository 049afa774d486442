"""What the views of performance share: the chosen area, and pages that answer 304 while the data is the same."""

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils import timezone

from lscb import access
from lscb.access import Action
from lscb.models import Area, Person
from lscb.periods import Period, month_of
from performance.indicators.scorecard import scorecard as layout
from performance.pages import scorecard
from performance.queries import observations
from performance.queries.scorecard import Places, places


def chosen_code(request: HttpRequest) -> str:
    """The code of the area named in the address (`?area=`), the partnership's own by default."""
    return request.GET.get("area") or str(settings.PARTNERSHIP_AREA)


def chosen_area(request: HttpRequest) -> Area:
    """The area named in the address (`?area=`), the partnership's own by default. Raises Http404."""
    code = chosen_code(request)
    found = observations.area(code)
    if found is None:
        raise Http404(f"There is no area '{code}'.")
    return found


def chosen_places(request: HttpRequest) -> Places:
    """The area named in the address, the areas there are to choose from, those it lies in and when the data last
    changed: one query for all of it. Raises Http404."""
    code = chosen_code(request)
    found = places(code)
    if found is None:
        raise Http404(f"There is no area '{code}'.")
    return found


def opening_quarter(area: Area) -> Period | None:
    """The quarter that an area's scorecard opens with; None before anything was sent."""
    counted = observations.quarters_with_values(scorecard.listed(layout()), area.code)
    return scorecard.choose_quarter(counted)


def quarter_to_open(area: Area) -> Period:
    """The quarter that pages about a quarter open with: the scorecard's, else the last that is over."""
    return opening_quarter(area) or month_of(timezone.localdate()).quarter.previous()


PINNED_BACK = 12  # quarters to which a view can be pinned, the present one first


def quarters_to_pin(person: Person) -> list[Period]:
    """The quarters to whose meeting a person may pin a view, the latest first; none for who may not."""
    if not access.can(person, Action.PIN_VIEWS):
        return []
    this = month_of(timezone.localdate()).quarter
    return [this.shift(-back) for back in range(PINNED_BACK)]
