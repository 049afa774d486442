"""The calendar of returns: reading what is owed, saying what is not, and recording how returns were kept."""

from collections.abc import Callable, Collection, Iterator
from datetime import date
from operator import attrgetter

from django.db import transaction

from lscb import access, audit
from lscb.models import Agency, Area, Person
from lscb.periods import Period, month_of
from performance.actions.own_figures import send_figures
from performance.actions.texts import check_texts
from performance.indicators.duties import Duty, asked_of
from performance.intake.codes import ALL, code_list
from performance.intake.spec import REPORTED, returns
from performance.models import Exemption, Observation, Submission
from performance.models.owed import all_duties

RETURN = "returns-calendar"
ON_TIME, SUPPLIED = "returns-on-time", "indicators-supplied"
Line = tuple[str, str, str, str, int, int]


class CalendarRefused(Exception):
    """An exemption that cannot be. Its text is for the person who asked for it."""


def exempt(
    *,
    by: Person,
    return_id: str,
    agency: Agency,
    area: Area | None,
    starts: Period,
    ends: Period | None,
    reason: str,
) -> Exemption:
    """Say that an agency does not owe a return from one period to another (None: until further notice), and why.

    Raises PermissionDenied by access, CalendarRefused where the agency does not owe it anyway, no reason is given, or
    it identifies a person.
    """
    access.check_manage_calendar(by)
    spec = returns().get(return_id)
    if spec is None or agency.type not in spec.due_from:
        raise CalendarRefused(f"{agency.name} does not owe this return.")
    if not reason.strip():
        raise CalendarRefused("Say why the return is not applicable.")
    check_texts(CalendarRefused, reason)
    if ends and ends.end < starts.start:
        raise CalendarRefused("The last period lies before the first.")
    with transaction.atomic():
        made = Exemption.objects.create(
            return_id=return_id,
            agency=agency,
            area=area,
            starts=starts.start,
            ends=ends.end if ends else None,
            reason=reason.strip(),
            made_by=by,
        )
        audit.record(
            by=by,
            action="return not applicable",
            subject=made,
            return_id=return_id,
            agency=agency.slug,
            area=area.code if area else ALL,
            starts=starts.code,
            ends=ends.code if ends else "",
            reason=made.reason,
        )
    return made


def end_exemption(*, by: Person, exemption: Exemption) -> None:
    """Take an exemption back: the return is owed again. Raises PermissionDenied by access."""
    access.check_manage_calendar(by)
    with transaction.atomic():
        audit.record(
            by=by,
            action="return applicable again",
            subject=exemption,
            return_id=exemption.return_id,
            agency=exemption.agency.slug,
        )
        exemption.delete()


# How returns were kept, as figures of their own --------------------------------------------------


def record_calendar(*, today: date) -> list[Submission]:
    """Send the figures of how returns were kept, one file for each area and month that is over, through intake.

    What is unchanged is not sent again. Returns the submissions that were made.
    """
    sender = Agency.objects.filter(type__in=returns()[RETURN].owners).order_by("pk").first()
    if sender is None:
        return []
    by_month: dict[tuple[str, Period], list[Duty]] = {}
    for duty in all_duties(today):
        month = month_of(duty.due)
        if duty.counts and month.end < today:
            by_month.setdefault((duty.area, month), []).append(duty)
    areas = {area.code: area for area in sender.areas.all()}
    made = []
    for (code, month), owed in sorted(by_month.items()):
        if code in areas:
            submission = send_figures(
                return_id=RETURN,
                sender=sender,
                area=areas[code],
                period=month,
                rows=[(*line, "") for line in _lines(owed, month)],
                source="The calendar of returns",
            )
            made += [submission] if submission else []
    return made


def _lines(owed: list[Duty], month: Period) -> Iterator[Line]:
    """The rows of a month: for everybody, then for each type of agency, then for each agency by name. Nothing where
    nothing was asked, and no row of its own for an agency that the code list does not know."""
    given = supplied(owed)
    groups = [
        (ALL, ALL, owed),
        *_grouped("agency", owed, attrgetter("agency_type")),
        *_grouped("named_agency", owed, attrgetter("agency")),
    ]
    for breakdown, category, mine in groups:
        on_time = sum(duty.on_time for duty in mine)
        yield month.code, ON_TIME, breakdown, category, on_time, len(mine)
        got = sum(given[duty][0] for duty in mine)
        asked = sum(given[duty][1] for duty in mine)
        if asked:
            yield month.code, SUPPLIED, breakdown, category, got, asked


def _grouped(
    breakdown: str, owed: list[Duty], category_of: Callable[[Duty], str]
) -> list[tuple[str, str, list[Duty]]]:
    """The duties of each category of a breakdown, in the order of their codes."""
    found = sorted(
        {category_of(duty) for duty in owed} & {one.code for one in code_list(breakdown)}
    )
    return [
        (breakdown, category, [duty for duty in owed if category_of(duty) == category])
        for category in found
    ]


def supplied(owed: Collection[Duty]) -> dict[Duty, tuple[int, int]]:
    """For each duty how many of the indicators that it should feed have a value for its period, and how many it should
    feed. One query."""
    asked = {
        duty: {one.id for one in asked_of(returns()[duty.return_id], duty.agency_type)}
        for duty in owed
    }
    have = set(
        Observation.objects.filter(
            indicator__in=set().union(*asked.values()),
            area__code__in={duty.area for duty in owed},
            period__in={duty.period.code for duty in owed},
            status=REPORTED,
        ).values_list("indicator", "area__code", "period", "period_type")
    )
    return {
        duty: (
            sum((one, duty.area, duty.period.code, duty.period.kind) in have for one in ids)
            if duty.delivery is not None
            else 0,
            len(ids),
        )
        for duty, ids in asked.items()
    }
