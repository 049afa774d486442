"""The list of reviews, audits and inspections."""

from django.utils import timezone

from lscb.lists import Cell, Column, Filter, exact
from lscb.models import Person
from lscb.periods import parse
from reviews import queries, workflow
from reviews.lists.common import Choices, List, areas, day, iso, said_figures, themes_offered
from reviews.models import Review


def register(person: Person) -> List:
    """The reviews, audits and inspections."""
    years: Choices = [(code, parse(code).label) for code in queries.years(person)]
    return List(
        title="The register",
        address="reviews",
        lede="",
        none="Nothing was entered yet.",
        rows=queries.reviews(person).prefetch_related("changes"),
        columns=(
            Column("Name", _name, "title"),
            Column("Kind", lambda one: one.spec.words, "kind"),
            Column("Year", lambda one: one.year_label, "year_code"),
            Column("State", lambda one: Cell(chip=(one.stands.colour, one.stands.words)), "state"),
            Column("Due", _due, "due"),
        ),
        filters=(
            Filter("kind", "Kind", lambda: workflow.CHOICES, exact("kind")),
            Filter("state", "State", lambda: list(workflow.STATES.items()), exact("state")),
            Filter("year", "Year", lambda: years, exact("year_code")),
            Filter("theme", "Theme", themes_offered, exact("findings__themes")),
            Filter("area", "Area", areas, exact("area__code")),
        ),
        search=("title", "summary", "scope", "led_by"),
        place="area",
        export=(
            ("name", lambda one: one.title),
            ("kind", lambda one: one.spec.words),
            ("area", lambda one: one.area.name),
            ("year", lambda one: one.year_code),
            ("state", lambda one: one.stands.words),
            ("due", lambda one: iso(one.due)),
            ("led by", lambda one: one.led_by),
            ("came from", lambda one: one.origin or ""),
            ("figures", said_figures),
            ("source", lambda one: one.source),
        ),
    )


def _name(one: Review) -> Cell:
    chip = ("grey", "Restricted") if one.restricted else None
    return Cell(one.title, one.get_absolute_url(), note=one.area.name, chip=chip)


def _due(one: Review) -> str | Cell:
    """The last day of the limit that is still open, and how long that is."""
    still = [due for due in queries.dues(one, timezone.localdate()) if due.is_open]
    if not still:
        return Cell("no limit open", is_missing=True)
    return Cell(str(day(still[0].day)), chip=(still[0].colour, still[0].words))
