"""The whole corpus of messy files through the database: each ends as expected, with its numbers stored or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.utils import timezone

from lscb.models import Agency, Area
from lscb.periods import parse
from performance import actions
from performance.intake.spec import TOTAL, returns
from performance.models import DATASETS, State, Submission
from tests.performance.actions.building import tables
from tests.performance.conftest import LUTON
from tests.performance.intake.building import LIMITS, TODAY, Accepted, Case
from tests.performance.intake.corpus import CASES

BATCHES = 6
Found = tuple[object, ...]
# Of each return one file of numbers is recomputed: what indicators make of numbers is tried elsewhere.
RECOMPUTED: set[str] = set()


@pytest.fixture
def corpus_day(places: None, settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """The day and the limits for which the outcomes of the corpus are written."""
    for name in ("bytes", "rows", "columns", "cell", "uncompressed"):
        setattr(settings, f"INTAKE_MAX_{name.upper()}", getattr(LIMITS, name))
    monkeypatch.setattr(timezone, "localdate", lambda: TODAY)


@contextmanager
def undone() -> Iterator[None]:
    """Takes back what is written inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def sent(case: Case) -> Submission | None:
    """The file as the installation sends it, processed; None when it is not even received."""
    wanted = case.agency or returns()[case.of].owners[0]
    try:
        submission = actions.receive(
            by=None,
            return_id=case.of,
            agency=Agency.objects.filter(type=wanted).earliest("pk"),
            area=Area.objects.get(code=LUTON),
            period=parse(case.period),
            filename=case.filename,
            content=case.content,
            ring=False,
        )
    except actions.SubmissionRefused:
        return None
    actions.process(submission_id=submission.pk, recompute=case.of not in RECOMPUTED)
    submission.refresh_from_db()
    if submission.state == State.ACCEPTED:
        RECOMPUTED.add(case.of)
    return submission


def numbers(case: Case) -> tuple[object, ...]:
    """The sum and the number of cells that a file is to be taken with; nothing of one that is to be refused."""
    return (case.outcome.total, case.outcome.cells) if isinstance(case.outcome, Accepted) else ()


def stored(submission: Submission) -> tuple[int, int]:
    """What is kept of it and counts: the sum of its totals (of all its numbers without any), and how many cells."""
    model = DATASETS[returns()[submission.return_id].dataset]
    rows = list(model._default_manager.filter(submission=submission, current=True))
    counted = [row for row in rows if row.count is not None]
    totals = [row for row in counted if row.margin == TOTAL]
    return int(sum(row.count for row in totals or counted)), len(rows)


def found(submission: Submission, severity: str) -> set[Found]:
    """The problems of one severity: code, row, column."""
    return {
        (one.code, one.row, one.column or None)
        for one in submission.problems.filter(severity=severity)
    }


def as_expected(case: Case) -> bool:
    """Whether a file ends as the corpus says it should."""
    submission = sent(case)
    if submission is None:  # too large or empty: not received at all
        return not isinstance(case.outcome, Accepted)
    if isinstance(case.outcome, Accepted):
        return (
            submission.state == State.ACCEPTED
            and stored(submission) == numbers(case)
            and found(submission, "error") == set()
            and {code for code, _, _ in found(submission, "warning")} == set(case.outcome.warnings)
            and all(any(words in note for note in submission.notes) for words in case.outcome.notes)
        )
    return (
        submission.state == State.REFUSED
        and stored(submission) == (0, 0)
        and found(submission, "error") == set(case.outcome.errors)
        and (submission.stored_as == "") is case.outcome.personal
    )


def fails(case: Case) -> bool:
    """Whether a file ends otherwise; what was stored of one that is taken makes way for the next."""
    if isinstance(case.outcome, Accepted):
        with undone():
            return not as_expected(case)
    return not as_expected(case)


@pytest.mark.parametrize("batch", range(BATCHES))
def test_each_file_of_the_corpus_is_stored_as_expected_or_not_at_all(
    batch: int, corpus_day: None
) -> None:
    before = tables()
    wrong = [case.name for case in CASES[batch::BATCHES] if fails(case)]
    assert wrong == []
    assert tables() == before, "something was kept of a refused file"
