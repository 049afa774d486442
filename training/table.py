"""The quarterly table of the training reports, recomputed: plain numbers in, cells out. No database.

Totals are sums, and percentages are ratios of sums; what was only ever printed as a percentage is shown as printed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from lscb.numbers import format_change, format_relative_change, format_value
from lscb.periods import Period
from performance.intake.spec import NOT_AVAILABLE, NOT_SUBMITTED, REPORTED
from performance.pages.cells import agrees

COUNT, PERCENT = "count", "percent"


@dataclass(frozen=True)
class Line:
    """A row of the table. Its numbers come from an indicator (its value or its numerator) or from a figure's item;
    `printed` names where the printed figures of it are kept: indicator and what of it."""

    key: str
    title: str
    unit: str
    indicator: str
    item: str = ""
    numerator: bool = False
    what: str = ""
    within: bool = False  # a part of the row above


def _why(key: str, title: str, item: str) -> Line:
    """A row that says why places were not taken up: an item of the return that no report printed."""
    return Line(key, title, COUNT, "TR04", item=item, what=item, within=True)


SECTIONS: tuple[tuple[str, tuple[Line, ...]], ...] = (
    (
        "Training courses",
        (
            Line("sessions", "Training sessions", COUNT, "TR01"),
            Line("bookings", "Places booked", COUNT, "TR02"),
            Line(
                "non-attendance", "Booked and not taken up", COUNT, "TR04",
                numerator=True, what="non-attendance, count", within=True,
            ),
            _why("cancelled-late", "Cancelled late", "cancelled-late"),
            _why("did-not-attend", "Did not attend", "did-not-attend"),
            Line("free-places", "Free places for partners", COUNT, "TR09", within=True),
            Line("places-filled", "Places filled", PERCENT, "TR05"),
            Line("satisfaction", "Satisfied", PERCENT, "TR06"),
            Line("cancelled", "Sessions cancelled", COUNT, "TR07"),
        ),
    ),
    (
        "Free events",
        (
            Line("free-events", "Free events", COUNT, "TR08", item="free-events", what="free CPD events"),
            Line("free-bookings", "Places booked", COUNT, "TR08"),
            Line(
                "free-non-attendance", "Booked and not taken up", COUNT, "TR04",
                item="free-event-non-attendance", what="free CPD non-attendance", within=True,
            ),
            _why("free-late", "Cancelled late", "free-event-cancelled-late"),
            _why("free-absent", "Did not attend", "free-event-did-not-attend"),
            Line(
                "free-satisfaction", "Satisfied", PERCENT, "TR06",
                item="free-event-satisfaction", what="free CPD satisfaction",
            ),
        ),
    ),
    (
        "eLearning",
        (
            Line("registered", "Learners registered", COUNT, "TR10"),
            Line("completed", "Learners completed", COUNT, "TR11"),
            Line("completion", "Completed of registered", PERCENT, "TR12"),
            Line("elearning-satisfaction", "Satisfied", PERCENT, "TR13"),
        ),
    ),
)  # fmt: skip
LINES = tuple(line for _, lines in SECTIONS for line in lines)
INDICATORS = tuple(sorted({line.indicator for line in LINES} | {"TR03"}))
ITEMS = tuple(line.item for line in LINES if line.item)


@dataclass(frozen=True)
class Number:
    """A number with what it was computed from. `published`: printed alone, never added or divided here."""

    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: float | None = None
    status: str = NOT_SUBMITTED
    published: bool = False

    @property
    def is_reported(self) -> bool:
        """Whether there is a number."""
        return self.status == REPORTED

    @property
    def exact(self) -> Fraction | None:
        """The number as a fraction: a percentage as so many of a hundred. None where there is none."""
        if not self.is_reported:
            return None
        if self.numerator is not None and self.denominator:
            return Fraction(self.numerator) * 100 / Fraction(self.denominator)
        if self.numerator is not None and self.denominator is None:
            return Fraction(self.numerator)
        return None if self.value is None else Fraction(str(self.value))


MISSING = Number()


def added(parts: Sequence[Number]) -> Number:
    """The sum of figures, numerator by numerator and denominator by denominator. What lacks a part, or was only
    printed as a percentage, has no sum."""
    for part in parts:
        if not part.is_reported:
            return Number(status=part.status)
    if not parts:
        return MISSING
    if any(part.published or part.numerator is None for part in parts):
        return Number(status=NOT_AVAILABLE)
    numerator = sum((part.numerator or Decimal(0) for part in parts), Decimal(0))
    if all(part.denominator is None for part in parts):
        return Number(numerator, None, float(numerator), REPORTED)
    denominator = sum((part.denominator or Decimal(0) for part in parts), Decimal(0))
    if not denominator:
        return Number(numerator, denominator, None, "not applicable")
    return Number(numerator, denominator, float(100 * numerator / denominator), REPORTED)


@dataclass(frozen=True)
class Column:
    """A column: its heading, and the period and kind of period (as of observations) that it shows."""

    title: str
    period: Period
    period_type: str


@dataclass(frozen=True)
class Printed:
    """What a report printed: `what` is empty for the value itself."""

    indicator: str
    period: str
    what: str
    printed: str
    document: str
    place: str
    note: str


@dataclass(frozen=True)
class Cell:
    """A cell as it is written. `printed` is what the report has there where it differs."""

    text: str
    number: Number
    printed: str = ""

    @property
    def is_missing(self) -> bool:
        """Whether there is no number."""
        return not self.number.is_reported

    @property
    def note(self) -> str:
        """What stands beneath the number."""
        if self.printed:
            return f"printed {self.printed}"
        return "printed only" if self.number.published else ""


@dataclass(frozen=True)
class Row:
    """A row of the table: one cell a column, and how the last two columns differ where they are years."""

    line: Line
    cells: tuple[Cell, ...]
    change: str


@dataclass(frozen=True)
class Section:
    """Rows under one heading."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Table:
    """The whole table."""

    columns: tuple[Column, ...]
    sections: tuple[Section, ...]

    @property
    def is_empty(self) -> bool:
        """Whether not one number is there."""
        return all(
            cell.is_missing
            for section in self.sections
            for row in section.rows
            for cell in row.cells
        )

    def cell(self, key: str, index: int) -> Cell:
        """The cell of a row in the column with this index. Raises KeyError for an unknown row."""
        for section in self.sections:
            for row in section.rows:
                if row.line.key == key:
                    return row.cells[index]
        raise KeyError(key)


