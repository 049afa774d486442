"""From a waiting submission to accepted or refused: claim, read, check, reduce, store, recompute.

The submission row is the queue. A worker claims it by a compare-and-set with a lease, so that a killed worker's
submission is taken up by another; what is stored is stored in one transaction that first sees whether the claim
still holds.
"""

import uuid
from decimal import Decimal

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from lscb import audit
from lscb.logs import fault
from performance.actions import leases, mappings
from performance.actions.overlaps import check_overlaps, check_replaced
from performance.actions.preview import after_checks
from performance.actions.sense import check_sense
from performance.actions.submissions import (
    delete_file,
    dimensions_of,
    lock,
    read_file,
    spec_of,
)
from performance.indicators.spec import share_items
from performance.intake.check import Checked, check
from performance.intake.read import Limits, Refusal, read
from performance.intake.reduce import reduce
from performance.intake.spec import Cell, Problem
from performance.models import DATASETS, Count, Figure, State, StoredProblem, Submission

log = structlog.get_logger()


class ClaimLost(Exception):
    """Another worker has taken the submission over; this attempt must not write."""


def waiting() -> "list[int]":
    """The submissions that nobody is working on: received, or processing beyond the lease. Oldest first."""
    return list(
        Submission.objects.filter(
            Q(state=State.RECEIVED) | Q(state=State.PROCESSING, lease_until__lt=timezone.now())
        )
        .order_by("id")
        .values_list("id", flat=True)
    )


def sweep() -> list[int]:
    """Process everything that waits, whatever its age. Returns the submissions taken up."""
    found = waiting()
    for submission_id in found:
        process(submission_id=submission_id)
    return found


def process(*, submission_id: int, recompute: bool = True) -> None:
    """Take one submission through intake. Safe to call twice, late, or in two workers at once.

    A file with errors ends `refused`; a fault of the program leaves the submission waiting until its attempts are
    used up, then `failed`. Without `recompute` the caller recomputes when it has sent all its files.
    """
    submission = _claim(submission_id)
    if submission is None:
        return
    try:
        with leases.kept(submission):
            _work(submission, recompute)
    except ClaimLost:
        log.warning("claim lost", submission=submission_id)
    except Exception as error:  # noqa: BLE001  # whatever it is, the file waits and people are told
        told = {"submission": submission_id, "attempt": submission.attempts}
        log.error("processing failed", **told, fault=fault(error))
        _give_back(submission)


def _claim(submission_id: int) -> Submission | None:
    """Take a waiting submission, or None when it is not waiting (any more)."""
    now = timezone.now()
    claim = uuid.uuid4().hex
    taken = (
        Submission.objects.filter(pk=submission_id)
        .filter(Q(state=State.RECEIVED) | Q(state=State.PROCESSING, lease_until__lt=now))
        .update(
            state=State.PROCESSING,
            claim=claim,
            attempts=F("attempts") + 1,
            lease_until=leases.until(),
            stage="Opening the file",
        )
    )
    if not taken:
        return None
    submission = Submission.objects.select_related("agency", "area").get(pk=submission_id)
    if submission.attempts > settings.SUBMISSION_MAX_ATTEMPTS:
        _fail(submission)
        return None
    return submission


def _give_back(submission: Submission) -> None:
    """After a fault of the program: wait for another attempt, or fail when there were enough."""
    if submission.attempts >= settings.SUBMISSION_MAX_ATTEMPTS:
        _fail(submission)
        return
    Submission.objects.filter(
        pk=submission.pk, claim=submission.claim, state=State.PROCESSING
    ).update(state=State.RECEIVED, stage="", claim="")


def _fail(submission: Submission) -> None:
    with transaction.atomic():
        mine = Submission.objects.filter(
            pk=submission.pk, claim=submission.claim, state=State.PROCESSING
        )
        if mine.update(state=State.FAILED, stage="", finished_at=timezone.now()):
            audit.record(by=None, action="submission failed", subject=submission)


def _stage(submission: Submission, text: str) -> None:
    """Say what is being done, for whoever watches the page, and renew the lease."""
    Submission.objects.filter(pk=submission.pk, claim=submission.claim).update(
        stage=text, lease_until=leases.until()
    )


