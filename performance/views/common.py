"""What the views of performance share: the chosen area, and pages that answer 304 while the data is the same."""

from django.conf import settings
from django.http import Http404, HttpRequest

from lscb.models import Area
from performance.queries import observations


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
