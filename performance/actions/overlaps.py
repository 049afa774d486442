"""Counts that stand already from another agency or another return: no cell counts twice."""

from collections import Counter
from collections.abc import Collection

from lscb.numbers import plural
from lscb.periods import parse
from performance.actions.submissions import spec_of
from performance.intake.problems import problem
from performance.intake.spec import Cell, Problem
from performance.models import DATASETS, Count, Submission

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
