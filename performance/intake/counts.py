"""Checks a file of counts: each row states one period, one margin and its number."""

from collections.abc import Callable

from lscb.periods import Period
from performance.intake.checked import Job, Row, read_column
from performance.intake.codes import ALL
from performance.intake.coding import read_codes, refuse_codes_out_of_time
from performance.intake.layout import Layout
from performance.intake.problems import problem
from performance.intake.spec import margin_of
from performance.intake.tables import Table
from performance.intake.values import Dated, Fault, Number, read_number, read_period


def check_counts(table: Table, layout: Layout, job: Job) -> list[Row]:
    """The rows of counts that have no fault; the faults of all others go to the job."""
    times = read_times(table, layout, job)
    coded = read_codes(table, layout, job, may_be_all=True)
    counts: list[Number | None] = [None] * len(table)
    if "count" in layout:
        texts = table.columns[layout.columns["count"]]
        counts = read_column(
            job, "count", texts, table.numbers, lambda text: read_number(text, whole=True)
        )
    if not layout.complete:
        return []
    refuse_codes_out_of_time(coded, times, table.numbers, job)
    rows = [
        Row(
            number,
            time.period,
            tuple(one.code for one in codes if one),
            None if count.value is None else int(count.value),
            count.status,
        )
        for number, time, count, *codes in zip(table.numbers, times, counts, *coded, strict=True)
        if time and count and all(codes)
    ]
    _refuse_other_margins(rows, job)
    refuse_duplicates(rows, job)
    return rows


def read_times(table: Table, layout: Layout, job: Job) -> list[Dated | None]:
    """The period of each row, None where it cannot be read or is not one the file may hold."""
    column = job.spec.period_column
    if column not in layout:
        return [None] * len(table)
    return read_column(
        job, column, table.columns[layout.columns[column]], table.numbers, _period_reader(job)
    )


def _period_reader(job: Job) -> Callable[[str], Dated | Fault]:
    def read(text: str) -> Dated | Fault:
        period = read_period(text)
        if isinstance(period, Fault):
            return period
        fault = _misplaced(period, job)
        if fault:
            return fault
        return Dated(
            period, note="" if text == period.code else f"'{text}' was read as '{period.code}'"
        )

    return read


def _misplaced(period: Period, job: Job) -> Fault | None:
    """Why a period may not stand in this file, if it may not."""
    if period.kind not in job.spec.periods:
        return Fault(
            "wrong-period",
            f"This is a {period.kind}; the rows of this return state a {' or a '.join(job.spec.periods)}.",
            f"Give the numbers by {job.spec.periods[0]}.",
            found=period.kind,
        )
    if period.start > job.today:
        return Fault(
            "future-period",
            "The period has not begun yet.",
            "Look at the month and the year.",
            found=_safe(period, job),
        )
    if not job.period.contains(period):
        about = _safe(period, job) or "another period"
        return Fault(
            "wrong-period",
            f"The row is about {about}, and this file was sent for {job.period.label}.",
            "Choose the right period at upload, or take the row out.",
            found=_safe(period, job),
        )
    return None


def _safe(period: Period, job: Job) -> str:
    """A period as it may be repeated: near the one chosen. One long ago could be the month of somebody's birth."""
    return period.label if abs(period.first - job.period.first) <= 24 else ""


def _refuse_other_margins(rows: list[Row], job: Job) -> None:
    """An error for each row that crosses dimensions that are not kept together."""
    names, kept = job.spec.dimension_names, job.spec.margin_names
    for row in rows:
        margin = margin_of(names, row.codes)
        if margin not in kept:
            stated = margin.replace("+", " with ")
            job.problems.add(
                problem(
                    "unknown-margin",
                    f"The row states {stated}, which is not kept. "
                    f"Kept are: {'; '.join(one.replace('+', ' with ') for one in kept)}.",
                    f"Add such rows up, and write '{ALL}' in every other dimension.",
                    row=row.number,
                )
            )


def refuse_duplicates(rows: list[Row], job: Job) -> None:
    """An error for each row that is about the same period and codes as one before it."""
    first: dict[tuple[int, int, tuple[str, ...]], int] = {}
    for row in rows:
        known = first.setdefault((row.period.first, row.period.length, row.codes), row.number)
        if known != row.number:
            job.problems.add(
                problem(
                    "duplicate-row",
                    f"Rows {known} and {row.number} are about the same period and the same codes.",
                    "Keep one of them. If both are right, add them up into one row.",
                    row=row.number,
                )
            )
