"""Figures that others publish, each with where it stands. Figures only; the tests that use them are in test_published."""

# fmt: off

# Whether a value is higher or lower than a benchmark: (lower end, upper end, benchmark, word). The tests of FingertipsNext
# of the Department of Health and Social Care (github.com/dhsc-govuk/FingertipsNext, BenchmarkComparisonEngineTests.cs):
# values of 1 to 5, each with an interval of 1.1 on either side.
FINGERTIPS_TESTS = [
    (2.9, 5.1, 1, "higher"), (1.9, 4.1, 2, "similar"), (0.9, 3.1, 3, "similar"), (-0.1, 2.1, 4, "lower"),
    (0.9, 3.1, 4, "lower"), (1.9, 4.1, 3, "similar"), (2.9, 5.1, 2, "higher"), (3.9, 6.1, 1, "higher"),
]
# There also (test-indicators-benchmark-rag_expected-response.json and -rag-sex_): emergency readmissions within 30 days,
# in percent, London, 2013/14 to 2023/24: women against England's women, and against everybody in London. Low is good:
# it says 'worse' for higher and 'better' for lower.
READMISSIONS = [
    (12.3, 12.6, 12.1, "higher"), (12.7, 12.9, 12.5, "higher"), (13.0, 13.2, 12.9, "higher"), (13.0, 13.2, 13.0, "similar"),
    (13.6, 13.8, 13.5, "higher"), (14.1, 14.4, 14.1, "similar"), (14.4, 14.6, 14.2, "higher"), (15.6, 15.9, 15.2, "higher"),
    (14.3, 14.5, 14.2, "higher"), (14.0, 14.2, 14.0, "similar"), (14.3, 14.6, 14.6, "similar"), (14.8, 14.9, 14.8, "similar"),
    (12.3, 12.6, 12.9, "lower"), (12.7, 12.9, 13.1, "lower"), (13.0, 13.2, 13.5, "lower"), (13.0, 13.2, 13.4, "lower"),
    (13.6, 13.8, 14.0, "lower"), (14.1, 14.4, 14.6, "lower"), (14.4, 14.6, 14.7, "lower"), (15.6, 15.9, 16.1, "lower"),
    (14.3, 14.5, 14.9, "lower"), (14.0, 14.2, 14.5, "lower"), (14.3, 14.6, 14.8, "lower"),
]

# What the R package PHEindicatormethods 2.1.0 calls high or low (github.com/ukhsa-collaboration/PHEindicatormethods,
# tests/testthat/testdata_funnel_*.csv): H and L outside the limits of 95%, HH and LL outside those of 99.8%.
# Ratios (ratio_inputs.csv): (observed, expected, where); of its 300 those nearest to a limit, and those of few events.
PHE_RATIOS = [
    (85, 67.9184978, "-"), (72, 90.53187476, "-"), (46, 61.18648577, "-"), (118, 98.01478528, "-"), (261, 230.9734513, "-"),
    (220, 249.8012944, "-"), (355, 318.5570711, "H"), (182, 143.6804295, "H"), (164, 138.9830508, "H"), (94, 67.43668843, "H"),
    (207, 177.7129121, "H"), (233, 201.7490692, "H"), (275, 226.4679239, "HH"), (141, 106.7211626, "HH"), (104, 73.9476678, "HH"),
    (335, 276.3114484, "HH"), (115, 82.14285714, "HH"), (228, 179.598267, "HH"), (83, 103.0799801, "L"), (77, 107.8582435, "L"),
    (117, 140.709561, "L"), (85, 105.5376211, "L"), (48, 64, "L"), (41, 64.5059786, "L"), (66, 95.61060409, "LL"),
    (46, 71.75167681, "LL"), (84, 117.4004193, "LL"), (98, 134.6338783, "LL"), (121, 162.3289509, "LL"), (47, 75.16392132, "LL"),
    (8, 6.239860227, "-"), (6, 4.293052052, "-"), (0, 240.6273499, "LL"),
]
# Crude rates (rate_dsr_inputs.csv): (events, people, where) of 40 areas around the rate of all of them.
PHE_RATES = [
    (2419, 264102, "HH"), (2337, 259711, "HH"), (2291, 289247, "HH"), (2242, 265029, "HH"), (2218, 284649, "HH"),
    (2159, 293578, "HH"), (2130, 286718, "HH"), (2111, 307381, "-"), (2105, 274145, "HH"), (2083, 297424, "H"),
    (2078, 272628, "HH"), (2062, 269656, "HH"), (2061, 294692, "H"), (2033, 277710, "HH"), (2033, 259213, "HH"),
    (2010, 285516, "H"), (2004, 269449, "HH"), (2002, 290888, "-"), (1977, 287112, "-"), (1944, 286492, "-"),
    (1932, 287012, "-"), (1922, 291277, "-"), (1912, 289859, "-"), (1881, 289653, "-"), (1844, 282519, "-"),
    (1835, 274220, "-"), (1833, 280271, "-"), (1825, 284206, "-"), (1816, 274508, "-"), (1809, 288384, "L"),
    (1798, 287072, "L"), (1754, 282744, "LL"), (1746, 289208, "LL"), (1709, 287736, "LL"), (1694, 296175, "LL"),
    (1688, 303255, "LL"), (1649, 285959, "LL"), (1553, 274661, "LL"), (1332, 281425, "LL"), (0, 297820, "LL"),
]
# Limits of a proportion (prop_outputs.csv), in percent: (size, lower and upper of 95%, lower and upper of 99.8%).
PHE_BASELINE = 0.80642448
PHE_PROPORTIONS = [
    (1, 3.204264, 100, 0, 100), (10, 56.154344, 100, 42.03259, 100), (50, 69.691035, 91.593861, 63.375595, 97.909301),
    (1886, 78.859312, 82.425583, 77.831017, 83.453878), (23022, 80.13208, 81.152816, 79.837761, 81.447134),
    (110000, 80.408963, 80.875933, 80.274317, 81.010578),
]

