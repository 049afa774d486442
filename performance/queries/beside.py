"""What stands beside an indicator's own figures: the values of other places, and of groups of children."""

from collections.abc import Sequence

from django.db.models import Q

from lscb.models import Area
from lscb.periods import Period
from performance.indicators.series import Value
from performance.intake.codes import ALL
from performance.models import Neighbour
from performance.models.breaks import values_of
from performance.queries.observations import observations


def elsewhere(indicator: str, period: Period) -> dict[str, Value]:
    """The values of a year of every real place, by area code; several authorities together are no place
    beside their own. One query."""
    rows = (
        observations()
        .filter(
            indicator=indicator,
            period_type=period.kind,
            period=period.code,
            breakdown=ALL,
            area__synthetic=False,
            status="reported",
        )
        .exclude(area__kind=Area.Kind.PARTNERSHIP)
    )
    return {one.area: one for one in values_of(rows)}


def wider(area: Area) -> list[str]:
    """The codes of the country and of the regions an area lies in."""
    country, region = Area.Kind.COUNTRY, Area.Kind.REGION
    rows = Area.objects.filter(Q(kind=country) | Q(kind=region, parts=area)).exclude(pk=area.pk)
    found = rows.distinct().order_by("name").values_list("kind", "code")
    return [code for kind in (country, region) for one, code in found if one == kind]


def neighbour_models(area: Area) -> Sequence[tuple[str, tuple[str, ...]]]:
    """The models of statistical neighbours of an area, the newest first: (name, codes with the nearest first)."""
    found: dict[str, list[str]] = {}
    rows = Neighbour.objects.filter(area=area).order_by("-model", "rank")
    for model, code in rows.values_list("model", "neighbour__code"):
        found.setdefault(model, []).append(code)
    return [(model, tuple(codes)) for model, codes in found.items()]
