"""The plan's doors of the queue: thin tasks that call one function each."""

from celery import shared_task
from django.utils import timezone

from priorities import figures, reminders


@shared_task(name="priorities.tasks.remind")
def remind() -> None:
    """Remind people of what is past its day."""
    reminders.remind(today=timezone.localdate())


@shared_task(name="priorities.tasks.record_figures")
def record_figures() -> None:
    """Send the figures of the quarters that are over."""
    figures.record(today=timezone.localdate())
