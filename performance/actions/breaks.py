"""A person says that the figures on both sides of a break compare, and why; or takes that back. Always on record."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from lscb import access, audit
from lscb.models import Area, Person
from lscb.periods import Period
from performance.actions import signals
from performance.actions.observations import new_version
from performance.indicators.spec import IndicatorSpec, indicators
from performance.models import Comparable
from performance.models.breaks import breaks


class ComparableRefused(Exception):
    """A statement that cannot be made. The text says why, for the person who asked."""


def say_comparable(
    *, by: Person, spec: IndicatorSpec, area: Area, period: Period, reason: str
) -> Comparable:
    """Let an indicator's figures be compared across the break at a period; signals follow in the same transaction.

    Raises PermissionDenied by role, ComparableRefused without a reason, without a break there, or where it was said.
    """
    access.check_rebase(by)
    if not reason.strip():
        raise ComparableRefused("Say why the figures on both sides compare.")
    found = breaks([spec.id], [area.code]).get((spec.id, area.code), [])
    if period not in {one.period for one, _ in found}:
        raise ComparableRefused(f"The series does not break at {period.label}.")
    try:
        with transaction.atomic():
            row = Comparable.objects.create(
                indicator=spec.id,
                area=area,
                period_code=period.code,
                reason=reason.strip(),
                made_by=by,
            )
            _record(by, "said comparable", row)
            signals.refresh(area=area, specs=[spec], version=new_version())
    except IntegrityError as error:
        raise ComparableRefused(
            f"The figures before and after {period.label} are comparable already."
        ) from error
    return row


def take_back_comparable(*, by: Person, comparable: Comparable) -> None:
    """Let the break stand again. Raises PermissionDenied by role, ComparableRefused when it was taken back."""
    access.check_rebase(by)
    with transaction.atomic():
        row = Comparable.objects.select_for_update().get(pk=comparable.pk)
        if row.removed_at is not None:
            raise ComparableRefused("It was taken back already.")
        row.removed_at, row.removed_by = timezone.now(), by
        row.save(update_fields=["removed_at", "removed_by"])
        _record(by, "took back comparable", row)
        spec = indicators().get(row.indicator)
        if spec is not None:
            signals.refresh(area=row.area, specs=[spec], version=new_version())


def _record(by: Person, action: str, row: Comparable) -> None:
    audit.record(
        by=by,
        action=action,
        subject=row,
        indicator=row.indicator,
        area=row.area.code,
        period=row.period_code,
        reason=row.reason,
    )
