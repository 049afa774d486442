"""From the table of a return to clean rows and problems: every problem in one pass, nothing stored on an error."""

from collections.abc import Mapping
from datetime import date

from lscb.periods import Period
from performance.intake import annex_a
from performance.intake.checked import Checked, Job, Row
from performance.intake.counts import check_counts
from performance.intake.events import check_events, months_covered
from performance.intake.figures import check_figures
from performance.intake.layout import Layout, lay_out
from performance.intake.leftovers import leave_out
from performance.intake.sense import check_sense
from performance.intake.spec import ReturnSpec
from performance.intake.tables import Table
from performance.intake.values import Fault

__all__ = ["Checked", "Row", "check"]


def check(
    table: Table,
    spec: ReturnSpec,
    *,
    period: Period,
    agency_type: str,
    today: date,
    mappings: Mapping[str, Mapping[str, str]] | None = None,
    shares: frozenset[str] = frozenset(),
) -> Checked:
    """Check a table as a submission of one return for one period. Any error means nothing may be stored.

    `agency_type` is the sender's, `today` the last day that may have happened, `mappings` the agency's own words
    for codes (dimension -> text as `codes.plain` makes it -> code), `shares` the figures that need a denominator.
    """
    job = Job(spec, period, today, mappings or {}, notes=list(table.notes), shares=shares)
    job.problems.extend(table.problems)
    if agency_type not in spec.owners:
        _refuse_agency(agency_type, job)
    months = months_covered(job)
    if table.identifying:
        table = annex_a.within(table, period)
        job.notes[:] = table.notes
        months = _months_of_list(table, months, job)
    layout = lay_out(table, job)
    data = leave_out(table, layout, job)
    rows: list[Row] = []
    if layout.kind in spec.kinds:
        rows = _rows(data, layout, job, left_out=len(table) - len(data))
    if not job.problems.refused:
        _warn(rows, layout, job, months)
    return Checked(
        kind=layout.kind,
        rows=[] if job.problems.refused else rows,
        problems=job.problems.listed(),
        notes=job.notes,
        read=len(data),
        months=months if layout.kind == "records" else (),
        absent=table.absent,
        identifying=table.identifying,
    )


def _months_of_list(table: Table, months: tuple[Period, ...], job: Job) -> tuple[Period, ...]:
    """The months of the period that an Annex A list speaks about; an error when it is none."""
    first, last = table.covers or (job.period, job.period)
    covered = tuple(month for month in months if first.first <= month.first <= last.last)
    if table.covers is None or not covered:
        job.fault(
            Fault(
                "no-rows",
                f"The list holds nothing about {job.period.label}.",
                "Choose the period that the list is about, or export it again.",
            ),
            None,
            None,
        )
    return covered


def _refuse_agency(agency_type: str, job: Job) -> None:
    job.fault(
        Fault(
            "wrong-agency",
            f"This return is sent by agencies of these types: {', '.join(job.spec.owners)}.",
            "Choose another return, or ask the partnership to add your agency to this one.",
            found=agency_type,
        ),
        None,
        None,
    )


def _rows(data: Table, layout: Layout, job: Job, *, left_out: int) -> list[Row]:
    # Headings alone say that there was no event; a template with nothing but its example row says nothing.
    if not len(data) and (layout.kind != "records" or left_out):
        job.fault(
            Fault(
                "no-rows",
                "There are no rows below the headings."
                if not left_out
                else "Nothing is left below the headings without rows that are no data, such as the example.",
                "Add one row for each number, 0 included."
                if layout.kind != "records"
                else "Add one row for each event. If there was none, send the headings alone.",
            ),
            None,
            None,
        )
    if layout.kind == "records":
        return check_events(data, layout, job)
    return (
        check_figures(data, layout, job) if job.spec.is_figures else check_counts(data, layout, job)
    )


def _warn(rows: list[Row], layout: Layout, job: Job, months: tuple[Period, ...]) -> None:
    """What a person should look at although nothing is wrong as such."""
    if layout.kind == "records":
        _warn_of_months_without_events(rows, job, months)
    elif not job.spec.is_figures:
        check_sense(rows, job)
    unfinished = sorted({row.period for row in rows if row.period.end >= job.today})
    if unfinished:
        job.warn(
            Fault(
                "unfinished-period",
                f"{unfinished[0].label} is not over yet, so its numbers may still grow.",
                "Send the file again when the period is over; or say why it is sent now.",
            ),
            None,
            job.spec.period_column,
        )


def _warn_of_months_without_events(rows: list[Row], job: Job, months: tuple[Period, ...]) -> None:
    seen = {row.period for row in rows}
    empty = [month.label for month in months if month not in seen]
    if empty:
        job.warn(
            Fault(
                "month-without-events",
                f"The file has no event in {', '.join(empty)}. It will be stored as 0 events, not as missing.",
                "If the events are missing, add them. If there were none, say so.",
            ),
            None,
            job.spec.date_column,
        )
