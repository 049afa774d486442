"""Rows of a table that are no data: totals, examples, repeated headings, notes below the table."""

from array import array
from dataclasses import replace

from performance.intake.checked import Job
from performance.intake.layout import Layout
from performance.intake.personal import number_in, personal_line
from performance.intake.tables import Table, key
from performance.intake.values import Fault, read_day, read_period

TOTALS = frozenset(("total", "totals", "grandtotal", "subtotal", "overalltotal", "sum"))


def leave_out(table: Table, layout: Layout, job: Job) -> Table:
    """The table without rows that are no data; a note says which were left out. The same table if all are data."""
    if not table.columns or not len(table):
        return table
    reasons = _notes_below(table) | _marked(table, layout)
    if not reasons:
        return table
    for why in dict.fromkeys(reasons.values()):
        rows = [table.numbers[index] for index, reason in sorted(reasons.items()) if reason == why]
        listed = ", ".join(map(str, rows[:10])) + (" ..." if len(rows) > 10 else "")
        job.notes.append(f"{why}: row{'s' * (len(rows) > 1)} {listed} left out.")
    for index in reasons:
        kind = next(filter(None, (number_in(column[index]) for column in table.columns)), None)
        if kind:
            job.problems.add(personal_line(kind, "row that is no data", table.numbers[index]))
    keep = [index for index in range(len(table)) if index not in reasons]
    return replace(
        table,
        columns=[[column[index] for index in keep] for column in table.columns],
        numbers=array("L", (table.numbers[index] for index in keep)),
        notes=[],
        problems=[],
    )


def _marked(table: Table, layout: Layout) -> dict[int, str]:
    """Rows whose first cell says that they are no data, by index, with the reason."""
    marks = {text: why for text in set(table.columns[0]) if (why := _mark(text, table.header[0]))}
    if not marks:
        return {}
    time = _time_column(layout)
    found = {}
    for index, text in enumerate(table.columns[0]):
        why = marks.get(text, "")
        if why == "Totals row" and time not in (None, 0) and table.columns[time or 0][index]:
            continue  # 'total' beside a period is a way to write 'all'
        if why == "Headings again" and not _is_header(table, index):
            continue
        if why:
            found[index] = why
    return found


def _mark(text: str, heading: str) -> str:
    if text.startswith("#") or text.lower().startswith("example"):
        return "Example row"
    plain = key(text)
    if plain in TOTALS:
        return "Totals row"
    return "Headings again" if plain and plain == key(heading) else ""


def _is_header(table: Table, index: int) -> bool:
    return all(
        key(column[index]) == key(text)
        for column, text in zip(table.columns, table.header, strict=True)
    )


def _time_column(layout: Layout) -> int | None:
    """Where the period or the day stands."""
    return next((layout.columns[name] for name in layout.time_columns if name in layout), None)


def _notes_below(table: Table) -> dict[int, str]:
    """Rows at the end that hold a single cell which is no period: a source, a date of printing."""
    found: dict[int, str] = {}
    if len(table.header) < 3:
        return found
    for index in range(len(table) - 1, -1, -1):
        texts = [column[index] for column in table.columns if column[index]]
        if len(texts) != 1 or not isinstance(read_period(texts[0]), Fault) or read_day(texts[0]):
            break
        found[index] = "Note below the table"
    return found
