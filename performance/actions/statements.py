"""What a person says of a series, and takes back: that its limits begin anew, that figures compare across a break.

Never automatic, always on record. Signals, and what figures contradict in wordings, follow in the same transaction.
"""

from typing import TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone

from lscb import access, audit
from lscb.models import Area, Person
from lscb.periods import Period
from performance.actions import signals, wordings
from performance.actions.observations import new_version, rolling_up
from performance.actions.texts import check_texts
from performance.indicators.spec import IndicatorSpec, indicators
from performance.models import Comparable, Observation, Rebase
from performance.models.breaks import breaks
from performance.models.statements import Statement

Said = TypeVar("Said", bound=Statement)


class StatementRefused(Exception):
    """A statement that cannot be made or taken back. The text says why, for the person who asked."""


def add_rebase(
    *, by: Person, spec: IndicatorSpec, area: Area, period: Period, reason: str
) -> Rebase:
    """Begin an indicator's limits for an area anew from a period on.

    Raises PermissionDenied by role, StatementRefused without a reason or for one that identifies a person, without a
    point there, or where one stands.
    """
    access.check_rebase(by)
    if not reason.strip():
        raise StatementRefused("Say why the limits should begin anew.")
    check_texts(StatementRefused, reason)
    rows = Observation.objects.filter(indicator=spec.id, area=area, breakdown="all")
    if not rows.filter(period=period.code, status="reported").exists():
        raise StatementRefused(
            f"There is no number for {period.label}: choose a period that has one."
        )
    standing = f"The limits begin anew with {period.label} already."
    return _make(Rebase, by, "added rebase", spec, area, period, reason, standing)


def remove_rebase(*, by: Person, rebase: Rebase) -> None:
    """Take a rebase back. Raises PermissionDenied by role, StatementRefused when it was taken back."""
    _take_back(Rebase, by, "removed rebase", rebase)


def say_comparable(
    *, by: Person, spec: IndicatorSpec, area: Area, period: Period, reason: str
) -> Comparable:
    """Let an indicator's figures be compared across the break at a period.

    Raises PermissionDenied by role, StatementRefused without a reason or for one that identifies a person, without a
    break there, or where it was said.
    """
    access.check_rebase(by)
    if not reason.strip():
        raise StatementRefused("Say why the figures on both sides compare.")
    check_texts(StatementRefused, reason)
    found = breaks([spec.id], [area.code]).get((spec.id, area.code), [])
    if period not in {one.period for one, _ in found}:
        raise StatementRefused(f"The series does not break at {period.label}.")
    standing = f"The figures before and after {period.label} are comparable already."
    return _make(Comparable, by, "said comparable", spec, area, period, reason, standing)


def take_back_comparable(*, by: Person, comparable: Comparable) -> None:
    """Let the break stand again. Raises PermissionDenied by role, StatementRefused when it was taken back."""
    _take_back(Comparable, by, "took back comparable", comparable)


def _make(
    model: type[Said],
    by: Person,
    action: str,
    spec: IndicatorSpec,
    area: Area,
    period: Period,
    reason: str,
    standing: str,
) -> Said:
    """The statement, kept and recorded. `standing` is said where one stands at that period."""
    try:
        with transaction.atomic():
            row = model._default_manager.create(
                indicator=spec.id,
                area=area,
                period_code=period.code,
                reason=reason.strip(),
                made_by=by,
            )
            _record(by, action, row)
            _follow(area, spec)
    except IntegrityError as error:
        raise StatementRefused(standing) from error
    return row


def _take_back(model: type[Said], by: Person, action: str, statement: Said) -> None:
    access.check_rebase(by)
    with transaction.atomic():
        row = model._default_manager.select_for_update().get(pk=statement.pk)
        if row.removed_at is not None:
            raise StatementRefused("It was taken back already.")
        row.removed_at, row.removed_by = timezone.now(), by
        row.save(update_fields=["removed_at", "removed_by"])
        _record(by, action, row)
        spec = indicators().get(row.indicator)
        if spec is not None:
            _follow(row.area, spec)


def _follow(area: Area, spec: IndicatorSpec) -> None:
    """Bring signals, and what figures contradict in wordings, in step with what was said: those of a wider area too,
    because what it adds up breaks where its parts break."""
    version = new_version()
    for one in (area, *rolling_up(area)):
        signals.refresh(area=one, specs=[spec], version=version)
        wordings.hold_again({one.code: [spec.id]})


def _record(by: Person, action: str, row: Statement) -> None:
    """The reason stands in the statement alone: from the trail it could not be taken out."""
    audit.record(
        by=by,
        action=action,
        subject=row,
        indicator=row.indicator,
        area=row.area.code,
        period=row.period_code,
    )
