"""Receiving a file and withdrawing it; which of several versions counts."""

import hashlib
import os
import re
import uuid
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import structlog
from celery import current_app
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from lscb import access, audit
from lscb.models import Agency, Area, Person
from lscb.periods import Period, months_of, parts_of
from performance.actions.observations import recompute_changed
from performance.actions.texts import check_texts
from performance.indicators.spec import dataset_dimensions
from performance.intake.personal import names_nobody
from performance.intake.spec import ReturnSpec, returns
from performance.models import DATASETS, Count, State, Submission
from performance.models.returns import SETTLED

log = structlog.get_logger()
STRAY_AFTER = timedelta(hours=1)
OWN_NAME = re.compile(
    r"\.?[0-9a-f]{32}"
)  # of a file as `_write` names it, the half-written one too


class SubmissionRefused(Exception):
    """A file that cannot even be received: the return, period or size is wrong. Its text is for the sender."""


class KeyReused(SubmissionRefused):
    """The idempotency key was used before, for something else. Its text says for what, and what to do."""


def receive(
    *,
    by: Person | None,
    return_id: str,
    agency: Agency,
    area: Area,
    period: Period,
    filename: str,
    content: bytes,
    idempotency_key: str | None = None,
    source: str = "",
    previewed: bool = False,
    ring: bool = True,
) -> Submission:
    """Take a file: its bytes, checksum, submission row and audit event are stored before this returns.

    The same idempotency key from the same person gives the submission it gave before. `by` is None for the sample.
    The same key with another file, return, agency, area or period is KeyReused.
    With `previewed` the sender looks at what was read before it counts.
    A worker is woken once the row is committed, unless the caller processes the file itself (`ring` False).
    Raises SubmissionRefused for a return, period or size that cannot be, PermissionDenied or Http404 by access.
    """
    spec = _return_asked(by, return_id, agency)
    submission = Submission(
        return_id=return_id,
        agency=agency,
        area=area,
        period_code=period.code,
        filename=_name_kept(filename),
        size=len(content),
        checksum=hashlib.sha256(content).hexdigest(),
        source=source,
        previewed=previewed,
        sender=by,
        idempotency_key=idempotency_key or None,
    )
    earlier = _earlier(submission)
    if earlier:
        return earlier
    _check_request(spec, agency, content)
    return _keep_once(by, submission, content, ring)


def _return_asked(by: Person | None, return_id: str, agency: Agency) -> ReturnSpec:
    """The return's definition, where this person may send it. Raises as `receive` says."""
    spec = returns().get(return_id)
    if spec is None:
        raise SubmissionRefused(f"There is no return '{return_id}'. Known: {', '.join(returns())}.")
    if by is not None:
        if spec.made_by_program:
            raise SubmissionRefused(f"The program sends '{spec.title}' itself.")
        access.check_send(by, spec.owners, agency)
    return spec


def _keep_once(by: Person | None, submission: Submission, content: bytes, ring: bool) -> Submission:
    """Keep a submission; where the same request arrived twice at once, the one of both that was kept."""
    try:
        _keep(by, submission, content, ring)
    except IntegrityError:
        earlier = _earlier(submission)
        if earlier is None:
            raise
        return earlier
    return submission


def _keep(by: Person | None, submission: Submission, content: bytes, ring: bool) -> None:
    """Keep the bytes, the row and its audit event: all of them, or none."""
    submission.stored_as = _write(content)
    try:
        with transaction.atomic():
            submission.save(force_insert=True)
            audit.record(
                by=by,
                action="submission received",
                subject=submission,
                checksum=submission.checksum,
            )
            if ring:
                transaction.on_commit(lambda: wake_worker(submission.pk))
    except BaseException:
        delete_file(submission.stored_as)
        raise


def wake_worker(submission_id: int) -> None:
    """Ring for a worker. A broker that is down never harms an upload: the submission is stored, the sweep finds it."""
    try:
        with current_app.connection_for_write(
            transport_options=settings.PUBLISH_OPTIONS
        ) as connection:
            current_app.send_task(
                "performance.tasks.process", args=[submission_id], connection=connection
            )
    except Exception as error:  # noqa: BLE001  # whatever the broker's library raises, the file is safe
        log.warning("broker not reached", submission=submission_id, error=type(error).__name__)


SAME = {  # what a repeated request has in common with the one before, in words
    "return": "return_id",
    "agency": "agency_id",
    "area": "area_id",
    "period": "period_code",
    "file": "checksum",
}


def _earlier(submission: Submission) -> Submission | None:
    """What this person sent with this key before. Raises KeyReused where that was something else."""
    key, sender = submission.idempotency_key, submission.sender
    sent = Submission.objects.filter(sender=sender, idempotency_key=key)
    earlier = sent.first() if key and sender else None
    if earlier is None:
        return None
    others = [
        word for word, name in SAME.items() if getattr(earlier, name) != getattr(submission, name)
    ]
    if others:
        raise KeyReused(
            f"This Idempotency-Key was used before, for submission {earlier.pk}, with another "
            f"{' and '.join(others)}. Nothing was taken. Use a new key for what is new; to repeat the earlier request, "
            "send it as it was."
        )
    return earlier


def _check_request(spec: ReturnSpec, agency: Agency, content: bytes) -> None:
    if agency.type not in spec.owners:
        raise SubmissionRefused(f"{agency.name} does not send the return '{spec.title}'.")
    if not content:
        raise SubmissionRefused("The file is empty. Choose the file again.")
    if len(content) > settings.INTAKE_MAX_BYTES:
        limit = settings.INTAKE_MAX_BYTES // 1_000_000
        raise SubmissionRefused(
            f"The file is larger than {limit} MB. Send a shorter period at a time."
        )


