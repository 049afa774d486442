"""The manager keeps the agencies: who takes part, and who takes over from whom, which breaks the series that they feed.

What is recorded can be taken back; the audit trail keeps who did what. Signals follow in the same transaction, because
a break stops comparisons and the calendar asks others.
"""

from collections.abc import Collection
from datetime import date

from django.db import models, transaction
from django.utils.text import slugify

from lscb import access, audit
from lscb.access import Action
from lscb.days import day_words
from lscb.models import Agency, Area, Person
from performance.actions import signals, wordings
from performance.actions.observations import new_version, rolling_up
from performance.actions.texts import check_texts
from performance.indicators.spec import indicators


class AgencyRefused(Exception):
    """What cannot be recorded of an agency. The text says why, for the person who asked."""


def add_agency(
    *, by: Person, name: str, kind: str, areas: Collection[Area], first_day: date | None
) -> Agency:
    """Have an agency of a type (a code of `agency_types`) take part in these areas from a day on (None: always).

    Raises PermissionDenied by role, AgencyRefused for a name that is none, that another has or that identifies a child.
    """
    access.check(by, Action.KEEP_AGENCIES)
    name = " ".join(name.split())
    slug = slugify(name)[:40].strip("-")
    if not slug:
        raise AgencyRefused("Write the agency’s name.")
    check_texts(AgencyRefused, name)
    if Agency.objects.filter(models.Q(slug=slug) | models.Q(name__iexact=name)).exists():
        raise AgencyRefused("An agency of this name is in the list already.")
    with transaction.atomic():
        made = Agency.objects.create(slug=slug, name=name, type=kind, valid_from=first_day)
        made.areas.set(areas)
        audit.record(by=by, action="agency added", subject=made, agency=slug, name=name)
        _follow(made)
    return made


def remove_agency(*, by: Person, agency: Agency) -> None:
    """Take an agency that was added by mistake out of the list. Raises PermissionDenied by role, AgencyRefused where
    anything was sent, said or planned for it."""
    access.check(by, Action.KEEP_AGENCIES)
    if is_used(agency):
        raise AgencyRefused(
            f"{agency.name} stays in the list: something was sent, said or planned for it."
        )
    with transaction.atomic():
        audit.record(by=by, action="agency removed", subject=agency, agency=agency.slug)
        areas = list(agency.areas.all())
        agency.delete()
        _refresh(areas)


def is_used(agency: Agency) -> bool:
    """Whether anything but its areas refers to an agency."""
    return any(
        one.related_model._base_manager.filter(**{one.field.name: agency}).exists()
        for one in Agency._meta.get_fields(include_hidden=True)
        if isinstance(one, models.ManyToOneRel) and one.related_model is not Agency.areas.through
    )


def replace_agency(*, by: Person, agency: Agency, last_day: date, successor: Agency) -> None:
    """Let an agency's part end with a day, and another take over: nothing compares across it any more until somebody
    says so. Raises PermissionDenied by role, AgencyRefused where it was replaced already, for a day before its first,
    and for a successor that it took over from itself."""
    access.check(by, Action.KEEP_AGENCIES)
    with transaction.atomic():
        row = Agency.objects.select_for_update().get(pk=agency.pk)
        if row.successor_id:
            raise AgencyRefused("Another took over from it already. Take that back first.")
        if row.valid_from and last_day < row.valid_from:
            raise AgencyRefused(
                f"Its last day cannot lie before its first, {day_words(row.valid_from)}."
            )
        if row in _line(successor):
            raise AgencyRefused(f"{successor.name} cannot take over from {row.name}.")
        row.successor, row.valid_to = successor, last_day
        row.save(update_fields=["successor", "valid_to"])
        audit.record(
            by=by,
            action="agency replaced",
            subject=row,
            agency=row.slug,
            successor=successor.slug,
            last_day=last_day.isoformat(),
        )
        _follow(row, successor)


def take_back_replacement(*, by: Person, agency: Agency) -> None:
    """Let an agency that another replaced go on as if it had not ended. Raises PermissionDenied by role, AgencyRefused
    where none replaced it."""
    access.check(by, Action.KEEP_AGENCIES)
    with transaction.atomic():
        row = Agency.objects.select_for_update().get(pk=agency.pk)
        successor = row.successor
        if successor is None:
            raise AgencyRefused(f"No agency took over from {row.name}.")
        row.successor = row.valid_to = None
        row.save(update_fields=["successor", "valid_to"])
        audit.record(
            by=by,
            action="replacement taken back",
            subject=row,
            agency=row.slug,
            successor=successor.slug,
        )
        _follow(row, successor)


def _line(agency: Agency) -> list[Agency]:
    """An agency and those that took over after it, one from the other."""
    found = [agency]
    while found[-1].successor is not None:
        found.append(found[-1].successor)
    return found


def _follow(*agencies: Agency) -> None:
    """Bring signals and wordings in step in every area that agencies send for or sent for."""
    mine = models.Q(agencies__in=agencies) | models.Q(submissions__agency__in=agencies)
    _refresh(list(Area.objects.filter(mine).distinct().order_by("code")))


def _refresh(areas: Collection[Area]) -> None:
    """Bring signals of areas, and of those that they add up to, in step, and what figures contradict in wordings."""
    version, specs = new_version(), list(indicators().values())
    touched = dict.fromkeys(one for area in areas for one in (area, *rolling_up(area)))
    for area in touched:
        signals.refresh(area=area, specs=specs, version=version)
    wordings.hold_again({area.code: list(indicators()) for area in touched})
