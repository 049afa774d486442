"""The return `training` of a quarter, worked out from the records: what is sent, and what is missing before it can be.

A session in an area that lies within another counts for both, so that the return of the three partnerships together
holds the sessions of each.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q

from lscb.models import Area
from lscb.periods import Period
from performance.intake.codes import ALL
from training.learnt import ITEMS, summed
from training.models import AGENCIES, Session

RETURN = "training"
NOT_AVAILABLE = "x"  # how a file says that nobody has the number
PAID = (Session.Kind.PAID,)
FREE = (Session.Kind.FREE, Session.Kind.WEBINAR)
ELEARNING = (Session.Kind.ELEARNING,)
# What is sent of paid sessions by agency: the item of the return, and the field of a booking.
PLACES = {
    "bookings": "booked",
    "cancelled-late": "cancelled_late",
    "did-not-attend": "did_not_attend",
    "free-places": "free_places",
}


@dataclass(frozen=True)
class Line:
    """One row of the return: a figure, perhaps of one agency. None: the number is not available."""

    item: str
    numerator: int | None
    denominator: int | None = None
    agency: str = ALL

    def cells(self, quarter: Period) -> list[object]:
        """The row as the file has it: period, item, breakdown, category, numerator, denominator, value."""
        breakdown = ALL if self.agency == ALL else AGENCIES
        numerator = NOT_AVAILABLE if self.numerator is None else self.numerator
        of = "" if self.denominator is None else self.denominator
        return [quarter.code, self.item, breakdown, self.agency, numerator, of, ""]


@dataclass(frozen=True)
class Quarter:
    """What a quarter's records come to. `missing` says, session by session, what has to be filled in first."""

    area: Area
    quarter: Period
    sessions: int
    lines: tuple[Line, ...]
    missing: tuple[str, ...]


def quarter_of(area: Area, quarter: Period) -> Quarter:
    """The return of a quarter for an area from the sessions that started in it."""
    rows = (
        Session.objects.filter(Q(area=area) | Q(area__within=area))
        .filter(starts__gte=quarter.start, starts__lte=quarter.end)
        .select_related("course", "evaluation")
        .prefetch_related("attendance")
        .order_by("starts", "pk")
        .distinct()
    )
    sessions = list(rows)
    missing = tuple(text for one in sessions for text in _missing(one))
    lines = () if missing else tuple(_lines(sessions))
    return Quarter(area, quarter, len(sessions), lines, missing)


def _missing(session: Session) -> Iterator[str]:
    if session.cancelled:
        return
    rows = list(session.attendance.all())
    if not rows:
        yield f"{session}: how many places were booked"
    elif any(row.attended is None for row in rows):
        yield f"{session}: how many attended, cancelled late and did not attend"
    if session.kind in PAID and session.capacity is None:
        yield f"{session}: how many places it offered"


def _lines(sessions: Sequence[Session]) -> Iterator[Line]:
    paid, free, learning = (
        [one for one in sessions if one.kind in kinds] for kinds in (PAID, FREE, ELEARNING)
    )
    yield from _paid(paid)
    yield from _free(free)
    yield from _elearning(learning)
    yield from _attendance(_held([*paid, *free]))
    yield from _learnt(_held(sessions))


def _paid(sessions: Sequence[Session]) -> Iterator[Line]:
    held = _held(sessions)
    known = bool(sessions)
    yield Line("sessions", len(held) if known else None)
    yield Line("bookings", _sum(held, "booked") if known else None)
    yield Line("non-attendance", _absent(held) if known else None)
    yield Line("cancelled-late", _sum(held, "cancelled_late") if known else None)
    yield Line("did-not-attend", _sum(held, "did_not_attend") if known else None)
    yield Line("free-places", _sum(held, "free_places") if known else None)
    yield Line("capacity", sum(one.capacity or 0 for one in held) if known else None)
    yield Line("sessions-cancelled", len(sessions) - len(held) if known else None)
    yield _satisfied("training-satisfaction", held)
    for item, name in PLACES.items():
        yield from _by_agency(held, item, name)


def _free(sessions: Sequence[Session]) -> Iterator[Line]:
    held = _held(sessions)
    known = bool(sessions)
    yield Line("free-events", len(held) if known else None)
    yield Line("free-event-bookings", _sum(held, "booked") if known else None)
    yield Line("free-event-non-attendance", _absent(held) if known else None)
    yield Line("free-event-cancelled-late", _sum(held, "cancelled_late") if known else None)
    yield Line("free-event-did-not-attend", _sum(held, "did_not_attend") if known else None)
    yield _satisfied("free-event-satisfaction", held)


def _elearning(sessions: Sequence[Session]) -> Iterator[Line]:
    held = _held(sessions)
    known = bool(sessions)
    yield Line("elearning-registered", _sum(held, "booked") if known else None)
    yield Line("elearning-completed", _sum(held, "attended") if known else None)
    yield _satisfied("elearning-satisfaction", held)


def _attendance(held: Sequence[Session]) -> Iterator[Line]:
    """Who came to paid sessions and free events: all, then by agency."""
    if not held:
        return
    yield Line("attendance", _sum(held, "attended"))
    yield from _by_agency(held, "attendance", "attended")


def _by_agency(held: Iterable[Session], item: str, name: str) -> Iterator[Line]:
    """A figure of each agency that booked: the sum of the field `name` over its bookings."""
    rows = [row for one in held for row in one.attendance.all()]
    for agency in sorted({row.agency for row in rows}):
        of_agency = sum(getattr(row, name) or 0 for row in rows if row.agency == agency)
        yield Line(item, of_agency, agency=agency)


def _learnt(held: Iterable[Session]) -> Iterator[Line]:
    """What people learnt; not available where nobody was asked."""
    known = summed(one.evaluation for one in held if hasattr(one, "evaluation"))
    for item in ITEMS:
        part, whole = known.get(item, (None, None))
        yield Line(item, part, whole)


def _held(sessions: Iterable[Session]) -> list[Session]:
    return [one for one in sessions if not one.cancelled]


def _sum(sessions: Iterable[Session], field: str) -> int:
    return sum(getattr(row, field) or 0 for one in sessions for row in one.attendance.all())


def _absent(sessions: Sequence[Session]) -> int:
    return _sum(sessions, "cancelled_late") + _sum(sessions, "did_not_attend")


def _satisfied(item: str, sessions: Iterable[Session]) -> Line:
    """Satisfied of answered, over the sessions that were evaluated; not available where none was."""
    found = [one.evaluation for one in sessions if hasattr(one, "evaluation")]
    answered = sum(one.answered for one in found)
    if not answered:
        return Line(item, None)
    return Line(item, sum(one.satisfied for one in found), answered)
