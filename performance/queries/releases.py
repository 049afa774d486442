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
    """A release's estimate of the children that a rate is over; `is_used` says that the rate rests on it. Where the
    estimate is not held, `status` says so in its place."""

    release: str
    children: Decimal | None
    is_used: bool
    status: str = REPORTED


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
    )
    sent: dict[str, list[tuple[Decimal | None, str]]] = {}
    for one in rows.filter(breakdown=RELEASE):
        sent.setdefault(one.category, []).append((one.count, one.status))
    base = value.denominator
    if value.breakdown != ALL:
        parts = rows.filter(breakdown=value.breakdown, status=REPORTED)
        base = parts.aggregate(all=Sum("count"))["all"]
    found = [
        _estimate(category, listed, base)
        for category, listed in sent.items()
        if len(listed) == len(areas)
    ]
    return sorted(found, key=lambda one: (not one.is_used, one.release))


def _estimate(category: str, sent: list[tuple[Decimal | None, str]], base: object) -> Estimate:
    """A release's estimate of all areas together; the status of the first that is not held where one is not."""
    release = code_list(RELEASE).label(category)
    counts = [count for count, status in sent if count is not None and status == REPORTED]
    if len(counts) < len(sent):
        return Estimate(release, None, False, next(one for _, one in sent if one != REPORTED))
    children = sum(counts, Decimal(0))
    return Estimate(release, children, children == base)


def used(listed: list[Estimate]) -> str:
    """The releases that a rate rests on, in words; empty where that is not known."""
    return " and ".join(one.release for one in listed if one.is_used)
