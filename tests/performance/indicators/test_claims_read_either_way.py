"""A claim that may be read in two ways is flagged only where it is false in both, and what is no sentence says nothing."""

import pytest

from lscb.periods import parse
from performance.indicators.claims import check
from performance.indicators.claims.words.text import split
from tests.performance.indicators.test_claims_at_large import facts

TWO_READINGS = [
    (
        "", "2024-25",
        "The children in care rate has come down from 70.7 in 2022-23 to 57.6 and we are now below Bedford (58.7).",
        "In 2022-23 the rate of children in care was 70.7 and we are now above England (67.1).",
    ),
    (
        "WF01", "2024-25",
        "From 42.5% in 2022-23 vacancies dropped to 38.0% and then 29.0%, which puts us below Bedford (31.8%).",
        "Vacancies dropped to 29.0%, which puts us below England (17.3%).",
    ),
    (
        "CP09", "2024-25",
        "After 38.4 in 2023-24 the plan rate is 30.3, lower than both Bedford (31.7) and England (40.6).",
        "After 38.4 in 2023-24 the plan rate is 30.3, higher than both Bedford (31.7) and England (40.6).",
    ),
    (
        "TR06", "2024-25",
        "Satisfaction averaged 99% over the year and was never below 98%; it was 91% for eLearning.",
        "The lowest quarter was 97%, the year 99%.",
    ),
    (
        "TR06", "2024-25",
        "Satisfaction with training held up at 99% for the year, the lowest quarter being 98%.",
        "Satisfaction with training held up at 99% for the year, the lowest quarter being 96%.",
    ),
    (
        "", "2024-25",
        "Completion of eLearning came to 89.4% and did not drop under 85% in any quarter.",
        "The eLearning completion rate was 79.4% and did not drop under 75% in any quarter.",
    ),
    (
        "WF01", "2024-25",
        "At 29.0% vacancies are above England's 17.3% and more than twice the 12.4% of our region.",
        "At 29.0% vacancies are more than three times the 12.4% of our region.",
    ),
    (
        "", "2023-24",
        "Schools made 916 referrals against 875 from the police, nearly three times the 330 from health.",
        "Schools made 916 referrals against 875 from the police, nearly four times the 330 from health.",
    ),
    (
        "", "2022-23",
        "The police lost their place as the largest source of referrals in 2022-23.",
        "The police kept their place as the largest source of referrals in 2022-23.",
    ),
    (
        "", "2022-23",
        "Police were no longer the biggest single source of referrals in 2022-23.",
        "Police were once more the biggest single source of referrals in 2022-23.",
    ),
    (
        "", "2023-24",
        "The biggest number of referrals from health came in 2017-18 (438), the highest proportion was in 2013-14 (14.4%).",
        "The biggest number of referrals from health came in 2016-17 (349).",
    ),
    (
        "HO03", "2018-19",
        "The most housing referrals came in 2017-18, but as a proportion the peak came in the following year (4.2%, 103 of 2,455).",
        "The highest number of referrals from housing services was recorded in 2018-19 (103).",
    ),
    (
        "WF04", "2024-25",
        "Caseloads sit at 13 to 14 on average.",
        "Caseloads sit at 15 to 16 on average.",
    ),
    (
        "", "2024-25",
        "Between 350 and 360 children were in care at the end of March 2025.",
        "Between 370 and 380 children were in care at the end of March 2025.",
    ),
    (
        "", "2024-25",
        "Roughly 28 to 30% of posts were vacant in 2024-25.",
        "Roughly 32 to 34% of social worker posts were vacant in 2024-25.",
    ),
    (
        "TR02", "2024-25",
        "There were more bookings than places: 1,155 against 1,020.",
        "There were more bookings than places: 1,155 against 1,120.",
    ),
    (
        "", "2021-22",
        "The number of children on a plan rose to 294 at 31 March 2021, an increase of 47 (19%) on the previous year, before decreasing to 198 at 31 March 2022.",
        "The number of children on a plan rose to 294 at 31 March 2021, an increase of 74 on the previous year.",
    ),
    (
        "FD04", "2024-25",
        "With 504 referrals per 10,000 children Luton's rate was the highest of the three councils.",
        "With 504 referrals per 10,000 children Luton's rate was the second highest of the Bedfordshire authorities.",
    ),
    (
        "TR10", "2024-25",
        "eLearning registrations rose in the second quarter, to 3,694.",
        "eLearning registrations rose in every quarter of the year, reaching 3,104 in Quarter 4.",
    ),
    (
        "", "2024-25",
        "The police recorded 5,431 domestic abuse crimes and incidents, of which 3,215 (59%) were crimes.",
        "The police recorded 5,431 domestic abuse crimes and incidents, of which 3,215 (49%) were crimes.",
    ),
    (
        "", "2024-25",
        "Between 540 and 590 domestic incidents were recorded in each quarter.",
        "Between 560 and 590 domestic incidents were recorded in each quarter.",
    ),
    (
        "WF01", "2024-25",
        "Vacancies had been above 37% in every year from 2018-19 to 2023-24 before dropping to 29.0%.",
        "Vacancies dropped in every year from 2018-19 to 2023-24.",
    ),
]  # fmt: skip
ROW = "Training sessions 6 7 14 24 51 58"
TABLE = f"Q1 Q2 Q3 Q4 TOTAL 2024/ 25 TOTAL 2023/ 24 {ROW} <b>Bookings</b> 103 (10) (19) 158 <i>(15) (35)</i> 1155 Satisfaction % 91% 91%"


def test_a_table_that_a_reader_of_pdf_files_wrote_in_one_line_says_nothing():
    assert check(TABLE, facts(), parse("2024-25")) == []
    assert check("Satisfaction with eLearning was 100%.", facts(), parse("2024-25"))


def test_marks_of_a_page_are_no_part_of_a_sentence():
    text = "<b>Crimes</b> were <i>3,215</i> in 2024/ 25; *more* than before."
    assert split(text) == ["Crimes were 3,215 in 2024/25; more than before."]


@pytest.mark.parametrize(("indicator", "year", "true", "false"), TWO_READINGS)
def test_what_may_be_meant_in_two_ways_is_flagged_only_where_both_are_wrong(
    indicator, year, true, false
):
    assert check(true, facts(), parse(year), about=indicator) == []
    assert check(false, facts(), parse(year), about=indicator)
