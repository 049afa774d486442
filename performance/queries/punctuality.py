"""Reading how returns were kept over time: the recorded indicators by kind of agency, and agency by agency."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from lscb.models import Area
from lscb.periods import Period, month_of, parse
from lscb.prepared import prepared
from performance.indicators.punctuality import Course, Part, course, months_compared
from performance.intake.codes import ALL, code_list
from performance.models import Observation

ON_TIME, COMPLETE = "GV01", "GV02"
KIND, NAME = "agency", "named_agency"
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


def kept(area: Area) -> Kept:
    """The months up to the last one recorded. Whoever sees figures sees every agency (lscb.access)."""
    found = _recorded(area.pk)
    recorded = [parse(one.period) for one in found]
    newest = max(recorded, default=month_of(timezone.localdate()).previous())
    months = months_compared(min(recorded, default=newest), newest)
    parts: dict[tuple[str, str, str], Parts] = defaultdict(dict)
    for one in found:
        if parse(one.period) in months:
            part = Part(int(one.numerator or 0), int(one.denominator or 0))
            parts[one.breakdown, one.category, one.indicator][parse(one.period)] = part
    return Kept(
        months,
        _rows(parts, months, (KIND, ALL)),
        _rows(parts, months, (NAME,)),
    )


@prepared
def _recorded(area: int) -> QuerySet[Observation]:
    return Observation.objects.filter(
        indicator__in=(ON_TIME, COMPLETE),
        area=area,
        period_type="month",
        breakdown__in=(ALL, KIND, NAME),
    ).only("indicator", "period", "breakdown", "category", "numerator", "denominator")


def _rows(
    parts: Mapping[tuple[str, str, str], Parts],
    months: list[Period],
    breakdowns: Collection[str],
) -> list[Row]:
    """A row for each category of these breakdowns that is known, by name, all of them together last."""
    known = {(breakdown, category) for breakdown, category, _ in parts if breakdown in breakdowns}
    named = {
        key: "All agencies" if key[1] == ALL else code_list(key[0]).label(key[1]) for key in known
    }
    return [
        Row(
            named[key],
            course(months, parts.get((*key, ON_TIME), {})),
            course(months, parts.get((*key, COMPLETE), {})),
        )
        for key in sorted(known, key=lambda key: (key[1] == ALL, named[key]))
    ]