def _work(submission: Submission, recompute: bool) -> None:
    spec = spec_of(submission)
    limits = Limits(
        bytes=settings.INTAKE_MAX_BYTES,
        rows=settings.INTAKE_MAX_ROWS,
        columns=settings.INTAKE_MAX_COLUMNS,
        cell=settings.INTAKE_MAX_CELL,
        uncompressed=settings.INTAKE_MAX_UNCOMPRESSED,
    )
    try:
        table = read(read_file(submission), submission.filename, limits, spec)
    except Refusal as refusal:
        _refuse(submission, list(refusal.problems), [], personal=refusal.personal)
        return
    _stage(submission, f"Checking {len(table):,} rows")
    checked = check(
        table,
        spec,
        period=submission.period,
        agency_type=submission.agency.type,
        today=timezone.localdate(),
        mappings=mappings.in_use(submission.agency, spec, proposed=submission.previewed),
        shares=share_items() if spec.is_figures else frozenset(),
    )
    if any(problem.severity == "error" for problem in checked.problems):
        _refuse(
            submission,
            checked.problems,
            checked.notes,
            personal=checked.personal or checked.identifying,
        )
        return
    _stage(submission, "Counting")
    cells = reduce(checked, spec, period=submission.period)
    overlaps = check_overlaps(submission, cells)
    if overlaps:
        _refuse(submission, overlaps, checked.notes, personal=checked.identifying)
        return
    checked.problems.extend(check_replaced(submission, cells))
    checked.problems.extend(check_sense(submission, cells))
    _stage(submission, "Storing the counts and recomputing indicators")
    _keep(submission, checked, cells, recompute)


def _keep(submission: Submission, checked: Checked, cells: list[Cell], recompute: bool) -> None:
    """One transaction: counts, problems, state, audit; and, unless a person looks at it first, which version counts
    and the observations. Nothing partial is ever seen."""
    spec = spec_of(submission)
    with transaction.atomic():
        lock(submission.agency)
        _still_mine(submission)
        model = DATASETS[spec.dataset]
        model._default_manager.bulk_create(
            [_row(submission, spec.dataset, dimensions_of(spec), cell) for cell in cells],
            batch_size=1000,
        )
        _store_problems(submission, checked.problems)
        submission.kind = checked.kind
        submission.rows = checked.read
        submission.total = _total(cells)
        submission.notes = checked.notes
        mappings.count_uses(submission, checked.notes)
        if checked.identifying:
            _forget_file(submission)
        after_checks(submission=submission, recompute=recompute)


def _refuse(
    submission: Submission, problems: list[Problem], notes: list[str], personal: bool = False
) -> None:
    """One transaction: the problems and the state. Nothing else of the file is kept; a file with personal data
    loses its bytes too."""
    with transaction.atomic():
        _still_mine(submission)
        _store_problems(submission, problems)
        submission.state = State.REFUSED
        submission.stage = ""
        submission.notes = notes
        submission.finished_at = timezone.now()
        stored_as = submission.stored_as
        if personal:
            submission.stored_as = ""
        submission.save()
        audit.record(
            by=submission.sender,
            action="submission refused",
            subject=submission,
            problems=len(problems),
        )
        if personal:
            transaction.on_commit(lambda: delete_file(stored_as))


def _forget_file(submission: Submission) -> None:
    """Delete the bytes once the transaction is through: they hold identifiers that were only read past."""
    stored_as = submission.stored_as
    submission.stored_as = ""
    transaction.on_commit(lambda: delete_file(stored_as))


def _still_mine(submission: Submission) -> None:
    """Raises ClaimLost when another worker holds the submission now."""
    held = Submission.objects.select_for_update().filter(
        pk=submission.pk, claim=submission.claim, state=State.PROCESSING
    )
    if not held.exists():
        raise ClaimLost


def _store_problems(submission: Submission, problems: list[Problem]) -> None:
    StoredProblem.objects.bulk_create(
        [
            StoredProblem(
                submission=submission,
                code=problem.code,
                severity=problem.severity,
                row=problem.row,
                column=(problem.column or "")[:100],
                message=problem.message,
                found=problem.found[:200],
                suggestion=problem.suggestion,
            )
            for problem in problems
        ],
        batch_size=500,
    )


def _row(submission: Submission, dataset: str, dimensions: tuple[str, ...], cell: Cell) -> Count:
    numbers = {"count": cell.count}
    if DATASETS[dataset] is Figure:
        numbers |= {"denominator": cell.denominator, "value": cell.value}
    return DATASETS[dataset](
        submission=submission,
        area=submission.area,
        period=cell.period.code,
        margin=cell.margin,
        status=cell.status,
        **numbers,
        **dict(zip(dimensions, cell.dimensions, strict=True)),
    )


def _total(cells: list[Cell]) -> Decimal | None:
    """What the file adds up to: the sum of its totals, else None where it has no total that means anything."""
    totals = [
        Decimal(cell.count) for cell in cells if cell.margin == "total" and cell.count is not None
    ]
    return sum(totals, Decimal(0)) if totals else None
