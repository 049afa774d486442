"""Which published values and which second computation each public function of the statistics is held against. A new
function fails here until it has both. Where a function departs from what others publish, DEPARTURES says how and why."""

from importlib import import_module

import pytest

from tests.performance.statistics.test_boundaries import public_functions

NHSR = "the tests of the R package NHSRplotthedots 0.2.2"
PHE = "the test data of the R package PHEindicatormethods"
FUNNELPLOTR = "the R package FunnelPlotR 0.6.0"
NIST = "the NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.1"
U_ANALYTICS = "the test of u-analytics, after Kaminsky (1992) and Benneyan (2001)"
WOODALL = "Champ and Woodall (1987), table 1, in the documentation of the R package spc 0.7.2"
LUTON = "figures printed and published for Luton"

# function: (published values and the test that holds them, once or more; last a second computation on random numbers and
# its test)
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
        ("FingertipsNext of the Department of Health and Social Care", "published.test_a_value_is_higher_lower_or_similar_as_fingertips_says"),
        (PHE, "published.test_a_ratio_is_high_or_low_where_pheindicatormethods_says_so"),
        ("funnel limits", "comparison.test_a_count_lies_outside_the_funnel_exactly_when_its_own_interval_misses_the_benchmark"),
    ),
    "comparison.neighbours": (
        ("R's summary of airquality", "published.test_mean_and_median_leave_out_what_is_missing_as_r_does"),
        ("the Office for Local Government's tool", "published.test_the_median_of_authorities_is_that_of_the_office_for_local_government"),
        ("SciPy's documentation of nanmean and nanmedian", "published.test_mean_and_median_with_gaps_are_those_of_scipys_documentation"),
        ("NumPy", "comparison.test_the_neighbours_mean_and_median_agree_with_numpys"),
    ),
    "comparison.funnel_proportion": (
        (PHE, "published.test_funnel_limits_of_a_proportion_are_those_of_pheindicatormethods"),
        ("the example of funscore in the R package funnelR 0.1.0", "comparison.test_parts_of_20_are_extreme_where_funnelr_scores_them_so"),
        ("statsmodels", "comparison.test_funnel_limits_of_a_proportion_agree_with_statsmodels_normal_interval"),
    ),
    "comparison.funnel_count": (
        (PHE, "comparison.test_funnel_limits_of_a_count_agree_with_published_values"),
        ("sums of Poisson chances", "comparison.test_counts_within_the_funnel_have_the_chance_that_z_promises"),
    ),
    "comparison.funnel_rate": (
        (PHE, "comparison.test_funnel_limits_of_a_count_agree_with_published_values"),
        (PHE, "published.test_a_rate_is_high_or_low_where_pheindicatormethods_says_so"),
        ("the limits of its count", "comparison.test_funnel_limits_of_a_rate_are_those_of_its_count"),
    ),
    "comparison.swapped": (
        ("the example of ci.pairs.mult in the R package statpsych 1.7.0", "published.test_a_difference_within_a_whole_has_the_standard_error_that_statpsych_prints"),
        ("the margin of a lead in the read-me of the R package moe", "published.test_a_lead_has_the_margin_that_the_package_moe_prints"),
        ("Veall in Maclean's", "published.test_a_lead_that_grows_from_5_to_9_points_between_two_polls_proves_nothing"),
        ("covariances of a multinomial", "comparison.test_a_change_between_two_parts_of_one_whole_agrees_with_the_covariances_of_a_multinomial"),
    ),
    "comparison.z_of_all": (
        (NIST, "published.test_an_allowance_is_the_critical_value_of_the_nist_handbook"),
        ("Siegel and Castellan (1988), table A II", "comparison.test_an_allowance_for_many_comparisons_is_that_of_a_printed_table"),
        ("bisection", "comparison.test_the_allowance_leaves_5_of_100_to_all_comparisons_together"),
    ),
    "comparison.overdispersed": (
        (FUNNELPLOTR, "published.test_the_funnel_that_funnelplotr_calls_overdispersed_is_called_so"),
        ("SciPy's documentation of binomtest", "published.test_the_chance_of_so_many_outside_is_that_of_scipys_documentation"),
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
    "intervals.alpha_of": (
        (NIST, "published.test_what_lies_outside_z_is_what_the_nist_handbook_leaves"),
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
        (FUNNELPLOTR, "published.test_the_exact_interval_of_an_expected_count_is_funnelplotrs_limit"),
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
        (U_ANALYTICS, "rare.test_events_that_far_apart_in_a_series_of_counts_have_the_same_gaps_and_limits"),
        ("counts worked out by hand", "rare.test_gaps_are_found_in_counts_and_never_guessed_across_missing_ones"),
        ("a slow search", "rare.test_gaps_agree_with_a_slow_search_through_all_events"),
    ),
    "rare.g_chart": (
        (U_ANALYTICS, "rare.test_g_chart_limits_are_those_that_a_package_states_for_a_mean_of_50"),
        ("SciPy's geometric distribution, and a slow search", "rare.test_g_chart_limits_are_those_of_scipys_geometric_distribution"),
    ),
    "rare.g_chart_of_counts": (
        (U_ANALYTICS, "rare.test_events_that_far_apart_in_a_series_of_counts_have_the_same_gaps_and_limits"),
        ("counts worked out by hand", "rare.test_counts_of_a_rare_event_get_a_g_chart_of_months_between_them"),
        ("simulated events", "false_alarms.test_g_charts_of_stable_rare_events_flag_the_latest_gap_or_the_time_since_in_about_4_of_100"),
    ),
    "rounding.exact": (
        ("Python's documentation of fractions", "rounding.test_numbers_are_the_fractions_that_pythons_documentation_prints"),
        ("the number's own text", "rounding.test_a_float_is_the_decimal_that_its_own_text_says"),
    ),
    "spc.xmr": (
        (NHSR, "spc.test_limits_agree_with_the_reference_package"),
        ("a slow computation", "spc.test_limits_agree_with_a_slow_computation"),
    ),
    "special_causes.find": (
        (NHSR, "special_causes.test_two_of_three_points_near_one_limit_are_flagged"),
        (WOODALL, "published.test_runs_signal_as_soon_as_champ_and_woodall_print"),
        ("a slow search", "special_causes.test_the_rules_agree_with_a_slow_search_through_every_window"),
    ),
}  # fmt: skip