def _name_kept(filename: str) -> str:
    """The file's name as it is kept and shown: `file.csv` where it seems to name somebody."""
    path = Path(filename)
    words = re.sub(r"[\s_.-]+", " ", path.stem).strip()
    fit = words and names_nobody(words) and not re.search("[0-9]{9}", words.replace(" ", ""))
    return path.name[-200:] if fit else f"file{path.suffix[:10]}"


def _write(content: bytes) -> str:
    """The bytes on disk under a made-up name: written, synced, then renamed, so that no half file is ever seen."""
    name = uuid.uuid4().hex
    temporary = settings.MEDIA_ROOT / f".{name}"
    with temporary.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.rename(settings.MEDIA_ROOT / name)
    return name


def read_file(submission: Submission) -> bytes:
    """The bytes as they were sent. Raises FileNotFoundError once they were deleted."""
    if not submission.stored_as:
        raise FileNotFoundError("the file was deleted")
    return (settings.MEDIA_ROOT / submission.stored_as).read_bytes()


def delete_file(stored_as: str) -> None:
    """Remove the bytes; nothing happens when they are gone already."""
    if stored_as:
        (settings.MEDIA_ROOT / stored_as).unlink(missing_ok=True)


def delete_strays() -> int:
    """Delete the files that belong to no submission: what a process left that was killed after it wrote a file and
    before its row was stored, or after a file with personal data was refused and before its bytes were gone. A file
    that was written within STRAY_AFTER may still get its row. Returns how many."""
    known = set(Submission.objects.exclude(stored_as="").values_list("stored_as", flat=True))
    before, deleted = (timezone.now() - STRAY_AFTER).timestamp(), 0
    for file in settings.MEDIA_ROOT.iterdir():
        if not OWN_NAME.fullmatch(file.name) or file.name in known:
            continue
        with suppress(FileNotFoundError):  # deleted by whoever refused it a moment ago
            if file.stat().st_mtime < before:
                file.unlink()
                deleted += 1
    if deleted:
        log.warning("files without a submission deleted", number=deleted)
    return deleted


def withdraw(*, by: Person, submission: Submission, reason: str) -> None:
    """Take back an accepted submission: the one before counts again, and what it touched is recomputed.

    Raises PermissionDenied or Http404 by access, SubmissionRefused when it is not accepted, no reason is given, or it
    identifies a person.
    """
    access.check_withdraw(by, submission)
    if not reason.strip():
        raise SubmissionRefused("Say why the file is withdrawn.")
    check_texts(SubmissionRefused, reason)
    with transaction.atomic():
        lock(submission.agency)
        submission.refresh_from_db()
        if submission.state not in SETTLED:
            raise SubmissionRefused(
                f"This file is {submission.get_state_display().lower()}, not accepted."
            )
        submission.state = State.WITHDRAWN
        submission.save(update_fields=["state"])
        changed = settle(submission)
        recompute_changed(
            area=submission.area, changed=changed, dataset=spec_of(submission).dataset
        )
        audit.record(by=by, action="submission withdrawn", subject=submission, reason=reason)


def spec_of(submission: Submission) -> ReturnSpec:
    """The definition of the return it was sent for."""
    return returns()[submission.return_id]


def lock(agency: Agency) -> None:
    """One writer at a time for an agency's counts, until the transaction ends."""
    Agency.objects.select_for_update().get(pk=agency.pk)


def codes_within(period: Period) -> set[str]:
    """The codes of every period a submission for `period` may hold rows for: itself and its parts."""
    found = {period.code} | {month.code for month in months_of(period)}
    return found | {part.code for part in parts_of(period)}


def settle(submission: Submission) -> set[str]:
    """Decide anew which rows count where `submission` reaches: the newest settled submission that covers a period
    wins it, whatever the order in which they were processed. Returns the period codes that were touched.

    Runs inside the caller's transaction, under `lock`, which SubmissionRefused has to end: a cell of it counts already
    from elsewhere.
    """
    spec = spec_of(submission)
    model = DATASETS[spec.dataset]
    reach = codes_within(submission.period)
    family = Submission.objects.filter(
        return_id=submission.return_id, agency=submission.agency, area=submission.area
    )
    rows = model._default_manager.filter(submission__in=family, period__in=reach)
    touched = set(rows.values_list("period", flat=True).distinct())
    rows.filter(current=True).update(current=False)
    covered: set[str] = set()
    for other in family.filter(state__in=SETTLED).order_by("-id"):
        own = codes_within(other.period)
        winning = (own - covered) & reach
        if winning:
            _let_count(model._default_manager.filter(submission=other, period__in=winning))
        state = State.ACCEPTED if own - covered else State.SUPERSEDED
        if other.state != state:
            Submission.objects.filter(pk=other.pk).update(state=state)
        covered |= own
    submission.refresh_from_db(fields=["state"])
    return touched


def _let_count(rows: QuerySet[Count]) -> None:
    """Mark rows as those that count. Raises SubmissionRefused where another agency's, or another return's, do."""
    try:
        rows.update(current=True)
    except IntegrityError as error:
        raise SubmissionRefused(
            "Another agency, or another return, has sent some of the same numbers meanwhile, and nothing may count "
            "twice. Ask the partnership manager which file is right, and to have the other withdrawn first."
        ) from error


def dimensions_of(spec: ReturnSpec) -> tuple[str, ...]:
    """The dimension fields of the dataset a return feeds."""
    return dataset_dimensions(spec.dataset)
