"""The one way to write the audit trail."""

from typing import Any

from django.db import models

from lscb.models import AuditEvent, Person

PROGRAM = "the program"


def record(*, by: Person | None, action: str, subject: models.Model, **details: Any) -> AuditEvent:
    """Write one audit event about `subject`, in the transaction that is open.

    `by` is None for what the program does by itself (a sweep, a recompute). `details` must be JSON and hold
    nothing personal about a child.
    """
    return AuditEvent.objects.create(
        person=by,
        actor=by.email if by else PROGRAM,
        action=action,
        object_type=subject._meta.label_lower,
        object_id=str(subject.pk),
        details=details,
    )
