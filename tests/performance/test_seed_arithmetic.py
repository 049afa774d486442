"""The two annual reports' own arithmetic, recomputed from their figures through the intake.

The reports: Luton LSCB annual report 2020/21 and Luton LSCP data for 2024/25. Where they printed otherwise, the
recomputed value is what the product shows.
"""

import pytest

from performance.actions import sample
from performance.indicators.spec import indicators
from performance.pages import scorecard
from performance.queries import observations
from tests.performance.conftest import LUTON

PAN = "pan-bedfordshire"


@pytest.fixture
def facts(places: None) -> None:
    """The sample's files that the checks below need, sent through the intake."""
    wanted = [
        one
        for one in sample.facts(frozenset({LUTON, PAN}))
        if one.return_id in ("training", "police-da", "mash-contacts", "gcp2")
        or (one.return_id in ("referrals", "figures") and one.period.code >= "2017-18")
    ]
    sample.load_files(wanted, lambda _: None)


def shown(
    indicator: str, period: str, area: str = LUTON, breakdown: str = "all", category: str = "all"
) -> str:
    """The value as pages write it."""
    kind = "quarter" if "Q" in period else "year"
    found = observations.series(indicator, area, kind, breakdown, category)
    value = next(one for one in found if one.period.code == period)
    return scorecard.write(indicators()[indicator], value)


def test_the_reports_figures_come_out_of_the_data_rightly(facts: None) -> None:
    cases = [
        ("FD05", "2020-21", LUTON, "19.3%"),  # 3,247 of 16,791; printed 19%
        ("FD05", "2019-20", LUTON, "29.9%"),  # 2,890 of 9,673; printed 29%
        ("FD05", "2021-22", LUTON, "17.6%"),  # as printed: its counts were not
        ("FD05", "2024-25", LUTON, "26.1%"),
        ("DA01", "2024-25", LUTON, "3,215"),
        ("DA02", "2024-25", LUTON, "2,216"),
        ("DA01", "2024-25-Q4", LUTON, "794"),
        ("FD03", "2018-19", LUTON, "2,455"),  # printed 2,458
        ("FD03", "2023-24", LUTON, "3,130"),
        ("FD04", "2023-24", LUTON, "519.9"),  # 3,130 / 60,207
        ("TR05", "2024-25", PAN, "113.2%"),  # 1,155 of 1,020; printed 108%, a mean of percentages
        ("TR05", "2020-21", PAN, "81.3%"),  # 439 of 540; printed 84%
        ("TR05", "2024-25-Q3", PAN, "137.9%"),  # printed 126%
        ("TR10", "2024-25", PAN, "12,671"),  # printed 12,691
        ("TR11", "2024-25", PAN, "11,324"),
        ("TR12", "2024-25-Q1", PAN, "85.1%"),
        ("TR12", "2024-25-Q2", PAN, "89.2%"),
        ("TR12", "2024-25-Q3", PAN, "92.6%"),
        ("TR12", "2024-25-Q4", PAN, "90.8%"),
        ("TR12", "2024-25", PAN, "89.4%"),
        ("TR12", "2020-21", PAN, "89.9%"),
        ("NE03", "2024-25", LUTON, "12"),
    ]
    found = [(one, period, area, shown(one, period, area)) for one, period, area, _ in cases]
    assert found == cases

    ages = [bands(year) for year in ("2017-18", "2018-19", "2019-20", "2020-21")]
    assert ages == [100.0, 100.0, 99.9, 100.1]  # as printed, each rounded
    assert {one.period.code for one in observations.series("FD01", LUTON, "year")} == {
        "2017-18",
        "2018-19",
        "2019-20",
        "2020-21",
    }  # later contacts are a chart without numbers, and so are these two:
    assert observations.series("NE01", LUTON, "year") == []
    assert observations.series("TR14", PAN, "year") == []


def bands(year: str) -> float:
    """The sum of a year's five age bands, all of them printed values that nothing is computed from."""
    found = [
        one
        for one in observations.series("FD14", LUTON, "year", "age_band")
        if one.period.code == year
    ]
    assert len(found) == 5
    assert all(one.published and one.numerator is None for one in found)
    return round(sum(one.value or 0 for one in found), 1)
