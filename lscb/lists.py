"""Lists of records that people filter, search and order by the address: what every app's lists share.

A list is columns, filters and fields to search, as data. `shown` makes of it what the template `parts/listing.html`
shows: filters, headings that order, the rows of a page.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import F, Q, QuerySet

Rows = QuerySet[Any]
PER_PAGE = 25
MOST_WORDS = (
    8  # of a search: each is looked for in every field, so that a thousand would take minutes
)


@dataclass(frozen=True)
class Cell:
    """A cell of a list: its words, where they lead, what stands beneath them, and a chip (its colour and words).

    `is_missing`: the words say why there is nothing.
    """

    text: str = ""
    address: str = ""
    note: str = ""
    chip: tuple[str, str] | None = None
    is_missing: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a list: its heading, how a record fills it, the field it is ordered by ('' for none), and whether it
    holds sentences, which a narrow card reads from the left beneath their heading."""

    title: str
    say: Callable[[Any], str | Cell]
    order: str = ""
    is_number: bool = False
    is_prose: bool = False

    def cell(self, record: Any) -> Cell:
        """What the column says of a record."""
        said = self.say(record)
        return said if isinstance(said, Cell) else Cell(said)


@dataclass(frozen=True)
class Filter:
    """A choice above a list: its name in the address, its label, its choices, and what it keeps."""

    name: str
    label: str
    choices: Callable[[], list[tuple[str, str]]]
    keep: Callable[[Rows, str], Rows]


def exact(path: str) -> Callable[[Rows, str], Rows]:
    """What a filter keeps: the rows whose field at `path` is the value."""

    def keep(rows: Rows, value: str) -> Rows:
        return rows.filter(**{path: value})

    return keep


def _as_written(_rows: Rows, _word: str, _search: Collection[str]) -> Collection[int]:
    return ()


def narrowed(
    rows: Rows,
    given: Mapping[str, str],
    filters: Collection[Filter],
    search: Collection[str],
    also: Callable[[Rows, str, Collection[str]], Collection[int]] = _as_written,
) -> Rows:
    """The rows that the address asks for: by its filters, and by `q`, whose first words must each stand in one of the
    fields `search`. A value that no filter offers is passed over. `also` names rows in which a word stands as they are
    read, where that is not as they are written."""
    for one in filters:
        value = given.get(one.name, "")
        if value and value in dict(one.choices()):
            rows = one.keep(rows, value)
    for word in given.get("q", "").split()[:MOST_WORDS]:
        wanted = Q(pk__in=also(rows, word, search))
        for name in search:
            wanted |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(wanted)
    return rows


def ordered(rows: Rows, given: Mapping[str, str], fields: Collection[str]) -> Rows:
    """The rows in the order the address asks for (`sort`, with - for falling), empty fields last; in the model's own
    order where it asks for a field that is not among `fields`."""
    order = given.get("sort", "")
    name = order.removeprefix("-")
    if name not in fields:
        return rows.order_by(*(rows.model._meta.ordering or ()), "pk")
    by = F(name).desc(nulls_last=True) if order != name else F(name).asc(nulls_last=True)
    return rows.order_by(by, "pk")


@dataclass(frozen=True)
class Heading:
    """A column's heading: where a click on it leads, and how the list is ordered by it now."""

    title: str
    sort: str
    direction: str
    is_number: bool


def headings(columns: Sequence[Column], order: str) -> list[Heading]:
    """The headings of a list that is ordered by `order`: a second click turns the order round."""
    found = []
    for column in columns:
        mine = bool(column.order) and order.removeprefix("-") == column.order
        falling = mine and order.startswith("-")
        sort = f"-{column.order}" if mine and not falling else column.order
        direction = ("descending" if falling else "ascending") if mine else ""
        found.append(Heading(column.title, sort, direction, column.is_number))
    return found


@dataclass(frozen=True)
class Shown:
    """A page of a list. Each row: the record, and its cells with their columns; each filter: choices, the chosen."""

    headings: list[Heading]
    rows: list[tuple[Any, list[tuple[Column, Cell]]]]
    page: "Page[Any]"
    filters: list[tuple[Filter, list[tuple[str, str]], str]]
    q: str
    may_search: bool
    is_narrowed: bool
    kept: Mapping[str, str]  # what of the address other filters leave as it is: the order, an area

    @property
    def unnarrowed(self) -> str:
        """The part of the address behind its path that shows all."""
        return f"?{urlencode(self.kept)}" if self.kept else ""


def shown(
    rows: Rows | Sequence[Any],
    given: Mapping[str, str],
    columns: Sequence[Column],
    filters: Collection[Filter],
    search: Collection[str],
    read: Callable[[Iterable[Any]], list[Any]] = list,
    keep: Collection[str] = ("sort",),
) -> Shown:
    """The page of a list that the address asks for, of rows that were narrowed and ordered. `read` prepares the records
    of the page to be read; `keep` names what of the address stays when filters are chosen."""
    page = _page(rows, given.get("page", "1"))
    return Shown(
        headings=headings(columns, given.get("sort", "")),
        rows=[(one, [(column, column.cell(one)) for column in columns]) for one in read(page)],
        page=page,
        filters=[(one, one.choices(), given.get(one.name, "")) for one in filters],
        q=given.get("q", ""),
        may_search=bool(search),
        is_narrowed=any(given.get(name) for name in ("q", *(one.name for one in filters))),
        kept={name: given[name] for name in keep if given.get(name)},
    )


def _page(rows: Rows | Sequence[Any], number: str) -> "Page[Any]":
    """A page of rows, or the nearest that there is. The first of a list that ends on it needs no second query to count
    them."""
    pages = Paginator(rows, PER_PAGE)
    if number != "1":
        return pages.get_page(number)
    first = list(rows[: PER_PAGE + 1])
    if len(first) <= PER_PAGE:
        return Paginator(first, PER_PAGE).page(1)
    return Page(first[:PER_PAGE], 1, pages)
