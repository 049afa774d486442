"""From clean rows to the counts that are kept: one number for each period and each agreed margin, nothing finer."""

from collections import Counter

from lscb.periods import Period
from performance.intake.checked import Checked, Row
from performance.intake.codes import ALL
from performance.intake.spec import TOTAL, Cell, ReturnSpec, margin_of


def reduce(checked: Checked, spec: ReturnSpec, *, period: Period) -> list[Cell]:
    """The cells of a checked file, sorted by period, margin and codes.

    Counts and figures: one cell a row. Events: for each month and each kept margin how many there were; a month
    of `period` that the file covers and that has no event gets the total 0. Raises ValueError for refused files.
    """
    if checked.refused:
        raise ValueError("a file with errors has no counts")
    cells = (
        _counted(checked, spec, period)
        if checked.kind == "records"
        else _stated(checked.rows, spec)
    )
    order = {name: place for place, name in enumerate(spec.margin_names)}
    return sorted(
        cells,
        key=lambda cell: (
            cell.period,
            order.get(cell.margin, len(order)),
            cell.margin,
            cell.dimensions,
        ),
    )


def _stated(rows: list[Row], spec: ReturnSpec) -> list[Cell]:
    names = spec.dimension_names
    return [
        Cell(
            row.period,
            margin_of(names, row.codes),
            row.codes,
            row.count,
            row.status,
            row.denominator,
            row.value,
        )
        for row in rows
    ]


def _counted(checked: Checked, spec: ReturnSpec, period: Period) -> list[Cell]:
    names = spec.dimension_names
    cells: list[Cell] = []
    for margin in spec.margins:
        if set(margin.dimensions) & set(checked.absent):
            continue  # what the file does not say is missing, not unknown
        keep = [name in margin.dimensions for name in names]
        counts: Counter[tuple[Period, tuple[str, ...]]] = Counter()
        for row in checked.rows:
            codes = tuple(code if kept else ALL for code, kept in zip(row.codes, keep, strict=True))
            counts[(row.period, codes)] += int(row.count or 0)
        if margin.name == TOTAL:
            for month in checked.months:
                if period.contains(month):
                    counts[(month, (ALL,) * len(names))] += 0
        cells += [
            Cell(month, margin.name, codes, count) for (month, codes), count in counts.items()
        ]
    return cells
