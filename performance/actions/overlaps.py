"""Counts that stand already from another agency or another return: no cell counts twice."""

from collections import Counter
from collections.abc import Collection

from lscb.numbers import plural
from lscb.periods import months_of, parse
from performance.actions.submissions import spec_of
from performance.intake.problems import problem
from performance.intake.spec import Cell, Problem
from performance.models import DATASETS, Count, Submission
from performance.models.returns import SETTLED

Place = tuple[str, tuple[str, ...]]  # a period's code, and the codes of a row's dimensions


def counted_by_others(submission: Submission, places: Collection[Place]) -> list[Count]:
    """The rows of these places that count now and no newer file of the submission's own kind would replace."""
    family = Submission.objects.filter(
        return_id=submission.return_id, agency=submission.agency, area=submission.area
    )
    model: type[Count] = DATASETS[spec_of(submission).dataset]
    rows = (
        model._default_manager.filter(
            area=submission.area, current=True, period__in={period for period, _ in places}
        )
        .exclude(submission__in=family)
        .select_related("submission__agency")
    )
    return [row for row in rows if (row.period, row.dimensions) in places]


def check_overlaps(submission: Submission, cells: Collection[Cell]) -> list[Problem]:
    """An error for each period and agency of which the file repeats cells that count already. `cells` are the file's,
    not stored yet."""
    places = {(cell.period.code, cell.dimensions) for cell in cells}
    rows = counted_by_others(submission, places)
    found = Counter((parse(row.period), row.submission.agency.name) for row in rows)
    return [
        problem(
            "counted-already",
            f"{agency} has sent numbers of {period.label} that count now; "
            f"{plural(number, 'number')} of this file would count twice.",
            "Leave out what was sent already; if yours are right, ask the partnership manager to have the "
            "other file withdrawn first.",
        )
        for (period, agency), number in sorted(found.items())
    ]


def check_replaced(submission: Submission, cells: Collection[Cell]) -> list[Problem]:
    """A warning where the file is about a quarter or year and has no rows for months that count from earlier files:
    the newest file wins its whole period, so that they will count no more."""
    if submission.period.length == 1 or submission.sender is None:
        return []
    family = Submission.objects.filter(
        return_id=submission.return_id,
        agency=submission.agency,
        area=submission.area,
        state__in=SETTLED,
    )
    model: type[Count] = DATASETS[spec_of(submission).dataset]
    stated = {cell.period for cell in cells}
    codes = [month.code for month in months_of(submission.period) if month not in stated]
    counting = model._default_manager.filter(
        area=submission.area, current=True, period__in=codes, submission__in=family
    )
    gone = sorted(parse(code) for code in set(counting.values_list("period", flat=True)))
    if not gone:
        return []
    months = ", ".join(month.label for month in gone)
    return [
        problem(
            "months-replaced",
            f"The file is about {submission.period.label} and replaces what was sent for it before. It has no rows for "
            f"{months}, which count now: they will count no more, and charts by month lose them.",
            "Add the rows of the months, or send the months one by one; or say why the longer period alone should "
            "count.",
            severity="warning",
        )
    ]
