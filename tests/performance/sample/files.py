"""What the tests of the sample share: its files read plainly, without the intake."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

import performance.sample
from lscb.periods import Period, parse
from performance.intake.spec import returns

FOLDER = Path(performance.sample.__file__).parent


@dataclass(frozen=True)
class Entry:
    """One submission of the sample."""

    file: Path
    return_id: str
    agency: str
    area: str
    period: Period
    source: str
    note: str


def entry_of(folder: Path, one: dict[str, str]) -> Entry:
    """An entry as the manifest lists it; its file lies in `folder`."""
    return Entry(
        file=folder / one["file"],
        return_id=one["return"],
        agency=one["agency"],
        area=one["area"],
        period=parse(one["period"]),
        source=one["source"],
        note=one["note"],
    )


@cache
def entries() -> tuple[Entry, ...]:
    """The submissions of published facts, in the order in which they are loaded."""
    return tuple(entry_of(FOLDER, one) for one in listed("manifest.yaml"))


@cache
def printed() -> tuple[dict[str, str], ...]:
    """The figures as the reports printed them."""
    with (FOLDER / "printed.csv").open(newline="", encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


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
