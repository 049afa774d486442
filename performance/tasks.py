"""The doors of the queue: thin tasks that call one action each."""

from celery import shared_task
from celery.signals import worker_ready

from performance import actions


@shared_task(name="performance.tasks.process")
def process(submission_id: int) -> None:
    """Take one submission through intake."""
    actions.process(submission_id=submission_id)


@shared_task(name="performance.tasks.sweep")
def sweep() -> None:
    """Take up whatever waits: what the bell did not reach, and what a killed worker left."""
    actions.sweep()


@worker_ready.connect
def sweep_at_start(**_: object) -> None:
    """A worker that starts takes up what waits before it listens."""
    sweep.delay()
