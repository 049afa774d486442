"""What compute reads: the current counts of one area, and what a category that nobody mentioned means."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from lscb.periods import Period
from performance.indicators.spec import dataset_dimensions
from performance.intake.codes import ALL
from performance.intake.spec import REPORTED, margin_of

ZERO = Decimal(0)
Codes = tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """One stored number: a count (a figure's numerator), or a value alone, or the reason why there is none."""

    count: Decimal | None
    denominator: Decimal | None = None
    value: Decimal | None = None
    status: str = REPORTED


@dataclass
class Book:
    """The current counts of one area (its code): what compute reads. Rows are keyed by dataset, period and codes."""

    area: str = ""
    rows: dict[str, dict[Period, dict[Codes, Reading]]] = field(default_factory=dict)

    def add(self, dataset: str, period: Period, codes: Codes, reading: Reading) -> None:
        """Enter one row. Raises ValueError when the cell is already there: two current rows are a fault."""
        cells = self.rows.setdefault(dataset, {}).setdefault(period, {})
        if codes in cells:
            raise ValueError(f"two current rows for {dataset} {period} {codes}")
        cells[codes] = reading

    def periods(self, datasets: Iterable[str]) -> set[Period]:
        """The periods that any of these datasets holds rows for."""
        return {period for dataset in datasets for period in self.rows.get(dataset, {})}

    def sent_for(self, dataset: str, period: Period) -> bool:
        """Whether there is any row of a dataset for exactly this period."""
        return period in self.rows.get(dataset, {})

    def sent_within(self, dataset: str, first: int, last: int) -> bool:
        """Whether there is any row of a dataset for a period within these months (counted as `Period.first`)."""
        return any(
            first <= period.first and period.last <= last for period in self.rows.get(dataset, {})
        )

    def holds(self, dataset: str, where: Mapping[str, str]) -> bool:
        """Whether there is any row of a dataset with these codes. Counts are taken to hold what `where` fixes once
        the dataset has a row, because a complete margin says something of every code."""
        if dataset != "Figure":
            return bool(self.rows.get(dataset))
        return where.get("item") in self._items()

    def _items(self) -> set[str]:
        return {codes[0] for cells in self.rows.get("Figure", {}).values() for codes in cells}

    def cell(self, dataset: str, period: Period, codes: Codes) -> Reading | None:
        """The number of one cell. A category that a complete margin leaves out is 0; otherwise None: not sent."""
        cells = self.rows.get(dataset, {}).get(period, {})
        if codes in cells or dataset == "Figure":
            return cells.get(codes)
        names = dataset_dimensions(dataset)
        total = cells.get((ALL,) * len(names))
        if total is None or total.count is None:
            return None
        margin = margin_of(names, codes)
        counts = [
            reading.count for other, reading in cells.items() if margin_of(names, other) == margin
        ]
        known = [count for count in counts if count is not None]
        complete = (
            len(known) == len(counts) and (counts or total.count == 0) and sum(known) == total.count
        )
        return Reading(ZERO) if complete else None