# function: how it departs from what others publish, and why
DEPARTURES = {
    "comparison.funnel_count": "FunnelPlotR takes the exact interval of the expected count for the limits; here, as in the funnel "
    "tool of the Association of Public Health Observatories and in PHEindicatormethods, the limits are the counts whose own "
    "interval just touches the expected one, so that chart and words never differ",
    "comparison.overdispersed": "FunnelPlotR and Spiegelhalter (2005) tell it by the sum of squared z scores and widen the limits by "
    "the variance between areas (tau squared); here the areas outside are counted, for those are what the page shows, and "
    "the limits stay: the page says that inside or outside then tells little about one area",
    "comparison.swapped": "statpsych adds one case to either part (Bonett and Price 2012), and it, moe and Veall take the shares of "
    "each whole; here both wholes share them and nothing is added, for the question is whether anything changed; at the shares "
    "that they print the errors are the same to the last printed decimal",
    "rounding.exact": "Python's Fraction(1.1) is the binary number beside 11/10; here a float is the decimal that it prints",
    "special_causes.find": "Champ and Woodall's 'two of three' asks nothing of the third point; here it lies on the same side of the "
    "mean, as in NHSRplotthedots, which signals in stable series about a sixth less often. Their runs have eight points, "
    "those of NHS England seven: the test counts to eight",
    "spc.xmr": "a constant series, a screened moving range of 0, a missing latest point, trends that meet and a rebase without a "
    "point: spc.py says how NHSRplotthedots treats them and why this program does not",
}  # fmt: skip


def test_every_public_function_is_held_against_others_values():
    assert sorted(REFERENCES) == sorted(public_functions())


def test_each_is_held_against_a_published_value_and_against_an_independent_way():
    assert set(DEPARTURES) <= set(REFERENCES)
    assert all(len(pairs) >= 2 for pairs in REFERENCES.values())


@pytest.mark.parametrize("name", sorted({test for pair in REFERENCES.values() for _, test in pair}))
def test_what_is_named_as_its_test_is_there(name):
    module, _, test = name.partition(".")
    assert callable(getattr(import_module(f"tests.performance.statistics.test_{module}"), test))
