"""What the training unit achieved, aims at, and reported to whom, with the figure that shows it. Reading only."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from lscb.models import Area
from lscb.periods import YEAR, Period
from lscb.prepared import prepared
from performance.indicators.spec import indicators
from performance.queries import observations
from performance.queries.claims import read_out
from training.models import ProgrammeEntry
from training.table import Number, write


@dataclass(frozen=True)
class Line:
    """An entry of the programme with the newest yearly figure of its indicator up to the end of its year."""

    entry: ProgrammeEntry
    figure: str  # empty where it names no indicator; else what the figure is, or that there is none
    address: str

    @property
    def words(self) -> str:
        """The entry in a sentence or two, without its figure."""
        to = f", to the {self.entry.presented_to}" if self.entry.presented_to else ""
        return " ".join(filter(None, (f"{self.entry.title}{to}.", self.entry.about)))


@dataclass(frozen=True)
class Group:
    """Entries of one kind and year under a heading."""

    title: str
    lines: tuple[Line, ...]


HEADINGS = {  # in the order in which they are told
    ProgrammeEntry.Form.ACHIEVED: "Achieved in {}",
    ProgrammeEntry.Form.PRESENTED: "Reports presented in {}",
    ProgrammeEntry.Form.AIM: "Aims for {}",
}


def of_year(area: Area, year: Period) -> list[Group]:
    """What was achieved and presented in a year, its aims, and those for the year after; groups that hold anything."""
    told = [str(form) for form in HEADINGS]
    entries = sorted(
        _entries(year.code, year.shift(1).code),
        key=lambda one: (told.index(one.form), one.year_code, one.pk),
    )
    grouped: dict[str, list[Line]] = {}
    for one in lines(area, entries):
        heading = HEADINGS[ProgrammeEntry.Form(one.entry.form)].format(one.entry.year.label)
        grouped.setdefault(heading, []).append(one)
    return [Group(title, tuple(found)) for title, found in grouped.items()]


@prepared
def _entries(year: str, after: str) -> QuerySet[ProgrammeEntry]:
    rows = ProgrammeEntry.objects.filter(year_code=year) | ProgrammeEntry.objects.filter(
        year_code=after, form=ProgrammeEntry.Form.AIM
    )
    return rows.select_related("course")


def lines(area: Area, entries: Iterable[ProgrammeEntry]) -> list[Line]:
    """Entries as they are read with their figures: one query, and those of live figures."""
    found = read_out(entries)
    known = _figures(area, {one.indicator for one in found if one.indicator})
    return [Line(one, _figure(one, known), _address(one, area)) for one in found]


Known = dict[str, dict[Period, observations.Value]]


def _figures(area: Area, ids: set[str]) -> Known:
    """The yearly figures of these indicators."""
    known: Known = {}
    for value in observations.values(
        indicator_ids=ids, areas=[area.code], period_types=[YEAR], breakdowns=["all"]
    ):
        if value.is_reported:
            known.setdefault(value.indicator, {})[value.period] = value
    return known


def _figure(entry: ProgrammeEntry, known: Known) -> str:
    if not entry.indicator:
        return ""
    spec = indicators()[entry.indicator]
    years = [one for one in known.get(entry.indicator, {}) if one <= entry.year]
    if not years:
        return f"{spec.title}: not available"
    value = known[entry.indicator][max(years)]
    number = Number(value.numerator, value.denominator, value.value, value.status, value.published)
    return f"{spec.title}: {write(spec.unit, number)} in {value.period.label}"


def _address(entry: ProgrammeEntry, area: Area) -> str:
    if not entry.indicator:
        return ""
    return reverse("indicator", args=[entry.indicator]) + f"?area={area.code}"
