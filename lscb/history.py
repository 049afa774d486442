"""The history of records: which field changed stands in the audit trail, what it said before and after beside it.

The trail never changes. Its lines name fields only; the words stand in `HistoryWords`, from which what should never
have been written, such as a child's name, is taken out with a reason.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from lscb import audit, drafts
from lscb.days import day_words
from lscb.models import AuditEvent, HistoryWords, Person

Changes = Mapping[str, Any]  # by field: [before, after]
TAKEN_OUT = "taken out"
NOT_FILLED_IN = ("id", "made_by", "made_at")  # fields of a record that nobody types

# Who may take words out of the history of an app's records, by the app's label: raises PermissionDenied.
CHECKED_BY: dict[str, Callable[[Person], None]] = {}


CHANGED_MEANWHILE = (
    "Somebody else changed this since you opened it. What you wrote still stands here; look at its history, then save "
    "again."
)


class HistoryRefused(Exception):
    """Words that cannot be taken out. Its text is for the person who asked for it."""


def record(
    *, by: Person | None, action: str, subject: models.Model, changes: Changes, **details: Any
) -> AuditEvent:
    """Write a line of history about `subject`, in the transaction that is open: which fields changed into the audit
    trail, with `details`, and what they said beside it."""
    event = audit.record(by=by, action=action, subject=subject, fields=sorted(changes), **details)
    HistoryWords.objects.create(event=event, changes=dict(changes))
    return event


def difference(before: Mapping[str, str], after: Mapping[str, str]) -> Changes:
    """What differs between two states of a record: by field, before and after. A new one has no `before`."""
    return {
        name: [before.get(name, ""), value]
        for name, value in after.items()
        if before.get(name, "") != value
    }


def state(record: models.Model, listed: Callable[[list[Any]], str]) -> dict[str, str]:
    """Every field of a record that people fill in, as words, to be held against another state. `listed` writes a field
    that holds a list."""
    return {
        field.name: _words(record, field, listed)
        for field in record._meta.concrete_fields
        if field.name not in NOT_FILLED_IN
    }


def _words(
    record: models.Model, field: "models.Field[Any, Any]", listed: Callable[[list[Any]], str]
) -> str:
    value = getattr(record, field.name)
    if field.choices:
        return str(getattr(record, f"get_{field.name}_display")())
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return listed(value) if isinstance(value, list) else str(value)


def events(record: models.Model) -> "models.QuerySet[AuditEvent]":
    """The lines of a record's history, the newest first."""
    return AuditEvent.objects.filter(
        object_type=record._meta.label_lower, object_id=str(record.pk)
    ).select_related("person", "words")


def latest_line(record: models.Model) -> int:
    """The number of the newest line of a record's history; 0 where there is none."""
    newest = events(record).order_by("-id").first()
    return newest.pk if newest else 0


def changes_of(event: AuditEvent) -> Changes:
    """What a line of history says: by field, before and after. Lines of earlier versions hold it themselves."""
    words = getattr(event, "words", None)
    found: Changes = words.changes if words else event.details.get("changes", {})
    return found


def emptied(fields: Iterable[str]) -> dict[str, list[str]]:
    """What stands in a line of history for fields whose words were taken out."""
    return {name: [TAKEN_OUT, TAKEN_OUT] for name in fields}


def subject_of(event: AuditEvent) -> models.Model | None:
    """The record that a line of history is about; None where it is gone."""
    model = apps.get_model(event.object_type)
    return model._default_manager.filter(pk=event.object_id).first()


def app_of(event: AuditEvent) -> str:
    """The app whose record a line of history is about."""
    return event.object_type.split(".")[0]


def checked(reason: str) -> str:
    """Why words are taken out, as it is kept. Raises HistoryRefused where nothing is said, and for personal data."""
    said = reason.strip()
    if not said:
        raise HistoryRefused("Say why it is taken out.")
    looks = next((found for check in drafts.CHECKS if (found := check(said))), None)
    if looks:
        raise HistoryRefused(f"This looks like {looks}. Do not repeat what is taken out.")
    return said


def instead(by: Person, reason: str) -> str:
    """What stands where a text was taken out: by whom, on which day and why."""
    today = timezone.localdate()
    return f"Taken out by {by.name}, {day_words(today)}: {checked(reason)}"


def take_out(*, by: Person, event: AuditEvent, reason: str) -> None:
    """Take what a line of history says out of it, for good: who changed which field, and when, stays.

    Raises HistoryRefused without a reason, for personal data in it, and for a line that holds no words of its own;
    PermissionDenied by access.
    """
    CHECKED_BY[app_of(event)](by)
    said = checked(reason)
    with transaction.atomic():
        words = HistoryWords.objects.select_for_update().filter(event=event).first()
        if words is None:
            raise HistoryRefused("This line of history holds no words that can be taken out.")
        words.changes = emptied(words.changes)
        words.save(update_fields=["changes"])
        about = subject_of(event)
        audit.record(
            by=by,
            action="words taken out of the history",
            subject=about or words,
            line=event.pk,
            reason=said,
        )
