"""Sentences whose claim rests on all months or quarters of a year, on all groups, or on its own other numbers: what is so
is left alone, and the same with one wrong word or number is flagged."""

import pytest

from lscb.periods import parse
from performance.indicators.claims import check
from tests.performance.indicators.test_claims_at_large import facts

# indicator, year, what is so, and what is not
ALL_PARTS = [
    (
        "DA01", "2024-25",
        "December was the only month with more than 300 crimes.",
        "December was the only month with more than 290 crimes.",
    ),
    (
        "DA01", "2024-25",
        "Only three months went over 280.",
        "Only two months went over 280.",
    ),
    (
        "DA01", "2024-25",
        "No quarter reached 820, and every quarter was above 790.",
        "No quarter reached 810.",
    ),
    (
        "DA01", "2024-25",
        "Two of the four quarters were above 800.",
        "Three of the four quarters were above 800.",
    ),
    (
        "DA01", "2024-25",
        "The police recorded much the same each time: crimes were spread evenly over the four quarters.",
        "The 51 sessions of training were spread evenly over the four quarters.",
    ),
    (
        "TR08", "2024-25",
        "Bookings on free events were not spread evenly over the year.",
        "Bookings on free events were spread evenly over the year.",
    ),
    (
        "", "2019-20",
        "For referrals, Q4 was the busiest quarter of the year and Q1 the quietest.",
        "For referrals, Q1 was the busiest quarter of the year and Q4 the quietest.",
    ),
    (
        "DA01", "2024-25",
        "Contrary to what was feared, October had the fewest crimes of the year.",
        "Contrary to what was feared, December had the fewest crimes of the year.",
    ),
    (
        "LA06", "2024-25",
        "The 17 and 18 year olds are more likely to be in work or study than the 19 to 21 year olds.",
        "The 19 to 21 year olds are more likely to be in work or study than the 17 and 18 year olds.",
    ),
    (
        "WF02", "2023-24",
        "More social workers left us than in any year since 2017/18.",
        "Fewer social workers left us than in any year since 2017/18.",
    ),
    (
        "DA01", "2024-25",
        "Crimes recorded by the police did not rise in every quarter of the year.",
        "Crimes recorded by the police rose in every quarter of the year.",
    ),
]  # fmt: skip

GROUPS_AND_TIMES = [
    (
        "LA01", "2024-25",
        "359 looked after at the end of March, the lowest of the five year ends.",
        "359 looked after at the end of March, the second-lowest of the five year ends.",
    ),
    (
        "LA01", "2022-23",
        "The number in care rose by 38 to 420 that March.",
        "The number in care dipped by 38 to 420 that March.",
    ),
    (
        "ED05", "2022-23",
        "Looked-after pupils had the lowest persistent absence of the three groups.",
        "Looked-after pupils had the highest persistent absence of the three groups.",
    ),
    (
        "", "2024-25",
        "Two in five of the children on a plan were persistently absent in 2024/25, Education told us.",
        "Over half of the children on a plan were persistently absent in 2024/25, Education told us.",
    ),
    (
        "", "2021-22",
        "Referrals in 2021/22 were at their highest in April, when carers had nobody to turn to.",
        "Referrals in 2021/22 peaked in August, when carers had nobody to turn to.",
    ),
    (
        "FD03", "2020-21",
        "With schools shut, the police made more referrals than any other source.",
        "With schools shut, local authority services made more referrals than any other source.",
    ),
    (
        "", "2022-23",
        "Q1 of 2022/23 brought 968 referrals, more than in the same quarter of the year before.",
        "Q4 of 2020/21 brought 530 referrals, more than in the same quarter of the year before.",
    ),
    (
        "", "2020-21",
        "The first quarter brought 7,430 eLearning registrations, which is nearly half of the year's total of 15,793.",
        "The first quarter brought 7,430 eLearning registrations, which is about a third of the year's total of 15,793.",
    ),
]  # fmt: skip

