"""Reading the calendar of returns for pages: the grid, what a person owes, and what is not applicable."""

from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db.models import QuerySet

from lscb import access
from lscb.days import day_and_month
from lscb.models import Agency, Area, Person
from lscb.periods import MONTHS_IN, Period, financial_year_start, month_of, months_of, parse
from lscb.prepared import prepared
from performance.indicators.duties import OPEN, TAKEN, Duty, Standing
from performance.intake.spec import ReturnSpec, returns
from performance.models import Exemption
from performance.models.owed import all_duties
from performance.queries.observations import area_names


@dataclass(frozen=True)
class Owed:
    """A duty as a page shows it, with the names of what it is about."""

    duty: Duty
    spec: ReturnSpec
    agency: str
    area: str

    @property
    def label(self) -> str:
        """`May 2026`."""
        return self.duty.period.label

    @property
    def words(self) -> str:
        """Where it stands: `Accepted late`."""
        return str(self.duty.standing).capitalize()

    @property
    def due(self) -> str:
        """Its last day: `14 Jun`."""
        return day_and_month(self.duty.due)

    @property
    def is_open(self) -> bool:
        """Whether it is due or late."""
        return self.duty.standing in OPEN

    @property
    def css(self) -> str:
        """The standing as a class of the style sheet."""
        return str(self.duty.standing).replace(" ", "-")


@dataclass(frozen=True)
class GridRow:
    """One return of one agency for one area: a cell for each month of the year, None where nothing ends."""

    spec: ReturnSpec
    area: str
    cells: tuple[Owed | None, ...]


@dataclass(frozen=True)
class GridPart:
    """One agency's rows, and how many of its duties of the year came in time, of those that count and fell due."""

    agency: str
    rows: list[GridRow]
    on_time: int
    fell_due: int
    late: int


@dataclass(frozen=True)
class Grid:
    """The calendar of one financial year."""

    year: Period
    months: list[Period]
    parts: list[GridPart]
    years: list[Period] = field(default_factory=list)


def owed(person: Person, today: date, area: Area | None = None) -> list[Owed]:
    """Every duty (of one area) that the person may see, by agency, return, area and period."""
    if area is not None and area.synthetic:
        return []  # nobody owes anything for it
    agencies = {slug: (pk, name) for pk, slug, name in _agencies()}
    areas = {area.code: area.name} if area else area_names()
    only = access.calendar_agency(person)
    found = [
        Owed(duty, returns()[duty.return_id], agencies[duty.agency][1], areas[duty.area])
        for duty in all_duties(today, area)
        if only is None or agencies[duty.agency][0] == only
    ]
    return sorted(
        found, key=lambda one: (one.agency, one.spec.title, one.area, one.duty.period.first)
    )


@prepared
def _agencies() -> QuerySet[Agency, tuple[int, str, str]]:
    return Agency.objects.values_list("pk", "slug", "name")


def grid(listed: list[Owed], year: Period, today: date) -> Grid:
    """The calendar of a financial year: a period stands in the month in which it ends."""
    months = months_of(year)
    inside = [one for one in listed if year.first <= one.duty.period.last <= year.last]
    parts = []
    for agency in dict.fromkeys(one.agency for one in inside):
        mine = [one for one in inside if one.agency == agency]
        fell_due = [one.duty for one in mine if one.duty.counts and one.duty.due < today]
        parts.append(
            GridPart(
                agency,
                _rows(mine, months),
                sum(duty.on_time for duty in fell_due),
                len(fell_due),
                sum(duty.standing is Standing.LATE for duty in fell_due),
            )
        )
    return Grid(year, months, parts, years_of(today))


def _rows(mine: list[Owed], months: list[Period]) -> list[GridRow]:
    rows = []
    for return_id, area in dict.fromkeys((one.duty.return_id, one.area) for one in mine):
        same = {
            one.duty.period.last: one
            for one in mine
            if (one.duty.return_id, one.area) == (return_id, area)
        }
        cells = tuple(same.get(month.first) for month in months)
        rows.append(GridRow(returns()[return_id], area, cells))
    return rows


def years_of(today: date) -> list[Period]:
    """The financial years since the calendar started, newest first."""
    first, last = parse(settings.CALENDAR_START), month_of(today)
    starts = range(financial_year_start(first.first), financial_year_start(last.first) + 1)
    return [Period(start * 12 + 3, MONTHS_IN["year"]) for start in reversed(starts)]


@dataclass(frozen=True)
class Chase:
    """What a person still owes of one return for one area: late and due periods, those received and not taken yet."""

    spec: ReturnSpec
    agency: str
    area: str
    area_code: str
    late: list[Owed]
    due: list[Owed]
    received: list[Owed]


def chased(listed: list[Owed]) -> list[Chase]:
    """What is still open, one entry a return and area, the longest late first."""
    groups: dict[tuple[str, str, str], list[Owed]] = {}
    for one in listed:
        if one.duty.counts and one.duty.standing not in TAKEN:
            key = (one.duty.agency, one.duty.return_id, one.duty.area)
            groups.setdefault(key, []).append(one)
    found = [
        Chase(
            same[0].spec,
            same[0].agency,
            same[0].area,
            same[0].duty.area,
            [one for one in same if one.duty.standing is Standing.LATE],
            [one for one in same if one.duty.standing is Standing.DUE],
            [one for one in same if one.duty.standing is Standing.RECEIVED],
        )
        for same in groups.values()
    ]
    return sorted(found, key=_earliest)


@dataclass(frozen=True)
class Score:
    """How many returns an agency still owes, by where they stand."""

    agency: str
    late: int
    due: int
    received: int


def scores(open_ones: list[Chase]) -> list[Score]:
    """What is still open by agency, the most late first."""
    found = []
    for agency in dict.fromkeys(one.agency for one in open_ones):
        mine = [one for one in open_ones if one.agency == agency]
        late, due, received = (
            sum(len(part) for part in parts)
            for parts in zip(*((one.late, one.due, one.received) for one in mine), strict=True)
        )
        found.append(Score(agency, late, due, received))
    return sorted(found, key=lambda one: (-one.late, one.agency))


def _earliest(chase: Chase) -> tuple[date, str, str]:
    days = [one.duty.due for one in (*chase.late, *chase.due, *chase.received)]
    return min(days), chase.spec.title, chase.area


def exemptions() -> list[Exemption]:
    """What is not applicable, the latest first."""
    return list(Exemption.objects.select_related("agency", "area", "made_by"))
