"""The doors of the queue: thin tasks that call one action each."""

from datetime import date

from celery import shared_task
from celery.signals import worker_ready
from django.conf import settings
from django.utils import timezone

from performance import actions
from performance.actions import challenge_figures, challenges
from performance.pages import digest
from performance.queries import false_alarms, meetings, observations, signals
from performance.queries.challenges import question_of


@shared_task(name="performance.tasks.process")
def process(submission_id: int) -> None:
    """Take one submission through intake."""
    actions.process(submission_id=submission_id)


@shared_task(name="performance.tasks.sweep")
def sweep() -> None:
    """Take up whatever waits: what the bell did not reach, and what a killed worker left."""
    actions.sweep()


@shared_task(name="performance.tasks.delete_strays")
def delete_strays() -> None:
    """Delete or finish the files that a process which was killed left behind."""
    actions.delete_strays()
    actions.settle_agreements()


@shared_task(name="performance.tasks.remind")
def remind() -> None:
    """Send today's reminders and, once a month, the manager's digest."""
    actions.remind(today=timezone.localdate())


@shared_task(name="performance.tasks.record_calendar")
def record_calendar() -> None:
    """Send the figures of how returns were kept; tell what is late since yesterday, and look at every wording anew."""
    actions.record_calendar(today=timezone.localdate())
    actions.tell_what_is_late(today=timezone.localdate())


@shared_task(name="performance.tasks.send_digests")
def send_digests() -> None:
    """Tell the groups whose digest is due what changed."""
    tell_groups(timezone.localdate())


def tell_groups(today: date) -> None:
    """Tell each group whose digest is due what changed since its last meeting before the one to come, else since it
    was last told; nobody is told that nothing did."""
    place, area = settings.PARTNERSHIP_PLACE, settings.PARTNERSHIP_AREA
    for group, roles in digest.GROUPS.items():
        coming, last = meetings.coming(group, today), meetings.last(group, today)
        was_told = coming is not None and signals.was_told_before(group, coming)
        if not digest.is_due(today, coming, was_told=was_told):
            continue
        until = observations.data_version()
        news = signals.news(group, until)
        if coming and last:
            news = signals.news_since(last, until, area=area)
        if news.is_empty:
            continue
        actions.send_digest(
            group=group,
            roles=roles,
            subject=digest.subject(news, place),
            text=digest.text(
                news,
                place=place,
                watched=false_alarms.watched(area),
                site=settings.SITE_URL,
            ),
            version=news.until,
            meeting_day=coming,
        )


@shared_task(name="performance.tasks.remind_challenges")
def remind_challenges() -> None:
    """Remind of challenges whose answer is due soon, or overdue."""
    challenges.remind(
        today=timezone.localdate(), address=settings.SITE_URL, question_of=question_of
    )


@shared_task(name="performance.tasks.record_challenges")
def record_challenges() -> None:
    """Send the figures of how challenges were answered."""
    challenge_figures.record(today=timezone.localdate())


@worker_ready.connect
def sweep_at_start(**_: object) -> None:
    """A worker that starts takes up what waits, and what was left behind, before it listens."""
    sweep.delay()
    delete_strays.delay()
