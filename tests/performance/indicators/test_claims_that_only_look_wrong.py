"""Of several places, times, categories and amounts in one sentence a claim is flagged only where it is wrong of each that may be meant,
and words that only look like a comparison compare nothing."""

import pytest

from lscb.periods import parse
from performance.indicators.claims import check
from tests.performance.indicators.test_claims_at_large import facts

SO_AND_NOT = [
    (
        "CP09", "2024-25",
        "At 30.3 per 10,000, Luton's rate is below the England rate of 40.6 and is now lower than Bedford's too.",
        "At 30.3 per 10,000, Luton's rate is below the England rate of 40.6 and is now higher than Bedford's too.",
    ),
    (
        "LA02", "2024-25",
        "Our rate of 57.6 is now just under Bedford's 58.7 and nearly ten points per 10,000 below England's.",
        "Our rate of 57.6 is nearly ten points per 10,000 above England's.",
    ),
    (
        "LA02", "2024-25",
        "Luton (57.6) is above Central Bedfordshire (48.1), just under Bedford (58.7) and well below England (67.1).",
        "Luton (57.6) is just over Bedford (58.7).",
    ),
    (
        "", "2024-25",
        "Bedford has the highest rate of children in care of the three (59 per 10,000), then Luton (58), with Central Bedfordshire on 48.",
        "Central Bedfordshire has the highest rate of children in care of the three, then Luton, with Bedford last.",
    ),
    (
        "FD19", "2024-25",
        "Central Bedfordshire is lowest at 16%, Bedford highest at 23%; Luton sits in between.",
        "Bedford lowest at 23%, Central Bedfordshire highest at 16%; Luton sits in between.",
    ),
    (
        "CP09", "2024-25",
        "Bedford, at 31.7, is highest, with Luton at 30.3.",
        "Luton, at 30.3, is highest, with Bedford at 31.7.",
    ),
    (
        "", "2023-24",
        "In Q3 there were 808 referrals compared with 729 in Q3 last year.",
        "In Q3 there were 808 referrals compared with 792 in Q3 last year.",
    ),
    (
        "", "2023-24",
        "There were 729 referrals in the third quarter of the previous year and 808 in the third quarter of 2023-24.",
        "There were 792 referrals in the third quarter of the previous year and 808 in the third quarter of 2023-24.",
    ),
    (
        "", "2024-25",
        "The vacancy rate for social workers, at 29%, is well above national averages.",
        "The vacancy rate for social workers, at 29%, is in line with national averages.",
    ),
    (
        "", "2023-24",
        "Compared with Q3 last year, when there were 729, referrals rose to 808 in Q3.",
        "Compared with Q3 last year, when there were 808, referrals fell to 729 in Q3.",
    ),
    (
        "ED01", "2024-25",
        "Schools' share has gone from 11 per cent in the lockdown year to 29 per cent in 2023-24 and 27.6 per cent this year.",
        "Schools' share has gone from 29 per cent in 2023-24 to 32.6 per cent this year.",
    ),
    (
        "", "2024-25",
        "When we last looked there were 400 children in care; now there are 359.",
        "A year ago there were 400 children in care; now there are 359.",
    ),
    (
        "", "2023-24",
        "Fifteen children were on a plan under physical abuse and seven under sexual abuse at the end of March 2024.",
        "Seven children were on a plan under physical abuse and fifteen under sexual abuse at the end of March 2024.",
    ),
    (
        "", "2020-21",
        "Of the eight practice reviews on the books in March 2021, four had been published, three were under way and one was complete.",
        "In March 2021 more practice reviews were complete than had been published.",
    ),
    (
        "", "2023-24",
        "The new hub is up and running and 3,130 referrals came in.",
        "The new hub is up and running and 3,310 referrals came in.",
    ),
    (
        "NE03", "2024-25",
        "We hold twelve licensed GCP2 trainers, and each licence runs for two years at £395.",
        "We hold fifteen licensed GCP2 trainers, and each licence runs for two years at £395.",
    ),
    (
        "CP10", "2024-25",
        "Down on last year in number, seventy-two against eighty-two, but up as a proportion since fewer plans started.",
        "Down on last year as a proportion, since more plans started.",
    ),
    (
        "", "2025-26",
        "Domestic abuse contacts fell month on month, from 256 in April to 213 in May and 207 in June, 676 in all.",
        "Domestic abuse contacts fell month on month, from 256 in April to 213 in May and 207 in June, 706 in all.",
    ),
    (
        "CP04", "2023-24",
        "Over half of the Section 47 enquiries, 56%, fell short of a conference.",
        "In 2023-24 66% of Section 47 enquiries did not lead to a child protection conference.",
    ),
    (
        "CP04", "2023-24",
        "56% of Section 47 enquiries ended without a conference.",
        "56% of Section 47 enquiries led to a conference.",
    ),
    (
        "ED05", "2024-25",
        "Around four in ten pupils on a child protection plan were persistently absent, as were 43.9% of those in need.",
        "Around four in ten pupils on a child protection plan were persistently absent, as were 53.9% of those in need.",
    ),
    (
        "", "2020-21",
        "1-4s plus 5-9s: 45.0% of all referrals in 2020-21.",
        "1-4s plus 5-9s: 55.0% of all referrals in 2020-21.",
    ),
    (
        "", "2020-21",
        "Under-ones with 1-4s: 31.7% of referrals in 2020-21.",
        "Under-ones with 1-4s: 37.1% of referrals in 2020-21.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("indicator", "year", "true", "false"), SO_AND_NOT)
def test_a_claim_is_flagged_only_where_it_is_wrong_of_all_that_may_be_meant(
    indicator, year, true, false
):
    assert check(true, facts(), parse(year), about=indicator) == []
    assert check(false, facts(), parse(year), about=indicator)
