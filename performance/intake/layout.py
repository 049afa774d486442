"""Which column of a file is which, and which form the file has: counts, or one row an event."""

import difflib
from dataclasses import dataclass, field

from lscb.periods import Period
from performance.intake.checked import Job, Kind
from performance.intake.personal import (
    heading_kind,
    kind_of_texts,
    personal,
    repeatable,
    value_kind,
)
from performance.intake.problems import problem
from performance.intake.spec import Problem, ReturnSpec
from performance.intake.tables import Table, key, known_headings
from performance.intake.values import read_period

LONGEST_COMPARED = 60  # characters of a heading that a suggestion is looked for


@dataclass
class Layout:
    """The form of a file and where its columns stand. `ages` are dimensions whose column holds ages."""

    kind: Kind
    time_columns: tuple[str, str]
    columns: dict[str, int] = field(default_factory=dict)
    ages: frozenset[str] = frozenset()
    complete: bool = True

    def __contains__(self, column: str) -> bool:
        return column in self.columns


def lay_out(table: Table, job: Job) -> Layout:
    """The layout of a table. Problems of its headings go to the job; `complete` says whether all columns are there."""
    known = known_headings(job.spec)
    found: dict[str, int] = {}
    for index, heading in enumerate(table.header):
        column = known.get(key(heading))
        if column is None:
            _unknown(table, index, job, known)
        elif column in job.spec.ignored_columns:
            job.notes.append(f"The column '{heading}' was read past; nothing of it is kept.")
        elif column in found:
            job.problems.add(
                problem(
                    "duplicate-column",
                    f"The headings '{table.header[found[column]]}' and '{heading}' mean the same column.",
                    "Keep one of them.",
                    row=table.header_row,
                    column=column,
                )
            )
        else:
            found[column] = index
    times = (job.spec.period_column, job.spec.date_column)
    layout = Layout(kind=_kind(found, job.spec), time_columns=times, columns=found)
    _fit_form(layout, table, job)
    return layout


def _unknown(table: Table, index: int, job: Job, known: dict[str, str]) -> None:
    """A column that is not part of the return: personal, without heading, or merely unknown."""
    heading, name = table.header[index], repeatable(table.header[index], f"column {index + 1}")
    texts = [text for text in table.columns[index] if text]
    kind = (
        heading_kind(heading)
        or value_kind(heading)
        or kind_of_texts(texts, births_before=job.period.start)
    )
    if kind:
        job.problems.add(personal(kind, name, table.header_row))
    elif heading:
        job.problems.add(
            problem(
                "unknown-column",
                f"'{name}' is not a column of this return. Unexpected columns are never stored.",
                _what_to_do(heading, known, job.spec),
                row=table.header_row,
                column=name,
            )
        )
    else:
        _without_heading(table, index, job)


def _what_to_do(heading: str, known: dict[str, str], spec: ReturnSpec) -> str:
    """What to do about an unknown heading: it may be misspelt, or a period or a code of a cross table."""
    near = difflib.get_close_matches(key(heading)[:LONGEST_COMPARED], known, n=1, cutoff=0.7)
    if near:
        return f"Did you mean '{known[near[0]]}'? Rename the column or take it out."
    holder = next((one.name for one in spec.dimensions if one.code_list.match(heading)), None)
    if isinstance(read_period(heading), Period):
        holder = spec.period_column
    if holder:
        return (
            f"It is what the column '{holder}' holds. Write the table with one number a row, and each "
            "row’s period and codes in columns of their own, as the template shows."
        )
    return "Rename the column or take it out."


def _without_heading(table: Table, index: int, job: Job) -> None:
    """Values below an empty heading: a few rows are too long, or the whole column has lost its heading."""
    filled = [
        number for number, text in zip(table.numbers, table.columns[index], strict=True) if text
    ]
    if any(table.header[index + 1 :]) or len(filled) * 2 > len(table):
        job.problems.add(
            problem(
                "unknown-column",
                f"Column {index + 1} has values but no heading.",
                "Write its heading, or take the column out.",
                row=table.header_row,
                column=f"column {index + 1}",
            )
        )
        return
    for number in filled:
        job.problems.add(
            problem(
                "ragged-row",
                f"The row has a cell in column {index + 1}, beyond the last heading.",
                "A text or number with the delimiter in it, such as 1,204, must stand in quotation marks.",
                row=number,
                column=f"column {index + 1}",
            )
        )


def _kind(found: dict[str, int], spec: ReturnSpec) -> Kind:
    """Counts when there is a number column; else events when there is a day or an age; else counts."""
    derived = {dimension.derived_from for dimension in spec.dimensions if dimension.derived_from}
    if any(measure in found for measure in spec.measures):
        return "counts"
    if spec.date_column in found or derived & set(found):
        return "records"
    return "counts" if "counts" in spec.kinds else "records"


def _fit_form(layout: Layout, table: Table, job: Job) -> None:
    """Compare the columns with those of the form: two for the same, missing, not of this form."""
    spec, row = job.spec, table.header_row
    if layout.kind not in spec.kinds:
        layout.complete = False
        job.problems.add(_wrong_form(layout.kind, row))
        return
    form = spec.counts_columns if layout.kind == "counts" else spec.record_columns
    if layout.kind == "records":
        _take_ages(layout, job, row)
    for column in [one for one in layout.columns if one not in form]:
        layout.columns.pop(column)
        job.problems.add(_not_of_form(column, layout.kind, form, row))
    missing = [column for column in form if column not in layout]
    for column in missing:
        job.problems.add(_missing(column, layout.kind, spec, row))
    layout.complete = not missing


def _take_ages(layout: Layout, job: Job, row: int) -> None:
    """Let a column of ages stand for the dimension that is worked out from it."""
    for dimension in job.spec.dimensions:
        source = dimension.derived_from
        if not source or source not in layout:
            continue
        index = layout.columns.pop(source)
        if dimension.name in layout:
            job.problems.add(
                problem(
                    "duplicate-column",
                    f"'{dimension.name}' and '{source}' say the same.",
                    f"Keep '{dimension.name}' or '{source}', not both.",
                    row=row,
                    column=source,
                )
            )
        else:
            layout.columns[dimension.name] = index
            layout.ages |= {dimension.name}


def _wrong_form(kind: Kind, row: int) -> Problem:
    if kind == "records":
        return problem(
            "wrong-form",
            "The file has one row an event, and this return takes only counts.",
            "Count the events by month and code, and send the counts. The template shows the columns.",
            row=row,
        )
    return problem(
        "wrong-form",
        "The file holds counts, and this return takes only one row an event.",
        "Send one row for each event. The template shows the columns.",
        row=row,
    )


def _not_of_form(column: str, kind: Kind, form: tuple[str, ...], row: int) -> Problem:
    what = "counts" if kind == "counts" else "one row an event"
    return problem(
        "unknown-column",
        f"A file with {what} has no column '{column}'.",
        f"Its columns are: {', '.join(form)}.",
        row=row,
        column=column,
    )


def _missing(column: str, kind: Kind, spec: ReturnSpec, row: int) -> Problem:
    derived = {one.name: one.derived_from for one in spec.dimensions if one.derived_from}
    if kind == "records" and column in derived:
        help_text = f"Add '{column}', or '{derived[column]}' from which it is worked out."
    elif kind == "counts" and "records" in spec.kinds and column in spec.measures:
        help_text = f"Add '{column}'. A file with one row an event has '{spec.date_column}' and no '{column}'."
    else:
        help_text = f"Add the column '{column}'. The template has all columns."
    return problem(
        "missing-column", f"The column '{column}' is missing.", help_text, row=row, column=column
    )
