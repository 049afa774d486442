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
    ("TR07", "2024-25", "Two sessions in Q3 were down to a flooded room.", ""),
    ("WF02", "2025-26", "About one in six send their form back.", "About one in six left."),
    ("TR01", "2024-25", "The coming spring programme is down to 18 sessions.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("indicator", "year", "true", "false"), PAIRS)
def test_what_is_said_of_several_times_is_held_against_each(indicator, year, true, false):
    assert check(true, facts(), parse(year), about=indicator) == []
    assert not false or check(false, facts(), parse(year), about=indicator)
