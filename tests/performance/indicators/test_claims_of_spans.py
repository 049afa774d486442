"""Spans of months and quarters: what a text says of one is held against the sum of its months, and what cannot be added
up is left alone."""

import pytest

from lscb.periods import Period, month, parse
from performance.indicators.claims import Facts, check
from performance.indicators.claims.figures.totals import over
from performance.indicators.spec import indicators
from tests.performance.indicators.building import LUTON, value
from tests.performance.indicators.test_claims_at_large import facts

# indicator of the page, year, what is so, and what is not
PAIRS = [
    (
        "FD03", "2023-24",
        "Referrals in the first six months (1,739) were level with the same half of 2022-23 (1,750).",
        "Referrals in the first six months (1,539) were level with the same half of 2022-23 (1,750).",
    ),
    (
        "FD03", "2023-24",
        "The second half came in at 1,391, a fifth lower than the first.",
        "The second half came in at 1,391, a third lower than the first.",
    ),
    (
        "FD03", "2023-24",
        "There were fewer referrals in the second half of 2023-24 than in the first.",
        "There were more referrals in the second half of 2023-24 than in the first.",
    ),
    (
        "DA01", "2024-25",
        "The first half of 2024-25 saw 1,622 crimes and the second half 1,593.",
        "The first half of 2024-25 saw 1,593 crimes and the second half 1,722, a rise of 8%.",
    ),
    (
        "", "2023-24",
        "Over the 12 months to December 2023 we took 3,232 referrals, compared with 3,001 in the 12 months to December "
        "2022.",
        "Over the 12 months to December 2023 we took 3,001 referrals.",
    ),
    (
        "", "2024-25",
        "Year to date at the end of December 2024 (Q1 to Q3) there had been 2,421 domestic abuse crimes.",
        "Year to date at the end of December 2024 (Q1 to Q3) there had been 2,221 domestic abuse crimes.",
    ),
    (
        "DA02", "2024-25",
        "Between October 2024 and March 2025 there were 1,131 incidents.",
        "Between October 2024 and March 2025 there were 1,331 incidents.",
    ),
    (
        "", "2024-25",
        "Quarters 1 and 2 brought 6,701 eLearning registrations.",
        "Quarters 1 and 2 brought 7,601 eLearning registrations.",
    ),
    (
        "TR12", "2024-25",
        "In the first half of 2024-25 the completion rate was 87.3%.",
        "In the first half of 2024-25 the completion rate was 93.3%.",
    ),
    (
        "FD03", "2023-24",
        "By the end of September we had already taken 1,739 referrals.",
        "By the end of September we had already taken 2,139 referrals.",
    ),
    (
        "DA01", "2024-25",
        "The highest month of the first half was July with 291 crimes.",
        "The highest month of the first half was August.",
    ),
    (
        "FD03", "2023-24",
        "In calendar year 2023 we took 3,232 referrals.",
        "In calendar year 2023 we took 3,532 referrals.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("about", "year", "so", "not_so"), PAIRS)
def test_what_is_said_of_a_span_is_held_against_its_months(about, year, so, not_so):
    assert check(so, facts(), parse(year), about=about) == []
    assert check(not_so, facts(), parse(year), about=about)


@pytest.mark.parametrize(
    ("about", "text"),
    [
        ("FD03", "In the first six months of 2024-25 we took 1,604 referrals."),  # no months
        ("LA01", "In the first half of the year the number in care moved between 350 and 380."),
        ("CP08", "Over the nine months to December 2024 we reviewed 310 children on a plan."),
        ("FD03", "In the first half of the project 12 families took part; the second half brought 31."),
        ("DA02", "Incidents fell from 182 to 165 between April and August."),
        ("TR12", "Completion crept up in the first three quarters (85%, 89%, 93%)."),
    ],
)  # fmt: skip
def test_what_cannot_be_added_up_and_what_is_told_of_a_spans_ends_is_left_alone(about, text):
    assert check(text, facts(), parse("2024-25"), about=about) == []


def _crimes(*amounts: int, start: Period):
    return {
        one.period: one
        for place, amount in enumerate(amounts)
        for one in [value("DA01", start.shift(place).code, amount, area=LUTON)]
    }


def test_a_span_is_the_sum_of_its_months_and_of_quarters_where_only_these_are_there():
    spec, april = indicators()["DA01"], month(2024, 4)
    values = _crimes(10, 20, 30, start=april) | _crimes(100, start=parse("2024-25-Q2"))
    assert over(spec, values, Period(april.first, 6)).value == 160
    assert over(spec, values, Period(april.first + 1, 5)).value == 150
    assert over(spec, values, Period(april.first, 5)) is None, "a part of a quarter is not known"
    assert over(spec, values, Period(april.first - 1, 6)) is None, "March was not sent"


def test_a_stock_has_no_sum():
    spec, april = indicators()["LA01"], month(2024, 4)
    values = {one.period: one for one in (value("LA01", f"2024-0{place}", 350) for place in (4, 5))}
    assert over(spec, values, Period(april.first, 2)) is None


def test_a_finding_names_the_months_of_the_span_it_was_held_against():
    values = _crimes(10, 20, 30, 40, 50, 60, start=month(2024, 4)).values()
    found = check(
        "There were 310 domestic abuse crimes from April to September 2024.", Facts(values, [LUTON])
    )
    assert [one.actual for one in found] == ["Domestic abuse crimes recorded: 210 in April to September 2024"]  # fmt: skip
