"""What the stored state is known by, so that a page of an earlier state is told from one of the present."""

from django.db.models import Count, Subquery, Value

from lscb.models import AuditEvent
from performance.models import DataVersion

RECENT = 1000  # lines of the audit trail that are counted


def state_of_everything() -> str:
    """A text that changes with every write, in one query: the data version, the last line of the audit trail, and how
    many of the lines just before it there are.

    Every write is audited, so nothing that a page shows can change without it. The last line alone would not tell of a
    write that was begun before another one and ended after it: its line has the smaller number.
    """
    last = AuditEvent.objects.order_by("-pk").values("pk")[:1]
    recent = AuditEvent.objects.order_by().filter(pk__gt=Subquery(last) - RECENT)
    number = recent.values(all=Value(1)).annotate(number=Count("pk")).values("number")
    shown = (Subquery(last), Subquery(number))
    row = DataVersion.objects.filter(pk=1).values_list("number", *shown).first()
    if row is None:
        newest = AuditEvent.objects.values_list("pk", flat=True)[:RECENT]
        return f"0 {list(newest)}"
    return " ".join(map(str, row))