WHOLES = [
    (
        "", "2023-24",
        "Neglect remains the largest category of child protection plan (100 of 231).",
        "Neglect remains the largest category of child protection plan (160 of 231).",
    ),
    (
        "", "2024-25",
        "All but 10% of care leavers were in suitable homes.",
        "All but 13% of care leavers were in suitable homes.",
    ),
    (
        "CP05", "2023-24",
        "Of 551 initial conferences, 112 missed the 15 day mark and 12 had no interpreter.",
        "Of 551 initial conferences, 212 missed the 15 day mark.",
    ),
    (
        "", "2024-25",
        "Some 300 of our 335 care leavers were in suitable accommodation.",
        "Some 250 of our 335 care leavers were in suitable accommodation.",
    ),
    (
        "", "2024-25",
        "The highest monthly figure for domestic abuse crimes was 301, the lowest 249.",
        "The highest monthly figure for domestic abuse crimes was 301, the lowest 224.",
    ),
]  # fmt: skip

OWN_NUMBERS = [
    (
        "LA01", "2024-25",
        "There were 359 in care, which is 16 fewer than the 375 of a year ago.",
        "There were 359 in care, which is 26 fewer than the 375 of a year ago.",
    ),
    (
        "CP12", "2023-24",
        "On time were 87.1%, 13.5 points higher than the 73.6% of the year before.",
        "On time were 87.1%, 15.5 points higher than the 73.6% of the year before.",
    ),
    (
        "FD03", "2020-21",
        "January, February and March 2021 brought 165, 190 and 175, or 530 together.",
        "January, February and March 2021 brought 165, 190 and 175, or 580 together.",
    ),
    (
        "TR01", "2024-25",
        "The quarters (6, 7, 14 and 24) give a total of 51.",
        "The quarters (6, 7, 14 and 24) give a total of 53.",
    ),
    (
        "", "2024-25",
        "The police recorded 3,215 crimes and 2,216 incidents, 5,431 in all.",
        "The police recorded 3,215 crimes and 2,216 incidents, 5,731 in all.",
    ),
    (
        "CP12", "2023-24",
        "Reviews were on time for 135 of 155 children; for the other 20 a reason was given.",
        "Reviews were on time for 135 of 155 children; for the other 30 a reason was given.",
    ),
    (
        "TR01", "2024-25",
        "Of the year's sessions 24 of 51 were in Q4 and 14 in Q3, the other 13 before.",
        "Of the year's sessions 24 of 51 were in Q4 and 14 in Q3, the other 15 before.",
    ),
    (
        "CP12", "2023-24",
        "87.1% of plans were reviewed on time; the other 12.9% were late.",
        "87.1% of plans were reviewed on time; the other 18.9% were late.",
    ),
    (
        "FD03", "2023-24",
        "Q4 saw 583 referrals, a decrease of 225 on the previous quarter.",
        "Q4 saw 583 referrals, an increase of 225 on the previous quarter.",
    ),
    (
        "", "2025-26",
        "In April 2025, 35.5% of contacts were about domestic abuse, over twice the share of the previous month.",
        "In April 2025, 35.5% of contacts were about domestic abuse, over three times the share of the previous month.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("indicator", "year", "true", "false"), [*ALL_PARTS, *GROUPS_AND_TIMES, *WHOLES, *OWN_NUMBERS]
)
def test_what_rests_on_all_parts_or_on_other_numbers_is_held_against_them(
    indicator, year, true, false
):
    assert check(true, facts(), parse(year), about=indicator) == []
    assert check(false, facts(), parse(year), about=indicator)


def test_numbers_that_do_not_agree_are_told_with_what_they_give():
    (found,) = check("There were 359, 26 fewer than the 375 of a year ago.", facts(), about="LA01")
    assert found.actual == "359 is 16 fewer than 375"
    (found,) = check(
        "December was the only month over 280.", facts(), parse("2024-25"), about="DA01"
    )
    assert "3 over 280 (282 in May 2024, 291 in July 2024, 301 in December 2024)" in found.actual
