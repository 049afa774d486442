"""Reading training's own records for pages and reports: by course, what people learnt, themes, licences, reach."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import F, Q, QuerySet

from lscb.lists import Column
from lscb.models import Area, Person
from lscb.numbers import format_count, format_number, format_value, missing_words, plural
from lscb.periods import YEAR, Period
from lscb.prepared import prepared
from performance import contributed
from performance.contributed import Evidence, Keys, Thing, named
from performance.intake.codes import code_list
from performance.intake.spec import NOT_SUBMITTED
from performance.queries import observations
from training import learnt, queries
from training.models import AGENCIES, Course, Evaluation, Licence, Quote, Session, Workforce
from training.table import COUNT, MISSING, write

BY_AGENCY = "TR14"  # the indicator of attendance by agency
ENDS_SOON = timedelta(days=183)  # licences that end within half a year are named


@dataclass(frozen=True)
class CourseLine:
    """One course in a period. None: not recorded."""

    course: str
    address: str
    kind: str
    sessions: int
    booked: int | None
    attended: int | None
    satisfied: str
    answers: tuple[str, ...] = ()  # recommendations of reviews that everybody may see


@dataclass(frozen=True)
class Learning:
    """A question of the evaluations, summed over sessions: how many before and after, of those who answered both."""

    question: str
    before: str
    after: str
    answered: int


@dataclass(frozen=True)
class Theme:
    """A theme of what people said: in how many quotes, and on which courses."""

    key: int
    name: str
    quotes: int
    courses: tuple[str, ...]


def answered(course: Course, person: Person | None) -> list[Thing]:
    """The recommendations that a course answers: those a person may see, or for None those everybody may."""
    if not course.recommendations:
        return []
    known = contributed.recommendations(person)
    return [known[key] for key in course.recommendations if key in known]


def answers(_person: Person, recommendation: str) -> Iterator[Thing]:
    """The courses that answer a recommendation, for the page on which it stands."""
    for course in Course.objects.exclude(recommendations=[]):
        if recommendation in course.recommendations:
            yield Thing(course.title, course.get_absolute_url())


def of_courses(keys: Keys = None) -> Iterator[Evidence]:
    """What a priority can rest on: courses, with who came to them and what people said that they changed."""
    rows = Course.objects.prefetch_related("sessions__attendance", "quotes__themes")
    for one in named(rows, keys, "course"):
        yield Evidence(
            key=f"course:{one.pk}",
            strand="training",
            kind="Course",
            title=one.title,
            address=one.get_absolute_url(),
            showed=_came(one),
            followed=_said(one),
        )


def _came(course: Course) -> str:
    """How often a course was held and how many came, of the sessions recorded one by one."""
    held = [one for one in course.sessions.all() if not one.cancelled]
    came = [row.attended for one in held for row in one.attendance.all()]
    if not held:
        return "No session is recorded one by one."
    counted = sum(one or 0 for one in came) if came and None not in came else None
    words = plural(counted, "person came", "people came") if counted is not None else ""
    return ", ".join(filter(None, (plural(len(held), "session"), words)))


def _said(course: Course) -> str:
    """What quotes on a course are about, the most frequent themes first."""
    quotes = list(course.quotes.all())
    if not quotes:
        return ""
    tally = Counter(theme.name for one in quotes for theme in one.themes.all())
    said = ", ".join(
        name.lower() for name, _ in sorted(tally.items(), key=lambda x: (-x[1], x[0]))[:3]
    )
    return f"{plural(len(quotes), 'quote')} on what it changed" + (f": {said}" if said else "")


def _between(area: int, first: date, last: date) -> QuerySet[Session]:
    """The sessions of some days in an area and the areas within it."""
    rows = Session.objects.filter(Q(area=area) | Q(area__within=area))
    return rows.filter(starts__gte=first, starts__lte=last).distinct()


def by_course(area: Area, period: Period) -> list[CourseLine]:
    """The courses held in a period, by title: how often, how many booked and came, and how many were satisfied."""
    found: dict[tuple[str, str], list[Session]] = {}
    for one in _held(area.pk, period.start, period.end):
        found.setdefault((one.course.title, one.get_kind_display()), []).append(one)
    return [_course_line(title, kind, held) for (title, kind), held in found.items()]


@prepared
def _held(area: int, first: date, last: date) -> QuerySet[Session]:
    rows = _between(area, first, last).filter(cancelled=False).order_by("course__title", "kind")
    return rows.select_related("course", "evaluation").prefetch_related("attendance")


def _course_line(title: str, kind: str, held: Sequence[Session]) -> CourseLine:
    rows = [row for one in held for row in one.attendance.all()]
    came = [row.attended for row in rows]
    said = [one.evaluation for one in held if hasattr(one, "evaluation")]
    return CourseLine(
        course=title,
        address=held[0].course.get_absolute_url(),
        kind=kind,
        sessions=len(held),
        booked=sum(row.booked for row in rows) if rows else None,
        attended=None if not came or None in came else sum(one or 0 for one in came),
        satisfied=_share(sum(one.satisfied for one in said), sum(one.answered for one in said)),
        answers=tuple(thing.title for thing in answered(held[0].course, None)),
    )


def learning(area: Area, period: Period) -> list[Learning]:
    """What people knew and dared before and after, and what had changed three months later; only what was asked.

    It is taken from the period's return, and from the records while none was sent.
    """
    known = queries.learnt(area, period) or learnt.summed(
        _evaluations(area.pk, period.start, period.end)
    )
    found = []
    for question, before, after in learnt.QUESTIONS:
        if after in known:
            _, answered = known[after]
            first = _share(*known[before]) if before in known else "not asked"
            found.append(Learning(question, first, _share(*known[after]), answered))
    return found


@prepared
def _evaluations(area: int, first: date, last: date) -> QuerySet[Evaluation]:
    return Evaluation.objects.filter(session__in=_between(area, first, last))


def _share(part: int, whole: int) -> str:
    return (
        format_value(None, "percent", numerator=part, denominator=whole) if whole else "not asked"
    )


def themes(period: Period | None = None) -> list[Theme]:
    """The themes of what people said, the most frequent first; of one period (its year's included) where named."""
    rows = _quotes({period.code, period.year.code} if period else None)
    said: dict[tuple[int, str], list[str]] = {}
    for one in rows:
        for theme in one.themes.all():
            said.setdefault((theme.pk, theme.name), []).append(one.course.title)
    found = [
        Theme(key, name, len(courses), tuple(sorted(set(courses))))
        for (key, name), courses in said.items()
    ]
    return sorted(found, key=lambda theme: (-theme.quotes, theme.name))


@prepared
def _quotes(periods: Collection[str] | None) -> QuerySet[Quote]:
    rows = Quote.objects.select_related("course").prefetch_related("themes")
    return rows if periods is None else rows.filter(period_code__in=periods)


def licences_ending(area: Area, day: date) -> list[Licence]:
    """The licences of an area that had ended by a day or end within half a year of it, the first to end on top; then
    those whose end is not stated."""
    return _ending(area.pk, day + ENDS_SOON)


@prepared
def _ending(area: int, day: date) -> QuerySet[Licence]:
    rows = Licence.objects.filter(Q(area=area) | Q(area__within=area)).select_related("area")
    rows = rows.filter(Q(ends__lte=day) | Q(ends__isnull=True))
    return rows.order_by(F("ends").asc(nulls_last=True), "pk").distinct()


# Attendance by agency ---------------------------------------------------------------------------


@dataclass(frozen=True)
class AgencyYear:
    """An agency in a year: who attended, its share of all, and attendances for each 100 of its workforce."""

    attended: Decimal | None
    share: str
    reach: str
    status: str

    @property
    def text(self) -> str:
        """The number of people who attended, or the words for why there is none."""
        return format_count(self.attended, self.status)


@dataclass(frozen=True)
class AgencyRow:
    """An agency over the years."""

    code: str
    agency: str
    years: tuple[AgencyYear, ...]


def years_by_agency(area: Area) -> list[Period]:
    """The financial years of which attendance by agency is known as a whole, the newest first."""
    values = observations.values(
        indicator_ids=[BY_AGENCY],
        areas=[area.code],
        period_types=[YEAR],
        breakdowns=[AGENCIES],
    )
    return sorted({one.period for one in values if one.is_reported}, reverse=True)


def by_agency(area: Area, periods: Sequence[Period]) -> list[AgencyRow]:
    """Attendance by agency over several years, or quarters: the agencies of which any number is there."""
    values = observations.values(
        indicator_ids=[BY_AGENCY],
        areas=[area.code],
        period_types={period.kind for period in periods},
        breakdowns=[AGENCIES],
    )
    known = {(one.category, one.period): one for one in values}
    staff = {(row.agency, row.year_code): row.people for row in _workforce(area.pk)}
    rows = []
    for code in code_list(AGENCIES):
        cells = []
        for period in periods:
            value = known.get((code.code, period))
            attended = value.numerator if value and value.is_reported else None
            status = value.status if value else NOT_SUBMITTED
            share = missing_words(status)
            if value and value.is_reported:
                share = format_value(
                    None, "percent", numerator=value.numerator, denominator=value.denominator
                )
            people = staff.get((code.code, period.code))
            cells.append(AgencyYear(attended, share, _reach(attended, people), status))
        if any(one.attended is not None for one in cells):
            rows.append(AgencyRow(code.code, code.label, tuple(cells)))
    return rows


@prepared
def _workforce(area: int) -> QuerySet[Workforce]:
    return Workforce.objects.filter(area=area)


def agency_columns(periods: Sequence[Period]) -> list[Column]:
    """The columns of the table of agencies; it is ordered by agency, or by who attended in a period."""
    columns = [Column("Agency", lambda row: row.agency, "agency")]
    for place, period in enumerate(periods):
        columns += [
            Column(f"Attended {period.label}", _year(place, "text"), period.code, is_number=True),
            Column("Share", _year(place, "share"), is_number=True),
            Column("For each 100 staff", _year(place, "reach"), is_number=True),
        ]
    return columns


def _year(place: int, what: str) -> Callable[[AgencyRow], str]:
    return lambda row: str(getattr(row.years[place], what))


def by_attended(rows: list[AgencyRow], periods: Sequence[Period], order: str) -> list[AgencyRow]:
    """The same agencies in another order: by who attended in the period whose code `order` names, with - the largest
    first, `-agency` from the end of the alphabet; where no number is there, last. Any other order leaves them."""
    codes = [period.code for period in periods]
    falling, wanted = order.startswith("-"), order.removeprefix("-")
    if wanted == "agency":
        return sorted(rows, key=lambda row: row.agency, reverse=falling)
    if wanted not in codes:
        return rows
    place, sign = codes.index(wanted), -1 if falling else 1

    def key(row: AgencyRow) -> tuple[bool, Decimal]:
        attended = row.years[place].attended
        return attended is None, sign * (attended or Decimal(0))

    return sorted(rows, key=key)


@dataclass(frozen=True)
class AgencyPlaces:
    """An agency in a period: its places on paid sessions in the order of `PLACES`, written, or why there is none."""

    agency: str
    cells: tuple[str, ...]


PLACES = {
    "bookings": "Booked",
    "cancelled-late": "Cancelled late",
    "did-not-attend": "Did not attend",
    "free-places": "Free places",
}


def places(area: Area, period: Period) -> list[AgencyPlaces]:
    """Places on paid sessions by agency, as the return of the period has them: the agencies of which any is there."""
    known = queries.places(area, period, PLACES)
    sent = {agency for _, agency in known}
    return [
        AgencyPlaces(
            code.label,
            tuple(write(COUNT, known.get((item, code.code), MISSING)) for item in PLACES),
        )
        for code in code_list(AGENCIES)
        if code.code in sent
    ]


def _reach(attended: Decimal | None, people: int | None) -> str:
    """Attendances for each 100 people of the workforce: one person may attend several times."""
    if attended is None or not people:
        return "not available"
    return format_number(attended * 100 / people, 1)
