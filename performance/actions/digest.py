"""Sending the digest of signals, and remembering up to where a group was told."""

from collections.abc import Collection
from datetime import date

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from lscb import audit
from lscb.models import Person, Role
from performance.models import DigestSent, MailChoice


def send_digest(
    *,
    group: str,
    roles: Collection[Role],
    subject: str,
    text: str,
    version: int,
    meeting_day: date | None = None,
) -> int:
    """Mail everybody active of these roles who wants it, one message each, and note the data version and the meeting it
    was sent before, if any. Returns how many were told.

    Whoever cannot be reached raises before it is noted, so that the next run tells all of it again.
    """
    people = list(
        Person.objects.filter(role__in=list(roles), is_active=True)
        .exclude(pk__in=MailChoice.objects.filter(digests=False).values("person"))
        .order_by("email")
    )
    for person in people:
        EmailMessage(subject=subject, body=text, to=[person.email]).send()
    with transaction.atomic():
        row = DigestSent.objects.create(
            group=group,
            sent_at=timezone.now(),
            version=version,
            recipients=len(people),
            meeting_day=meeting_day,
        )
        audit.record(by=None, action="digest sent", subject=row, group=group, people=len(people))
    return len(people)
