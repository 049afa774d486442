"""The columns of dimensions as codes, and codes that were not in use when the row's events happened."""

from collections.abc import Sequence
from datetime import date

from lscb.days import day_words
from performance.intake.checked import Job, read_column
from performance.intake.codes import Code
from performance.intake.layout import Layout
from performance.intake.matching import Coded, Matcher
from performance.intake.problems import problem
from performance.intake.spec import Problem
from performance.intake.tables import Table
from performance.intake.values import Dated


def read_codes(
    table: Table, layout: Layout, job: Job, *, may_be_all: bool
) -> list[list[Coded | None]]:
    """One list of codes for each dimension, None where there is a fault or no column."""
    columns: list[list[Coded | None]] = []
    for dimension in job.spec.dimensions:
        if dimension.name not in layout:
            columns.append([None] * len(table))
            continue
        matcher = Matcher(
            dimension,
            may_be_all,
            as_age=dimension.name in layout.ages,
            mappings=job.mappings.get(dimension.name, {}),
        )
        texts = table.columns[layout.columns[dimension.name]]
        name = str(dimension.derived_from) if matcher.as_age else dimension.name
        columns.append(read_column(job, name, texts, table.numbers, matcher.read))
    return columns


def refuse_codes_out_of_time(
    coded: list[list[Coded | None]], when: Sequence[Dated | None], numbers: Sequence[int], job: Job
) -> None:
    """An error for each row whose code was not in use on its day, or on no day of its period."""
    for dimension, column in zip(job.spec.dimensions, coded, strict=True):
        if not any(entry.valid_from or entry.valid_to for entry in dimension.code_list):
            continue
        for one, time, number in zip(column, when, numbers, strict=True):
            if one and one.entry and time and not _in_use(one.entry, time):
                job.problems.add(_out_of_time(one.entry, time, number, dimension.name))


def _in_use(entry: Code, time: Dated) -> bool:
    start, end = (time.day, time.day) if time.day else (time.period.start, time.period.end)
    return (entry.valid_from or date.min) <= end and start <= (entry.valid_to or date.max)


def _out_of_time(entry: Code, time: Dated, number: int, column: str) -> Problem:
    since = f" from {day_words(entry.valid_from)}" if entry.valid_from else ""
    until = f" until {day_words(entry.valid_to)}" if entry.valid_to else ""
    return problem(
        "code-not-valid",
        f"'{entry.code}' ({entry.label}) is in use{since}{until}; the row is about {time.period.label}.",
        "Use the code that was in use then.",
        row=number,
        column=column,
        found=entry.code,
    )
