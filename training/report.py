"""What training's pages and its quarterly report say, put together once for screen, CSV and Word."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from lscb.models import Area
from lscb.periods import Period
from performance.queries.claims import read_out
from training import claims, evidence, programme, queries, table
from training.claims import Claim
from training.evidence import AgencyPlaces, AgencyRow, CourseLine, Learning, Theme
from training.models import Commentary, Licence
from training.programme import Group
from training.table import Cell, Table


@dataclass(frozen=True)
class Year:
    """The quarterly table of a financial year for an area, and where the reports say otherwise."""

    area: Area
    year: Period
    years: tuple[Period, ...]
    table: Table
    claims: tuple[Claim, ...]

    @property
    def latest_quarter(self) -> Period | None:
        """The last quarter of the year that has a number."""
        reported = [
            column.period
            for index, column in enumerate(self.table.columns[:4])
            for line in table.LINES
            if not self.table.cell(line.key, index).is_missing
        ]
        return max(reported, default=None)


def year_page(area: Area, year: Period) -> Year:
    """The table of a year, with the year before beside it."""
    columns = queries.of_year(year)
    printed, notes = queries.printed(area), queries.notes()
    built = table.build(columns, queries.numbers(area, columns), printed, compare=(4, 5))
    said = claims.of_year(
        year,
        built,
        queries.pair(area, "TR03", year),
        printed,
        notes,
        queries.pair(area, "TR04", year),
    )
    every = (*claims.differences(built, printed, notes), *said)
    return Year(area, year, tuple(queries.years(area)), built, every)


@dataclass(frozen=True)
class Report:
    """The quarterly training report: the same content for the page and the Word file."""

    area: Area
    quarter: Period
    sentences: tuple[str, ...]
    commentary: (
        Commentary | None
    )  # with its live figures as they are today; None where nobody wrote
    table: Table
    claims: tuple[Claim, ...]
    courses: tuple[CourseLine, ...]
    learning: tuple[Learning, ...]
    themes: tuple[Theme, ...]
    licences: tuple[Licence, ...]
    compared: tuple[Period, ...]  # the quarter and the same one a year before
    agencies: tuple[AgencyRow, ...]
    place_columns: tuple[str, ...]
    places: tuple[AgencyPlaces, ...]
    programme: tuple[Group, ...]  # of the quarter's year, and the aims for the year after

    @property
    def not_of_unit(self) -> str:
        """Why nothing of the training unit itself stands in the report of an invented area; empty for others."""
        if not self.area.synthetic:
            return ""
        return f"{self.area.name} is invented: the training unit’s own stand in the reports of the areas it works for."


def quarter_report(area: Area, quarter: Period) -> Report:
    """The report of a quarter for an area. What the training unit aims at and was told is its own, and stands in no
    report of an invented area."""
    columns = queries.of_quarter(quarter)
    printed, notes = queries.printed(area), queries.notes()
    built = table.build(columns, queries.numbers(area, columns), printed)
    differing = [
        one for one in claims.differences(built, printed, notes) if one.period == quarter.label
    ]
    return Report(
        area=area,
        quarter=quarter,
        commentary=_commentary(area, quarter),
        sentences=tuple(_sentences(built)),
        table=built,
        claims=tuple(differing),
        courses=tuple(evidence.by_course(area, quarter)),
        learning=tuple(evidence.learning(area, quarter)),
        themes=() if area.synthetic else tuple(evidence.themes(quarter)),
        licences=tuple(evidence.licences_ending(area, quarter.end)),
        compared=(quarter, quarter.year_before()),
        agencies=tuple(evidence.by_agency(area, (quarter, quarter.year_before()))),
        place_columns=tuple(evidence.PLACES.values()),
        places=tuple(evidence.places(area, quarter)),
        programme=() if area.synthetic else tuple(programme.of_year(area, quarter.year)),
    )


def _commentary(area: Area, quarter: Period) -> Commentary | None:
    found = queries.commentary(area, quarter)
    return read_out([found])[0] if found and found.text else None


def _sentences(built: Table) -> Iterator[str]:
    """What the quarter's numbers say, without judging: only of numbers that are there."""
    now = {line.key: built.cell(line.key, 0) for line in table.LINES}

    def there(*keys: str) -> bool:
        return all(not now[key].is_missing for key in keys)

    if there("sessions", "bookings"):
        text = f"{_plural(now['sessions'], 'paid session')} took place, with {_plural(now['bookings'], 'place')} booked"
        if there("non-attendance"):
            text += f"; {now['non-attendance'].text} of them were not taken up"
        yield f"{text}."
    if there("places-filled"):
        yield f"Places booked were {now['places-filled'].text} of the places offered."
    if there("free-events", "free-bookings"):
        yield (
            f"{_plural(now['free-events'], 'free event')} had "
            f"{_plural(now['free-bookings'], 'place')} booked."
        )
    if there("registered", "completed", "completion"):
        yield (
            f"Of {now['registered'].text} eLearning courses registered for {now['completed'].text} were completed: "
            f"{now['completion'].text}."
        )


def _plural(cell: Cell, words: str) -> str:
    return f"{cell.text} {words}" + ("" if cell.text == "1" else "s")


def cells(page: Year) -> list[dict[str, object]]:
    """The table of a year as plain rows, one a cell, for programs."""
    return [
        {
            "part": section.title,
            "key": row.line.key,
            "row": row.line.title,
            "unit": row.line.unit,
            "indicator": row.line.indicator,
            "area": page.area.code,
            "period": column.period.code,
            "numerator": cell.number.numerator,
            "denominator": cell.number.denominator,
            "value": cell.number.value if cell.number.is_reported else None,
            "status": cell.number.status,
            "printed_only": cell.number.published,
            "printed": cell.printed,
        }
        for section in page.table.sections
        for row in section.rows
        for column, cell in zip(page.table.columns, row.cells, strict=True)
    ]


TABLE_COLUMNS = (
    "part",
    "row",
    "unit",
    "period",
    "numerator",
    "denominator",
    "value",
    "status",
    "printed_only",
    "report_printed",
)


def table_rows(built: Table) -> Iterator[list[object]]:
    """The table as rows of a CSV file: one row a cell, with its numerator, denominator and status."""
    for section in built.sections:
        for row in section.rows:
            for column, cell in zip(built.columns, row.cells, strict=True):
                number = cell.number
                yield [
                    section.title,
                    row.line.title,
                    row.line.unit,
                    column.period.code,
                    _plain(number.numerator),
                    _plain(number.denominator),
                    _plain(number.value),
                    number.status,
                    "yes" if number.published else "no",
                    cell.printed,
                ]


def _plain(number: Decimal | float | None) -> object:
    """A number as a spreadsheet reads it; nothing where there is none."""
    if number is None:
        return ""
    return int(number) if number == int(number) else round(float(number), 4)
