"""The lists of the plan's records: their columns, filters and orders, as data. No request, no page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.text import Truncator

from lscb.days import day_short
from lscb.lists import Cell, Column, Filter, Rows, exact, narrowed, ordered
from lscb.models import Agency, Area
from lscb.numbers import format_count
from performance.queries.challenges import agencies
from performance.queries.claims import holding
from priorities.models import Campaign, PlanAction, Priority, Record, Risk, Voice
from priorities.rag import Rag

LONGEST = 220  # characters of a cell on a page
NOT_STATED = Cell("not stated", is_missing=True)


@dataclass(frozen=True)
class Kind:
    """A kind of record: its words, its list, and what a search looks through."""

    slug: str
    model: type[Record]
    title: str
    one: str
    lede: str
    asks: str  # what its form is for, and what becomes of what is written
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...] = ()
    search: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    prefetch: tuple[str, ...] = field(default=())
    annotate: Callable[[Rows], Rows] = field(default=lambda rows: rows)
    order: str = ""  # how the list is ordered until a heading is chosen

    @property
    def shown(self) -> tuple[Column, ...]:
        """The columns of the page, the first of which leads to the record; long texts are cut there."""
        first, *others = self.columns
        leads = lambda one: replace(first.cell(one), address=one.get_absolute_url())  # noqa: E731
        return replace(first, say=leads), *(replace(one, say=_cut(one)) for one in others)

    def every(self) -> Rows:
        """All records of the kind, with what a list says of them."""
        rows = self.model._default_manager.select_related(*self.related)
        return self.annotate(rows.prefetch_related(*self.prefetch))

    def rows(self, given: Mapping[str, str]) -> Any:
        """The records that the address asks for, in its order. What it asks for that is not known is passed over."""
        rows = self.every()
        if not given.get("area") and given.get("priority", "") in ("", NO_ONE):
            rows = rows.exclude(
                area__synthetic=True
            )  # what is invented is shown when it is asked for
        rows = narrowed(rows, given, self.filters, self.search, holding)
        given = {"sort": self.order} | {name: value for name, value in given.items() if value}
        rows = ordered(rows, given, {column.order for column in self.columns if column.order})
        colour = given.get("rag", "")
        if self.model is PlanAction and colour in COLOURS:
            today = timezone.localdate()
            return [one for one in rows if one.rag(today).kind == colour]
        return rows


def _cut(column: Column) -> Callable[[Any], str | Cell]:
    """How a column of a page says what may be long."""

    def say(record: Any) -> Cell:
        cell = column.cell(record)
        return replace(cell, text=Truncator(cell.text).chars(LONGEST))

    return say


def plain(cell: Cell) -> str:
    """What a cell says in a file."""
    return " ".join(filter(None, (cell.text, cell.chip[1] if cell.chip else "", cell.note)))


COLOURS = {
    "red": "Red",
    "amber": "Amber",
    "green": "Green",
    "blue": "Complete",
    "grey": "Stopped or no day",
}


def day(value: date | None) -> str | Cell:
    """A day as lists write it; in words where there is none."""
    return day_short(value) if value else NOT_STATED


def _choices(model: type[Any]) -> Callable[[], list[tuple[str, str]]]:
    return lambda: [(str(code), str(words)) for code, words in model.choices]


NO_ONE = "none"  # what a filter by priority calls records that belong to none


def _priorities() -> list[tuple[str, str]]:
    known = [(str(pk), title) for pk, title in Priority.objects.values_list("pk", "title")]
    return [*known, (NO_ONE, "No one priority")]


def _of_priority(rows: Rows, value: str) -> Rows:
    return rows.filter(priority=None if value == NO_ONE else value)


def _agencies() -> list[tuple[str, str]]:
    return [(one.slug, one.name) for one in agencies()]


def _areas() -> list[tuple[str, str]]:
    return list(
        Area.objects.filter(agencies__type="partnership")
        .distinct()
        .order_by("synthetic", "name")
        .values_list("code", "name")
    )


def _chip(rag: Rag) -> Cell:
    return Cell(chip=(rag.kind, rag.words))


def _or(text: str, none: str) -> str | Cell:
    return text or Cell(none, is_missing=True)


def _name(agency: Agency | None) -> str | Cell:
    return agency.name if agency else NOT_STATED


def _priority(one: Any) -> str:
    return one.priority.title if one.priority else "No one priority"


def _scored(number: int | None) -> str | Cell:
    return NOT_STATED if number is None else str(number)


def _heard(number: int | None) -> str | Cell:
    return Cell("not counted", is_missing=True) if number is None else format_count(number)


AGENCY = Filter("agency", "Agency", _agencies, exact("agency__slug"))
AREA = Filter("area", "Area", _areas, exact("area__code"))
OF_PRIORITY = Filter("priority", "Priority", _priorities, _of_priority)

KINDS: dict[str, Kind] = {
    kind.slug: kind
    for kind in (
        Kind(
            "actions", PlanAction, "Actions", "action",
            "Who does what by when, and what it changed for children.",
            "An action stands on the plan under its priority, or beside the priorities. Its colour follows from "
            "day, owner, milestones and evidence; nobody sets it. The agency reports on it and is reminded when "
            "its day has passed.",
            (
                Column("Action", lambda one: one.title, "title"),
                Column("Priority", _priority, "priority__position"),
                Column("Agency", lambda one: _name(one.agency), "agency__name"),
                Column("Owner", lambda one: _or(one.owned_by, "nobody yet")),
                Column("Due", lambda one: day(one.due), "due"),
                Column("State", lambda one: one.get_state_display(), "state"),
                Column("Status", lambda one: _chip(one.rag(timezone.localdate()))),
            ),
            (
                AREA,
                OF_PRIORITY,
                AGENCY,
                Filter("state", "State", _choices(PlanAction.State), exact("state")),
                Filter("rag", "Status", lambda: list(COLOURS.items()), lambda rows, _: rows),
            ),
            ("title", "about", "different", "owner_words"),
            ("priority", "agency", "owner"),
            ("milestones",),
        ),
        Kind(
            "risks", Risk, "Risks", "risk",
            "What may keep the partnership from its aims, and what is done about it.",
            "Likelihood times impact says how high a risk is: high from 15, medium from 8. Every score is "
            "kept, so that the list says how it moved. Its owner is reminded when the day of its review has "
            "passed.",
            (
                Column("Risk", lambda one: one.title, "title"),
                Column("Priority", _priority, "priority__position"),
                Column("Likelihood", lambda one: _scored(one.likelihood), "likelihood", True),
                Column("Impact", lambda one: _scored(one.impact), "impact", True),
                Column("Level", lambda one: _chip(one.level), "points"),
                Column("Movement", lambda one: one.movement),
                Column("Owner", lambda one: _or(one.owned_by, "nobody yet")),
                Column("Review on", lambda one: day(one.review_on), "review_on"),
                Column("State", lambda one: one.get_state_display(), "state"),
            ),
            (
                AREA,
                OF_PRIORITY,
                Filter("state", "State", _choices(Risk.State), exact("state")),
            ),
            ("title", "about", "mitigation"),
            ("priority", "agency", "owner"),
            ("scores",),
            annotate=lambda rows: rows.annotate(points=F("likelihood") * F("impact")),
            order="-points",
        ),
        Kind(
            "campaigns", Campaign, "Campaigns and projects", "campaign or project",
            "What was done for many at once: whom it reached, and what came of it.",
            "Reach is not impact: say how many it reached, and apart from that what came of it for children "
            "and how that is known.",
            (
                Column("Campaign or project", lambda one: one.title, "title"),
                Column("Kind", lambda one: one.get_form_display(), "form"),
                Column("Priority", _priority, "priority__position"),
                Column("Began", lambda one: day(one.starts), "starts"),
                Column("Reach", lambda one: "; ".join(one.reached) or NOT_STATED),
                Column("Outcome", lambda one: _or(one.outcome, "not known"), is_prose=True),
            ),
            (
                AREA,
                OF_PRIORITY,
                Filter("form", "Kind", _choices(Campaign.Form), exact("form")),
            ),
            ("title", "about", "outcome"),
            ("priority", "agency", "owner"),
        ),
        Kind(
            "voice", Voice, "You said, we did", "piece of feedback",
            "What children and families said, how they were asked, and what changed because of it.",
            "What was said, in its sense, and what changed because of it. The numbers heard, and the changes "
            "that children were told of, become indicators of the scorecard.",
            (
                Column("Activity", lambda one: one.activity, "activity"),
                Column("Period", lambda one: one.period.label, "period_code"),
                Column("Who was heard", lambda one: one.who, "who"),
                Column("How many", lambda one: _heard(one.heard), "heard", True),
                Column("You said", lambda one: one.said, is_prose=True),
                Column("We did", lambda one: _or(one.did, "nothing yet"), is_prose=True),
                Column("Standing", lambda one: one.standing),
            ),
            (AREA, OF_PRIORITY, AGENCY),
            ("activity", "said", "did", "who"),
            ("priority", "agency"),
        ),
        Kind(
            "priorities", Priority, "Priorities", "priority",
            "What the partnership set out to change.",
            "A priority says why it was chosen, what will be different for children, and by which evidence "
            "that will be seen. Its page puts that evidence side by side.",
            (
                Column("Priority", lambda one: one.title, "title"),
                Column("From", lambda one: day(one.starts), "starts"),
                Column("Until", lambda one: day(one.ends) if one.ends else "no end agreed", "ends"),
                Column("Led by", lambda one: one.lead.name if one.lead else one.lead_words or NOT_STATED, "lead__name"),
                Column("Shared with", lambda one: _or(one.shared_with, "nobody named")),
                Column("Indicators", lambda one: _or(", ".join(one.indicators), "none chosen")),
            ),
            (AREA,),
            ("title", "why", "outcomes"),
            ("lead", "area"),
        ),
    )
}  # fmt: skip
