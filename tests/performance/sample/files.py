"""What the tests of the sample share: its files read plainly, without the intake."""

import csv
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from performance.intake.spec import returns
from performance.sample.manifest import FOLDER, Entry, entries


@dataclass(frozen=True)
class Line:
    """One row of one file as texts."""

    entry: Entry
    period: str
    codes: tuple[str, ...]
    numbers: tuple[str, ...]


@cache
def lines() -> tuple[Line, ...]:
    """Every row of every file of facts, in order."""
    found = []
    for entry in entries():
        spec = returns()[entry.return_id]
        with entry.file.open(newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
        assert tuple(rows[0]) == spec.counts_columns, entry.file
        last = 1 + len(spec.dimension_names)
        found += [Line(entry, row[0], tuple(row[1:last]), tuple(row[last:])) for row in rows[1:]]
    return tuple(found)


def number(return_id: str, area: str, period: str, *codes: str, place: int = 0) -> float:
    """The number of one cell: `place` 1 is a figure's denominator, 2 its value."""
    (found,) = (
        line
        for line in lines()
        if (line.entry.return_id, line.entry.area, line.period, line.codes)
        == (return_id, area, period, codes)
    )
    return float(found.numbers[place])


def listed(name: str) -> list[dict[str, Any]]:
    """The content of one of the sample's YAML files."""
    content: list[dict[str, Any]] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return content
