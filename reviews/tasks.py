"""The door of the queue: each night the register's counts are sent as figures."""

from celery import shared_task
from django.utils import timezone

from reviews import figures


@shared_task(name="reviews.tasks.send_figures")
def send_figures() -> None:
    """Send the counts of the months that are over."""
    figures.send_figures(today=timezone.localdate())
