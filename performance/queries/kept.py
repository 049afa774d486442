"""Reading how returns were kept over time: the indicators by kind of agency, and the calendar by agency."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from lscb import access
from lscb.models import Agency, Area, Person
from lscb.periods import Period, month_of, parse
from performance.actions.calendar import all_duties, supplied
from performance.indicators.punctuality import Course, Part, course, months_compared
from performance.intake.codes import ALL, code_list
from performance.models import Observation

ON_TIME, COMPLETE = "GV01", "GV02"
Parts = dict[Period, Part]


@dataclass(frozen=True)
class Row:
    """One agency, or one kind of agency: returns on time and indicators supplied, month by month."""

    name: str
    on_time: Course
    complete: Course


@dataclass(frozen=True)
class Kept:
    """How returns about one area were kept, over these months: by kind of agency, and by agency."""

    months: list[Period]
    kinds: list[Row]
    agencies: list[Row]

    @property
    def half(self) -> int:
        """How many months are compared with as many before them."""
        return len(self.months) // 2


def kept(person: Person, area: Area, today: date) -> Kept:
    """The months up to the last one recorded. An analyst sees their own kind of agency, and their own agency."""
    rows = Observation.objects.filter(
        indicator__in=(ON_TIME, COMPLETE), area=area, period_type="month", breakdown__in=(ALL, "agency")
    )  # fmt: skip
    recorded = [parse(code) for code in rows.values_list("period", flat=True).distinct()]
    newest = max(recorded, default=month_of(today).previous())
    months = months_compared(min(recorded, default=newest), newest)
    agency = access.calendar_agency(person)
    own = Agency.objects.get(pk=agency) if agency is not None else None
    parts: dict[tuple[str, str], Parts] = defaultdict(dict)
    for one in rows.filter(period__in=[month.code for month in months]):
        part = Part(int(one.numerator or 0), int(one.denominator or 0))
        parts[one.category, one.indicator][parse(one.period)] = part
    labels = code_list("agency")
    kinds = sorted({kind for kind, _ in parts}, key=lambda kind: (kind == ALL, labels.label(kind)))
    return Kept(
        months,
        [
            Row(
                "All agencies" if kind == ALL else labels.label(kind),
                course(months, parts[kind, ON_TIME]),
                course(months, parts[kind, COMPLETE]),
            )
            for kind in kinds
            if own is None or kind == own.type
        ],
        _agencies(own, area, months, today),
    )


def _agencies(own: Agency | None, area: Area, months: list[Period], today: date) -> list[Row]:
    """The same from the calendar, agency by agency: a return belongs to the month in which it fell due."""
    names = dict(Agency.objects.values_list("slug", "name"))
    owed = [
        one
        for one in all_duties(today)
        if one.counts and one.area == area.code and month_of(one.due) in months
        if own is None or one.agency == own.slug
    ]
    given = supplied(owed)
    on_time: dict[str, Parts] = defaultdict(lambda: defaultdict(Part))
    complete: dict[str, Parts] = defaultdict(lambda: defaultdict(Part))
    for one in owed:
        month = month_of(one.due)
        on_time[one.agency][month] += Part(int(one.on_time), 1)
        complete[one.agency][month] += Part(*given[one])
    return [
        Row(names[slug], course(months, on_time[slug]), course(months, complete[slug]))
        for slug in sorted(on_time, key=lambda slug: names[slug])
    ]
