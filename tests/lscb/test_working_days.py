"""England's bank holidays and working days, against the dates that were published (gov.uk/bank-holidays)."""

from datetime import date, timedelta

import pytest

from lscb.working_days import (
    add_working_days,
    bank_holidays,
    is_working_day,
    working_days_between,
)

PUBLISHED = {
    2012: "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26",
    2016: "01-01 03-25 03-28 05-02 05-30 08-29 12-26 12-27",
    2017: "01-02 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
    2019: "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
    2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
    2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
    2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
}


@pytest.mark.parametrize("year", PUBLISHED)
def test_bank_holidays_are_those_that_were_published(year):
    assert sorted(bank_holidays(year)) == [
        date.fromisoformat(f"{year}-{day}") for day in PUBLISHED[year].split()
    ]


@pytest.mark.parametrize("year", range(2012, 2031))
def test_every_year_has_its_holidays_all_on_weekdays(year):
    holidays = bank_holidays(year)
    assert len(holidays) == 8 + {2012: 1, 2022: 2, 2023: 1}.get(year, 0)
    assert all(day.weekday() < 5 for day in holidays)


def test_years_without_facts_are_refused_rather_than_guessed():
    with pytest.raises(ValueError, match="2012"):
        bank_holidays(2011)


@pytest.mark.parametrize(
    ("start", "number", "expected"),
    [
        ("2025-03-31", 10, "2025-04-14"),
        ("2025-04-30", 10, "2025-05-15"),  # over early May
        ("2025-12-31", 10, "2026-01-15"),  # over New Year
        ("2022-08-31", 15, "2022-09-22"),  # over the state funeral
        ("2025-10-31", 1, "2025-11-03"),  # over a weekend
    ],
)
def test_a_deadline_counts_working_days_after_the_end_of_the_period(start, number, expected):
    assert add_working_days(date.fromisoformat(start), number) == date.fromisoformat(expected)


def test_a_deadline_is_always_a_working_day_and_counting_back_gives_the_number():
    end = date(2020, 4, 30)
    for shift in range(0, 400, 13):
        start = end + timedelta(days=shift)
        due = add_working_days(start, 1 + shift % 20)
        assert is_working_day(due)
        assert working_days_between(start, due) == 1 + shift % 20


def test_no_working_day_lies_between_a_day_and_an_earlier_one():
    assert working_days_between(date(2025, 5, 2), date(2025, 5, 1)) == 0


def test_a_deadline_of_no_days_is_refused():
    with pytest.raises(ValueError, match="one working day"):
        add_working_days(date(2025, 1, 1), 0)
