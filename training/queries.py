"""Reading training's table from performance's observations and figures."""

from collections.abc import Collection, Sequence

from django.conf import settings
from django.db.models import QuerySet

from lscb.models import Area
from lscb.periods import MONTHS_IN, Period, months_of, parse, quarters_of
from lscb.prepared import prepared
from performance.indicators.spec import indicators
from performance.intake.codes import ALL
from performance.intake.spec import REPORTED
from performance.models import Figure, Observation, PrintedFigure
from performance.queries import observations
from training import table
from training.learnt import ITEMS
from training.models import AGENCIES, Commentary, ProgrammeEntry
from training.table import Column, Number, Printed


def areas() -> list[Area]:
    """The areas with figures of training: the several-authority partnership first, invented ones last."""
    found = observations.areas_with("TR01")
    return sorted(
        found, key=lambda one: (one.synthetic, one.kind != Area.Kind.PARTNERSHIP, one.name)
    )


def area(code: str | None) -> Area | None:
    """The area of this code; without one the first that has figures, or the partnership's own. None: unknown."""
    if code:
        return observations.area(code)
    return next(iter(areas()), None) or observations.area(settings.PARTNERSHIP_AREA)


def senders_areas() -> list[Area]:
    """The areas that a training unit sends for, whether or not it has: the partnership first, invented ones last."""
    rows = Area.objects.filter(agencies__type="training").distinct()
    return sorted(
        rows, key=lambda one: (one.synthetic, one.kind != Area.Kind.PARTNERSHIP, one.name)
    )


def years(area: Area, also: Sequence[str] = ()) -> list[Period]:
    """The financial years of which there is any figure of training's table, or of the indicators in `also`; the newest
    first."""
    codes = _periods(area.pk, [*table.INDICATORS, *also])
    return sorted({parse(code).year for code in codes}, reverse=True)


@prepared
def _periods(area: int, ids: Collection[str]) -> QuerySet[Observation, str]:
    """The quarters and years for which an area has a number of these indicators."""
    rows = Observation.objects.filter(
        indicator__in=ids, area=area, period_type__in=("quarter", "year"), status=REPORTED
    )
    return rows.order_by().values_list("period", flat=True).distinct()


def quarters(area: Area) -> list[Period]:
    """The quarters of which there is any figure of training, the newest first."""
    found = observations.quarters_with_values(table.INDICATORS, area.code)
    return sorted(found, reverse=True)


def commentary(area: Area, quarter: Period) -> Commentary | None:
    """What is written about a quarter's training in an area, as it is written."""
    return next(iter(_commentary(area.pk, quarter.code)), None)


@prepared
def _commentary(area: int, quarter: str) -> QuerySet[Commentary]:
    rows = Commentary.objects.select_related("area", "made_by")
    return rows.filter(area=area, period_code=quarter)[:1]


def commentaries(area: str, quarter: Period | None) -> QuerySet[Commentary]:
    """What is written about quarters, as it is written: of an area's code and a quarter, where one is asked for."""
    rows = Commentary.objects.exclude(text="").select_related("area")
    rows = rows.filter(area__code=area) if area else rows
    return rows.filter(period_code=quarter.code) if quarter else rows


def programme(form: str, year: Period | None) -> QuerySet[ProgrammeEntry]:
    """The programme's entries: of a form and a financial year, where one is asked for."""
    rows = ProgrammeEntry.objects.select_related("course")
    rows = rows.filter(form=form) if form else rows
    return rows.filter(year_code=year.code) if year else rows


def of_year(year: Period) -> list[Column]:
    """The columns of a year's table: its quarters, the year, the year before."""
    before = year.previous()
    return [
        *(
            Column(f"Q{quarter.number_in_year}", quarter, "quarter")
            for quarter in quarters_of(year)
        ),
        Column(f"Total {year.label}", year, "year"),
        Column(f"Total {before.label}", before, "year"),
    ]


def of_quarter(quarter: Period) -> list[Column]:
    """The columns of a quarter's table: it, the one before, the same a year before, April to now in both years."""
    year_ago = quarter.year_before()
    return [
        Column(quarter.short, quarter, "quarter"),
        Column(quarter.previous().short, quarter.previous(), "quarter"),
        Column(year_ago.short, year_ago, "quarter"),
        Column("Year to date", months_of(quarter)[-1], "ytd"),
        Column("Year to date, a year before", months_of(year_ago)[-1], "ytd"),
    ]


