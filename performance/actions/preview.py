"""From checked to counting: answering warnings, submitting, signing off, discarding.

A file that a person sent through the pages waits after the checks: its counts are stored beside it and none of them
is current, so nothing counts before somebody has looked at it and submitted it.
"""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from lscb import access, audit
from lscb.models import Person
from performance.actions.observations import recompute_changed
from performance.actions.submissions import SubmissionRefused, lock, settle, spec_of
from performance.actions.texts import personal_in
from performance.models import DATASETS, State, Submission
from performance.models.returns import HELD

BY_PROGRAM = "Sent by a program, which answers no questions."
ANSWER_MAX = 500


def accept(*, by: Person | None, submission: Submission, recompute: bool = True) -> None:
    """Let the stored counts of a checked submission count. Inside the caller's transaction, under the agency's lock."""
    submission.state = State.ACCEPTED
    submission.stage = ""
    submission.finished_at = timezone.now()
    submission.save()
    changed = settle(submission)
    spec = spec_of(submission)
    if recompute:
        recompute_changed(area=submission.area, changed=changed, dataset=spec.dataset)
    audit.record(
        by=by,
        action="submission accepted",
        subject=submission,
        rows=submission.rows,
        cells=DATASETS[spec.dataset]._default_manager.filter(submission=submission).count(),
    )


def after_checks(*, submission: Submission, recompute: bool) -> None:
    """Decide what becomes of a submission without errors: a program's counts at once, a person's waits for them.

    Where the return asks for a second signature only what the installation itself sends counts without one.
    Inside the caller's transaction, under the agency's lock, once counts and problems are stored.
    """
    if submission.previewed:
        _hold(submission)
        return
    warnings = submission.problems.filter(severity="warning")
    warnings.update(answer=BY_PROGRAM, answered_at=timezone.now())
    if spec_of(submission).sign_off and submission.sender:
        submission.submitted_by, submission.submitted_at = submission.sender, timezone.now()
        _hold(submission)
        return
    accept(by=submission.sender, submission=submission, recompute=recompute)


def _hold(submission: Submission) -> None:
    unanswered = submission.problems.filter(severity="warning", answer="").exists()
    submission.state = State.NEEDS_ANSWERS if unanswered else State.READY
    submission.stage = ""
    submission.save()
    audit.record(by=submission.sender, action="submission checked", subject=submission)


def submit(*, by: Person, submission: Submission, answers: Mapping[str, str]) -> None:
    """Answer the warnings (code of the problem to reason) and submit; it counts at once, or once somebody signs it off.

    Submitting twice is submitting once. Raises PermissionDenied or Http404 by access, SubmissionRefused when an
    answer is missing or identifies a person (the others are kept) or when the submission does not wait for this.
    """
    access.check_accept(by, submission)
    with transaction.atomic():
        _take(submission)
        if submission.submitted_at:
            return
        _refuse_unless_held(submission)
        refusal = _answer(by, submission, answers)
        if not refusal:
            _submit(by, submission)
    if refusal:
        raise SubmissionRefused(refusal)


def _answer(by: Person, submission: Submission, answers: Mapping[str, str]) -> str:
    """Keep the answers that were given and identify nobody. Returns why the file cannot be submitted yet; empty once
    every question is answered."""
    refusal = ""
    warnings = submission.problems.filter(severity="warning")
    for code in sorted(set(warnings.values_list("code", flat=True))):
        text = answers.get(code, "").strip()[:ANSWER_MAX]
        if personal := personal_in(text):
            refusal = personal
        elif text:
            warnings.filter(code=code).update(
                answer=text, answered_by=by, answered_at=timezone.now()
            )
            audit.record(
                by=by, action="warnings answered", subject=submission, code=code, answer=text
            )
    if not refusal and warnings.filter(answer="").exists():
        refusal = "Answer each question with a reason, or send a corrected file."
    return refusal


def _submit(by: Person, submission: Submission) -> None:
    submission.state = State.READY
    submission.submitted_by, submission.submitted_at = by, timezone.now()
    submission.save()
    audit.record(by=by, action="submission submitted", subject=submission)
    if not spec_of(submission).sign_off:
        accept(by=by, submission=submission)


def sign_off(*, by: Person, submission: Submission) -> None:
    """Let a submitted file count, as a second person of its agency. Signing twice is signing once.

    Raises PermissionDenied (the sender's and the submitter's own above all) or Http404 by access, SubmissionRefused
    when it does not wait for a signature.
    """
    access.check_sign_off(by, submission)
    with transaction.atomic():
        _take(submission)
        if submission.signed_off_at:
            return
        _refuse_unless_held(submission)
        if not (submission.submitted_at and spec_of(submission).sign_off):
            raise SubmissionRefused("This file does not wait for a signature.")
        submission.signed_off_by, submission.signed_off_at = by, timezone.now()
        audit.record(by=by, action="submission signed off", subject=submission)
        accept(by=by, submission=submission)


def discard(*, by: Person, submission: Submission) -> None:
    """Throw a file away that does not count yet, with the counts that were stored for it.

    Raises PermissionDenied or Http404 by access, SubmissionRefused when it counts or is being checked.
    """
    access.check_accept(by, submission)
    with transaction.atomic():
        _take(submission)
        _refuse_unless_held(submission)
        model = DATASETS[spec_of(submission).dataset]
        model._default_manager.filter(submission=submission, current=False).delete()
        submission.state = State.WITHDRAWN
        submission.finished_at = timezone.now()
        submission.save()
        audit.record(by=by, action="submission discarded", subject=submission)


def _take(submission: Submission) -> None:
    """One at a time for this agency, and the submission as it stands now."""
    lock(submission.agency)
    submission.refresh_from_db()


def _refuse_unless_held(submission: Submission) -> None:
    if submission.state not in HELD:
        raise SubmissionRefused(
            f"This file is {submission.get_state_display().lower()} and waits for nothing."
        )
