"""The sense checks of a file that is being checked, against what is stored."""

from django.db.models import Q

from lscb.periods import Period
from performance.actions.submissions import codes_within, spec_of
from performance.indicators.book import Reading
from performance.indicators.checks import HISTORY, datasets_needed, sense
from performance.intake.spec import Cell, Problem
from performance.models import Submission
from performance.models.books import load_book
from performance.models.returns import SETTLED


def check_sense(submission: Submission, cells: list[Cell]) -> list[Problem]:
    """Warnings about a file's counts beside what is stored; none for what the installation sends by itself.

    Reads only. `cells` are the file's, not stored yet.
    """
    spec = spec_of(submission)
    if submission.sender is None or not cells:
        return []
    datasets = datasets_needed(spec)
    first = Period(min(cell.period.first for cell in cells) - HISTORY, 1).year.first
    last = Period(max(cell.period.last for cell in cells), 1).year.last
    family = Submission.objects.filter(
        return_id=submission.return_id,
        agency=submission.agency,
        area=submission.area,
        state__in=SETTLED,
    ).values("pk")
    replaced = Q(submission__in=family, period__in=codes_within(submission.period))
    now = load_book(submission.area, datasets, first, last)
    counting = {str(spec.dataset): Q(current=True) & ~replaced}
    then = load_book(submission.area, datasets, first, last, counting)
    for cell in cells:
        known = then.rows.get(spec.dataset, {}).get(cell.period, {})
        if cell.dimensions not in known:  # another agency may count the same cell
            count = None if cell.count is None else cell.count
            reading = Reading(count, cell.denominator, cell.value, cell.status)  # type: ignore[arg-type]
            then.add(spec.dataset, cell.period, cell.dimensions, reading)
    return sense(spec, cells, now, then)
