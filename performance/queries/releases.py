"""Which release of a population estimate a rate rests on, and the others that were published of the same year."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from performance.indicators.series import Value
from performance.indicators.spec import IndicatorSpec
from performance.intake.codes import ALL, code_list
from performance.intake.spec import REPORTED
from performance.models import Figure

RELEASE = "release"  # a breakdown of alternatives, not of parts (decision 6)


@dataclass(frozen=True)
class Estimate:
    """A release's estimate of the children that a rate is over; `is_used` says that the rate rests on it."""

    release: str
    children: Decimal
    is_used: bool


def estimates(spec: IndicatorSpec, value: Value | None) -> list[Estimate]:
    """The releases of the estimate that a value is divided by, of all its areas together, those it rests on first.
    A category rests on the release whose total its categories add to. Empty where none is kept."""
    measure = spec.denominator
    if value is None or measure is None or measure.dataset != "Figure" or measure.per != "year":
        return []
    areas = value.parts.split() or [value.area]
    rows = Figure.objects.filter(
        area__code__in=areas,
        current=True,
        period=value.period.year.code,
        item=measure.where.get("item", ""),
        status=REPORTED,
    )
    sent: dict[str, list[Decimal]] = {}
    for category, count in rows.filter(breakdown=RELEASE).values_list("category", "count"):
        if count is not None:
            sent.setdefault(category, []).append(count)
    base = value.denominator
    if value.breakdown != ALL:
        base = rows.filter(breakdown=value.breakdown).aggregate(all=Sum("count"))["all"]
    codes = code_list(RELEASE)
    found = [
        Estimate(codes.label(category), sum(counts, Decimal(0)), sum(counts, Decimal(0)) == base)
        for category, counts in sent.items()
        if len(counts) == len(areas)
    ]
    return sorted(found, key=lambda one: (not one.is_used, one.release))


def used(listed: list[Estimate]) -> str:
    """The releases that a rate rests on, in words; empty where that is not known."""
    return " and ".join(one.release for one in listed if one.is_used)
