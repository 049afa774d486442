"""Reading observations: series for charts and tables, and where a number came from."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet

from lscb.models import Area
from lscb.periods import Period, parse
from performance.indicators.compute import Targets, reach
from performance.indicators.series import Value as Value
from performance.indicators.spec import IndicatorSpec
from performance.intake.codes import ALL
from performance.intake.spec import REPORTED
from performance.models import DATASETS, DataVersion, Observation, PrintedFigure, Submission
from performance.models.breaks import COLUMNS as COLUMNS
from performance.models.breaks import Told, values_alone, values_of, with_breaks

ROUNDED = "rounded"  # what a printed figure is that is the value with fewer decimals
NATIONAL = "national"  # the type of agency that publishes every authority's figures


def data_version() -> int:
    """The number of the present state of the data; it grows with every change."""
    row = DataVersion.objects.filter(pk=1).first()
    return row.number if row else 0


def data_changed_at() -> datetime | None:
    """When the data last changed."""
    row = DataVersion.objects.filter(pk=1).first()
    return row.changed_at if row else None


def values(
    *,
    indicator_ids: Collection[str],
    areas: Collection[str],
    period_types: Collection[str],
    breakdowns: Collection[str] = (ALL,),
) -> list[Value]:
    """Observations of several indicators and areas (codes) in one query, in the order of their periods."""
    rows = observations().filter(
        indicator__in=indicator_ids,
        area__code__in=areas,
        period_type__in=period_types,
        breakdown__in=breakdowns,
    )
    return _in_order(rows)


def of_shapes(area: str, shapes: Collection[tuple[str, str, str]]) -> list[Value]:
    """An area's observations of these, at least one, (indicator, kind of period, breakdown) in the order of their
    periods: one query."""
    ids: dict[tuple[str, str], set[str]] = {}
    for indicator, period_type, breakdown in shapes:
        ids.setdefault((period_type, breakdown), set()).add(indicator)
    wanted = Q(pk__in=[])
    for (period_type, breakdown), listed in ids.items():
        wanted |= Q(indicator__in=listed, period_type=period_type, breakdown=breakdown)
    all_ids, kinds, breakdowns = (set(each) for each in zip(*shapes, strict=True))
    rows = observations().filter(  # these three are what the index holds
        indicator__in=all_ids, period_type__in=kinds, breakdown__in=breakdowns, area__code=area
    )
    return _in_order(rows.filter(wanted))


def _in_order(rows: QuerySet[Observation]) -> list[Value]:
    return sorted(
        values_of(rows.order_by()),
        key=lambda one: (
            one.indicator,
            one.area,
            one.category,
            one.period.first,
            one.period.length,
        ),
    )


def series(
    indicator_id: str,
    area: str,
    period_type: str,
    breakdown: str = ALL,
    category: str | None = None,
) -> list[Value]:
    """One indicator's observations for an area (code) in the order of their periods."""
    found = values(
        indicator_ids=[indicator_id],
        areas=[area],
        period_types=[period_type],
        breakdowns=[breakdown],
    )
    return [one for one in found if category is None or one.category == category]


def observations() -> QuerySet[Observation]:
    """The observations that anybody in the partnership may read, in a stable order, with their area."""
    return Observation.objects.select_related("area")


def shapes(indicator_id: str, area: str) -> set[tuple[str, str]]:
    """Which kinds of period and breakdowns an indicator has values for in an area."""
    rows = Observation.objects.filter(indicator=indicator_id, area__code=area)
    return set(rows.order_by().values_list("period_type", "breakdown").distinct())


def charted_periods(indicator_id: str, area: str) -> list[Period]:
    """The months, quarters or years (the finest that there are) with a number of an indicator, the latest first."""
    for kind in ("month", "quarter", "year"):
        found = [one.period for one in series(indicator_id, area, kind) if one.is_reported]
        if found:
            return found[::-1]
    return []


def areas_with(indicator_id: str) -> list[Area]:
    """The areas that have observations of an indicator: the partnership's own, regions and the country, others."""
    ids = Observation.objects.filter(indicator=indicator_id).values("area")
    wide = (Area.Kind.REGION, Area.Kind.COUNTRY)

    def place(one: Area) -> tuple[bool, bool, bool, str]:
        return one.synthetic, one.code != settings.PARTNERSHIP_AREA, one.kind not in wide, one.name

    return sorted(Area.objects.filter(pk__in=ids), key=place)


def area(code: str) -> Area | None:
    """The area of this code."""
    return Area.objects.filter(code=code).first()


def areas_with_data() -> list[Area]:
    """The areas that the partnership's agencies send returns for, invented ones last. Areas of which only a national
    publisher's figures are held are for comparison, and not among them."""
    sent = Submission.objects.filter(state="accepted").exclude(agency__type=NATIONAL)
    ids = sent.values("area")
    return list(Area.objects.filter(pk__in=ids).order_by("synthetic", "name"))


