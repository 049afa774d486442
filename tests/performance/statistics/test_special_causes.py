"""The four rules. The tables marked 'reference' hold cases from the tests of the R package NHSRplotthedots."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.statistics.special_causes import Direction, Lines, Rule, SpecialCause, find

# mean 0, near limits +/- 20, limits +/- 30
LINES = Lines(Fraction(0), Fraction(-30), Fraction(30), Fraction(-20), Fraction(20))
LETTERS = {
    None: ".",
    SpecialCause(Rule.OUTSIDE, Direction.HIGH): "O",
    SpecialCause(Rule.OUTSIDE, Direction.LOW): "o",
    SpecialCause(Rule.TREND, Direction.HIGH): "T",
    SpecialCause(Rule.TREND, Direction.LOW): "t",
    SpecialCause(Rule.TWO_OF_THREE, Direction.HIGH): "W",
    SpecialCause(Rule.TWO_OF_THREE, Direction.LOW): "w",
    SpecialCause(Rule.SHIFT, Direction.HIGH): "S",
    SpecialCause(Rule.SHIFT, Direction.LOW): "s",
}


def flags(values):
    """One letter a point: O outside, T trend, W two of three, S shift, capital for high; a dot for none."""
    return "".join(LETTERS[cause] for cause in find(values, LINES))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], ""),
        ([5], "."),
        ([31, 0, -31], "O.o"),
        ([30, 0, -30], "..."),  # on a limit is not outside it
        ([-30, 31], ".O"),
    ],
)
def test_a_point_is_outside_only_beyond_a_limit(values, expected):
    assert flags(values) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([-6, -4, -2, 1, 2, 4, 6], "TTTTTTT"),
        ([6, 4, 2, -1, -2, -4, -6], "ttttttt"),
        ([-6, -4, -2, 1, 2, 4], "......"),  # six are not enough
        ([-6, -4, -2, -2, 1, 2, 4], "......."),  # a tie breaks it: reference 1 2 3 3 4 5 6
        ([4, -6, -4, -2, 1, 2, 4, 6, 3], ".TTTTTTT."),  # reference 2 1..7 3
        ([-4, 6, 4, 2, -1, -2, -4, -6, -3], ".ttttttt."),  # reference 2 7..1 3
        ([-8, -6, -4, -2, 1, 2, 4, 6, 8], "TTTTTTTTT"),  # every point of a longer run
    ],
)
def test_seven_points_rising_or_falling_are_a_trend(values, expected):
    assert flags(values) == expected


def test_a_turning_point_belongs_to_the_later_trend():
    up = [-9, -6, -3, 0, 3, 6, 9]
    assert flags(up + up[-2::-1]) == "TTTTTT" + "ttttttt"


def test_two_trends_that_meet_at_a_tie_keep_each_its_own_direction():
    # The reference calls the last point of the first trend falling here.
    up = [-9, -6, -3, 0, 3, 6, 9]
    assert flags(up + up[::-1]) == "TTTTTTT" + "ttttttt"


def test_two_rising_trends_with_a_drop_between_are_both_rising():
    # The reference calls the last point of the first trend falling here too.
    up = [-9, -6, -3, 0, 3, 6, 9]
    assert flags(up + up) == "T" * 14


def test_a_peak_after_a_trend_that_no_second_trend_follows_is_still_rising():
    assert flags([-9, -6, -3, 0, 3, 6, 9, 4]) == "TTTTTTT."


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([25, 5, 25], "W.W"),  # only the near points: reference 1 0 1
        ([5, 25, 25], ".WW"),
        ([25, 25, 5], "WW."),
        ([25, 26, 25], "WWW"),
        ([-25, -5, -25], "w.w"),
        ([25, 25], ".."),  # there must be three
        ([25, -5, 25], "..."),  # all three on one side: reference
        ([25, 0, 25], "..."),  # a point on the mean is on no side
        ([25, -25, 25], "..."),
        ([25, 5, 5, 25], "...."),  # reference 1 0 0 1
        ([25, 5, 5, 25, 25], "...WW"),  # reference 1 0 0 1 1
        ([5, 5, 25, 5, 25, 5, -5], "..W.W.."),
        ([5, 5, 25, 25, 5, 5, -5], "..WW..."),
        ([20, 5, 20], "..."),  # on the near limit is not beyond it
        ([21, 5, 21], "W.W"),
        ([30, 5, 30], "W.W"),  # on the limit is inside it
        ([31, 5, 25], "O.."),  # outside is not near: only one near point is left
        ([31, 25, 25], "OWW"),
        ([25, 31, 25], "WOW"),
    ],
)
def test_two_of_three_points_near_one_limit_are_flagged(values, expected):
    assert flags(values) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 2, 1, 2, 1, 2], "......"),  # six: reference
        ([1, 2, 1, 2, 1, 2, -1], "......."),
        ([1, 2, 1, 2, 1, 2, 1], "SSSSSSS"),
        ([-1, -2, -1, -2, -1, -2, -1, -2, 1], "ssssssss."),
        ([1, 2, 1, 0, 2, 1, 2, 1], "........"),  # a point on the mean breaks it
        ([1, 2, 1, 2, 1, 2, 1, 0], "SSSSSSS."),
        ([-1, 1, 2, 1, 2, 1, 2, 1, -1], ".SSSSSSS."),
    ],
)
def test_seven_points_on_one_side_of_the_mean_are_a_shift(values, expected):
    assert flags(values) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (
            [4, 8, 12, 16, 24, 27, 31],
            "TTTTTTO",
        ),  # outside, then trend, before two of three and shift
        ([4, 25, 5, 26, 4, 5, 4], "SWSWSSS"),  # two of three before shift
        ([1, 3, 2, 5, 7, 9, 11, 13, 15], "SSTTTTTTT"),  # trend before shift
    ],
)
def test_the_first_rule_that_matches_labels_the_point(values, expected):
    assert flags(values) == expected


def windows(values, position, size):
    """Every stretch of `size` values that contains the position, the latest first."""
    starts = range(max(0, position - size + 1), min(position, len(values) - size) + 1)
    return [values[start : start + size] for start in reversed(starts)]


def slow_high(values, position):
    """The letter of the rule that flags the position as high, as a search through every window."""
    if values[position] > 30:
        return "O"
    for window in windows(values, position, 7):
        if all(window[i] < window[i + 1] for i in range(6)):
            return "T"
        if all(window[i] > window[i + 1] for i in range(6)):
            return "."  # falling: the other direction's business
    for window in windows(values, position, 3):
        if min(window) > 0 and sum(20 < v <= 30 for v in window) >= 2 and values[position] > 20:
            return "W"
    return "S" if any(min(window) > 0 for window in windows(values, position, 7)) else "."


def slow_find(values):
    """Both directions, low being high upside down."""
    upside_down = [-value for value in values]
    letters = []
    for position in range(len(values)):
        high, low = slow_high(values, position), slow_high(upside_down, position).lower()
        if abs(values[position]) > 30:
            letters.append("O" if values[position] > 30 else "o")
        elif "T" in (high, low.upper()):
            letters.append("T" if high == "T" else "t")
        else:
            letters.append(high if high != "." else low)
    return "".join(letters)


# Series that rise, fall and stay often enough for every rule to come up.
wandering = st.lists(st.integers(-3, 9), max_size=40).map(
    lambda steps: [(sum(steps[: i + 1]) % 71) - 35 for i in range(len(steps))]
)


@given(
    st.one_of(
        wandering,
        st.lists(st.integers(-33, 33), max_size=40),
        st.lists(st.integers(-1, 22), max_size=40),
    )
)
def test_the_rules_agree_with_a_slow_search_through_every_window(values):
    assert flags(values) == slow_find(values)


def test_every_cause_has_words():
    for rule in Rule:
        for direction in Direction:
            assert len(SpecialCause(rule, direction).words) > 10
