"""Reference values: the test data of the R package PHEindicatormethods (testdata_Byars_Wilson, testdata_Rate and
testdata_Proportion); statsmodels and SciPy as independent implementations."""

from math import exp, factorial, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from statsmodels.stats.rates import confint_poisson

from performance.statistics.intervals import (
    Z95,
    Z998,
    Interval,
    alpha_of,
    byar,
    count_interval,
    newcombe,
    poisson_exact,
    rate_interval,
    wilson,
)


@pytest.mark.parametrize(
    ("x", "n", "z", "lower", "upper"),
    [
        (65, 100, Z95, 0.5525444329688797, 0.7363575175690247),
        (65, 100, Z998, 0.4954946574070431, 0.7783540614089697),
        (1045, 5000, Z95, 0.19795549880013297, 0.22049130373189027),
        (1045, 5000, Z998, 0.19179381799015244, 0.22731562902525818),
        (0.445, 1, Z95, 0.04381744772058822, 0.9334621276979156),
        (1, 100, Z95, 0.0017674320641406511, 0.054486196178705294),
        (1, 100, Z998, 0.000873065697299977, 0.1045544528370582),
        (222, 3215, Z95, 0.060791690363636595, 0.07833956681383633),
        (7776456, 7564336677, Z95, 0.0010273201001641094, 0.0010287644578977231),
    ],
)
def test_wilson_agrees_with_published_values(x, n, z, lower, upper):
    interval = wilson(x, n, z)
    assert interval.lower == pytest.approx(lower, rel=1e-6)
    assert interval.upper == pytest.approx(upper, rel=1e-6)
    assert interval.method == "Wilson"


