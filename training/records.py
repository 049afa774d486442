"""The lists of training's records: their columns, filters and orders, as data. No request, no page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from lscb.days import day_short
from lscb.lists import Cell, Column, Filter, Rows, exact, narrowed, ordered
from lscb.numbers import format_count, format_number
from performance.indicators.spec import indicators
from performance.queries.claims import holding
from training import evidence, filters
from training.models import (
    Attendance,
    Course,
    Evaluation,
    Licence,
    ProgrammeEntry,
    Quote,
    Record,
    Session,
    Workforce,
)


@dataclass(frozen=True)
class Kind:
    """A kind of record: its words, its list, and what a search looks through."""

    slug: str
    model: type[Record]
    title: str
    one: str
    lede: str
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...] = ()
    search: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    annotate: Callable[[Rows], Rows] = field(default=lambda rows: rows)
    place: str = ""  # the path to its area, for what has one

    @property
    def a(self) -> str:
        """One of them with its article: `an evaluation`."""
        return f"{'an' if self.one[0] in 'aeiou' else 'a'} {self.one}"

    @property
    def shown(self) -> tuple[Column, ...]:
        """The columns, the first of which leads to the record."""
        first, *others = self.columns
        leads = lambda one: replace(first.cell(one), address=one.get_absolute_url())  # noqa: E731
        return replace(first, say=leads), *others

    def every(self) -> Rows:
        """All records of the kind, with what a list says of them."""
        return self.annotate(self.model._default_manager.select_related(*self.related))

    def rows(self, given: Mapping[str, str]) -> Rows:
        """The records that the address asks for, in its order. What it asks for that is not known is passed over."""
        rows = self.every()
        if self.place and not given.get("area"):  # what is invented is shown when it is asked for
            rows = rows.exclude(**{f"{self.place}__synthetic": True})
        rows = narrowed(rows, given, self.filters, self.search, holding)
        return ordered(rows, given, {column.order for column in self.columns if column.order})


NOT_STATED = Cell("not stated", is_missing=True)
NONE = Cell("none", is_missing=True)


def _day(value: Any) -> str | Cell:
    return day_short(value) if value else NOT_STATED


def _ends(licence: Licence) -> Cell:
    """When licences end, and whether that is past or soon."""
    if licence.ends is None:
        return NOT_STATED
    today = timezone.localdate()
    chip = None
    if licence.ends < today:
        chip = ("red", "Ended")
    elif licence.ends <= today + evidence.ENDS_SOON:
        chip = ("amber", "Ends within half a year")
    return Cell(day_short(licence.ends), chip=chip)


def _money(value: Any) -> str | Cell:
    if value is None:
        return NOT_STATED
    return f"£{format_number(value, 2)}" if value else "free"


def _known(value: Any, missing: str = "not known yet") -> str | Cell:
    return Cell(missing, is_missing=True) if value is None else format_count(value)


def _of(part: int | None, whole: int | None) -> str | Cell:
    if part is None or whole is None:
        return Cell("not asked", is_missing=True)
    return f"{format_count(part)} of {format_count(whole)}"


def _cancelled(session: Session) -> str | Cell:
    return Cell(chip=("red", "Cancelled")) if session.cancelled else "no"


def _said(quote: Quote) -> Cell:
    """The words of a quote, or where they are printed."""
    return (
        Cell(quote.text)
        if quote.text
        else Cell("its words stand in the source", note=quote.source, is_missing=True)
    )


def _answers(course: Course) -> str | Cell:
    """What a course answers: recommendations that everybody may see, and what is written of others."""
    told = [thing.title for thing in evidence.answered(course, None)]
    return "; ".join(filter(None, [*told, course.answers])) or NOT_STATED


def _indicator(entry: ProgrammeEntry) -> Cell:
    """The indicator that shows it, as a link to its page."""
    spec = indicators().get(entry.indicator)
    return Cell(f"{spec.id} {spec.title}", reverse("indicator", args=[spec.id])) if spec else NONE


KINDS: dict[str, Kind] = {
    kind.slug: kind
    for kind in (
        Kind(
            "sessions", Session, "Sessions", "session",
            "Each time a course is held: paid sessions, free events, webinars, and eLearning by quarter.",
            (
                Column("Session", lambda one: one.course.title, "course__title"),
                Column("First day", lambda one: _day(one.starts), "starts"),
                Column("Kind", lambda one: one.get_kind_display(), "kind"),
                Column("How it is held", lambda one: one.get_mode_display(), "mode"),
                Column("Area", lambda one: one.area.name, "area__name"),
                Column("Places", lambda one: _known(one.capacity, "not stated"), "capacity", True),
                Column("Booked", lambda one: _known(one.places_booked), "places_booked", True),
                Column("Attended", lambda one: _known(one.places_attended), "places_attended", True),
                Column("Cost", lambda one: _money(one.cost), "cost", True),
                Column("Cancelled", _cancelled, "cancelled"),
            ),
            (
                Filter("kind", "Kind", filters.session_kinds, exact("kind")),
                Filter("course", "Course", filters.courses, exact("course")),
                filters.year_of("starts"),
                filters.AREA,
            ),
            ("course__title",),
            ("course", "area"),
            lambda rows: rows.annotate(
                places_booked=Sum("attendance__booked"), places_attended=Sum("attendance__attended")
            ),
            place="area",
        ),
        Kind(
            "attendance", Attendance, "Bookings and attendance", "booking",
            "How many places each agency booked at a session, and what became of them. Nobody is named.",
            (
                Column("Agency", lambda one: one.agency_name, "agency"),
                Column("Course", lambda one: one.session.course.title, "session__course__title"),
                Column("First day", lambda one: _day(one.session.starts), "session__starts"),
                Column("Booked", lambda one: format_count(one.booked), "booked", True),
                Column("Attended", lambda one: _known(one.attended), "attended", True),
                Column("Cancelled late", lambda one: _known(one.cancelled_late), "cancelled_late", True),
                Column("Did not attend", lambda one: _known(one.did_not_attend), "did_not_attend", True),
                Column("Free places", lambda one: format_count(one.free_places), "free_places", True),
            ),
            (
                filters.AGENCY,
                Filter("course", "Course", filters.courses, exact("session__course")),
                filters.year_of("session__starts"),
                filters.OF_SESSION,
            ),
            ("session__course__title",),
            ("session__course",),
            place="session__area",
        ),
        Kind(
            "evaluations", Evaluation, "Evaluations", "evaluation",
            "What the people of a session said: satisfied, knowledge and confidence before and after, and what had "
            "changed three months later. All are counts of people.",
            (
                Column("Session", lambda one: one.session.course.title, "session__course__title"),
                Column("First day", lambda one: _day(one.session.starts), "session__starts"),
                Column("Satisfied", lambda one: _of(one.satisfied, one.answered), "satisfied", True),
                Column("Knowledge before", lambda one: _of(one.knowledge_before, one.compared), "", True),
                Column("Knowledge after", lambda one: _of(one.knowledge_after, one.compared), "", True),
                Column("Confidence before", lambda one: _of(one.confidence_before, one.compared), "", True),
                Column("Confidence after", lambda one: _of(one.confidence_after, one.compared), "", True),
                Column("Work differently", lambda one: _of(one.changed_practice, one.followed_up), "", True),
            ),
            (
                Filter("course", "Course", filters.courses, exact("session__course")),
                filters.year_of("session__starts"),
                filters.OF_SESSION,
            ),
            ("session__course__title",),
            ("session__course",),
            place="session__area",
        ),
        Kind(
            "courses", Course, "Courses", "course",
            "What is taught, and the recommendations of reviews and audits that it answers.",
            (
                Column("Course", lambda one: one.title, "title"),
                Column("Answers", _answers),
                Column("Source", lambda one: one.source or NOT_STATED, "source"),
            ),
            (
                Filter("kind", "Held as", filters.session_kinds, exact("sessions__kind")),
                filters.year_of("sessions__starts", "Held in"),
                Filter("answering", "Answers", lambda: list(filters.ANSWERING.items()), filters.keep_answering),
            ),
            ("title", "about", "answers", "source"),
            annotate=lambda rows: rows.distinct(),
        ),
        Kind(
            "quotes", Quote, "What people said", "quote",
            "The difference courses made, by role and agency, with themes. Nobody is named.",
            (
                Column("Course", lambda one: one.course.title, "course__title"),
                Column("Role", lambda one: one.role or NOT_STATED, "role"),
                Column("Agency", lambda one: one.agency_name, "agency"),
                Column("Themes", lambda one: ", ".join(theme.name for theme in one.themes.all())),
                Column("What was said", _said, is_prose=True),
            ),
            (
                Filter("course", "Course", filters.courses, exact("course")),
                filters.AGENCY,
                Filter("theme", "Theme", filters.themes, exact("themes")),
            ),
            ("text", "role", "themes__name"),
            ("course",),
            lambda rows: rows.prefetch_related("themes").distinct(),
        ),
        Kind(
            "licences", Licence, "Licences", "licence",
            "How many people are licensed, for what, and until when.",
            (
                Column("Licensed for", lambda one: one.licensed_for, "licensed_for"),
                Column("Area", lambda one: one.area.name, "area__name"),
                Column("Agency", lambda one: one.agency_name, "agency"),
                Column("People", lambda one: format_count(one.people), "people", True),
                Column("Licences end", _ends, "ends"),
                Column("Source", lambda one: one.source or NOT_STATED),
            ),
            (
                filters.AGENCY,
                filters.AREA,
                Filter("ends", "Licences end", lambda: list(filters.LICENCE_ENDS.items()), filters.keep_ending),
            ),
            ("licensed_for", "source"),
            ("area",),
            place="area",
        ),
        Kind(
            "workforce", Workforce, "Workforce", "number of the workforce",
            "How many people of each agency work with children: what the reach of training is measured against.",
            (
                Column("Agency", lambda one: one.agency_name, "agency"),
                Column("Area", lambda one: one.area.name, "area__name"),
                Column("Financial year", lambda one: one.year_code, "year_code"),
                Column("People", lambda one: format_count(one.people), "people", True),
                Column("Source", lambda one: one.source or NOT_STATED),
            ),
            (
                filters.AGENCY,
                filters.AREA,
                Filter("year", "Financial year", filters.workforce_years, exact("year_code")),
            ),
            ("source",),
            ("area",),
            place="area",
        ),
        Kind(
            "programme", ProgrammeEntry, "Programme", "programme entry",
            "What the training unit aims at, what it achieved, and the reports that it presented to groups and boards.",
            (
                Column("What", lambda one: one.title, "title"),
                Column("Kind", lambda one: one.get_form_display(), "form"),
                Column("Financial year", lambda one: one.year.label, "year_code"),
                Column("Presented to", lambda one: one.presented_to or NONE, "presented_to"),
                Column("Indicator", _indicator, "indicator"),
                Column("Course", lambda one: one.course.title if one.course else NONE, "course__title"),
                Column("Source", lambda one: one.source or NOT_STATED),
            ),
            (
                Filter("form", "Kind", filters.forms, exact("form")),
                Filter("year", "Financial year", filters.programme_years, exact("year_code")),
            ),
            ("title", "about", "presented_to"),
            ("course",),
        ),
    )
}  # fmt: skip
