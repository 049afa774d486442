"""The sample goes through the intake like any upload: nothing is refused, nothing is lost, nothing is altered."""

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from lscb.periods import parse
from performance.indicators.spec import share_items
from performance.intake.check import check
from performance.intake.checked import Checked
from performance.intake.read import Limits, read
from performance.intake.reduce import reduce
from performance.intake.spec import NOT_APPLICABLE, NOT_AVAILABLE, SUPPRESSED, TOTAL, Cell, returns
from performance.sample.synthetic import build
from tests.performance.sample.files import FOLDER, Entry, entries, entry_of, lines, listed

TODAY = date(2026, 11, 1)
FACTS = entries()
TYPES = {agency["slug"]: agency["type"] for agency in listed("agencies.yaml")}
SYMBOLS = {"c": SUPPRESSED, "x": NOT_AVAILABLE, "z": NOT_APPLICABLE}


def taken_in(entry: Entry) -> tuple[Checked, list[Cell]]:
    """What checking and reducing make of a file."""
    spec = returns()[entry.return_id]
    table = read(entry.file.read_bytes(), entry.file.name, Limits(), spec)
    checked = check(
        table,
        spec,
        period=entry.period,
        agency_type=TYPES[entry.agency],
        today=TODAY,
        shares=share_items(),
    )
    return checked, reduce(checked, spec, period=entry.period) if not checked.refused else []


@pytest.mark.parametrize("entry", FACTS, ids=lambda one: str(one.file.relative_to(FOLDER)))
def test_a_file_of_facts_is_accepted_without_loss(entry: Entry) -> None:
    checked, cells = taken_in(entry)
    assert [one for one in checked.problems if one.severity == "error"] == []
    expected = {
        (parse(line.period), line.codes): line.numbers for line in lines() if line.entry == entry
    }
    assert len(cells) == len(expected)
    for cell in cells:
        first, *rest = expected[(cell.period, cell.dimensions)]
        denominator, value = rest or ("", "")
        symbol = next((text for text in (first, value) if text in SYMBOLS), None)
        if symbol:
            assert (cell.status, cell.count, cell.value) == (SYMBOLS[symbol], None, None)
        else:
            assert [cell.count, cell.denominator, cell.value] == [
                None if text == "" else Decimal(text) for text in (first, denominator, value)
            ]


def test_the_synthetic_area_is_accepted_without_a_problem(tmp_path: Path) -> None:
    for one in build(tmp_path, seed=2025, last=parse("2024-03"), months=12):
        entry = entry_of(tmp_path, one)
        checked, cells = taken_in(entry)
        assert checked.problems == [], entry.file
        assert cells


def test_record_level_files_are_reduced_to_margins_that_agree(tmp_path: Path) -> None:
    built = build(tmp_path, seed=2025, last=parse("2024-06"), months=3)
    for entry in (entry_of(tmp_path, one) for one in built):
        if entry.return_id not in ("mash-contacts", "referrals"):
            continue
        checked, cells = taken_in(entry)
        assert checked.kind == "records"
        sums: Counter[str] = Counter()
        for cell in cells:
            assert cell.count is not None
            sums[cell.margin] += int(cell.count)
        assert set(sums) == set(returns()[entry.return_id].margin_names)
        assert set(sums.values()) == {checked.read} == {sums[TOTAL]}
