"""Lists of records that people filter, search and order by the address: what every app's lists share."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

Rows = QuerySet[Any]


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


def narrowed(
    rows: Rows, given: Mapping[str, str], filters: Collection[Filter], search: Collection[str]
) -> Rows:
    """The rows that the address asks for: by its filters, and by `q`, each word of which must stand in one of the
    fields `search`. A value that no filter offers is passed over."""
    for one in filters:
        value = given.get(one.name, "")
        if value and value in dict(one.choices()):
            rows = one.keep(rows, value)
    for word in given.get("q", "").split():
        wanted = Q()
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
