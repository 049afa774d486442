"""A table as it was found in a file, and where in a sheet the table begins."""

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice, zip_longest

from lscb.periods import Period
from performance.intake.problems import Refusal, refusal
from performance.intake.spec import Problem, ReturnSpec

HEADER_WITHIN = 40  # the headings are looked for in this many rows
CHUNK = 5000  # rows turned into columns at a time
SAME_MEANING = {"month": "period", "period": "month"}


@dataclass(frozen=True)
class Limits:
    """How much is read: bytes of the file, rows, columns, characters in a cell, bytes of a workbook once unpacked."""

    bytes: int = 50_000_000
    rows: int = 1_000_000
    columns: int = 100
    cell: int = 2_000
    uncompressed: int = 300_000_000


@dataclass
class Grid:
    """One sheet as columns of texts, blank rows left out. `numbers` are the rows' numbers as a person sees them.

    `merged` are ranges of merged cells: first row, first column, last row, last column, rows as in `numbers`.
    """

    name: str = ""
    hidden: bool = False
    numbers: "array[int]" = field(default_factory=lambda: array("L"))
    columns: list[list[str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    first_column: int = 0

    def row(self, index: int) -> list[str]:
        """The texts of one row."""
        return [column[index] for column in self.columns]


@dataclass
class Table:
    """The table of a return, as columns of texts. `header` holds the headings as they are written.

    `numbers[i]` is the row number of the i-th row in the file, 1 for the first line. `notes` say in plain
    English what was normalised, `problems` what was found while reading. `absent` are dimensions that the file says
    nothing about, `identifying` says that its bytes hold identifiers, `covers` which months it speaks about.
    """

    header: list[str]
    columns: list[list[str]]
    numbers: "array[int]"
    sheet: str = ""
    header_row: int = 1
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    absent: tuple[str, ...] = ()
    identifying: bool = False
    covers: tuple[Period, Period] | None = None

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def rows(self) -> list[tuple[int, list[str]]]:
        """Row number and texts of each row. Builds a list: `len(table)` is cheaper."""
        return [
            (number, [column[i] for column in self.columns])
            for i, number in enumerate(self.numbers)
        ]


class Cleaner(dict[str, str]):
    """Texts without spaces around them, each distinct text kept once. Remembers the longest it met."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0

    def __missing__(self, text: str) -> str:
        clean = text.replace("\u00a0", " ").replace("\ufeff", "").replace("\u200b", "").strip()
        clean = self.setdefault(clean, clean)
        self[text] = clean
        self.longest = max(self.longest, len(clean))
        return clean


def fill(grid: Grid, rows: Iterable[tuple[int, list[str]]], limits: Limits) -> None:
    """Put numbered rows into a grid, blank ones left out. Raises Refusal beyond the limits."""
    clean = Cleaner()
    source: Iterator[tuple[int, list[str]]] = (
        (number, cells) for number, cells in rows if any(map(str.strip, cells))
    )
    while chunk := list(islice(source, CHUNK)):
        have = len(grid.numbers)
        if have + len(chunk) > limits.rows + HEADER_WITHIN:
            raise too_many_rows(limits)
        numbers, cells = zip(*chunk, strict=True)
        for index, column in enumerate(zip_longest(*cells, fillvalue="")):
            if index >= len(grid.columns):
                if index >= limits.columns:
                    _refuse_wide(chunk, limits)
                    break
                grid.columns.append([""] * have)
            grid.columns[index].extend(map(clean.__getitem__, column))
        grid.numbers.extend(numbers)
        for column_texts in grid.columns:
            column_texts.extend([""] * (len(grid.numbers) - len(column_texts)))
        if clean.longest > limits.cell:
            _refuse_long(chunk, limits)


def too_many_rows(limits: Limits) -> Refusal:
    """The refusal of a table with more rows than are read."""
    return refusal(
        "too-large",
        f"The file has more than {limits.rows:,} rows.",
        "Send one period in one file, or counts instead of one row an event.",
    )


def _refuse_wide(chunk: list[tuple[int, list[str]]], limits: Limits) -> None:
    for number, cells in chunk:
        if len(cells) > limits.columns and any(map(str.strip, cells[limits.columns :])):
            raise refusal(
                "too-large",
                f"The row has more than {limits.columns} cells.",
                "Send only the columns of the return.",
                row=number,
            )


def _refuse_long(chunk: list[tuple[int, list[str]]], limits: Limits) -> None:
    number, index = next(
        (
            (number, i)
            for number, cells in chunk
            for i, cell in enumerate(cells)
            if len(cell) > limits.cell
        ),
        (chunk[0][0], 0),
    )
    raise refusal(
        "too-large",
        f"A cell holds more than {limits.cell:,} characters (cell {index + 1} of the row).",
        "Take the long text out. If the text looks right, a quotation mark before it may never be closed.",
        row=number,
    )


def key(heading: str) -> str:
    """A heading as it is compared: letters and digits only, lower case."""
    return re.sub(r"[^a-z0-9]", "", heading.lower())


def known_headings(spec: ReturnSpec) -> dict[str, str]:
    """Each heading a file of this return may have, as `key` makes it, with the column it stands for.

    A dimension may be headed by its name or its title, the period by `month` or `period`.
    """
    known: dict[str, str] = {key(column): column for column in spec.ignored_columns}
    for dimension in spec.dimensions:
        known[key(dimension.title)] = dimension.name
        if dimension.derived_from:
            known[key(dimension.derived_from)] = dimension.derived_from
    if spec.period_column in SAME_MEANING:
        known[SAME_MEANING[spec.period_column]] = spec.period_column
    for column in (spec.date_column, *spec.counts_columns):
        known[key(column)] = column
    return known


def header_of(grid: Grid, known: dict[str, str]) -> tuple[int, int]:
    """Where the headings stand (the index of the row) and how many of them are known. (0, 0) for an empty grid."""
    best, most = 0, 0
    for index in range(min(HEADER_WITHIN, len(grid.numbers))):
        score = len({known[key(text)] for text in grid.row(index) if key(text) in known})
        if score > most:
            best, most = index, score
    return best, most


def cut(grid: Grid, header: int) -> Table:
    """The table below the headings in row `header` of a grid; what stands above is noted and left out."""
    table = Table(
        header=grid.row(header),
        columns=[column[header + 1 :] for column in grid.columns],
        numbers=grid.numbers[header + 1 :],
        sheet=grid.name,
        header_row=grid.numbers[header],
        notes=list(grid.notes),
    )
    if header:
        number = grid.numbers[header]
        table.notes.append(
            f"The column headings stand in row {number}; {_rows(header)} above them {_were(header)} read past. "
            "Row numbers here are those of your file."
        )
    blank = [i for i, text in enumerate(table.header) if not text and not any(table.columns[i])]
    if blank:
        table.header = [text for i, text in enumerate(table.header) if i not in blank]
        table.columns = [column for i, column in enumerate(table.columns) if i not in blank]
        if min(blank) < len(table.header):
            table.notes.append(f"{len(blank)} blank column{'s' * (len(blank) > 1)} left out.")
    return table


def _rows(count: int) -> str:
    return f"{count} row{'s' * (count != 1)}"


def _were(count: int) -> str:
    return "was" if count == 1 else "were"
