from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import Table2x2
from statsmodels.stats.rates import confint_poisson_2indep

from lscb.numbers import round_half_away
from performance.statistics.disparity import Band, rate_ratio, rates_by_band, relative_rate
from performance.statistics.intervals import Z95, Z998, alpha_of, rate_interval
from tests.performance.statistics.series import known


@given(st.integers(2, 2000), st.integers(2, 2000), st.data())
def test_the_relative_rate_agrees_with_statsmodels(group, reference, data):
    a = data.draw(st.integers(1, group - 1))
    b = data.draw(st.integers(1, reference - 1))
    table = Table2x2([[a, group - a], [b, reference - b]])
    lower, upper = table.riskratio_confint(alpha=alpha_of(Z95))
    found = relative_rate(a, group, b, reference)
    assert found.value == pytest.approx(table.riskratio)
    assert known(found.interval).lower == pytest.approx(lower)
    assert known(found.interval).upper == pytest.approx(upper)
    assert found.refusal is None


def test_the_rate_ratio_counts_events_that_can_be_more_than_the_children():
    found = rate_ratio(150, 100, 50, 100)
    reach = Z95 * sqrt(1 / 150 + 1 / 50)
    assert found.value == pytest.approx(3)
    assert known(found.interval).lower == pytest.approx(exp(log(3) - reach))
    assert known(found.interval).upper == pytest.approx(exp(log(3) + reach))
    assert found.comparison == "higher"


events_among_children = st.tuples(st.integers(1, 3000), st.integers(1, 60_000))


@given(events_among_children, events_among_children)
def test_the_rate_ratio_agrees_with_statsmodels(one, other):
    wanted = confint_poisson_2indep(*one, *other, method="wald-log", compare="ratio", alpha=0.05)
    found = known(rate_ratio(*one, *other).interval)
    assert (found.lower, found.upper) == pytest.approx(tuple(wanted), rel=1e-5)


@pytest.mark.parametrize(
    ("ratio", "numbers", "published"),
    [
        # Heart attacks without and with aspirin (Agresti, 'Categorical Data Analysis', second edition, 3.1)
        (relative_rate, (189, 11_034, 104, 11_037), (1.82, 1.43, 2.31)),
        # Breast cancer by X-rays, in person-years (Rothman and Boice, the example of epitools and epiR)
        (rate_ratio, (41, 28_010, 15, 19_017), (1.86, 1.03, 3.35)),
    ],
)
def test_ratios_of_published_studies(ratio, numbers, published):
    found = ratio(*numbers)
    ends = known(found.interval)
    assert tuple(round(one, 2) for one in (found.value, ends.lower, ends.upper)) == published


def test_a_wider_z_gives_a_wider_interval_around_the_same_value():
    narrow, wide = rate_ratio(30, 1000, 20, 1000), rate_ratio(30, 1000, 20, 1000, Z998)
    assert narrow.value == wide.value
    assert (
        known(wide.interval).lower
        < known(narrow.interval).lower
        < known(narrow.interval).upper
        < known(wide.interval).upper
    )


@pytest.mark.parametrize("ratio", [relative_rate, rate_ratio])
def test_a_zero_count_has_no_interval_and_the_result_says_so(ratio):
    nobody = ratio(0, 50, 3, 50)
    assert (nobody.value, nobody.interval, nobody.comparison) == (0.0, None, None)
    assert nobody.refusal == "no interval: the group has a count of 0"
    for group_count in (0, 3):
        unknown = ratio(group_count, 50, 0, 50)
        assert (unknown.value, unknown.interval) == (None, None)
        assert unknown.refusal == "no value: the reference group has a count of 0"


def test_two_groups_counted_in_full_have_no_interval():
    found = relative_rate(40, 40, 50, 50)
    assert (found.value, found.interval) == (1.0, None)
    assert "everyone" in known(found.refusal)


