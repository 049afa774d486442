"""The doors of the queue: thin tasks that call one action, and the bell that rings for a new submission."""

import structlog
from celery import shared_task
from celery.signals import worker_ready
from django.db import transaction

from performance import actions

log = structlog.get_logger()


@shared_task(name="performance.tasks.process")
def process(submission_id: int) -> None:
    """Take one submission through intake."""
    actions.process(submission_id=submission_id)


@shared_task(name="performance.tasks.sweep")
def sweep() -> None:
    """Take up whatever waits: what the bell did not reach, and what a killed worker left."""
    actions.sweep()


def ring(submission_id: int) -> None:
    """Wake a worker once the open transaction is committed. A broker that is down never harms an upload: the
    submission is stored, and the sweep finds it."""

    def publish() -> None:
        try:
            process.delay(submission_id)
        except Exception as error:
            log.warning("broker not reached", submission=submission_id, error=type(error).__name__)

    transaction.on_commit(publish)


@worker_ready.connect
def sweep_at_start(**_: object) -> None:
    """A worker that starts takes up what waits before it listens."""
    sweep.delay()
