"""What analysts write in few words: a number against another with the difference after it, numbers in brackets beside
their names, halves of a year, initials of places; and sentences that speak of several times at once or are crowded with numbers."""

import pytest

from lscb.periods import parse
from performance.indicators.claims import check
from tests.performance.indicators.test_claims_at_large import facts

SHORT = [
    ("FD03", "2024-25", "3,137 v 3,130: +7.", "3,137 v 3,130: +70."),
    ("FD03", "2024-25", "3,137 v 3,130: +0.2%.", "3,137 v 3,130: +7%."),
    ("LA01", "2024-25", "359 v 375: a reduction of 16 YoY.", "359 v 375: a reduction of 26 YoY."),
    (
        "FD21", "2024-25",
        "29.8% against 39.0%, down by 9pp since the new guidance.",
        "29.8% against 39.0%, up by 9pp since the new guidance.",
    ),
    (
        "CP05", "2023-24",
        "Initial conferences in time: 79.7% v 84.2% in the previous year.",
        "Initial conferences in time: 84.2% v 79.7% in the previous year.",
    ),
    (
        "LA05", "2024-25",
        "Suitable homes: 17-18s 83.3%, 19-21s 91.6%.",
        "Suitable homes: 17-18s 91.6%, 19-21s 83.3%.",
    ),
    (
        "DA01", "2024-25",
        "DA crimes: Q2 busiest (814) and Q4 quietest (794).",
        "DA crimes: Q4 busiest (814) and Q2 quietest (794).",
    ),
    (
        "CP01", "2023-24",
        "45 WD assessments 87.8% (2,996 of 3,412), worse than before.",
        "45 WD assessments 82.4% (2,996 of 3,412), worse than before.",
    ),
    (
        "", "2024-25",
        "CLA rate 57.6 per 10k vs 67.1 England, 48.8 EoE.",
        "CLA rate 57.6 per 10k vs 48.8 England, 67.1 EoE.",
    ),
]  # fmt: skip
SEVERAL_TIMES = [
    (
        "CP08", "2024-25",
        "The number of children with a plan rose between 2021-22 and 2023-24, before it dropped back beneath two hundred.",
        "The number of children with a plan fell between 2021-22 and 2023-24.",
    ),
    (
        "", "2024-25",
        "There are now sixty-one fewer children in care than there were two years ago.",
        "There are now ninety-one fewer children in care than there were two years ago.",
    ),
    (
        "FD05", "2020-21",
        "Under one contact in five led to a referral, whereas in the preceding year it had been three in ten.",
        "Under one contact in five led to a referral, whereas in the preceding year it had been six in ten.",
    ),
    (
        "", "2024-25",
        "Domestic abuse crimes came to about 268 a month on average, with December the worst of them at 301.",
        "Domestic abuse crimes came to about 301 a month on average, with December the worst of them at 301.",
    ),
    (
        "", "2023-24",
        "In 2022-23 Bedford had the lowest share of re-referrals among the three authorities, but a year later it had the highest.",
        "In 2022-23 Bedford had the highest share of re-referrals among the three authorities.",
    ),
    (
        "LA05", "2024-25",
        "Older care leavers rose from 82% to nearly 92% whereas the seventeen and eighteen-year-olds went from about 92% down to 83%.",
        "Older care leavers rose from 92% to nearly 82%.",
    ),
]  # fmt: skip
CROWDED = [
    (
        "", "2024-25",
        "eLearning registrations fell 18.3% to 12,671 and completions 16.2% to 11,324, yet the completion rate improved from "
        "87.1% to 89.4%.",
        "eLearning registrations fell 18.3% to 12,671 and completions 16.2% to 11,324, yet the completion rate improved from "
        "89.4% to 87.1%.",
    ),
    (
        "CX01", "2024-25",
        "The under-18 population is 62,280, up 2,073 (3.4%) on the year and 17% higher than the 53,036 of 2012-13.",
        "The under-18 population is 62,820, up 2,073 on the year.",
    ),
    (
        "", "2020-21",
        "Under-fives (infants 11.4%, ages 1 to 4 20.3%) made up 31.7% of referrals, marginally more than the 30.8% aged 10 to 15.",
        "Infants 11.4%, ages 1 to 4 30.8%, ages 10 to 15 20.3%: so went the referrals of 2020-21.",
    ),
    (
        "WF01", "2024-25",
        "Over the three years Bedford has moved 23.7%, 27.7%, 31.8% and Luton 42.5%, 38.0%, 29.0%.",
        "Bedford stood at 31.8% and Luton at 34.0%.",
    ),
]  # fmt: skip
LEFT_ALONE = [
    ("CP08", "2024-25", "189 at 31 March 2025, down from 231 a year earlier (-42, -18%)."),
    ("TR01", "2024-25", "Sessions by qtr: 6, 7, 14, 24. H2 (38) almost three times H1 (13)."),
    ("LA04", "2024-25", "In most of those cases the young person had declined."),
    ("LA04", "2024-25", "At no point in that time has it fallen below eighty-nine per cent."),
]


@pytest.mark.parametrize(("indicator", "year", "true", "false"), [*SHORT, *SEVERAL_TIMES, *CROWDED])
def test_what_is_told_shortly_or_of_several_times_is_read_as_it_is_meant(
    indicator, year, true, false
):
    assert check(true, facts(), parse(year), about=indicator) == []
    assert check(false, facts(), parse(year), about=indicator)


@pytest.mark.parametrize(("indicator", "year", "true"), LEFT_ALONE)
def test_a_change_in_brackets_a_refusal_and_what_never_was_are_left_alone(indicator, year, true):
    assert check(true, facts(), parse(year), about=indicator) == []
