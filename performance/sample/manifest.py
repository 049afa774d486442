"""What the sample consists of: its files, each a submission, and the figures as the reports printed them."""

import csv
from dataclasses import dataclass
from pathlib import Path

import yaml

from lscb.periods import Period, parse
from performance.intake.codes import ALL

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Entry:
    """One submission of the sample: a file for one return, agency (slug), area (code) and period."""

    file: Path
    return_id: str
    agency: str
    area: str
    period: Period
    source: str
    note: str = ""


@dataclass(frozen=True)
class Printed:
    """A figure as a report printed it. `what` is empty where it is the indicator's own value, otherwise it says
    what the figure is (a change on the year before, a part of the whole). `period` is a period's code, or
    `2025-01 to 2025-06` for a span that is none."""

    indicator: str
    area: str
    period: str
    printed: str
    document: str
    place: str
    breakdown: str = ALL
    category: str = ALL
    what: str = ""
    note: str = ""


def entries(folder: Path = FOLDER) -> list[Entry]:
    """The submissions of published facts, in the order in which they are loaded."""
    found = yaml.safe_load((folder / "manifest.yaml").read_text(encoding="utf-8"))
    return [
        Entry(
            file=folder / one["file"],
            return_id=one["return"],
            agency=one["agency"],
            area=one["area"],
            period=parse(one["period"]),
            source=one["source"],
            note=one["note"],
        )
        for one in found
    ]


def printed(folder: Path = FOLDER) -> list[Printed]:
    """Every figure of the performance part of the two reports, also those that disagree with their own counts."""
    with (folder / "printed.csv").open(newline="", encoding="utf-8") as file:
        return [Printed(**row) for row in csv.DictReader(file)]
