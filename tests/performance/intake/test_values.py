"""What single cells are read as. The corpus shows the same through whole files; here are the edges."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lscb.periods import Period, parse
from performance.intake.spec import NOT_APPLICABLE, NOT_AVAILABLE, REPORTED, STATUSES, SUPPRESSED
from performance.intake.values import (
    SYMBOLS,
    UNCLEAR,
    Fault,
    Number,
    read_age,
    read_day,
    read_number,
    read_period,
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2011-12", "2011-12"),  # the month; years are known from 2012-13 on
        ("2012-13", "2012-13"),
        ("2012/13", "2012-13"),
        ("2024/12", "2024-12"),
        ("202412", "2024-12"),
        ("202425", "2024-25"),
        ("Sept 2025", "2025-09"),
        ("Sep-99", "1999-09"),
        ("2025-26 q4", "2025-26-Q4"),
    ],
)
def test_a_period_is_read_in_the_ways_people_write_it(text: str, code: str) -> None:
    assert read_period(text) == parse(code)


@pytest.mark.parametrize(
    "text", ["2011/12", "201112", "11/12", "2024-26", "24/25", "1899-04", "Ju-25", "Q5 2025/26"]
)
def test_a_period_that_could_be_two_things_is_not_guessed(text: str) -> None:
    found = read_period(text)

    assert isinstance(found, Fault)
    assert found.code == "not-a-period"


@given(st.integers(2012 * 12 + 3, 2090 * 12), st.sampled_from([1, 3, 12]))
def test_each_period_is_read_from_its_code_and_its_label(first: int, length: int) -> None:
    first -= (first - 3) % 12 if length == 12 else first % length
    period = Period(first, length)

    assert read_period(period.code) == period
    assert read_period(period.label) == period


@given(st.dates(date(1990, 1, 1), date(2049, 12, 31)))
def test_each_day_is_read_in_each_way_of_writing(day: date) -> None:
    for written in (
        "%Y-%m-%d",
        "%d/%m/%Y",
        "%d.%m.%y",
        "%d %B %Y",
        "%d-%b-%Y",
        "%A %d %B %Y",
        "%Y%m%d",
    ):
        if "%y" not in written or day.year >= 2000:
            assert read_day(f"{day:{written}}") == day
    assert read_day(str((day - date(1899, 12, 30)).days)) == day


def test_texts_that_are_no_days_are_told_from_days_that_do_not_exist() -> None:
    assert read_day("police") is None
    assert read_day("29999") is None
    assert isinstance(read_day("31/02/2025"), Fault)
    assert isinstance(read_day("12/25/2025"), Fault)


@given(st.integers(0, 999_999_999))
def test_each_count_is_read_with_and_without_separators(count: int) -> None:
    for written in (f"{count}", f"{count:,}", f"{count:,}".replace(",", " "), f"{count}.0"):
        found = read_number(written, whole=True)
        assert isinstance(found, Number)
        assert (found.value, found.status) == (Decimal(count), REPORTED)


@pytest.mark.parametrize("text", sorted({*SYMBOLS, *UNCLEAR}))
def test_a_symbol_is_never_read_as_a_number(text: str) -> None:
    found = read_number(text, whole=True)

    assert isinstance(found, Number)
    assert found.value is None
    assert found.status in set(STATUSES) - {REPORTED}
    assert bool(found.warning) == (text in UNCLEAR)


def test_symbols_mean_what_the_government_statistical_service_says() -> None:
    assert (SYMBOLS["c"], SYMBOLS["low"]) == (SUPPRESSED, SUPPRESSED)
    assert (SYMBOLS["z"], SYMBOLS["x"]) == (NOT_APPLICABLE, NOT_AVAILABLE)


def test_an_empty_number_is_a_fault_and_not_zero() -> None:
    found = read_number("", whole=True)

    assert isinstance(found, Fault)
    assert found.code == "empty-cell"


def test_figures_keep_four_decimals_and_say_when_more_were_cut() -> None:
    exact, cut = read_number("25.6812"), read_number("25.68125")

    assert exact == Number(Decimal("25.6812"))
    assert isinstance(cut, Number)
    assert cut.value == Decimal("25.6812")
    assert "rounded" in cut.note


def test_signs_and_percent_signs_are_read_only_where_they_may_stand() -> None:
    assert read_number("-3.5", signed=True) == Number(Decimal("-3.5"))
    assert isinstance(read_number("-3.5"), Fault)
    assert isinstance(read_number("35%", percent=True), Number)
    assert isinstance(read_number("35%"), Fault)


@pytest.mark.parametrize(
    ("text", "age"), [("0", 0), ("17", 17), ("4.0", 4), ("unborn", None), ("1-4", None)]
)
def test_an_age_is_whole_years_of_a_child(text: str, age: int | None) -> None:
    assert read_age(text) == age


@pytest.mark.parametrize("text", ["18", "-1", "3.5", "104"])
def test_an_age_outside_childhood_is_a_fault(text: str) -> None:
    assert isinstance(read_age(text), Fault)
