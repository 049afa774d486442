"""Which published values and which second computation each public function of the statistics is held against. A new
function fails here until it has both, or says why no package publishes values of it."""

from importlib import import_module

import pytest

from tests.performance.statistics.test_boundaries import public_functions

NHSR = "the tests of the R package NHSRplotthedots 0.2.2"
PHE = "the test data of the R package PHEindicatormethods"
LUTON = "figures printed and published for Luton"

# function: (published values and the test that holds them; a second computation on random numbers and its test)
REFERENCES = {
    "changes.absolute": (
        (LUTON, "changes.test_an_absolute_change_is_in_the_values_own_unit"),
        ("sums on paper", "changes.test_changes_agree_with_the_same_sums_on_paper"),
    ),
    "changes.relative": (
        (LUTON, "changes.test_a_relative_change_is_a_percentage_of_the_earlier_value"),
        ("sums on paper", "changes.test_changes_agree_with_the_same_sums_on_paper"),
    ),
    "changes.points": (
        (LUTON, "changes.test_a_change_of_a_percentage_is_in_percentage_points_from_unrounded_values"),
        ("sums on paper", "changes.test_changes_agree_with_the_same_sums_on_paper"),
    ),
    "comparison.against": (
        ("none: the definition of a word", "comparison.test_only_an_interval_that_misses_the_benchmark_is_higher_or_lower"),
        ("funnel limits", "comparison.test_a_count_lies_outside_the_funnel_exactly_when_its_own_interval_misses_the_benchmark"),
    ),
    "comparison.neighbours": (
        ("none: a mean and a median", "comparison.test_the_neighbours_mean_and_median_are_both_given_over_the_areas_with_a_value"),
        ("NumPy", "comparison.test_the_neighbours_mean_and_median_agree_with_numpys"),
    ),
    "comparison.funnel_proportion": (
        ("the example of funscore in the R package funnelR 0.1.0", "comparison.test_parts_of_20_are_extreme_where_funnelr_scores_them_so"),
        ("statsmodels", "comparison.test_funnel_limits_of_a_proportion_agree_with_statsmodels_normal_interval"),
    ),
    "comparison.funnel_count": (
        (PHE, "comparison.test_funnel_limits_of_a_count_agree_with_published_values"),
        ("sums of Poisson chances", "comparison.test_counts_within_the_funnel_have_the_chance_that_z_promises"),
    ),
    "comparison.funnel_rate": (
        (PHE, "comparison.test_funnel_limits_of_a_count_agree_with_published_values"),
        ("the limits of its count", "comparison.test_funnel_limits_of_a_rate_are_those_of_its_count"),
    ),
    "comparison.swapped": (
        ("none found: the variance is that of Scott and Seber (1983)", "comparison.test_a_change_between_two_parts_of_one_whole_agrees_with_the_covariances_of_a_multinomial"),
        ("covariances of a multinomial", "comparison.test_a_change_between_two_parts_of_one_whole_agrees_with_the_covariances_of_a_multinomial"),
    ),
    "comparison.z_of_all": (
        ("Siegel and Castellan (1988), table A II", "comparison.test_an_allowance_for_many_comparisons_is_that_of_a_printed_table"),
        ("bisection", "comparison.test_the_allowance_leaves_5_of_100_to_all_comparisons_together"),
    ),
    "comparison.overdispersed": (
        ("none: a rule of this program", "comparison.test_more_areas_outside_than_chance_allows_agrees_with_scipys_binomial_test"),
        ("SciPy", "comparison.test_more_areas_outside_than_chance_allows_agrees_with_scipys_binomial_test"),
    ),
    "disparity.relative_rate": (
        ("Agresti, 'Categorical Data Analysis', second edition", "disparity.test_ratios_of_published_studies"),
        ("statsmodels", "disparity.test_the_relative_rate_agrees_with_statsmodels"),
    ),
    "disparity.rate_ratio": (
        ("Rothman and Boice, the example of epitools and epiR", "disparity.test_ratios_of_published_studies"),
        ("statsmodels", "disparity.test_the_rate_ratio_agrees_with_statsmodels"),
    ),
    "disparity.rates_by_band": (
        (LUTON, "disparity.test_the_band_with_the_largest_share_need_not_have_the_largest_rate"),
        ("NumPy", "disparity.test_rates_and_shares_of_bands_agree_with_numpy"),
    ),
    "false_alarms.small_count_share": (
        ("none: simulated here", "false_alarms.test_the_shares_told_of_rare_counts_are_those_of_stable_series"),
        ("NumPy", "false_alarms.test_between_two_simulated_means_the_share_lies_on_the_straight_line"),
    ),
    "false_alarms.false_alarm_share": (
        ("none: simulated here", "false_alarms.test_forty_stable_indicators_raise_about_0_7_false_latest_month_icons"),
        ("simulated series", "false_alarms.test_the_shares_told_of_rare_counts_are_those_of_stable_series"),
    ),
    "intervals.alpha_of": (
        ("the normal distribution's 95%, 99.8% and 90%", "intervals.test_alpha_is_what_lies_outside_z"),
        ("bisection", "comparison.test_the_allowance_leaves_5_of_100_to_all_comparisons_together"),
    ),
    "intervals.wilson": (
        (PHE, "intervals.test_wilson_agrees_with_published_values"),
        ("statsmodels", "intervals.test_wilson_agrees_with_statsmodels"),
    ),
    "intervals.newcombe": (
        ("the table of Newcombe (1998)", "intervals.test_a_difference_agrees_with_the_table_of_newcombes_paper"),
        ("statsmodels", "intervals.test_a_difference_agrees_with_statsmodels"),
    ),
    "intervals.poisson_exact": (
        (PHE, "intervals.test_exact_poisson_agrees_with_published_values"),
        ("statsmodels, and sums of Poisson chances", "intervals.test_exact_poisson_leaves_half_of_alpha_in_either_tail"),
    ),
    "intervals.byar": (
        (PHE, "intervals.test_byar_agrees_with_published_values"),
        ("Wilson and Hilferty's cube root", "intervals.test_byars_interval_is_that_of_the_cube_root_of_a_chi_squared"),
    ),
    "intervals.count_interval": (
        (PHE, "intervals.test_rates_agree_with_published_values"),
        ("statsmodels and the cube root", "intervals.test_a_rate_has_the_interval_of_its_count_in_a_unit_of_its_own"),
    ),
    "intervals.rate_interval": (
        (PHE, "intervals.test_rates_agree_with_published_values"),
        ("statsmodels and the cube root", "intervals.test_a_rate_has_the_interval_of_its_count_in_a_unit_of_its_own"),
    ),
    "rare.between": (
        ("none: counting", "rare.test_gaps_are_found_in_counts_and_never_guessed_across_missing_ones"),
        ("a slow search", "rare.test_gaps_agree_with_a_slow_search_through_all_events"),
    ),
    "rare.g_chart": (
        ("the test of u-analytics, after Kaminsky (1992) and Benneyan (2001)", "rare.test_g_chart_limits_are_those_that_a_package_states_for_a_mean_of_50"),
        ("SciPy's geometric distribution, and a slow search", "rare.test_g_chart_limits_are_those_of_scipys_geometric_distribution"),
    ),
    "rare.g_chart_of_counts": (
        ("none: gaps and their chart together", "rare.test_counts_of_a_rare_event_get_a_g_chart_of_months_between_them"),
        ("simulated events", "false_alarms.test_g_charts_of_stable_rare_events_flag_the_latest_gap_or_the_time_since_in_about_4_of_100"),
    ),
    "rounding.exact": (
        ("none: a number as it prints", "rounding.test_floats_count_as_the_decimals_they_print"),
        ("the number's own text", "rounding.test_a_float_is_the_decimal_that_its_own_text_says"),
    ),
    "spc.xmr": (
        (NHSR, "spc.test_limits_agree_with_the_reference_package"),
        ("a slow computation", "spc.test_limits_agree_with_a_slow_computation"),
    ),
    "special_causes.find": (
        (NHSR, "special_causes.test_two_of_three_points_near_one_limit_are_flagged"),
        ("a slow search", "special_causes.test_the_rules_agree_with_a_slow_search_through_every_window"),
    ),
}  # fmt: skip


def test_every_public_function_is_held_against_others_values():
    assert sorted(REFERENCES) == sorted(public_functions())


@pytest.mark.parametrize("name", sorted({test for pair in REFERENCES.values() for _, test in pair}))
def test_what_is_named_as_its_test_is_there(name):
    module, _, test = name.partition(".")
    assert callable(getattr(import_module(f"tests.performance.statistics.test_{module}"), test))