def numbers(area: Area, columns: Collection[Column]) -> table.Numbers:
    """The numbers of every row and column, from observations and, where no indicator is kept, from figures."""
    types = {column.period_type for column in columns}
    values = observations.values(
        indicator_ids=table.INDICATORS, areas=[area.code], period_types=types
    )
    known = {(one.indicator, one.period_type, one.period.code): one for one in values}
    found: dict[tuple[str, str, str], Number] = {}
    for line in table.LINES:
        for column in columns:
            key = (line.key, column.period_type, column.period.code)
            value = known.get((line.indicator, column.period_type, column.period.code))
            if line.item or value is None:
                continue
            if line.numerator:
                number = float(value.numerator) if value.numerator is not None else None
                found[key] = Number(value.numerator, None, number, value.status, value.published)
            else:
                found[key] = Number(
                    value.numerator, value.denominator, value.value, value.status, value.published
                )
    return found | _figures(area, columns)


def pair(area: Area, indicator: str, year: Period) -> tuple[Number, Number]:
    """An indicator's number of a year and of the year before."""
    known = {one.period: one for one in observations.series(indicator, area.code, "year")}
    found = []
    for period in (year, year.previous()):
        value = known.get(period)
        found.append(
            Number(value.numerator, value.denominator, value.value, value.status, value.published)
            if value
            else table.MISSING
        )
    return found[0], found[1]


def _figures(area: Area, columns: Collection[Column]) -> dict[tuple[str, str, str], Number]:
    """The numbers of the rows that no indicator holds, by what was sent."""
    rows = _of_items(area.pk, table.ITEMS)
    sent = {(row.item, row.period): _number(row) for row in rows}
    found = {}
    for line in table.LINES:
        for column in columns:
            if line.item:
                key = (line.key, column.period_type, column.period.code)
                found[key] = _figure(sent, line.item, column)
    return found


@prepared
def _of_items(area: int, items: Collection[str]) -> QuerySet[Figure]:
    return Figure.objects.filter(
        area=area, current=True, item__in=items, breakdown=ALL, category=ALL
    )


def _figure(sent: dict[tuple[str, str], Number], item: str, column: Column) -> Number:
    """A figure of a column: as sent for the period itself, else the sum of its quarters."""
    period = column.period
    if column.period_type == "ytd":
        last = period.quarter
        parts = [one for one in quarters_of(period.year) if one.first <= last.first]
    else:
        own = sent.get((item, period.code))
        if own or period.length != MONTHS_IN["year"]:
            return own or table.MISSING
        parts = quarters_of(period)
    return table.added([sent.get((item, part.code), table.MISSING) for part in parts])


def learnt(area: Area, period: Period) -> dict[str, tuple[int, int]]:
    """What the return of a period says that people learnt: by item, the part and the whole."""
    rows = _learnt(area.pk, period.code, ITEMS)
    return {row.item: (int(row.count or 0), int(row.denominator or 0)) for row in rows}


@prepared
def _learnt(area: int, period: str, items: Collection[str]) -> QuerySet[Figure]:
    return Figure.objects.filter(
        area=area,
        current=True,
        period=period,
        item__in=items,
        breakdown=ALL,
        category=ALL,
        status=REPORTED,
        count__isnull=False,
        denominator__gt=0,
    )


def places(area: Area, period: Period, items: Collection[str]) -> dict[tuple[str, str], Number]:
    """What the return of a period says of paid sessions by agency: by item and agency."""
    rows = _by_agency(area.pk, period.code, items)
    return {(row.item, row.category): _number(row) for row in rows}


@prepared
def _by_agency(area: int, period: str, items: Collection[str]) -> QuerySet[Figure]:
    return Figure.objects.filter(
        area=area, current=True, period=period, item__in=items, breakdown=AGENCIES
    )


def _number(row: Figure) -> Number:
    """A stored figure. A value alone is a printed percentage."""
    if row.count is None:
        value = float(row.value) if row.value is not None else None
        return Number(None, None, value, row.status, published=value is not None)
    if row.denominator:
        return Number(
            row.count, row.denominator, float(100 * row.count / row.denominator), row.status
        )
    return Number(row.count, row.denominator, float(row.count), row.status)


def printed(area: Area) -> list[Printed]:
    """What the reports printed of training."""
    return [
        Printed(one.indicator, one.period, one.what, one.printed, one.document, one.place, one.note)
        for one in _printed(area.pk, table.INDICATORS)
    ]


@prepared
def _printed(area: int, ids: Collection[str]) -> QuerySet[PrintedFigure]:
    return PrintedFigure.objects.filter(area=area, indicator__in=ids, breakdown=ALL, category=ALL)


def notes() -> dict[str, str]:
    """What is to be known of each indicator of the table."""
    return {one: indicators()[one].notes for one in table.INDICATORS}