def test_one_group_counted_in_full_still_has_an_interval():
    assert relative_rate(40, 40, 25, 50).comparison == "higher"


@pytest.mark.parametrize(
    ("a", "group", "b", "reference", "word"),
    [
        (20, 100, 20, 100, "similar"),
        (40, 100, 10, 100, "higher"),
        (10, 100, 40, 100, "lower"),
    ],
)
def test_the_comparison_with_the_reference_group_is_a_word(a, group, b, reference, word):
    assert relative_rate(a, group, b, reference).comparison == word


@pytest.mark.parametrize(
    "call",
    [
        lambda: relative_rate(5, 4, 1, 10),
        lambda: relative_rate(1, 4, 11, 10),
        lambda: relative_rate(-1, 4, 1, 10),
        lambda: relative_rate(1, 0, 1, 10),
        lambda: rate_ratio(-1, 4, 1, 10),
        lambda: rate_ratio(1, 4, 1, 0),
        lambda: rate_ratio(1, 4, 1, 4, 0),
    ],
)
def test_impossible_numbers_are_refused(call):
    with pytest.raises(ValueError, match=r"more than|0 or more"):
        call()


# Luton 2020/21. Referrals: 3,247 by the age shares printed in the partnership's annual report 2020/21; children:
# ONS mid-2020 estimates (Open Government Licence v3.0).
LUTON = [
    Band("Under 1", 370, 3244),
    Band("1-4", 659, 13793),
    Band("5-9", 802, 17510),
    Band("10-15", 1000, 18184),
    Band("16-17", 419, 5343),
]


def test_the_band_with_the_largest_share_need_not_have_the_largest_rate():
    bands = rates_by_band(LUTON)
    assert [int(round_half_away(known(band.rate))) for band in bands] == [1141, 478, 458, 550, 784]
    assert max(bands, key=lambda band: known(band.share_of_count)).label == "10-15"
    assert max(bands, key=lambda band: known(band.rate)).label == "Under 1"


def test_the_shares_of_all_bands_add_up_to_the_whole():
    bands = rates_by_band(LUTON)
    assert sum(known(band.share_of_count) for band in bands) == pytest.approx(1)
    assert sum(known(band.share_of_population) for band in bands) == pytest.approx(1)
    assert bands[0].interval == rate_interval(370, 3244, 10_000)


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(1, 20_000)), min_size=1, max_size=6))
def test_rates_and_shares_of_bands_agree_with_numpy(bands):
    counts, people = np.array(bands, dtype=float).T
    found = rates_by_band([Band(str(at), *band) for at, band in enumerate(bands)])
    assert [one.rate for one in found] == pytest.approx(list(counts / people * 10_000))
    shares = [one.share_of_population for one in found]
    assert shares == pytest.approx(list(people / people.sum()))
    if counts.any():
        assert [one.share_of_count for one in found] == pytest.approx(list(counts / counts.sum()))


def test_a_band_without_a_denominator_says_what_is_missing_and_keeps_the_rest():
    known, none, nobody, unknown = rates_by_band(
        [Band("a", 5, 100), Band("b", 3, None), Band("c", 1, 0), Band("d", None, 100)]
    )
    assert known.rate == 500
    assert none.refusal == "no number of children in this group to divide by"
    assert nobody.refusal == "no children in this group"
    assert unknown.refusal == "the count is not available"
    assert all(band.rate is None and band.interval is None for band in (none, nobody, unknown))


def test_shares_of_an_incomplete_whole_are_not_given():
    first, second = rates_by_band([Band("a", 5, 100), Band("b", None, 300)])
    assert first.share_of_count is None
    assert second.share_of_population == 0.75


def test_a_band_with_a_count_of_0_has_a_rate_of_0_and_an_interval_above_it():
    (band,) = rates_by_band([Band("a", 0, 100)])
    assert band.rate == 0
    assert known(band.interval).lower == 0 < known(band.interval).upper
    assert band.share_of_count is None
    assert band.refusal is None