# Limits in the R package FunnelPlotR 0.6.0, as ratios: (expected, lower and upper of 95%, lower and upper of 99.8%).
# The first three from its tests (test-poisson_limits.R), the others as its reference page of funnel_plot prints them
# (nhs-r-community.github.io/FunnelPlotR/reference/funnel_plot.html).
FUNNELPLOTR_LIMITS = [
    (15, 0.5596924, 1.649348, 0.3862650, 2.082907), (20, 0.6108260, 1.544419, 0.4479107, 1.902094),
    (30, 0.6746958, 1.427562, 0.5289724, 1.702771), (9.67, 0.4725050, 1.857410, 0.2885378, 2.445625),
    (19.20, 0.6038663, 1.558062, 0.4393444, 1.925512), (38.92, 0.7108273, 1.367468, 0.5766906, 1.601235),
    (120.94, 0.8297333, 1.194925, 0.7423709, 1.314130), (685.59, 0.9265368, 1.077739, 0.8861228, 1.123734),
]
# Its read-me: 54 hospitals' lengths of stay (medpar in the R package COUNT), 25 outside the limits of 99.8%: overdispersed,
# with a dispersion ratio of 6.240519. Here each hospital's days and the days that its model expects, which was fitted
# again and gives its coefficients to all printed decimals.
MEDPAR_OUTSIDE = 25
MEDPAR = [
    (406, 523.70), (642, 612.98), (46, 53.79), (764, 763.72), (82, 120.94), (201, 250.19), (193, 155.49), (569, 484.71),
    (404, 362.22), (134, 188.93), (614, 554.38), (491, 616.74), (501, 360.15), (131, 245.61), (274, 263.56), (124, 154.66),
    (456, 475.02), (48, 38.93), (429, 445.10), (14, 28.80), (369, 347.54), (8, 7.56), (37, 73.21), (128, 118.11),
    (145, 273.34), (493, 449.79), (104, 172.38), (6, 19.20), (308, 321.86), (34, 36.56), (7, 19.96), (935, 851.72),
    (134, 198.94), (339, 302.39), (458, 410.16), (22, 45.87), (2, 9.67), (160, 212.34), (87, 38.92), (55, 31.74),
    (252, 285.64), (174, 186.66), (43, 33.98), (228, 255.65), (210, 242.03), (321, 279.48), (631, 619.26), (543, 626.13),
    (105, 145.67), (389, 413.86), (92, 111.26), (1012, 685.59), (283, 181.11), (95, 24.81),
]

