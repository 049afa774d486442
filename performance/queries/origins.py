"""Where a number came from: the submissions whose counts it was computed from."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.db.models import Q, QuerySet

from lscb.models import Area
from lscb.periods import Period
from lscb.prepared import Prepared, prepared
from performance.indicators.compute import Targets, reach
from performance.indicators.spec import IndicatorSpec
from performance.models import DATASETS, Count, Submission


@dataclass(frozen=True)
class Origin:
    """A submission that a number came from. `id` leads to its page for those who may open it."""

    id: int
    return_id: str
    agency: str
    period: Period
    sent_by: str
    at: datetime
    checksum: str
    filename: str
    source: str
    notes: tuple[str, ...]


def origins_of(
    spec: IndicatorSpec, areas: Collection[str], period: Period, period_type: str
) -> list[Origin]:
    """The submissions whose current counts an observation of these areas was computed from, newest first."""
    wanted = Targets({period_type: frozenset([period])})  # type: ignore[dict-item]
    first, last = reach(wanted)
    codes = _codes(first, last, period, period_type)
    ids: set[int] = set()
    for measure in (spec.numerator, spec.denominator):
        if measure:
            ids |= _sources(measure.dataset, areas, codes, measure.where)
    if spec.published:
        ids |= _sources("Figure", areas, [period.code], {"item": spec.published})
    return [origin(row) for row in _sent(ids)]


def senders_of(spec: IndicatorSpec, area: Area) -> list[str]:
    """The agencies whose current numbers an indicator of an area rests on, by name; those of the areas within one that
    is added up from them as well."""
    within = Area.objects.filter(within=area) if area.adds_up else []
    areas = [area.code, *(one.code for one in within)]
    read = [(one.dataset, one.where) for one in (spec.numerator, spec.denominator) if one]
    if spec.published:
        read.append(("Figure", {"item": spec.published}))
    names: set[str] = set()
    for dataset, where in read:
        rows = DATASETS[dataset]._default_manager.filter(
            Q(area__code__in=areas, current=True), **where
        )
        names.update(rows.values_list("submission__agency__name", flat=True).distinct())
    return sorted(names)


@prepared
def _sent(numbers: Collection[int]) -> QuerySet[Submission]:
    rows = Submission.objects.filter(pk__in=numbers).select_related("agency", "sender")
    return rows.order_by("-id")


def origin(row: Submission) -> Origin:
    """A submission as provenance."""
    return Origin(
        id=row.pk,
        return_id=row.return_id,
        agency=row.agency.name,
        period=row.period,
        sent_by=row.sent_by(),
        at=row.received_at,
        checksum=row.checksum,
        filename=row.filename,
        source=row.source,
        notes=tuple(row.notes),
    )


def _sources(
    dataset: str, areas: Collection[str], codes: Iterable[str], where: dict[str, str]
) -> set[int]:
    return set(_sources_by(dataset, tuple(where))(areas, list(codes), *where.values()))


@cache
def _sources_by(dataset: str, columns: tuple[str, ...]) -> Prepared[..., int]:
    """The query for the submissions of current rows of a dataset, in some areas and periods, by these columns."""

    def rows(areas: Collection[str], codes: Collection[str], *values: str) -> QuerySet[Count, int]:
        found = DATASETS[dataset]._default_manager.filter(
            Q(area__code__in=areas, current=True, period__in=codes),
            **dict(zip(columns, values, strict=True)),
        )
        return found.values_list("submission", flat=True).distinct()

    return prepared(rows)


def _codes(first: int, last: int, period: Period, period_type: str) -> list[str]:
    """The codes of the periods whose rows an observation can have used."""
    if period_type in ("month", "quarter", "year"):
        inside = [*_all_periods(period.first, period.last), period.year]
    elif period_type == "ytd":
        inside = [*_all_periods(period.year.first, period.last), period.year]
    else:
        inside = [*_all_periods(period.last - 11, period.last), period.year]
    return sorted({one.code for one in inside if first <= one.first and one.last <= last})


def _all_periods(first: int, last: int) -> list[Period]:
    months = [Period(number, 1) for number in range(first, last + 1)]
    quarters = {month.quarter for month in months}
    return months + sorted(quarters)
