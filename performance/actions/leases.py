"""The lease of a submission that is worked on: renewed while its worker lives, over soon once that was killed."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import DatabaseError, connections
from django.utils import timezone

from performance.models import State, Submission

log = structlog.get_logger()
A_THIRD = 3  # of the lease goes by before it is renewed: two renewals may fail


def until() -> datetime:
    """The moment at which a lease that is taken now is over."""
    return timezone.now() + timedelta(seconds=settings.SUBMISSION_LEASE_SECONDS)


@contextmanager
def kept(submission: Submission) -> Iterator[None]:
    """Within the block the lease of a submission that this process has claimed is renewed again and again: for
    SUBMISSION_LONGEST_SECONDS at most, so that work which never ends is taken up by another worker, and in the end
    given up."""
    done = threading.Event()
    keeper = threading.Thread(target=_keep, args=(submission, done), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        done.set()
        keeper.join()


def _keep(submission: Submission, done: threading.Event) -> None:
    every = settings.SUBMISSION_LEASE_SECONDS / A_THIRD
    for _ in range(int(settings.SUBMISSION_LONGEST_SECONDS / every)):
        if done.wait(every):
            break
        renew(submission)
    connections.close_all()  # this thread's own


def renew(submission: Submission) -> None:
    """Renew the lease, if the claim still holds. While the counts are stored on SQLite nobody else can write, neither
    this nor another worker's claim: that is logged and tried again."""
    mine = Submission.objects.filter(
        pk=submission.pk, claim=submission.claim, state=State.PROCESSING
    )
    try:
        mine.update(lease_until=until())
    except DatabaseError as error:
        log.warning("lease not renewed", submission=submission.pk, error=type(error).__name__)
