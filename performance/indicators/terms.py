"""The school terms of areas (`definitions/school_terms.csv`): what children's days look like when a figure moves."""

import csv
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache

from lscb.days import day_words
from performance.definitions import FOLDER


@dataclass(frozen=True)
class Term:
    """A stretch of school between two holidays: its first and last day, and who published them."""

    area: str
    name: str
    first: date
    last: date
    source: str

    def span(self, month: int) -> tuple[float, float]:
        """Its place among months, counted from `month` (as `Period.first`): a month is from half before to half after
        its own number."""
        return _place(self.first, month, 0), _place(self.last, month, 1)


def _place(day: date, month: int, after: int) -> float:
    inside = (day.day - 1 + after) / 31
    return day.year * 12 + day.month - 1 - month - 0.5 + inside


@cache
def terms() -> tuple[Term, ...]:
    """Every term that is known. Raises ValueError for a day that is none, or a term that ends before it begins."""
    found = []
    with (FOLDER / "school_terms.csv").open(encoding="utf-8") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            first, last = (date.fromisoformat(row[name]) for name in ("first", "last"))
            if last < first:
                raise ValueError(f"school_terms.csv, row {number}: the term ends before it begins")
            found.append(Term(row["area"], row["name"], first, last, row["source"]))
    return tuple(found)


def terms_of(areas: Collection[str]) -> tuple[Term, ...]:
    """The terms of the areas (codes) in the order of the file."""
    return tuple(one for one in terms() if one.area in areas)


def words(known: Collection[Term], first: date, last: date) -> list[str]:
    """What the shading of the days from `first` to `last` stands for, and of which of them no term is known."""
    shown = [one for one in known if one.first <= last and one.last >= first]
    if not shown:
        return ["School terms of this time are not known, so none is shaded"]
    sources = "; ".join(dict.fromkeys(one.source for one in shown))
    begin, end = min(one.first for one in known), max(one.last for one in known)
    unknown = [f"before {day_words(begin)}"] if first < begin else []
    unknown += [f"after {day_words(end)}"] if last > end else []
    said = [f"Shaded: school terms ({sources})"]
    if unknown:
        said.append(f"School terms {' and '.join(unknown)} are not known, so none is shaded there")
    return said