# Differences between two parts of one whole in the R package statpsych 1.7.0 (the example of ci.pairs.mult: 87, 49, 31 and 133
# of 300, and 125, 82 and 92 of 299, with Bonett and Price's one more in either part): (a part, another, the whole, the
# standard error of the difference of their shares).
STATPSYCH = [
    (88, 50, 302, 0.03821865), (88, 32, 302, 0.03466808), (88, 134, 302, 0.04855183), (50, 32, 302, 0.02978792),
    (50, 134, 302, 0.04196760), (126, 83, 301, 0.04731825), (126, 93, 301, 0.04875715), (83, 93, 301, 0.04403313),
]

# How many points a chart takes until it signals, on average: (shift of the mean in standard deviations; by a point outside
# the limits; by that or two of three beyond two standard deviations; by that or eight on one side). Champ and Woodall
# (1987), 'Exact results for Shewhart control charts with supplementary runs rules', Technometrics 29, table 1, as the
# documentation of the R package spc 0.7.2 quotes it (xshewhartrunsrules.arl).
CHAMP_AND_WOODALL = [
    (0.0, 370.40, 225.44, 152.73), (0.2, 308.43, 177.56, 110.52), (0.4, 200.08, 104.46, 59.76), (0.6, 119.67, 57.92, 33.64),
    (0.8, 71.55, 33.12, 21.07), (1.0, 43.89, 20.01, 14.58), (1.2, 27.82, 12.81, 10.90), (1.4, 18.25, 8.69, 8.60),
    (1.6, 12.38, 6.21, 7.03), (1.8, 8.69, 4.66, 5.85), (2.0, 6.30, 3.65, 4.89), (2.2, 4.72, 2.96, 4.08),
    (2.4, 3.65, 2.48, 3.38), (2.6, 2.90, 2.13, 2.81), (2.8, 2.38, 1.87, 2.35), (3.0, 2.00, 1.68, 1.99),
]

# Ozone in New York on 153 days, 37 of them not measured: airquality in R, whose summary() gives a median of 31.50, a mean of
# 42.13 and 37 missing.
OZONE_MEAN, OZONE_MEDIAN, OZONE_MISSING = 42.13, 31.5, 37
OZONE = [
    41, 36, 12, 18, 28, 23, 19, 8, 7, 16, 11, 14, 18, 14, 34, 6, 30, 11, 1, 11, 4, 32, 23, 45, 115, 37, 29, 71, 39, 23, 21, 37,
    20, 12, 13, 135, 49, 32, 64, 40, 77, 97, 97, 85, 10, 27, 7, 48, 35, 61, 79, 63, 16, 80, 108, 20, 52, 82, 50, 64, 59, 39, 9,
    16, 78, 35, 66, 122, 89, 110, 44, 28, 65, 22, 59, 23, 31, 44, 21, 9, 45, 168, 73, 76, 118, 84, 85, 96, 78, 73, 91, 47, 32,
    20, 23, 21, 24, 44, 21, 28, 9, 13, 46, 18, 13, 24, 16, 13, 23, 36, 7, 14, 30, 14, 18, 20,
]
# Carers' quality of life in 152 authorities, 2021/22, three of them without a value, and its median of 7.2, as the Office
# for Local Government's tool has them (github.com/communitiesuk/oflog-automated-text, src/routes/data.js): how many
# authorities have which value.
CARERS_MEDIAN, CARERS_MISSING = 7.2, 3
CARERS = {
    6.1: 1, 6.3: 1, 6.4: 1, 6.5: 2, 6.6: 5, 6.7: 9, 6.8: 9, 6.9: 12, 7.0: 16, 7.1: 16, 7.2: 16, 7.3: 10, 7.4: 15, 7.5: 9,
    7.6: 6, 7.7: 4, 7.8: 8, 7.9: 3, 8.0: 2, 8.2: 3, 8.4: 1,
}

# The normal distribution in the NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.1: the area from 0 to z, and the z
# under which a share of the whole lies (itl.nist.gov/div898/handbook/eda/section3/eda3671.htm).
NIST_AREAS = [
    (0.5, 0.19146), (1.0, 0.34134), (1.64, 0.44950), (1.96, 0.47500), (2.0, 0.47725), (2.58, 0.49506), (3.0, 0.49865),
    (3.09, 0.49900), (3.5, 0.49977),
]
NIST_CRITICAL = [(0.900, 1.282), (0.950, 1.645), (0.975, 1.960), (0.990, 2.326), (0.995, 2.576), (0.999, 3.090)]
