"""Reading observations: series for charts and tables."""

from collections.abc import Collection, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lscb.models import Area
from lscb.periods import Period, parse
from lscb.prepared import prepared
from performance.indicators.series import Value as Value
from performance.indicators.spec import indicators
from performance.intake.codes import ALL
from performance.intake.spec import REPORTED
from performance.models import DataVersion, Observation, PrintedFigure, Submission
from performance.models.breaks import COLUMNS as COLUMNS
from performance.models.breaks import Told, values_stored, with_breaks

ROUNDED = "rounded"  # what a printed figure is that is the value with fewer decimals
NATIONAL = "national"  # the type of agency that publishes every authority's figures


def data_version() -> int:
    """The number of the present state of the data; it grows with every change."""
    row = next(iter(_data_version()), None)
    return row.number if row else 0


def data_changed_at() -> datetime | None:
    """When the data last changed."""
    row = next(iter(_data_version()), None)
    return row.changed_at if row else None


@prepared
def _data_version() -> QuerySet[DataVersion]:
    return DataVersion.objects.filter(pk=1)


def values(
    *,
    indicator_ids: Collection[str],
    areas: Collection[str],
    period_types: Collection[str],
    breakdowns: Collection[str] = (ALL,),
) -> list[Value]:
    """Observations of several indicators and areas (codes) in one query, in the order of their periods."""
    found = _among.stored(indicator_ids, areas, period_types, breakdowns)
    return _in_order(with_breaks(values_stored(found)))


@prepared
def _among(
    ids: Collection[str],
    areas: Collection[str],
    kinds: Collection[str],
    breakdowns: Collection[str],
) -> QuerySet[Observation, tuple[Any, ...]]:
    rows = Observation.objects.filter(
        indicator__in=ids, area__code__in=areas, period_type__in=kinds, breakdown__in=breakdowns
    )
    return rows.order_by().values_list(*COLUMNS)


def of_shapes(area: str, shapes: Collection[tuple[str, str, str]]) -> list[Value]:
    """An area's observations of these, at least one, (indicator, kind of period, breakdown) in the order of their
    periods: one query."""
    ids: dict[tuple[str, str], set[str]] = {}
    for indicator, period_type, breakdown in shapes:
        ids.setdefault((period_type, breakdown), set()).add(indicator)
    wanted = [part for (kind, breakdown), some in ids.items() for part in (kind, breakdown, some)]
    all_ids, kinds, breakdowns = (set(each) for each in zip(*shapes, strict=True))
    found = _of_shapes.stored(area, all_ids, kinds, breakdowns, *wanted)
    return _in_order(with_breaks(values_stored(found)))


@prepared
def _of_shapes(
    area: str, ids: Set[str], kinds: Set[str], breakdowns: Set[str], *wanted: Any
) -> QuerySet[Observation, tuple[Any, ...]]:
    """The observations of an area that are of one of the `wanted`: kind of period, breakdown, indicators, and so on."""
    found = Q()
    for kind, breakdown, some in zip(*(wanted[at::3] for at in range(3)), strict=True):
        found |= Q(indicator__in=some, period_type=kind, breakdown=breakdown)
    rows = Observation.objects.filter(  # these three are what the index holds
        indicator__in=ids, period_type__in=kinds, breakdown__in=breakdowns, area__code=area
    )
    return rows.filter(found).order_by().values_list(*COLUMNS)


