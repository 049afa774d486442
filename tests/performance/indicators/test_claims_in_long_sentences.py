"""A long sentence crowded with numbers is flagged only where the rest of it was understood; changes that analysts tell
with a sign, and what is so at another time that a sentence speaks of."""

import pytest

from lscb.periods import parse
from performance.indicators.claims import check
from tests.performance.indicators.test_claims_at_large import facts

# what is so, and what is not
SIGNED = [
    ("LA01", "2023-24", "375 children in care, -45 in the year (-11%).", "375 children in care, -45 in the year (-14%)."),
    ("FD03", "2023-24", "Referrals Q4 583, -28% on Q3 (808).", "Referrals Q4 583, -18% on Q3 (808)."),
    (
        "TR01", "2020-21",
        "45 sessions delivered against 102 in 2019-20 (-56%).",
        "45 sessions delivered against 102 in 2019-20 (-44%).",
    ),
    ("FD03", "2020-21", "H1 1,974 referrals vs H2 1,273 (-36%).", "H1 1,974 referrals vs H2 1,273 (-26%)."),
]  # fmt: skip
OTHER_TIMES = [
    (
        "TR07", "2024-25",
        "Three sessions had to be cancelled during the year, half the number cancelled in 2023-24.",
        "Five sessions had to be cancelled during the year, half the number cancelled in 2023-24.",
    ),
    (
        "CP14", "2023-24",
        "CIN rate 274.2 per 10k, fourth successive year-end fall (342.5 at March 2020).",
        "CIN rate 274.2 per 10k, fourth successive year-end rise (342.5 at March 2020).",
    ),
    (
        "DA02", "2024-25",
        "The number of domestic incidents was 588 in the third quarter of 2024-25, 9% up on the quarter before.",
        "The number of domestic incidents was 588 in the third quarter of 2024-25, 19% up on the quarter before.",
    ),
    (
        "HO03", "2019-20",
        "Housing's share of referrals peaked at 4.2% in 2018-19 and has halved since, to 2.0%.",
        "Housing's share of referrals has doubled since 2018-19.",
    ),
    (
        "FD03", "2022-23",
        "We had 354 referrals in May 2022, the most in any month of that year.",
        "We had 223 referrals in August 2022, the most in any month of that year.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("indicator", "year", "true", "false"), [*SIGNED, *OTHER_TIMES])
def test_changes_with_a_sign_and_times_that_stand_apart_are_read_as_they_are_meant(
    indicator, year, true, false
):
    assert check(true, facts(), parse(year), about=indicator) == []
    assert check(false, facts(), parse(year), about=indicator)


def found(text: str, indicator: str, year: str) -> list[str]:
    return [one.kind for one in check(text, facts(), parse(year), about=indicator)]


def test_a_wrong_number_in_a_long_sentence_is_flagged_only_where_its_other_numbers_were_found_right():
    wrong = "There were 3,347 referrals in 2020-21"
    assert found(f"{wrong}.", "FD03", "2020-21") == ["level"]
    known = "There were 16,791 contacts and 3,347 referrals in 2020-21, and the rate of children on a plan was 49.9 per 10,000 children."
    assert found(known, "FD03", "2020-21") == ["level"]
    unknown = f"{wrong}, which 14 practitioners in six teams dealt with under two new managers, and of whom nine had joined us."
    assert found(unknown, "FD03", "2020-21") == []


def test_what_a_long_sentence_says_of_its_own_numbers_is_flagged_however_long_it_is():
    text = (
        "In a year in which schools were closed and 61 head teachers told us of children whom they could not see, "
        "referrals fell from 2,890 to 3,247."
    )
    assert found(text, "FD03", "2020-21") == ["direction"]


def test_a_later_sentence_that_names_no_indicator_is_left_alone_unless_it_tells_the_change_of_the_number_before():
    assert (
        found(
            "The rate is a worry. It stood at 912 in the spring, as the board was told.",
            "FD03",
            "2020-21",
        )
        == []
    )
    change = "At 31 March 2025, 189 children were the subject of a child protection plan. This is an increase from 174."
    assert found(change, "CP08", "2024-25")
