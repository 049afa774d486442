"""The manager keeps the days of the groups' meetings."""

from datetime import date

from django.db import IntegrityError, transaction

from lscb import access, audit
from lscb.access import Action
from lscb.models import Person
from performance.models import Meeting


class MeetingRefused(Exception):
    """A meeting that cannot be kept. The text says why, for the person who asked."""


def add_meeting(*, by: Person, group: Meeting.Group, day: date) -> Meeting:
    """Keep that a group meets on a day. Raises PermissionDenied by role, MeetingRefused where it is kept already."""
    access.check(by, Action.KEEP_MEETINGS)
    try:
        with transaction.atomic():
            row = Meeting.objects.create(group=group, day=day)
            audit.record(
                by=by, action="added meeting", subject=row, group=group, day=day.isoformat()
            )
    except IntegrityError as error:
        raise MeetingRefused(
            f"This meeting of the {group.label} is in the list already. Choose another day."
        ) from error
    return row


def remove_meeting(*, by: Person, meeting: Meeting) -> None:
    """Take a meeting out of the list; the audit trail keeps it. Raises PermissionDenied by role."""
    access.check(by, Action.KEEP_MEETINGS)
    with transaction.atomic():
        audit.record(
            by=by,
            action="removed meeting",
            subject=meeting,
            group=meeting.group,
            day=meeting.day.isoformat(),
        )
        meeting.delete()
