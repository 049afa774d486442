"""From and To crop the picture and the table; limits, marks, verdicts and the year before rest on the whole series."""

import pytest

from lscb.periods import parse
from performance.indicators.scorecard import ChartSpec
from performance.pages import dashboards
from performance.pages.panel import Panel
from performance.pages.span import CROPPED, NOTHING, Span
from tests.performance.indicators.building import run

CHART = ChartSpec(indicator="DA01", title="Crimes")
LEVEL = [98, 103, 97, 102, 99, 101, 98, 104, 97, 102, 99, 101, 98, 103, 97, 102]
CRIMES = run("DA01", "2023-07", [*LEVEL, *[107, 105] * 4])  # a shift of eight months at the end


def panel(first: str = "", last: str = "", values=CRIMES) -> Panel:
    span = Span(parse(first) if first else None, parse(last) if last else None)
    return dashboards.panel(CHART, values, span=span)


def trace(found: Panel, name: str) -> dict:
    return next(one for one in found.figure["data"] if one.get("name") == name)


WHOLE = panel()


@pytest.mark.parametrize("first", ["2024-01", "2024-04", "2024-10", "2025-03"])
def test_a_first_month_changes_neither_the_verdict_nor_the_year_before(first):
    found = panel(first)
    assert "part of a shift" in WHOLE.summary
    assert "June 2024" in WHOLE.summary
    assert found.summary == WHOLE.summary


def test_the_picture_and_the_table_hold_the_chosen_months_alone():
    found = panel("2024-10", "2025-03")
    assert [row[0].text for row in found.rows] == [
        "March 2025", "February 2025", "January 2025", "December 2024", "November 2024", "October 2024",
    ]  # fmt: skip
    assert len(trace(found, "Mean")["x"]) == 6


@pytest.mark.parametrize(
    ("first", "last"), [("2024-10", ""), ("2024-01", "2025-03"), ("", "2024-12")]
)
def test_limits_and_marks_are_those_of_the_whole_series(first, last):
    found = panel(first, last)
    for name in ("Mean", "Usual variation"):
        part, whole = trace(found, name), trace(WHOLE, name)
        by_month = dict(zip(whole["x"], whole["y"], strict=True))
        assert part["y"] == [by_month[month] for month in part["x"]]
    marked = trace(WHOLE, "Special cause, high")["x"]
    shown = trace(found, "Mean")["x"]
    assert trace(found, "Special cause, high")["x"] == [one for one in marked if one in shown]
    assert CROPPED in found.signs
    assert CROPPED not in WHOLE.signs


def test_the_last_month_shown_is_compared_with_its_year_before_which_is_not_shown():
    found = panel("2024-08", "2024-12")
    assert "105 in December 2024" in found.summary
    assert "98 in December 2023" not in found.summary
    assert "101 in December 2023" in found.summary
    assert "no number" not in found.summary


def test_words_and_picture_agree_about_a_month_that_is_no_longer_the_last():
    found = panel("2024-01", "2025-02")
    assert "Feb 25" in trace(found, "Special cause, high")["x"]
    assert "marked as a special cause, high, part of a shift" in found.summary
    calm = panel("2024-01", "2024-10")
    assert "Oct 24" not in trace(WHOLE, "Special cause, high")["x"]
    assert "within usual variation" in calm.summary


def test_a_month_before_the_limits_is_drawn_and_not_judged():
    early = run("DA01", "2022-07", [150] * 12)
    found = panel("2023-04", "2023-10", [*early, *CRIMES])
    assert trace(found, "Mean")["y"][:3] == [None] * 3
    assert all(trace(found, "Mean")["y"][3:])
    assert any(one.startswith("Limits begin with July 2023") for one in found.signs)


def test_where_no_number_lies_in_the_time_that_is_said_and_not_that_nothing_was_sent():
    assert panel("2019-04", "2020-03").unavailable == NOTHING


def test_several_series_are_told_beside_their_own_year_before():
    both = ChartSpec(indicator="DA01", title="Both", with_indicators=("DA02",))
    values = [*CRIMES, *run("DA02", "2023-07", [*LEVEL, *[107, 105] * 4])]
    whole = dashboards.panel(both, values)
    found = dashboards.panel(both, values, span=Span(parse("2025-01")))
    assert found.summary == whole.summary
    assert len(found.rows) == 6


def test_where_the_chosen_time_leaves_too_few_numbers_the_page_says_so_and_draws_nothing():
    found = panel("2024-10", "2024-11")
    assert found.figure is None
    assert found.unavailable == (
        "No chart: of 24 numbers 2 lie between the chosen periods, too few for a line or bars. Choose a longer time; "
        "the table holds what there is."
    )
    assert len(found.rows) == 2
    assert "would suggest more" in panel(values=CRIMES[:2]).unavailable


def test_where_nothing_on_show_is_judged_no_limits_are_claimed():
    long = run("DA01", "2022-07", [*LEVEL, *LEVEL, *[107, 105] * 2])
    found = panel(last="2022-12", values=long)
    assert found.figure
    assert "Nothing on show is judged: limits begin with July 2023" in found.signs
    assert CROPPED not in found.signs