def wider_areas(area: Area) -> list[tuple[str, str]]:
    """The partnerships of several authorities that an area lies in, as (code, name)."""
    rows = area.within.filter(kind=Area.Kind.PARTNERSHIP).order_by("name")
    return [(one.code, one.name) for one in rows]


def indicators_with_values(area: str = "") -> set[str]:
    """The ids of the indicators that have a value for an area (code), else for any."""
    rows = Observation.objects.filter(status=REPORTED)
    if area:
        rows = rows.filter(area__code=area)
    return set(rows.order_by().values_list("indicator", flat=True).distinct())


@dataclass(frozen=True)
class Printed:
    """What a report printed for a period, and where. `what` says of what else than the value it is, empty for the value
    itself or its rounding; `note` what is to be known of it."""

    period: Period
    breakdown: str
    category: str
    printed: str
    document: str
    place: str
    what: str = ""
    note: str = ""


def area_names() -> dict[str, str]:
    """The names of all areas by code."""
    return dict(Area.objects.values_list("code", "name"))


def printed(indicator_id: str, area: str) -> list[Printed]:
    """The printed figures of an indicator for an area."""
    return printed_of([indicator_id], area).get(indicator_id, [])


def printed_of(indicator_ids: Collection[str], area: str) -> dict[str, list[Printed]]:
    """The printed figures of several indicators for an area by their ids, in one query."""
    found: dict[str, list[Printed]] = {}
    for row in PrintedFigure.objects.filter(indicator__in=indicator_ids, area__code=area):
        one = Printed(
            parse(row.period),
            row.breakdown,
            row.category,
            row.printed,
            row.document,
            row.place,
            "" if row.what == ROUNDED else row.what,
            row.note,
        )
        found.setdefault(row.indicator, []).append(one)
    return found


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


def origins(
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
    rows = Submission.objects.filter(pk__in=ids).select_related("agency", "sender").order_by("-id")
    return [origin(row) for row in rows]


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
    rows = DATASETS[dataset]._default_manager.filter(
        Q(area__code__in=areas, current=True, period__in=list(codes)), **where
    )
    return set(rows.values_list("submission", flat=True).distinct())


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


def benchmarks() -> list[Area]:
    """The country and the regions, whose figures stand beside an area's."""
    rows = Area.objects.filter(kind__in=(Area.Kind.COUNTRY, Area.Kind.REGION))
    return sorted(rows, key=lambda one: (one.kind != Area.Kind.COUNTRY, one.name))


def quarters_with_values(indicator_ids: Collection[str], area: str) -> dict[Period, int]:
    """For each quarter how many of these indicators have a number for an area; nothing of a quarter without any."""
    rows = Observation.objects.filter(
        indicator__in=indicator_ids,
        area__code=area,
        period_type="quarter",
        breakdown=ALL,
        status=REPORTED,
    )
    counted = rows.order_by().values_list("period").annotate(Count("pk"))
    return {parse(period): number for period, number in counted}


def latest_quarter(indicator_ids: Collection[str], area: Area) -> Period | None:
    """The latest quarter for which an area, or a partnership that it lies in, has a number of one of these indicators;
    None without any."""
    around = area.within.filter(kind=Area.Kind.PARTNERSHIP).order_by().values("pk")
    rows = Observation.objects.filter(
        Q(area=area) | Q(area__in=around),
        indicator__in=indicator_ids,
        period_type="quarter",
        breakdown=ALL,
        status=REPORTED,
    )
    last = rows.order_by().aggregate(last=Max("period"))["last"]
    return parse(last) if last else None


def scorecard_values(
    indicator_ids: Collection[str],
    areas: Collection[str],
    periods: dict[str, list[str]],
    known: Told,
) -> list[Value]:
    """The observations a scorecard needs, in one query; of their breaks what was told is `known`. `periods` are codes
    by kind of period.

    It asks for a range of periods of each kind and leaves out here what is too much: the database finds a range by
    its index, and a choice of many codes not. Of the years to date, of which there is one a month, it asks for those
    it needs. No row becomes a model: most of a first rendering would go into that.
    """
    reach = Q()
    for kind, codes in periods.items():
        since = {"period__in": codes} if kind == "ytd" else {"period__gte": min(codes)}
        reach |= Q(period_type=kind, **since)
    rows = Observation.objects.filter(
        reach, indicator__in=indicator_ids, area__code__in=areas, breakdown=ALL
    )
    wanted = {(kind, parse(code)) for kind, codes in periods.items() for code in codes}
    found = values_alone(rows.order_by())
    return with_breaks([one for one in found if (one.period_type, one.period) in wanted], known)
