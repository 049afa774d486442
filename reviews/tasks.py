"""The doors of the queue: the register's counts as figures, and e-mails about what is due."""

from celery import shared_task
from django.utils import timezone

from reviews import figures, reminders


@shared_task(name="reviews.tasks.send_figures")
def send_figures() -> None:
    """Send the counts of the months that are over."""
    figures.send_figures(today=timezone.localdate())


@shared_task(name="reviews.tasks.remind")
def remind() -> None:
    """Remind people of time limits, actions and answers that are due."""
    reminders.remind(today=timezone.localdate())
