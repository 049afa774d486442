"""Wider areas said in words: what a text says of the areas together is held against their sum, and a rank among them
against each of them; what it says of one stays that one's."""

import pytest

from lscb.periods import parse
from performance.indicators.claims import Facts, check
from performance.indicators.claims.figures.wider import Whole, added_up, phrases
from performance.indicators.spec import indicators
from tests.performance.indicators.building import value
from tests.performance.indicators.test_claims_at_large import PAN, WHOLE, facts

# what is so, and what is not
PAIRS = [
    (
        "Across the three authorities, 957 children were in care: 359 in Luton, 337 in Central Bedfordshire and 261 in "
        "Bedford.",
        "Across the three authorities 857 children were in care.",
    ),
    (
        "957 children were in care: 359 in Luton, 337 in Central Bedfordshire and 261 in Bedford.",
        "1,057 children were in care: 359 in Luton, 337 in Central Bedfordshire and 261 in Bedford.",
    ),
    (
        "The three Bedfordshire authorities received 7,603 referrals between them.",
        "The three Bedfordshire authorities received 8,603 referrals between them.",
    ),
    (
        "Luton, Bedford and Central Bedfordshire had 957 children in care between them.",
        "Luton, Bedford and Central Bedfordshire had 1,157 children in care between them.",
    ),
    (
        "Bedfordshire as a whole had 957 looked after children, down from 1,003 a year before.",
        "Bedfordshire as a whole had 957 looked after children, down from 1,103 a year before.",
    ),
    (
        "Pan-Bedfordshire, referrals rose by 9% to 7,603.",
        "Pan-Bedfordshire, referrals fell to 7,603 in 2024-25.",
    ),
    (
        "Across Bedfordshire the re-referral rate was 19.1%.",
        "Across Bedfordshire the re-referral rate was 21.4%.",
    ),
    (
        "Luton's re-referral rate of 18.9% is the second highest of the three councils.",
        "Luton's re-referral rate of 18.9% is the highest of the three councils.",
    ),
    (
        "Bedford has the worst re-referral rate in Bedfordshire at 23.3%.",
        "Luton has the worst re-referral rate in Bedfordshire at 18.9%.",
    ),
    (
        "Bedford and Central Bedfordshire together had 598 children in care.",
        "Bedford and Central Bedfordshire together had 698 children in care.",
    ),
    (
        "Compared with Bedford and Central Bedfordshire, our rate of referrals is the highest.",
        "Compared with Bedford and Central Bedfordshire, our rate of referrals is the lowest.",
    ),
    (
        "The best of the three authorities on re-referrals is Central Bedfordshire.",
        "The best of the three authorities on re-referrals is Bedford.",
    ),
]


@pytest.mark.parametrize(("so", "not_so"), PAIRS)
def test_what_is_said_of_areas_together_and_of_one_among_them_is_held_against_all(so, not_so):
    assert check(so, facts(), parse("2024-25")) == []
    assert check(not_so, facts(), parse("2024-25"))


@pytest.mark.parametrize(
    "text",
    [
        "Across the three authorities we are the only one whose referrals did not rise: 3,137 against 3,130.",
        "Each of the three councils has fewer than 400 children in care.",
        "Two of the three councils had more than 330 children in care.",
        "The three authorities agreed a joint protocol with 14 actions.",
        "Bedfordshire Police recorded 3,215 domestic abuse crimes in Luton.",
    ],
)
def test_one_area_of_several_and_what_they_did_together_are_no_sum(text):
    assert check(text, facts(), parse("2024-25"), about="FD03") == []


def test_an_area_that_adds_up_is_named_by_its_own_name_and_the_number_of_its_parts():
    shire = Whole("pan-rutshire", "Pan-Rutshire", ("a", "b"))
    assert [one.is_all for one in phrases("Across the two councils it rose.", [shire])] == [True]
    assert [one.is_all for one in phrases("It is the lowest in Rutshire.", [shire])] == [False]
    assert phrases("Across the three councils it rose in Bedfordshire.", [shire]) == []


def test_without_its_own_figures_an_area_has_the_sum_over_its_parts_sums():
    spec, year = indicators()["FD19"], parse("2024-25")
    parts = [
        {year: value("FD19", "2024-25", 100 * top / bottom)._replace(numerator=top, denominator=bottom)}
        for top, bottom in ((10, 100), (90, 300))
    ]  # fmt: skip
    assert added_up(spec, PAN, parts)[year].value == 25
    assert added_up(spec, PAN, [parts[0], {}]) == {}, "a part has no number"
    assert facts().line("TR01", place=PAN).at(year).value == 51, "its own figure"


def test_an_area_with_a_part_missing_is_not_judged():
    known = Facts([value("LA01", "2024-25", 359)], [WHOLE.parts[0]], wholes=[WHOLE])
    assert check("Across the three authorities 857 children were in care.", known) == []