def _in_order(values: list[Value]) -> list[Value]:
    return sorted(
        values,
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
    return set(_shapes(indicator_id, area))


@prepared
def _shapes(indicator_id: str, area: str) -> QuerySet[Observation, tuple[str, str]]:
    rows = Observation.objects.filter(indicator=indicator_id, area__code=area)
    return rows.order_by().values_list("period_type", "breakdown").distinct()


def charted_periods(indicator_id: str, area: str) -> list[Period]:
    """The months, quarters or years (the finest that there are) with a number of an indicator, the latest first."""
    for kind in ("month", "quarter", "year"):
        found = [one.period for one in series(indicator_id, area, kind) if one.is_reported]
        if found:
            return found[::-1]
    return []


def areas_with(indicator_id: str) -> list[Area]:
    """The areas that have observations of an indicator: the partnership's own, regions and the country, others."""
    wide = (Area.Kind.REGION, Area.Kind.COUNTRY)

    def place(one: Area) -> tuple[bool, bool, bool, str]:
        return one.synthetic, one.code != settings.PARTNERSHIP_AREA, one.kind not in wide, one.name

    return sorted(_areas_with(indicator_id), key=place)


@prepared
def _areas_with(indicator_id: str) -> QuerySet[Area]:
    ids = Observation.objects.filter(indicator=indicator_id).values("area")
    return Area.objects.filter(pk__in=ids)


def area(code: str) -> Area | None:
    """The area of this code."""
    return next(iter(_of_code(code)), None)


@prepared
def _of_code(code: str) -> QuerySet[Area]:
    return Area.objects.filter(code=code)


def areas_with_data() -> list[Area]:
    """The areas that the partnership's agencies send returns for, invented ones last. Areas of which only a national
    publisher's figures are held are for comparison, and not among them."""
    return _areas_with_data()


@prepared
def _areas_with_data() -> QuerySet[Area]:
    sent = Submission.objects.filter(state="accepted").exclude(agency__type=NATIONAL)
    return Area.objects.filter(pk__in=sent.values("area")).order_by("synthetic", "name")


def wider_areas(area: Area) -> list[tuple[str, str]]:
    """The partnerships of several authorities that an area lies in, as (code, name)."""
    return _wider_areas(area.pk)


@prepared
def _wider_areas(number: int) -> QuerySet[Area, tuple[str, str]]:
    rows = Area.objects.filter(parts=number, kind=Area.Kind.PARTNERSHIP)
    return rows.order_by("name").values_list("code", "name")


def indicators_with_values(area: str = "") -> set[str]:
    """The ids of the indicators that have a value for an area (code), else for any."""
    ids = list(indicators())
    rows = _have_values.stored(ids, area or None) if ids else []
    return {one for has in rows for one, there in zip(ids, has, strict=True) if there}


@prepared
def _have_values(ids: Collection[str], area: str | None) -> QuerySet[Area, tuple[bool, ...]]:
    """A row that says of each of these indicators whether it has a value. Asked one by one, the database looks each up
    in its index; asked for all that have one, it would go through every observation."""
    rows, places = Observation.objects.filter(status=REPORTED), Area.objects.all()[:1]
    if area is not None:
        rows, places = rows.filter(area=OuterRef("pk")), Area.objects.filter(code=area)
    return places.values_list(*(Exists(rows.filter(indicator=one)) for one in ids))


def shapes_with_values(
    area: str, shapes: Collection[tuple[str, str, str]]
) -> set[tuple[str, str, str]]:
    """Those of some indicators by kind of period and breakdown that have a value in an area (code)."""
    listed = sorted(shapes)
    if not listed:
        return set()
    ids, kinds, breakdowns = (list(one) for one in zip(*listed, strict=True))
    rows = _have_shapes.stored(ids, kinds, breakdowns, area)
    return {one for has in rows for one, there in zip(listed, has, strict=True) if there}


@prepared
def _have_shapes(
    ids: Collection[str], kinds: Collection[str], breakdowns: Collection[str], area: str
) -> QuerySet[Area, tuple[bool, ...]]:
    """A row that says of each of these shapes whether it has a value, each looked up by itself in the index."""
    rows = Observation.objects.filter(status=REPORTED, area=OuterRef("pk"))
    shapes = zip(ids, kinds, breakdowns, strict=True)
    return Area.objects.filter(code=area).values_list(
        *(
            Exists(rows.filter(indicator=one, period_type=kind, breakdown=breakdown))
            for one, kind, breakdown in shapes
        )
    )


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
    return dict(_names())


@prepared
def _names() -> QuerySet[Area, tuple[str, str]]:
    return Area.objects.values_list("code", "name")


def printed(indicator_id: str, area: str) -> list[Printed]:
    """The printed figures of an indicator for an area."""
    return printed_of([indicator_id], area).get(indicator_id, [])


def printed_of(indicator_ids: Collection[str], area: str) -> dict[str, list[Printed]]:
    """The printed figures of several indicators for an area by their ids, in one query."""
    found: dict[str, list[Printed]] = {}
    for row in _printed(indicator_ids, area):
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


@prepared
def _printed(indicator_ids: Collection[str], area: str) -> QuerySet[PrintedFigure]:
    return PrintedFigure.objects.filter(indicator__in=indicator_ids, area__code=area)


def benchmarks() -> list[Area]:
    """The country and the regions, whose figures stand beside an area's."""
    rows = Area.objects.filter(kind__in=(Area.Kind.COUNTRY, Area.Kind.REGION))
    return sorted(rows, key=lambda one: (one.kind != Area.Kind.COUNTRY, one.name))


def quarters_with_values(indicator_ids: Collection[str], area: str) -> dict[Period, int]:
    """For each quarter how many of these indicators have a number for an area; nothing of a quarter without any."""
    return {parse(period): number for period, number in _in_quarters(indicator_ids, area)}


@prepared
def _in_quarters(ids: Collection[str], area: str) -> QuerySet[Observation, tuple[str, int]]:
    rows = Observation.objects.filter(
        indicator__in=ids,
        area__code=area,
        period_type="quarter",
        breakdown=ALL,
        status=REPORTED,
    )
    return rows.order_by().values_list("period").annotate(Count("pk"))


def latest_quarter(indicator_ids: Collection[str], area: Area) -> Period | None:
    """The latest quarter for which an area, or a partnership that it lies in, has a number of one of these indicators;
    None without any."""
    last = next(iter(_latest_quarter(indicator_ids, area.pk)), None)
    return parse(last) if last else None


@prepared
def _latest_quarter(ids: Collection[str], area: int) -> QuerySet[Observation, str]:
    around = Area.objects.filter(parts=area, kind=Area.Kind.PARTNERSHIP).order_by().values("pk")
    rows = Observation.objects.filter(
        Q(area=area) | Q(area__in=around),
        indicator__in=ids,
        period_type="quarter",
        breakdown=ALL,
        status=REPORTED,
    )
    return rows.order_by("-period").values_list("period", flat=True)[:1]


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
    reach: list[Any] = []
    for kind, codes in periods.items():
        reach += kind, codes if kind == "ytd" else min(codes)
    wanted = {(kind, parse(code)) for kind, codes in periods.items() for code in codes}
    found = values_stored(_since.stored(indicator_ids, areas, *reach))
    return with_breaks([one for one in found if (one.period_type, one.period) in wanted], known)


@prepared
def _since(
    ids: Collection[str], areas: Collection[str], *reach: Any
) -> QuerySet[Observation, tuple[Any, ...]]:
    """The totals of indicators in areas that `reach` names: kind of period, the first period or all, and so on."""
    found = Q()
    for kind, since in zip(reach[::2], reach[1::2], strict=True):
        periods = {"period__in" if isinstance(since, tuple) else "period__gte": since}
        found |= Q(period_type=kind, **periods)
    rows = Observation.objects.filter(found, indicator__in=ids, area__code__in=areas, breakdown=ALL)
    return rows.order_by().values_list(*COLUMNS)
