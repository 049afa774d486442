"""What a list of reviews is: its words, columns, filters, orders and what it exports, as data."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from lscb.days import day_short
from lscb.lists import Cell, Column, Filter, Rows, Shown, exact, narrowed, ordered, shown
from performance.queries.claims import holding
from reviews import queries, report, workflow
from reviews.models import Theme
from reviews.reading import told

NOT_STATED = Cell("not stated", is_missing=True)
Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class List:
    """A list: its words, its rows for a person, how it is filtered and ordered, and what its export holds."""

    title: str
    lede: str
    none: str
    rows: Rows
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...]
    search: tuple[str, ...]
    export: tuple[tuple[str, Callable[[Any], object]], ...]
    address: str  # the name of its page's address; that of its export ends in -csv
    place: str = ""  # the path to its area: what is invented is shown when that area is asked for
    first: str = ""  # the order where the address asks for none; '' for the model's own

    def chosen(self, given: Mapping[str, str]) -> Rows:
        """The rows that the address asks for, in its order."""
        rows = self.rows
        if self.place and not given.get("area"):
            rows = rows.exclude(**{f"{self.place}__synthetic": True})
        also = partial(holding, read=told)
        rows = narrowed(rows, given, self.filters, self.search, also).distinct()
        return ordered(
            rows, self._asked(given), {column.order for column in self.columns if column.order}
        )

    def shown(self, given: Mapping[str, str]) -> Shown:
        """The page that the address asks for."""
        return shown(
            self.chosen(given), self._asked(given), self.columns, self.filters, self.search, told
        )

    def _asked(self, given: Mapping[str, str]) -> Mapping[str, str]:
        return given if given.get("sort") else {**given, "sort": self.first}

    def lines(self, given: Mapping[str, str]) -> Iterator[list[object]]:
        """The chosen rows, every page of them, as the export has them."""
        return ([say(one) for _, say in self.export] for one in told(self.chosen(given)))


def day(value: date | None, missing: Cell = NOT_STATED) -> str | Cell:
    """A day as lists write it."""
    return day_short(value) if value else missing


def iso(value: date | None) -> str:
    """A day as an export writes it; nothing where there is none."""
    return value.isoformat() if value else ""


def said_figures(one: Any) -> str:
    """The indicators that a review or theme is about, in words."""
    return report.said_figures(one.indicators)


def of_review(one: Any) -> Cell:
    """The review that a finding, recommendation or dissemination belongs to."""
    review = one.review
    return Cell(
        review.title, review.get_absolute_url(), note=f"{review.spec.words}, {review.year_label}"
    )


def themes_offered() -> Choices:
    """The themes, as a filter offers them."""
    return [(str(pk), name) for pk, name in Theme.objects.values_list("pk", "name")]


def agencies() -> Choices:
    """The agencies, as a filter offers them."""
    return [(one.slug, one.name) for one in queries.agencies()]


def areas() -> Choices:
    """The areas, as a filter offers them."""
    return [(one.code, one.name) for one in queries.areas_reviewed()]


KIND_OF_REVIEW = Filter("kind", "Kind of review", lambda: workflow.CHOICES, exact("review__kind"))
THEME = Filter("theme", "Theme", themes_offered, exact("themes"))
OF_REVIEW = "review__area"
AREA = Filter("area", "Area", areas, exact(f"{OF_REVIEW}__code"))
AGENCY = Filter("agency", "Agency", agencies, exact("agency__slug"))


def words(choices: Any) -> Choices:
    """The choices of a model's field, as a filter offers them."""
    return [(str(code), str(label)) for code, label in choices]
