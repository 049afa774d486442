"""Rebases: a person says that limits begin anew, and why. Never automatic, always on record."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from lscb import access, audit
from lscb.models import Area, Person
from lscb.periods import Period
from performance.actions import signals
from performance.actions.observations import new_version
from performance.indicators.spec import IndicatorSpec, indicators
from performance.models import Observation, Rebase


class RebaseRefused(Exception):
    """A rebase that cannot be made. The text says why, for the person who asked."""


def add_rebase(
    *, by: Person, spec: IndicatorSpec, area: Area, period: Period, reason: str
) -> Rebase:
    """Begin an indicator's limits for an area anew from a period on; signals follow in the same transaction.

    Raises PermissionDenied by role, RebaseRefused without a reason, without a point there, or where one stands.
    """
    access.check_rebase(by)
    if not reason.strip():
        raise RebaseRefused("Say why the limits should begin anew.")
    rows = Observation.objects.filter(indicator=spec.id, area=area, breakdown="all")
    if not rows.filter(period=period.code, status="reported").exists():
        raise RebaseRefused(f"There is no number for {period.label}: choose a period that has one.")
    try:
        with transaction.atomic():
            row = Rebase.objects.create(
                indicator=spec.id,
                area=area,
                period_code=period.code,
                reason=reason.strip(),
                made_by=by,
            )
            audit.record(
                by=by,
                action="added rebase",
                subject=row,
                indicator=spec.id,
                area=area.code,
                period=period.code,
                reason=row.reason,
            )
            signals.refresh(area=area, specs=[spec], version=new_version())
    except IntegrityError as error:
        raise RebaseRefused(f"The limits begin anew with {period.label} already.") from error
    return row


def remove_rebase(*, by: Person, rebase: Rebase) -> None:
    """Take a rebase back. It stays on record. Raises PermissionDenied by role, RebaseRefused when it was taken back."""
    access.check_rebase(by)
    with transaction.atomic():
        row = Rebase.objects.select_for_update().get(pk=rebase.pk)
        if row.removed_at is not None:
            raise RebaseRefused("It was taken back already.")
        row.removed_at, row.removed_by = timezone.now(), by
        row.save(update_fields=["removed_at", "removed_by"])
        audit.record(
            by=by,
            action="removed rebase",
            subject=row,
            indicator=row.indicator,
            area=row.area.code,
            period=row.period_code,
        )
        spec = indicators().get(row.indicator)
        if spec is not None:
            signals.refresh(area=row.area, specs=[spec], version=new_version())
