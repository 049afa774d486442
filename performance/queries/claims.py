"""The figures that a text about an area is checked against, and those that it may hold live."""

from lscb.models import Area
from lscb.periods import Period, parse
from performance.indicators.claims import Facts
from performance.indicators.claims.evidence import KINDS
from performance.intake.spec import REPORTED
from performance.queries.observations import observations, wider_areas


def facts(area: Area) -> Facts:
    """Every reported value of an area; for what it has none of, of the areas it lies in. One query."""
    codes = [area.code, *(code for code, _ in wider_areas(area))]
    rows = observations().filter(area__code__in=codes, period_type__in=KINDS, status=REPORTED)
    return Facts((row.as_value() for row in rows.iterator(chunk_size=2000)), codes)


def years() -> list[Period]:
    """The financial years for which any area has a number, the latest first."""
    rows = observations().filter(period_type="year", status=REPORTED).order_by()
    return sorted(
        (parse(code) for code in rows.values_list("period", flat=True).distinct()), reverse=True
    )
