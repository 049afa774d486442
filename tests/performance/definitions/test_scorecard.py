"""The scorecard and the dashboards: which indicators they show, and what a layout may not say."""

from pathlib import Path

import pytest

from lscb.definition_files import DefinitionError, load
from performance.definitions import FOLDER
from performance.indicators.scorecard import Scorecard, scorecard
from performance.indicators.spec import indicators
from performance.intake.codes import ALL

# The charts of the 2024/25 report and of its front door and police pages: dashboard, indicator, breakdown.
PRINTED_CHARTS = [
    ("front-door", "FD01", ALL),  # chart 1: contacts and referrals
    ("front-door", "FD05", ALL),  # chart 1: conversion
    ("who-refers", "FD13", "source"),  # chart 2
    ("who-is-referred", "FD14", "age_band"),  # chart 3
    ("who-is-referred", "FD15", "ethnicity"),  # chart 4
    ("why", "FD18", "reason"),  # chart 5
    ("neglect", "NE01", "agency"),  # chart 6: assessments
    ("neglect", "NE02", ALL),  # chart 6: practitioners trained
    ("domestic-abuse", "FD06", ALL),  # figure 4
    ("domestic-abuse", "FD07", ALL),  # figure 5
    ("domestic-abuse", "FD08", ALL),  # contacts from police
    ("domestic-abuse", "DA01", ALL),  # crimes table
    ("domestic-abuse", "DA02", ALL),  # incidents table
    ("training", "TR14", "agency"),  # attendance by agency
]


def test_about_forty_indicators_with_data_stand_on_the_scorecard() -> None:
    rows = [row for section in scorecard().sections for row in section.indicators]
    fed = [row for row in rows if indicators()[row].has_data_source]
    assert 40 <= len(fed) <= len(rows) <= 50


def test_the_scorecard_covers_the_five_strands_of_the_national_panel() -> None:
    strands = {
        indicators()[row].strand for section in scorecard().sections for row in section.indicators
    }
    assert strands == {"data", "audit", "workforce", "feedback", "evaluation"}


@pytest.mark.parametrize(("slug", "indicator", "breakdown"), PRINTED_CHARTS)
def test_each_chart_of_the_report_has_its_place(slug: str, indicator: str, breakdown: str) -> None:
    board = next(board for board in scorecard().dashboards if board.slug == slug)
    assert (indicator, breakdown) in [(chart.indicator, chart.breakdown) for chart in board.charts]


def test_contacts_and_referrals_share_the_first_chart() -> None:
    first = scorecard().dashboards[0].charts[0]
    assert (first.indicator, first.with_indicators, first.period_type) == (
        "FD01",
        ("FD03",),
        "year",
    )


def test_each_dashboard_asks_a_question() -> None:
    assert all(board.question.endswith("?") for board in scorecard().dashboards)


FAULTS = [
    ("indicators: [WF01, WF02", "indicators: [WF91, WF02", "sections.7", "no indicator is named WF91"),
    ("with_indicators: [FD03]", "with_indicators: [FD05]", "dashboards.0.charts.0", "FD05 is not in FD01's unit"),
    ("with_indicators: [FD03]", "breakdown: ward", "dashboards.0.charts.0", "FD01 keeps no breakdown 'ward'"),
    ("with_indicators: [FD03]", "colour: red", "dashboards.0.charts.0.colour", "Extra inputs are not permitted"),
    ("indicators: [WF01, WF02", "indicators: [DA01, WF02", "(the whole file)", "named twice: DA01"),
    ("slug: workforce", "slug: learning", "(the whole file)", "named twice: learning"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "field", "reason"), FAULTS)
def test_a_fault_in_the_layout_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, field: str, reason: str
) -> None:
    text = (FOLDER / "scorecard.yaml").read_text(encoding="utf-8")
    assert text.count(old) == 1
    path = tmp_path / "scorecard.yaml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(DefinitionError) as error:
        load(path, Scorecard)
    assert f"{path}, line " in str(error.value)
    assert f", {field}: " in str(error.value)
    assert reason in str(error.value)
