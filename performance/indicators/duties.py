"""The calendar of returns: what an agency owes for an area and a period, by when, and where that stands.

Pure rules: agencies, exemptions and deliveries go in, duties come out. No database.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from lscb.periods import MONTHS_IN, Period, month_of, parts_of
from lscb.working_days import add_working_days
from performance.indicators.spec import IndicatorSpec, Measure, indicators
from performance.intake.codes import code_list
from performance.intake.spec import ReturnSpec, returns

MARCH_OVER = 3  # months are counted from January as 0; quarters and years end with March


class Standing(StrEnum):
    """Where a duty stands."""

    DUE = "due"
    LATE = "late"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    ACCEPTED_LATE = "accepted late"
    NOT_APPLICABLE = "not applicable"


OPEN = (Standing.DUE, Standing.LATE)
TAKEN = (Standing.ACCEPTED, Standing.ACCEPTED_LATE)


@dataclass(frozen=True)
class Owing:
    """An agency as the calendar sees it: its type, the areas (codes) it sends for, and when it existed."""

    slug: str
    type: str
    areas: tuple[str, ...]
    valid_from: date | None = None
    valid_to: date | None = None

    def existed(self, period: Period) -> bool:
        """Whether it existed on the period's last day, so that the return about it falls to this agency."""
        return (self.valid_from or date.min) <= period.end <= (self.valid_to or date.max)


@dataclass(frozen=True)
class Exempt:
    """An agency does not owe a return for an area (every area: None) over these days, and why."""

    return_id: str
    agency: str
    area: str | None
    starts: date
    ends: date | None
    reason: str

    def covers(self, duty: "Duty") -> bool:
        """Whether the whole period of the duty is exempt."""
        same = (self.return_id, self.agency) == (duty.return_id, duty.agency)
        within = self.starts <= duty.period.start and duty.period.end <= (self.ends or date.max)
        return same and within and self.area in (None, duty.area)


@dataclass(frozen=True)
class Delivery:
    """A file that was taken (`accepted`), or that is still on its way. `on` is the day it was received."""

    id: int
    return_id: str
    agency: str
    area: str
    period: Period
    on: date
    accepted: bool


@dataclass(frozen=True)
class Duty:
    """One return that one agency owes for one area (code) and period."""

    return_id: str
    agency: str
    agency_type: str
    area: str
    period: Period
    due: date
    standing: Standing = Standing.DUE
    reason: str = ""
    delivery: int | None = None

    @property
    def counts(self) -> bool:
        """Whether it is counted when returns are: not when it is not applicable."""
        return self.standing is not Standing.NOT_APPLICABLE

    @property
    def on_time(self) -> bool:
        """Whether the file that was taken for it came by the deadline."""
        return self.standing is Standing.ACCEPTED


def deadline(spec: ReturnSpec, period: Period) -> date:
    """The last day on which the return for a period is on time."""
    return add_working_days(period.end, spec.deadline_working_days)


def periods_owed(spec: ReturnSpec, since: Period, today: date) -> Iterator[Period]:
    """The periods of a return from the month `since` on that have ended, or that end this month."""
    length = MONTHS_IN[spec.period_kind]
    for last in range(since.first, month_of(today).first + 1):
        if (last + 1) % length == MARCH_OVER % length:
            yield Period(last - length + 1, length)


def duties(
    agencies: Iterable[Owing],
    exemptions: Collection[Exempt],
    deliveries: Collection[Delivery],
    *,
    since: Period,
    today: date,
) -> list[Duty]:
    """Every duty since the month `since`, by return, agency, area and period."""
    sent: dict[tuple[str, str, str], list[Delivery]] = {}
    for one in deliveries:
        sent.setdefault((one.return_id, one.agency, one.area), []).append(one)
    known = list(agencies)
    found = []
    for spec in returns().values():
        periods = list(periods_owed(spec, since, today))
        for agency in known:
            if agency.type not in spec.due_from:
                continue
            for area in agency.areas:
                files = sent.get((spec.id, agency.slug, area), [])
                found += [
                    _stand(_duty(spec, agency, area, period), exemptions, files, today)
                    for period in periods
                    if agency.existed(period)
                ]
    return found


def _duty(spec: ReturnSpec, agency: Owing, area: str, period: Period) -> Duty:
    return Duty(spec.id, agency.slug, agency.type, area, period, deadline(spec, period))


def _stand(duty: Duty, exemptions: Collection[Exempt], files: list[Delivery], today: date) -> Duty:
    """The duty with where it stands. What was sent counts even for a period that need not have been."""
    taken = [one for one in files if one.accepted]
    covering = _covering(duty.period, taken)
    if covering:
        standing = Standing.ACCEPTED if covering.on <= duty.due else Standing.ACCEPTED_LATE
        return replace(duty, standing=standing, delivery=covering.id)
    exemption = next((one for one in exemptions if one.covers(duty)), None)
    if exemption:
        return replace(duty, standing=Standing.NOT_APPLICABLE, reason=exemption.reason)
    waiting = _covering(duty.period, [one for one in files if not one.accepted])
    if waiting:
        return replace(duty, standing=Standing.RECEIVED, delivery=waiting.id)
    return replace(duty, standing=Standing.LATE if today > duty.due else Standing.DUE)


def _covering(period: Period, files: Collection[Delivery]) -> Delivery | None:
    """The first file that covers the period; or, where its parts were sent one by one, the one that completed it."""
    whole = [one for one in files if one.period.contains(period)]
    if whole:
        return min(whole, key=lambda one: (one.on, one.id))
    parts = [_covering(part, files) for part in parts_of(period)]
    known = [one for one in parts if one is not None]
    return (
        max(known, key=lambda one: (one.on, one.id)) if parts and len(known) == len(parts) else None
    )


def asked_of(spec: ReturnSpec, agency_type: str) -> list[IndicatorSpec]:
    """The indicators that a return of one type of agency is asked to feed, as often as it is sent; not those that
    nobody has begun to send."""
    items = {
        item
        for item in spec.items
        if (entry := code_list("figure_item").get(item)) and entry.group == agency_type
    }
    return [
        one
        for one in indicators().values()
        if one.frequency == spec.frequency and not one.awaited and _is_fed(one, spec, items)
    ]


def _is_fed(one: IndicatorSpec, spec: ReturnSpec, items: Collection[str]) -> bool:
    measure: Measure | None = one.numerator
    if measure is None:
        return one.published in items
    if measure.dataset != spec.dataset:
        return False
    return not spec.is_figures or measure.where.get("item") in items