@given(st.integers(1, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_agrees_with_statsmodels(numbers):
    x, n = numbers
    lower, upper = proportion_confint(x, n, alpha=alpha_of(Z95), method="wilson")
    interval = wilson(x, n)
    assert interval.lower == pytest.approx(lower, abs=1e-12)
    assert interval.upper == pytest.approx(upper, abs=1e-12)
    assert 0 <= interval.lower <= x / n <= interval.upper <= 1


@pytest.mark.parametrize("n", [1, 3, 40, 60_207])
def test_wilson_touches_the_ends_exactly(n):
    assert wilson(0, n).lower == 0
    assert wilson(0, n).upper == pytest.approx(Z95**2 / (n + Z95**2))
    assert wilson(n, n).upper == 1
    assert wilson(n, n).lower == pytest.approx(n / (n + Z95**2))


@pytest.mark.parametrize(
    ("numbers", "lower", "upper"),
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((0, 10, 0, 10), -0.2775, 0.2775),
        ((10, 10, 0, 20), 0.6791, 1),
        ((10, 10, 0, 10), 0.6075, 1),
    ],
)
def test_a_difference_agrees_with_the_table_of_newcombes_paper(numbers, lower, upper):
    found = newcombe(*numbers)
    assert (round(found.lower, 4), round(found.upper, 4)) == (lower, upper)


part_of_a_whole = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(part_of_a_whole, part_of_a_whole)
def test_a_difference_agrees_with_statsmodels(one, other):
    wanted = confint_proportions_2indep(*one, *other, compare="diff", method="newcomb")
    found = newcombe(*one, *other)
    assert (found.lower, found.upper) == pytest.approx(tuple(wanted), abs=1e-7)


@given(st.integers(0, 500))
def test_exact_poisson_agrees_with_statsmodels(x):
    lower, upper = confint_poisson(x, 1, method="exact-c", alpha=0.05)
    found = poisson_exact(x, 0.05)
    assert (found.lower, found.upper) == pytest.approx((0 if x == 0 else lower, upper))


@pytest.mark.parametrize(
    ("x", "z", "lower", "upper"),
    [
        (1, Z95, 0.025317807984289897, 5.571643390938898),
        (1, Z998, 0.0010005003335835344, 9.233413476451585),
        (5, Z95, 1.62348639011842, 11.668332079322669),
        (5, Z998, 0.739371731917839, 16.454745203680105),
    ],
)
def test_exact_poisson_agrees_with_published_values(x, z, lower, upper):
    interval = poisson_exact(x, alpha_of(z))
    assert interval.lower == pytest.approx(lower, rel=1e-5)
    assert interval.upper == pytest.approx(upper, rel=1e-5)


def test_exact_poisson_of_no_events_starts_at_0_and_ends_where_none_would_be_a_surprise():
    interval = poisson_exact(0, 0.05)
    assert interval.lower == 0
    assert exp(-interval.upper) == pytest.approx(0.025)


def chance_of_at_most(x: int, mean: float) -> float:
    return sum(exp(-mean) * mean**k / factorial(k) for k in range(x + 1))


@given(st.integers(1, 60), st.sampled_from([0.05, 0.002]))
def test_exact_poisson_leaves_half_of_alpha_in_either_tail(x, alpha):
    interval = poisson_exact(x, alpha)
    assert chance_of_at_most(x, interval.upper) == pytest.approx(alpha / 2, rel=1e-6)
    assert 1 - chance_of_at_most(x - 1, interval.lower) == pytest.approx(alpha / 2, rel=1e-6)


@pytest.mark.parametrize(
    ("x", "z", "lower", "upper"),
    [
        (65, Z95, 50.163187710459454, 82.84913854593984),
        (65, Z998, 42.8802614714802, 94.00029084431802),
        (1045, Z95, 982.5932018073325, 1110.33121298565),
        (1045, Z998, 947.9407035610374, 1148.806160988033),
        (1, Z95, 0.01307213290150435, 5.5637555824752605),
        (10, Z998, 2.916318374695686, 24.193724927880535),
    ],
)
def test_byar_agrees_with_published_values(x, z, lower, upper):
    interval = byar(x, z)
    assert interval.lower == pytest.approx(lower, rel=1e-5)
    assert interval.upper == pytest.approx(upper, rel=1e-5)


def test_byar_never_goes_under_0():
    assert byar(1, Z998).lower == 0
    assert byar(1, Z998).upper == pytest.approx(9.362180217908362, rel=1e-6)
    assert byar(0) == Interval(0, byar(0).upper, "Byar")


@given(st.integers(10, 5000))
def test_byar_is_close_to_the_exact_interval_from_10_on(x):
    close, true = byar(x), poisson_exact(x)
    assert close.lower == pytest.approx(true.lower, rel=0.002)
    assert close.upper == pytest.approx(true.upper, rel=0.002)


def wilson_and_hilferty(freedom: float, z: float) -> float:
    """A quantile of the chi-squared distribution by their cube root (1931), from which Byar's interval follows."""
    return freedom * (1 - 2 / (9 * freedom) + z * sqrt(2 / (9 * freedom))) ** 3


@given(st.integers(1, 5000), st.sampled_from([Z95, Z998]))
def test_byars_interval_is_that_of_the_cube_root_of_a_chi_squared(x, z):
    found = byar(x, z)
    assert found.lower == pytest.approx(max(0.0, wilson_and_hilferty(2 * x, -z) / 2))
    assert found.upper == pytest.approx(wilson_and_hilferty(2 * x + 2, z) / 2)


@given(st.integers(0, 300), st.integers(1, 100_000), st.sampled_from([100, 1_000, 10_000]))
def test_a_rate_has_the_interval_of_its_count_in_a_unit_of_its_own(x, n, per):
    """The exact interval by statsmodels, Byar's by the cube root."""
    if x < 10:
        lower, upper = confint_poisson(x, n, method="exact-c", alpha=alpha_of(Z95))
        wanted = (0 if x == 0 else lower * per, upper * per)
    else:
        ends = (wilson_and_hilferty(2 * x, -Z95) / 2, wilson_and_hilferty(2 * x + 2, Z95) / 2)
        wanted = tuple(end / n * per for end in ends)
    found = rate_interval(x, n, per)
    assert (found.lower, found.upper) == pytest.approx(wanted, rel=1e-6)
    assert count_interval(x).times(per / n).upper == pytest.approx(found.upper)


def test_a_count_takes_the_exact_interval_under_10_and_byars_from_10():
    assert [count_interval(x).method for x in (0, 1, 9, 10, 11)] == [
        "exact Poisson",
        "exact Poisson",
        "exact Poisson",
        "Byar",
        "Byar",
    ]
    assert count_interval(9) == poisson_exact(9, alpha_of(Z95))
    assert count_interval(10, Z998) == byar(10, Z998)


@pytest.mark.parametrize(
    ("x", "n", "per", "z", "lower", "upper"),
    [
        (5, 100, 100, Z95, 1.62348639011842, 11.668332079322669),
        (20, 100, 100, Z95, 12.211428834875937, 30.889880369197066),
        (20, 100, 100_000, Z998, 8922.802365144193, 38085.03562504191),
        (9856, 12345, 100, Z95, 78.26949058976757, 81.4300165427214),
        (222, 3215, 100, Z95, 6.026574877652675, 7.87572937087185),
        (999, 3456, 100, Z998, 26.162147596445767, 31.845604819822654),
        (250, 220, 100_000, Z95, 99984.94738532876, 128631.14487455782),
        (2, 200, 100_000, Z95, 121.10463927198258, 3612.3438338619794),
        (10, 200, 100_000, Z95, 2393.7249569837822, 9195.729302878237),
    ],
)
def test_rates_agree_with_published_values(x, n, per, z, lower, upper):
    interval = rate_interval(x, n, per, z)
    assert interval.lower == pytest.approx(lower, rel=1e-5)
    assert interval.upper == pytest.approx(upper, rel=1e-5)


def test_intervals_hold_the_truth_about_as_often_as_they_say():
    mean = 6.0
    chance = sum(poisson.pmf(x, mean) for x in range(60) if count_interval(x).holds(mean))
    assert 0.95 <= chance <= 0.99  # the exact interval never holds it less often than it says


@pytest.mark.parametrize(("z", "alpha"), [(Z95, 0.05), (Z998, 0.002), (1.6448536, 0.1)])
def test_alpha_is_what_lies_outside_z(z, alpha):
    assert alpha_of(z) == pytest.approx(alpha, rel=1e-5)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: wilson(5, 4), "cannot be more than its whole"),
        (lambda: wilson(0, 0), "more than 0"),
        (lambda: wilson(-1, 4), "0 or more"),
        (lambda: wilson(1, -4), "more than 0"),
        (lambda: wilson(1, 4, 0), "z must be"),
        (lambda: wilson(float("nan"), 4), "0 or more"),
        (lambda: poisson_exact(-1), "0 or more"),
        (lambda: poisson_exact(3, 0), "alpha"),
        (lambda: poisson_exact(3, 1), "alpha"),
        (lambda: byar(-1), "0 or more"),
        (lambda: byar(3, -1), "z must be"),
        (lambda: count_interval(-1), "0 or more"),
        (lambda: rate_interval(3, 0), "more than 0"),
        (lambda: rate_interval(3, 10, 0), "per a number"),
    ],
)
def test_impossible_numbers_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_an_interval_holds_its_own_ends():
    interval = Interval(1, 2, "Wilson")
    assert [interval.holds(v) for v in (0.99, 1, 1.5, 2, 2.01)] == [False, True, True, True, False]
    assert interval.times(100) == Interval(100, 200, "Wilson")
