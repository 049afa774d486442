"""Months, quarters and financial years."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lscb.periods import Period, between, month, months_of, parse, parts_of

KINDS = st.sampled_from([1, 3, 12])
PERIODS = st.builds(
    lambda number, length: Period((number * length) + (3 if length > 1 else 0), length),
    st.integers(min_value=2013, max_value=2099),
    KINDS,
).map(
    lambda one: Period(
        one.first % (80 * 12) // one.length * one.length
        + (2013 * 12)
        + (3 if one.length == 12 else 0),
        one.length,
    )
)


@given(PERIODS)
def test_a_code_reads_back_as_the_period_it_was_written_for(period: Period) -> None:
    assert parse(period.code) == period


@given(PERIODS)
def test_the_parts_of_a_period_follow_each_other_and_fill_it(period: Period) -> None:
    for parts in (months_of(period), parts_of(period) or [period]):
        assert parts[0].first == period.first
        assert parts[-1].last == period.last
        assert all(first.last + 1 == second.first for first, second in pairwise(parts))
        assert all(period.contains(part) for part in parts)


@pytest.mark.parametrize(
    ("code", "kind", "label", "short", "span", "start", "end"),
    [
        ("2025-04", "month", "April 2025", "Apr 25", "April 2025", date(2025, 4, 1), date(2025, 4, 30)),
        ("2025-26-Q1", "quarter", "Quarter 1, 2025/26", "Q1 25/26", "April to June 2025", date(2025, 4, 1), date(2025, 6, 30)),
        ("2024-25-Q4", "quarter", "Quarter 4, 2024/25", "Q4 24/25", "January to March 2025", date(2025, 1, 1), date(2025, 3, 31)),
        ("2023-24", "year", "2023/24", "2023/24", "April 2023 to March 2024", date(2023, 4, 1), date(2024, 3, 31)),
        ("2012-12", "month", "December 2012", "Dec 12", "December 2012", date(2012, 12, 1), date(2012, 12, 31)),
        ("2012-13", "year", "2012/13", "2012/13", "April 2012 to March 2013", date(2012, 4, 1), date(2013, 3, 31)),
        ("2099-00", "year", "2099/00", "2099/00", "April 2099 to March 2100", date(2099, 4, 1), date(2100, 3, 31)),
    ],
)  # fmt: skip
def test_a_period_knows_its_names_and_days(
    code: str, kind: str, label: str, short: str, span: str, start: date, end: date
) -> None:
    period = parse(code)
    assert (period.kind, period.label, period.short, period.span) == (kind, label, short, span)
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2025",
        "2025-13",
        "2025-00",
        "2024-26",
        "2025-04-01",
        "2025-26-Q5",
        "2025-04-Q1",
        "25-04",
        "2010-09-x",
    ],
)
def test_what_is_no_period_is_refused_with_how_to_write_one(text: str) -> None:
    with pytest.raises(ValueError, match="write 2025-04, 2025-26-Q1 or 2025-26"):
        parse(text)


def test_what_could_be_a_month_is_the_month() -> None:
    assert parse("2011-12") == month(2011, 12)


def test_periods_move_by_their_own_length() -> None:
    assert parse("2025-26-Q1").previous() == parse("2024-25-Q4")
    assert parse("2025-01").year_before() == parse("2024-01")
    assert parse("2025-01").year == parse("2024-25")
    assert parse("2025-01").quarter == parse("2024-25-Q4")
    assert [one.code for one in between(parse("2024-25-Q3"), parse("2025-26-Q1"))] == [
        "2024-25-Q3",
        "2024-25-Q4",
        "2025-26-Q1",
    ]
    with pytest.raises(ValueError, match="not of one kind"):
        between(parse("2024-25"), parse("2025-04"))
