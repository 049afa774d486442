"""The areas that an area is compared with."""

from lscb.models import Area
from performance.models import Neighbour

NEAREST = 3  # of the statistical neighbours with figures, so that lines stay readable


def areas_for(area: Area, compare: str) -> list[Area]:
    """The region, the country, or the nearest statistical neighbours of an area; none for an invented area."""
    if area.synthetic:
        return []
    if compare == "england":
        return list(Area.objects.filter(kind=Area.Kind.COUNTRY))
    if compare == "region":
        return list(area.within.filter(kind=Area.Kind.REGION))
    if compare == "neighbours":
        rows = Neighbour.objects.filter(area=area).select_related("neighbour").order_by("rank")
        newest = next((row.model for row in rows.order_by("-model")), "")
        return [row.neighbour for row in rows if row.model == newest][:NEAREST]
    return []
