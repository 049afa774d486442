"""Reducing: only the agreed margins are kept, months without events are zero, the order is always the same."""

from decimal import Decimal

import pytest

from lscb.periods import month, parse
from performance.intake.reduce import reduce
from performance.intake.spec import NOT_AVAILABLE, REPORTED, SUPPRESSED, Cell, returns
from tests.performance.intake.building import EVENTS, FIGURES, POLICE, REFERRALS, cells_of, checked

APRIL = month(2025, 4)


def test_a_row_of_counts_becomes_a_cell() -> None:
    assert cells_of(REFERRALS, "referrals") == [
        Cell(APRIL, "total", ("all", "all", "all", "all"), 30),
        Cell(APRIL, "source", ("police", "all", "all", "all"), 20),
        Cell(APRIL, "source", ("schools", "all", "all", "all"), 10),
        Cell(APRIL, "age_band", ("all", "1-4", "all", "all"), 30),
    ]


def test_missing_hidden_and_zero_stay_three_different_things() -> None:
    cells = cells_of(
        "month,kind,count\n2025-04,crime,0\n2025-04,incident,c\n2025-04,contact,x\n", "police-da"
    )

    assert {cell.dimensions[0]: (cell.count, cell.status) for cell in cells} == {
        "crime": (0, REPORTED),
        "incident": (None, SUPPRESSED),
        "contact": (None, NOT_AVAILABLE),
    }


def test_events_are_kept_as_the_agreed_margins_and_nothing_finer() -> None:
    cells = cells_of(EVENTS, "referrals")

    assert {cell.margin for cell in cells} == set(returns()["referrals"].margin_names)
    assert max(sum(code != "all" for code in cell.dimensions) for cell in cells) == 2
    for margin in returns()["referrals"].margin_names:
        assert sum(int(cell.count or 0) for cell in cells if cell.margin == margin) == 6


def test_the_order_of_the_rows_makes_no_difference() -> None:
    header, *rows = EVENTS.strip().split("\n")

    assert cells_of("\n".join([header, *reversed(rows)]), "referrals") == cells_of(
        EVENTS, "referrals"
    )


def test_a_month_without_events_has_the_total_zero() -> None:
    cells = cells_of(EVENTS, "referrals", period="2025-26-Q1")

    totals = {cell.period.code: cell.count for cell in cells if cell.margin == "total"}
    assert totals == {"2025-04": 6, "2025-05": 0, "2025-06": 0}


def test_a_month_that_has_not_begun_has_no_total() -> None:
    cells = cells_of("date,source,age,ethnicity,reason\n", "referrals", period="2025-26-Q3")

    assert cells == []


def test_a_figure_keeps_numerator_and_denominator_or_the_value_alone() -> None:
    rows = "2025-04,re-referrals,all,all,20,100,\n2025-04,conversion,all,all,,,25.7\n2025-04,children-in-need,all,all,c,,\n"

    cells = cells_of(FIGURES + rows, "figures")

    kept = {
        cell.dimensions[0]: (cell.count, cell.denominator, cell.value, cell.status)
        for cell in cells
    }
    assert kept == {
        "re-referrals": (Decimal(20), Decimal(100), None, REPORTED),
        "conversion": (None, None, Decimal("25.7"), REPORTED),
        "children-in-need": (None, None, None, SUPPRESSED),
    }
    assert {cell.margin for cell in cells} == {"item"}


def test_a_file_with_errors_has_no_counts() -> None:
    result = checked(POLICE.replace("210", "many"))

    with pytest.raises(ValueError, match="errors"):
        reduce(result, returns()["police-da"], period=parse("2025-04"))
