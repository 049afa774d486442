"""Ofsted's Annex A lists 1 and 3 as a case management system exports them, read as records of a return.

The sheet is known by its headings, whatever its name. A child's identifier is used to count distinct children while
the file is read; neither it nor any other column that the return does not need leaves this module.
"""

import re
from array import array
from datetime import date

from pydantic import Field

from lscb.definition_files import Definition, load
from lscb.periods import Period, month_of
from performance.definitions import FOLDER, kept
from performance.intake.spec import ReturnSpec
from performance.intake.tables import HEADER_WITHIN, Grid, Table, key
from performance.intake.values import read_day

UNKNOWN = "unknown"
QUOTED = re.compile(r"^\s*[‘'\"“]([^’'\"”]+)[’'\"”]")  # ‘POLICE’ – as the sheet of codes words it
LETTERED = re.compile(r"^[a-z]{1,2}\)\s*", re.IGNORECASE)


class ListSpec(Definition):
    """One list: the return it stands for, and the headings its columns may have."""

    return_id: str
    title: str
    child: tuple[str, ...] = Field(min_length=1)
    columns: dict[str, tuple[str, ...]]


class AnnexA(Definition):
    """`definitions/annex_a.yaml`."""

    lists: tuple[ListSpec, ...]


@kept
def lists() -> dict[str, ListSpec]:
    """The lists by the return they stand for. Raises DefinitionError when the file is wrong."""
    return {one.return_id: one for one in load(FOLDER / "annex_a.yaml", AnnexA).lists}


def find(grids: list[Grid], spec: ReturnSpec) -> Table | None:
    """The list that stands for this return, as a table of records; None when no sheet is one."""
    annex = lists().get(spec.id)
    if annex is None:
        return None
    for grid in grids:
        for index in range(min(HEADER_WITHIN, len(grid.numbers))):
            places = _places(grid.row(index), annex)
            if places is not None:
                return _table(grid, index, places, annex, spec)
    return None


def _places(row: list[str], annex: ListSpec) -> dict[str, int] | None:
    """Where the columns stand in a row of headings; None when it is not this list's."""
    texts = [key(text) for text in row]

    def place(headings: tuple[str, ...]) -> int | None:
        wanted = [key(one) for one in headings]
        return next((texts.index(one) for one in wanted if one in texts), None)

    found = {name: place(headings) for name, headings in annex.columns.items()}
    found["child"] = place(annex.child)
    if any(found[name] is None for name in ("child", "date", "source")):
        return None
    return {name: index for name, index in found.items() if index is not None}


def _table(
    grid: Grid, header: int, places: dict[str, int], annex: ListSpec, spec: ReturnSpec
) -> Table:
    def column(name: str) -> list[str]:
        return grid.columns[places[name]][header + 1 :]

    # A row with nothing in the columns that are read is the end of the list, or a note.
    used = [name for name in places if name != "child"]
    kept = [
        index
        for index in range(len(grid.numbers) - header - 1)
        if any(grid.columns[places[name]][header + 1 + index] for name in used)
    ]
    children = {column("child")[index] for index in kept} - {""}
    columns, absent, empty = [], [], 0
    for dimension in spec.dimensions:
        name = dimension.name if dimension.name in places else dimension.derived_from or ""
        if name in places:
            texts = [_plain(column(name)[index]) for index in kept]
            empty += texts.count("")
            columns.append([text or UNKNOWN for text in texts])
        else:
            absent.append(dimension.name)
            filler = dimension.code_list.match(UNKNOWN) or next(iter(dimension.code_list))
            columns.append([filler.code] * len(kept))
    days = [column("date")[index] for index in kept]
    header_names = [
        dimension.derived_from
        if dimension.derived_from and dimension.derived_from in places
        else dimension.name
        for dimension in spec.dimensions
    ]
    return Table(
        header=[spec.date_column, *header_names],
        columns=[days, *columns],
        numbers=array("L", (grid.numbers[header + 1 + index] for index in kept)),
        sheet=grid.name,
        header_row=grid.numbers[header],
        notes=_notes(annex, spec, len(kept), len(children), absent, empty),
        absent=tuple(absent),
        identifying=True,
    )


def _notes(
    annex: ListSpec, spec: ReturnSpec, rows: int, children: int, absent: list[str], empty: int
) -> list[str]:
    notes = [
        f"The file was read as Annex A, {annex.title}: {rows:,} rows about {children:,} different children. "
        "Identifiers, dates of birth and the other columns were read past, and the file is deleted."
    ]
    if absent:
        titles = ", ".join(spec.dimension(name).title.lower() for name in absent)
        notes.append(f"This list does not hold: {titles}. Nothing is stored about that.")
    if empty:
        notes.append(f"{empty:,} empty cell{'s were' if empty > 1 else ' was'} read as 'unknown'.")
    return notes


def _plain(text: str) -> str:
    """A code as it is meant: ‘POLICE’ of the sheet's details without quotes, the letter of 'q) 6: Police' left out."""
    quoted = QUOTED.match(text)
    return quoted[1] if quoted else LETTERED.sub("", text) or text


def within(table: Table, period: Period) -> Table:
    """The rows of the chosen period: a list reaches over six or twelve months whatever was asked for.

    A day that cannot be read stays, so that it is answered. `covers` are the months the whole list speaks about.
    """
    days = [read_day(text) for text in table.columns[0]]
    known = [day for day in days if isinstance(day, date)]
    kept = [
        index
        for index, day in enumerate(days)
        if not isinstance(day, date) or period.start <= day <= period.end
    ]
    left = len(days) - len(kept)
    notes = list(table.notes)
    if left:
        notes.append(f"{left:,} rows outside {period.label} were left out.")
    return Table(
        header=table.header,
        columns=[[column[index] for index in kept] for column in table.columns],
        numbers=array("L", (table.numbers[index] for index in kept)),
        sheet=table.sheet,
        header_row=table.header_row,
        notes=notes,
        problems=list(table.problems),
        absent=table.absent,
        identifying=True,
        covers=(month_of(min(known)), month_of(max(known))) if known else None,
    )
