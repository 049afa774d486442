"""Sense checks of clean counts: do details add to their total, do breakdowns agree? Warnings, never errors."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from lscb.periods import Period
from performance.intake.checked import Job, Row
from performance.intake.codes import ALL
from performance.intake.spec import REPORTED, TOTAL, ReturnSpec, margin_of
from performance.intake.values import Fault

ROUNDED_TO = 10
FEW = 4  # as many round counts together are no accident
Cells = dict[tuple[str, ...], Row]


def check_sense(rows: list[Row], job: Job) -> None:
    """Compare the margins of a file of counts with one another, period by period."""
    for period, margins in _by_period(rows, job.spec).items():
        for margin, cells in margins.items():
            for parent in _parents(margin):
                if parent in margins:
                    _compare(margin, cells, parent, margins[parent], job)
        if TOTAL in job.spec.margin_names and TOTAL not in margins:
            _compare_breakdowns(period, margins, job)


def _by_period(rows: list[Row], spec: ReturnSpec) -> dict[Period, dict[str, Cells]]:
    found: dict[Period, dict[str, Cells]] = defaultdict(lambda: defaultdict(dict))
    for row in rows:
        found[row.period][margin_of(spec.dimension_names, row.codes)][row.codes] = row
    return found


def _parents(margin: str) -> Iterator[str]:
    """The margins with one dimension fewer: of `source+issue` these are `issue` and `source`."""
    if margin == TOTAL:
        return
    parts = margin.split("+")
    for part in parts:
        yield "+".join(one for one in parts if one != part) or TOTAL


def _compare(margin: str, details: Cells, parent: str, wholes: Cells, job: Job) -> None:
    """Warn where the details of a whole add to another number, or to more where some of them are hidden."""
    left = set(margin.split("+")) - set(parent.split("+"))
    index = job.spec.dimension_names.index(left.pop())
    parts: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for codes, row in details.items():
        parts[(*codes[:index], ALL, *codes[index + 1 :])].append(row)
    for codes, rows in parts.items():
        whole = wholes.get(codes)
        if whole is None or whole.count is None:
            continue
        added = sum(int(row.count) for row in rows if row.count is not None)
        hidden = sum(row.status != REPORTED for row in rows)
        if _rounded([whole, *rows]) and abs(added - int(whole.count)) <= ROUNDED_TO / 2 * (
            len(rows) + 1
        ):
            continue
        if added > whole.count or (added < whole.count and not hidden):
            job.warn(_not_adding(rows, added, hidden, whole, index, job), whole.number, "count")


def _rounded(rows: list[Row]) -> bool:
    """Whether these counts were rounded at source, as published regional and national counts are."""
    counts = [int(row.count) for row in rows if row.count]
    return len(counts) >= FEW and all(count % ROUNDED_TO == 0 for count in counts)


def _not_adding(
    rows: list[Row], added: int, hidden: int, whole: Row, index: int, job: Job
) -> Fault:
    title = job.spec.dimensions[index].title.lower()
    named = [code for code in whole.codes if code != ALL]
    of = f" of {' and '.join(named)}" if named else ""
    but = f", with {hidden} of them hidden," if hidden else ""
    those, add = ("row", "adds") if len(rows) == 1 else (f"{len(rows)} rows", "add")
    return Fault(
        "details-do-not-add",
        f"{whole.period.label}: the {those} by {title}{of}{but} {add} to {added:,} "
        f"but the total is {whole.count:,}.",
        "Look for a missing, doubled or mistyped row; or say why they differ.",
    )


def _compare_breakdowns(period: Period, margins: dict[str, Cells], job: Job) -> None:
    """Without a total, single breakdowns of the same events must at least agree with one another."""
    sums = []
    for dimension in job.spec.dimensions:
        rows = margins.get(dimension.name, {}).values()
        if rows and all(row.status == REPORTED for row in rows):
            sums.append(
                (
                    dimension.title.lower(),
                    sum(int(row.count or 0) for row in rows),
                    next(iter(rows)),
                )
            )
    for (title, added, _), (other, other_added, row) in pairwise(sums):
        if added != other_added:
            job.warn(
                Fault(
                    "breakdowns-differ",
                    f"{period.label}: the rows by {title} add to {added:,}, those by {other} to {other_added:,}.",
                    "Both count the same events. Look which is right; or say why they differ.",
                ),
                row.number,
                "count",
            )