Numbers = Mapping[tuple[str, str, str], Number]  # row's key, kind of period, period's code


def build(
    columns: Sequence[Column],
    numbers: Numbers,
    printed: Iterable[Printed] = (),
    compare: tuple[int, int] | None = None,
) -> Table:
    """The table of these columns. `compare` names two columns, later and earlier, whose change is written."""
    known = {(one.indicator, one.what, one.period): one for one in printed}
    sections = []
    for title, lines in SECTIONS:
        rows = []
        for line in lines:
            cells = tuple(_cell(line, column, numbers, known) for column in columns)
            change = _change(line, cells, compare) if compare else ""
            rows.append(Row(line, cells, change))
        sections.append(Section(title, tuple(rows)))
    return Table(tuple(columns), tuple(sections))


def _cell(
    line: Line,
    column: Column,
    numbers: Numbers,
    printed: Mapping[tuple[str, str, str], Printed],
) -> Cell:
    number = numbers.get((line.key, column.period_type, column.period.code), MISSING)
    text = write(line.unit, number)
    said = None
    if column.period_type in ("quarter", "year"):
        said = printed.get((line.indicator, line.what, column.period.code))
    differs = bool(
        said and number.is_reported and not number.published and not agrees(said.printed, text)
    )
    return Cell(text, number, said.printed if said and differs else "")


def write(unit: str, number: Number) -> str:
    """A number as it is written, or the words for why there is none. A printed percentage keeps its decimals."""
    whole = number.published and number.value is not None and number.value == int(number.value)
    return format_value(
        number.value,
        unit,
        numerator=number.numerator if number.is_reported else None,
        denominator=number.denominator,
        status=number.status,
        places=0 if whole else None,
    )


def _change(line: Line, cells: Sequence[Cell], compare: tuple[int, int]) -> str:
    return change(line.unit, cells[compare[0]].number, cells[compare[1]].number)


def change(unit: str, later: Number, earlier: Number) -> str:
    """How a number changed: percentages in points, counts in per cent. Empty where one of the two is missing."""
    now, before = later.exact, earlier.exact
    if now is None or before is None:
        return ""
    if unit == PERCENT:
        return format_change(now - before, PERCENT)
    return format_relative_change((now - before) * 100 / before) if before else ""
