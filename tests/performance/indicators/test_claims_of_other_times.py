"""Sentences that tell of several times at once, or of a thing beside their indicator: what is so is left alone, and the
same with one wrong word or number is flagged where one is given."""

import pytest

from lscb.periods import parse
from performance.indicators.claims import check
from tests.performance.indicators.test_claims_at_large import facts

# indicator, year, what is so, and what is not
PAIRS = [
    (
        "WF02", "2025-26",
        "It went from 28.3% in 2023/24 down to 10.2% and then up to 20.0% in 2025/26.",
        "It went from 28.3% in 2023/24 down to 13.2% and then up to 20.0% in 2025/26.",
    ),
    (
        "FD03", "2022-23",
        "Spring brought 968 referrals, and the figure shrank in every quarter that followed: 782, 729, 685.",
        "Spring brought 1,068 referrals.",
    ),
    (
        "DA02", "2024-25",
        "The third quarter brought 588 incidents - 43 more than the first, 45 more than the last.",
        "The third quarter brought 588 incidents - 73 more than the first.",
    ),
    (
        "DA02", "2024-25",
        "There were 588 incidents in Q3, 9% more than in Q2, and 543 in Q4.",
        "There were 588 incidents in Q3, 14% more than in Q2, and 543 in Q4.",
    ),
    (
        "CP08", "2023-24",
        "Neglect is behind 43% of plans, the year before it was just over half.",
        "Neglect is behind 63% of plans.",
    ),
    (
        "CP05", "2023-24",
        "The share fell by four and a half points, because conferences rose by over 120.",
        "The share fell by six and a half points.",
    ),
    (
        "WF02", "2025-26",
        "Turnover nearly doubled to 20.0%, after it had fallen the year before.",
        "Turnover fell in 2025/26.",
    ),
    (
        "LA05", "2024-25",
        "It has improved two years in a row since 2022/23.",
        "It has improved three years in a row since 2021/22.",
    ),
    (
        "ED01", "2020-21",
        "We counted 365 referrals, 82 fewer than in 2019/20, and a share of 11.2%, the smallest we hold.",
        "We counted 385 referrals.",
    ),
    (
        "LA01", "",
        "Section 47s: 1,252 in 2023/24 after 912 the year before. Up by more than a third.",
        "Section 47s: up by more than a half in 2023/24.",
    ),
    (
        "LA05", "2024-25",
        "The training programme ran 51 sessions. Nearly half of them took place in the last quarter.",
        "Nearly half of care leavers were in suitable homes.",
    ),
    ("CP08", "2024-25", "GCP2 was used in 42 families, up from 30.", "There were 189 plans, up from 150."),
    (
        "CP12", "2023-24",
        "Thirteen per cent were late - half the share of the year before (26%).",
        "Twenty-three per cent were late.",
    ),
    (
        "CP14", "2023-24",
        "The rate has drifted down every year since 2019/20, to 274.2.",
        "The rate has drifted up every year since 2019/20, to 274.2.",
    ),
    (
        "DA02", "2024-25",
        "No month had fewer than 165 or more than 197 incidents.",
        "No month had fewer than 170 or more than 197 incidents.",
    ),
    ("DA01", "2024-25", "3,215 crimes means nearly nine a day.", "There were 12 crimes a day."),
    ("LA05", "2024-25", "The partners paid £312,000, of which the council paid over half.", ""),
    (
        "", "",
        "A total of 1,252 section 47 enquiries were started in 2023/24, up from 912.",
        "A total of 912 section 47 enquiries were started in 2023/24, down from 1,252.",
    ),
    ("TR07", "2024-25", "Two sessions in Q3 were down to a flooded room.", ""),
    ("WF02", "2025-26", "About one in six send their form back.", "About one in six left."),
    ("TR01", "2024-25", "The coming spring programme is down to 18 sessions.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("indicator", "year", "true", "false"), PAIRS)
def test_what_is_said_of_several_times_is_held_against_each(indicator, year, true, false):
    given = parse(year) if year else None
    assert check(true, facts(), given, about=indicator) == []
    assert not false or check(false, facts(), given, about=indicator)
