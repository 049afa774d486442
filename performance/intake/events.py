"""Checks a file with one row an event. Events of one month with the same codes are counted together at once."""

from collections import Counter
from collections.abc import Callable, Sequence

from lscb import periods
from lscb.periods import Period, months_of
from performance.intake.checked import Job, Row, read_column
from performance.intake.coding import read_codes, refuse_codes_out_of_time
from performance.intake.layout import Layout
from performance.intake.tables import Table
from performance.intake.values import Dated, Fault, read_day


def check_events(table: Table, layout: Layout, job: Job) -> list[Row]:
    """The events of a table as rows of one month and one set of codes each, in the order they are first met.

    Events with a fault are left out; their problems go to the job.
    """
    spec = job.spec
    days: list[Dated | None] = [None] * len(table)
    if spec.date_column in layout:
        texts = table.columns[layout.columns[spec.date_column]]
        days = read_column(job, spec.date_column, texts, table.numbers, _reader(job), births=True)
    coded = read_codes(table, layout, job, may_be_all=False)
    if not layout.complete:
        return []
    refuse_codes_out_of_time(coded, days, table.numbers, job)
    return _together(days, [[one.code if one else None for one in column] for column in coded])


def months_covered(job: Job) -> tuple[Period, ...]:
    """The months of the submission's period that have begun: a file of events speaks for all of them."""
    return tuple(month for month in months_of(job.period) if month.start <= job.today)


def _reader(job: Job) -> Callable[[str], Dated | Fault]:
    chosen = f"this file was sent for {job.period.label}"

    def read(text: str) -> Dated | Fault:
        if not text:
            return Fault(
                "empty-cell",
                "The date is missing.",
                "Write the day of the event, such as 2025-04-30.",
            )
        day = read_day(text)
        if day is None:
            return Fault(
                "not-a-date",
                "This is not a date that can be understood.",
                "Write it as 2025-04-30.",
            )
        if isinstance(day, Fault):
            return day
        if day > job.today:
            return Fault(
                "future-date",
                "The date lies in the future.",
                "Look at the day, the month and the year.",
            )
        if not job.period.start <= day <= job.period.end:
            side = "before" if day < job.period.start else "after"
            return Fault(
                "wrong-period",
                f"The event lies {side} the period: {chosen}.",
                "Choose the right period at upload, or take the row out.",
            )
        return Dated(
            periods.month_of(day), day, note="" if text == day.isoformat() else _note(text)
        )

    return read


def _note(text: str) -> str:
    if text.replace(".", "").isdigit() and len(text) != 8:
        return "day numbers of a spreadsheet were read as dates"
    return (
        "dates were read with the day first, as in the United Kingdom"
        if text[:3].count("/")
        else "dates were read"
    )


def _together(days: Sequence[Dated | None], codes: list[list[str | None]]) -> list[Row]:
    """Count alike events. Months are counted by their number: it is much quicker to compare than a Period."""
    months = [day.period.first if day else None for day in days]
    return [
        Row(0, Period(month, 1), tuple(map(str, rest)), count)
        for (month, *rest), count in Counter(zip(months, *codes, strict=True)).items()
        if month is not None and None not in rest
    ]
