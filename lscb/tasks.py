"""The partnership's own doors of the queue."""

from celery import shared_task

from lscb import drafts


@shared_task(name="lscb.tasks.forget_drafts")
def forget_drafts() -> None:
    """Delete the drafts that nobody touched for long."""
    drafts.forget_old()
