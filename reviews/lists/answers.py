"""The lists of what agencies do and say: actions, and their answers to section 11."""

from django.urls import reverse
from django.utils import timezone

from lscb import access
from lscb.lists import Cell, Column, Filter, Rows, exact
from lscb.models import Person
from lscb.numbers import format_count
from reviews import queries
from reviews.contributions import address_of
from reviews.lists.common import AGENCY, NOT_STATED, Choices, List, areas, day, iso, words
from reviews.models import Action, Assessment, Round, Standard
from reviews.templatetags.reviews import ACTIONS

OF_ACTION = "recommendation__review__area"


def actions(person: Person) -> List:
    """What agencies do about recommendations and about their section 11 assessments."""
    return List(
        title="Actions",
        address="review-actions",
        lede="What agencies do about recommendations and section 11. Those due first stand at the top.",
        none="No action was entered yet.",
        rows=queries.actions(person),
        columns=(
            Column(
                "Action", lambda one: Cell(one.text, address_of(one), note=one.progress), "text"
            ),
            Column("Agency", lambda one: Cell(one.agency.name, note=one.owner), "agency__name"),
            Column("Answers", lambda one: one.answers),
            Column("Due", _action_due, "due"),
            Column("State", _action_state, "state"),
            Column("Report", lambda one: _report(person, one)),
        ),
        filters=(
            AGENCY,
            Filter("state", "State", _states, _keep_state),
            Filter("area", "Area of the review", areas, exact(f"{OF_ACTION}__code")),
        ),
        place=OF_ACTION,
        search=("text", "progress", "owner", "agency__name"),
        export=(
            ("action", lambda one: one.text),
            ("agency", lambda one: one.agency.name),
            ("owner", lambda one: one.owner),
            ("answers", lambda one: one.answers),
            ("due", lambda one: iso(one.due)),
            ("state", lambda one: one.get_state_display()),
            ("done on", lambda one: iso(one.done_on)),
            ("progress", lambda one: one.progress),
        ),
    )


def _states() -> Choices:
    return [*words(Action.State.choices), ("overdue", "Overdue")]


def _keep_state(rows: Rows, value: str) -> Rows:
    if value == "overdue":
        return rows.filter(due__lt=timezone.localdate()).exclude(state=Action.State.DONE)
    return rows.filter(state=value)


def _action_due(one: Action) -> str | Cell:
    late = one.is_overdue(timezone.localdate())
    return Cell(str(day(one.due)), chip=("red", "Overdue")) if late else day(one.due)


def _action_state(one: Action) -> Cell:
    note = f"on {day(one.done_on)}" if one.done_on else ""
    return Cell(chip=(ACTIONS.get(one.state, "grey"), one.get_state_display()), note=note)


def _report(person: Person, one: Action) -> str | Cell:
    """The way to report on an action, for those who may."""
    if not access.can_answer_review_action(person, one):
        return ""
    return Cell("Report", one.get_absolute_url())


def answers(person: Person) -> List:
    """What agencies say of themselves against the standards of section 11, over all rounds."""
    return List(
        title="Answers to section 11",
        address="section-11-answers",
        lede="How agencies judged themselves against each standard in every round, and what is to improve.",
        none="No agency answered yet.",
        rows=queries.all_assessments(person),
        columns=(
            Column(
                "Agency", lambda one: Cell(one.agency.name, one.get_absolute_url()), "agency__name"
            ),
            Column("Standard", lambda one: str(one.standard), "standard__number"),
            Column("Round", lambda one: one.round.year_label, "round__year_code"),
            Column("How far it is met", _rating, "rating"),
            Column("Still to improve", lambda one: one.to_improve or NOT_STATED, is_prose=True),
        ),
        filters=(
            AGENCY,
            Filter("standard", "Standard", _standards, exact("standard__number")),
            Filter("round", "Round", _rounds, exact("round__year_code")),
            Filter(
                "rating",
                "How far it is met",
                lambda: words(Assessment.Rating.choices),
                exact("rating"),
            ),
        ),
        search=("evidence", "to_improve", "agency__name", "standard__name"),
        export=(
            ("agency", lambda one: one.agency.name),
            ("standard", lambda one: str(one.standard)),
            ("round", lambda one: one.round.year_code),
            ("rating", lambda one: one.get_rating_display()),
            ("state", lambda one: one.get_state_display()),
            ("evidence", lambda one: one.evidence),
            ("still to improve", lambda one: one.to_improve),
            ("source", lambda one: one.source),
        ),
    )


def rounds(_person: Person) -> List:
    """The rounds of section 11."""
    return List(
        title="Section 11",
        address="section-11",
        lede="",
        none="No round was opened yet.",
        rows=queries.rounds(),
        columns=(
            Column("Year", _year, "year_code"),
            Column("Agencies asked", lambda one: format_count(one.asked), "asked", is_number=True),
            Column("Answers due", lambda one: day(one.due), "due"),
            Column("State", _round_state, "closed_on"),
        ),
        filters=(
            Filter("round", "Round", _rounds, exact("year_code")),
            Filter("state", "State", lambda: list(ROUNDS.items()), _keep_rounds),
        ),
        search=("year_code", "standards__name", "source"),
        export=(
            ("year", lambda one: one.year_code),
            ("agencies asked", lambda one: one.asked),
            ("answers due", lambda one: iso(one.due)),
            ("state", lambda one: ROUNDS["open" if one.is_open else "closed"]),
            ("closed on", lambda one: iso(one.closed_on)),
            ("source", lambda one: one.source),
        ),
    )


ROUNDS = {"open": "Open", "closed": "Closed"}


def _keep_rounds(rows: Rows, value: str) -> Rows:
    return rows.filter(closed_on__isnull=value == "open")


def _year(one: Round) -> Cell:
    return Cell(one.year_label, reverse("section-11-round", args=[one.year_code]))


def _round_state(one: Round) -> Cell:
    if one.is_open:
        return Cell(chip=("amber", ROUNDS["open"]))
    note = f"on {day(one.closed_on)}" if one.closed_on else ""
    return Cell(chip=("grey", ROUNDS["closed"]), note=note)


def _rating(one: Assessment) -> Cell:
    if not one.is_sent:
        return Cell(chip=("grey", "Your draft"))
    return Cell(chip=(one.rating, one.get_rating_display())) if one.rating else NOT_STATED


def _standards() -> Choices:
    return [(str(one.number), str(one)) for one in Standard.objects.all()]


def _rounds() -> Choices:
    return [(one.year_code, one.year_label) for one in Round.objects.all()]
