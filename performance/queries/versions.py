"""What the stored state is known by, so that a page of an earlier state is told from one of the present."""

from django.db.models import Subquery

from lscb.models import AuditEvent
from performance.models import DataVersion


def state_of_everything() -> str:
    """A text that changes with every write, in one query: the data version and the last line of the audit trail.

    Every write is audited, so nothing that a page shows can change without it.
    """
    last = AuditEvent.objects.order_by("-pk").values("pk")[:1]
    row = DataVersion.objects.filter(pk=1).values_list("number", Subquery(last)).first()
    if row is None:
        return f"0 {AuditEvent.objects.order_by('-pk').values_list('pk', flat=True).first()}"
    return f"{row[0]} {row[1]}"
