"""The areas that an area is compared with."""

from lscb.models import Area
from lscb.numbers import with_and
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
        return [row.neighbour for row in _newest(area)][:NEAREST]
    return []


def which_neighbours(area: Area) -> str:
    """Which of an area's statistical neighbours it is compared with, a sentence; empty for an area without any."""
    rows = _newest(area)
    if not rows:
        return ""
    named = with_and([row.neighbour.name for row in rows[:NEAREST]])
    of = f"the {min(NEAREST, len(rows))} nearest of {len(rows)} statistical neighbours ({rows[0].model} model)"
    return (
        f"{named} are {of}; the indicator’s own page compares with the median and the mean of all."
    )


def _newest(area: Area) -> list[Neighbour]:
    """The neighbours by the newest model, the nearest first."""
    rows = Neighbour.objects.filter(area=area).select_related("neighbour").order_by("rank")
    newest = next((row.model for row in rows.order_by("-model")), "")
    return [row for row in rows if row.model == newest]
