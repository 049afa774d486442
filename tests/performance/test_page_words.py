"""What the pages say beside their numbers: gaps, chance, printed figures, and charts that would mislead."""

from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import pytest

from lscb.numbers import format_value
from lscb.periods import Period, parse
from performance.indicators import course, limits, series
from performance.indicators.scorecard import ChartSpec
from performance.indicators.signals.found import limits_words
from performance.indicators.spec import indicators
from performance.pages import (
    brief,
    cells,
    chart_parts,
    charts,
    dashboards,
    indicator_page,
    marks,
    scorecard,
    wording,
)
from performance.pages.frames import frame
from performance.queries.observations import Printed, Value
from performance.templatetags.pages import written
from tests.performance.indicators.building import run


def value(indicator: str, period: str, number: float | None, **more: object) -> Value:
    fields = {
        "area": "E06000032",
        "period_type": parse(period).kind,
        "period": parse(period),
        "breakdown": "all",
        "category": "all",
        "numerator": None,
        "denominator": None,
        "lower": None,
        "upper": None,
        "status": "not submitted" if number is None else "reported",
        "present": 0 if number is None else 1,
        "expected": 1,
        "published": False,
    }
    return Value(indicator=indicator, value=number, **(fields | more))  # type: ignore[arg-type]


def row(sender: str, title: str = "Referrals", *, older: bool = False) -> SimpleNamespace:
    return SimpleNamespace(
        sender=sender, title=title, is_older=older, to="to Mar 24", value_note="not submitted"
    )


def test_the_sender_with_most_gaps_is_named_first_and_few_gaps_by_title():
    rows = [row("Police", "Crimes"), *(row("Council", older=one < 2) for one in range(3))]
    found = brief.gaps(rows)  # type: ignore[arg-type]
    assert [gap.sender for gap in found] == ["Council", "Police"]
    assert found[0].words == "1 indicator without a number, 2 with an earlier one only"
    assert found[1].words == "Crimes (not submitted)"


@pytest.mark.parametrize(
    ("expected", "words"), [(0.0175, "about 0.02"), (0.7, "about 0.7"), (2.42, "about 2.4")]
)
def test_the_false_alarms_to_expect_are_told_as_a_number(expected, words):
    assert brief.chance_words(expected) == words


def test_one_early_return_does_not_open_a_page_of_gaps():
    last, full = parse("2025-26-Q1"), parse("2024-25-Q4")
    assert scorecard.choose_quarter({full: 4, last: 1}) == full
    assert scorecard.choose_quarter({full: 4, last: 2}) == last
    assert scorecard.choose_quarter({}) is None


def test_a_wider_areas_number_is_shown_under_its_own_name():
    layout = SimpleNamespace(sections=[SimpleNamespace(title="Training", indicators=("TR01",))])
    wide = value("TR01", "2024-25-Q4", 24.0, area="pan-bedfordshire")
    wider = [("pan-bedfordshire", "Pan-Bedfordshire")]
    page = scorecard.build(layout, parse("2024-25-Q4"), [wide], "E06000032", [], wider)  # type: ignore[arg-type]
    shown = page.sections[0].rows[0]
    assert (shown.value, shown.place, shown.area) == ("24", "Pan-Bedfordshire", "pan-bedfordshire")
    own = value("TR01", "2024-25-Q4", 7.0)
    page = scorecard.build(layout, parse("2024-25-Q4"), [wide, own], "E06000032", [], wider)  # type: ignore[arg-type]
    assert (page.sections[0].rows[0].value, page.sections[0].rows[0].place) == ("7", "")


def test_a_table_names_the_periods_in_between_that_nobody_sent():
    spec = indicators()["FD05"]
    rows = cells.table_rows(spec, [value("FD05", "2021-22", 17.6), value("FD05", "2023-24", 25.7)])
    assert [cells[0].text for cells in rows] == ["2023/24", "2022/23", "2021/22"]
    assert rows[1][1].text == "not available"
    assert rows[1][1].is_missing


def test_printed_figures_are_compared_as_they_were_rounded():
    spec = indicators()["FD05"]
    ours = [
        value("FD05", "2019-20", 29.87, numerator=Decimal(2890), denominator=Decimal(9673)),
        value("FD05", "2020-21", 19.34, numerator=Decimal(3247), denominator=Decimal(16791)),
        value("FD05", "2024-25", 26.1, published=True),
    ]
    printed = [
        Printed(parse(code), "all", "all", text, "Report", "chart 1")
        for code, text in (
            ("2018-19", "34%"),
            ("2019-20", "29%"),
            ("2020-21", "19%"),
            ("2024-25", "26.1%"),
        )
    ]
    found = indicator_page.printed_rows(spec, printed, ours)
    assert [(one.period, one.recomputed, one.verdict) for one in found] == [
        ("2024/25", "26.1%, as printed", "Only printed"),
        ("2020/21", "19.3%", "Agrees"),
        ("2019/20", "29.9%", "Differs"),
        ("2018/19", "not available", "Cannot be recomputed"),
    ]


def test_what_is_printed_of_something_else_is_not_held_against_the_value():
    spec = indicators()["FD03"]
    ours = value("FD03", "2020-21", 3247)
    fallen = Printed(
        parse("2020-21"), "all", "all", "26%", "Report", "chart 1", "change on the year before"
    )
    (row,) = indicator_page.printed_rows(spec, [fallen], [ours])
    assert (row.what, row.verdict, row.kind) == (
        "change on the year before", "Another figure", "grey",
    )  # fmt: skip
    assert cells.value_cell(spec, ours, [fallen]).note == ""
    rounded = replace(fallen, what="")
    assert cells.value_cell(spec, ours, [rounded]).note == "a report says 26%"
    told = replace(rounded, printed="dropped by 26%")
    assert cells.value_cell(spec, ours, [told]).note == "a report says ‘dropped by 26%’"
    as_printed = value("FD03", "2020-21", 3247, published=True)
    both = cells.value_cell(spec, as_printed, [rounded])
    assert both.note == "as printed; elsewhere 26%"


@pytest.mark.parametrize(("points", "drawn"), [(2, False), (3, True)])
def test_two_numbers_make_no_line_but_keep_their_table(points, drawn):
    chart = ChartSpec(indicator="FD05", title="Conversion", period_type="year")
    values = [value("FD05", f"20{17 + one}-{18 + one}", 20.0 + one) for one in range(points)]
    panel = dashboards.panel(chart, values)
    assert (panel.figure is not None) == drawn
    assert len(panel.rows) == points
    assert bool(panel.unavailable) != drawn


def months(numbers: list[float]) -> list[Value]:
    first = parse("2023-04")
    return [
        value("DA01", Period(first.first + place, 1).code, number)
        for place, number in enumerate(numbers)
    ]


def test_limits_are_neither_said_nor_drawn_where_no_value_can_lie():
    spec = indicators()["DA01"]
    values = months([0, 9, 1, 8, 0, 9, 2, 7, 0, 9, 1, 8])
    assert wording.usual(spec, charts.spc(values, spec)).startswith("0 to ")
    figure, _ = charts.control_chart("Crimes", "number", values, spec)
    band = next(trace for trace in figure["data"] if trace.get("name") == "Usual variation")
    assert set(band["y"]) == {0.0}


def test_words_row_and_chart_have_the_same_limits_and_only_a_share_of_a_whole_stops_at_100():
    """Places filled can be more than were offered (103.3%); no more than all contacts can be about domestic abuse."""
    for id_, upper in (("TR05", 117.2), ("FD07", 100.0)):
        spec = indicators()[id_]
        low, high = limits.reachable(spec, -3.0, 117.2)
        assert (low, high) == (0.0, upper)
    spec = indicators()["TR05"]
    months = run(spec.id, "2023-04", [90.0, 103.0, 95.0, 108.0, 99.0, 104.0, 92.0, 107.0] * 2)
    chart = limits.chart(months, spec)
    beyond = chart.segments[-1].upper
    assert beyond is not None
    assert beyond > 100
    ends = f"to {format_value(beyond, spec.unit)}"
    assert ends in wording.usual(spec, chart)
    assert ends in course.control(spec, chart)
    assert ends in limits_words(spec, chart.segments[-1].lower, beyond)
    figure, _ = charts.control_chart(spec.title, "%", months, spec)
    assert max(one for trace in figure["data"] for one in trace["y"] if one) == beyond


def test_too_few_points_say_how_many_are_needed_and_there():
    spec = indicators()["DA01"]
    said = wording.variation(spec, charts.spc(months([5, 6, 7, 8]), spec))
    assert (said.kind, said.is_judged) == ("few", False)
    assert said.sentence == "Limits need 12 points; there are 4."


def test_a_signal_without_polarity_names_its_side_and_is_neither_good_nor_bad():
    spec = indicators()["DA01"]
    said = wording.variation(spec, charts.spc(months([10, 11] * 11 + [10, 60]), spec))
    assert (said.kind, said.is_signal) == ("special-high", True)
    assert said.sentence == "March 2025 is above the upper limit."


def test_labels_of_a_ranking_are_written_as_in_the_table():
    figure = charts.ranked(
        "Sources", "number", [("Police", 171.0, "171", "#1d5f9e"), ("Parent", 9.0, "9", "#d2691e")]
    )
    assert figure["data"][0]["text"] == ["9", "171"]
    assert figure["data"][0]["y"] == ["Parent", "Police"]


def test_a_chart_holds_no_button_that_would_ask_another_host():
    buttons = charts.ranked("Sources", "%", [("Police", 1.0, "1.0%", "#1d5f9e")])["config"][
        "modeBarButtons"
    ]
    assert buttons == [["zoom2d", "zoomIn2d", "zoomOut2d", "resetScale2d"]]


def test_a_population_is_no_process_so_it_has_no_limits_and_the_page_says_why():
    spec = indicators()["CX01"]
    values = run("CX01", "2012-13", [50_000 + 900 * year for year in range(13)])
    chart = limits.chart(values, spec)
    assert {point.rule for point in chart.points} == {None}
    seen = wording.variation(spec, chart)
    assert (seen.icon, seen.words) == ("few", "No limits")
    assert "not a process that varies about a mean" in seen.sentence


def test_two_letters_of_one_place_stand_beside_one_another():
    months = run("DA01", "2024-04", [264.0, 282.0, 262.0])
    lines = [(parse("2024-05"), "one"), (parse("2024-05"), "two"), (parse("2024-06"), "three")]
    figure: dict = {"data": [{"x": ["a", "b", "c"]}], "layout": {"shapes": [], "annotations": []}}
    periods = [one.period for one in months]
    drawn = marks.with_marks(figure, periods, "DA01", series.NO_NOTES, lines)
    assert [one["text"] for one in drawn["layout"]["annotations"]] == ["A, B", "C"]
    assert drawn["layout"]["annotations"][0]["hovertext"] == "one; two"


def rolled(period: str, number: float | None, lacking: str = "") -> Value:
    status = "reported" if number is not None else "not submitted"
    areas = {"parts": "E06000032 E06000055", "lacking": lacking}
    return value("FD04", period, number, status=status, **areas)


def test_a_roll_up_begins_with_its_first_sum_and_says_what_is_left_out():
    years = [
        rolled("2020-21", None, "E06000055"),
        rolled("2021-22", None, "E06000055"),
        rolled("2022-23", 416.5),
        rolled("2023-24", None, "E06000055"),
        rolled("2024-25", 429.9),
    ]
    kept, said = series.since_whole(years)
    assert [one.period.code for one in kept] == ["2022-23", "2023-24", "2024-25"]
    assert said == (
        "From 2020/21 to 2021/22 at most 1 of 2 areas sent counts, so there is no sum and nothing is shown"
    )
    spec = indicators()["FD04"]
    chart = ChartSpec(title="By year", indicator="FD04", period_type="year", mark="line")
    panel = dashboards.single(spec, chart, years)
    assert [row[0].text for row in panel.rows] == ["2024/25", "2023/24", "2022/23"]
    assert said in f"{panel.signs} {panel.unavailable}"


def test_only_what_comes_before_a_roll_ups_first_sum_is_left_out():
    own = [value("FD04", "2020-21", None), value("FD04", "2021-22", 4.0)]
    assert series.since_whole(own) == (own, "")
    never = [rolled("2020-21", None, "E06000055")]
    assert series.since_whole(never) == (never, "")
    assert series.since_whole([]) == ([], "")


def test_more_labels_than_fit_beside_a_chart_make_it_taller():
    names = [f"A reason of several words {place}" for place in range(10)]
    figure = frame("Ranks", "number", [])
    figure["layout"]["yaxis"] |= {"range": [-10.5, -0.5]}
    ends = [(name, -1.0 - place, "#000000") for place, name in enumerate(names)]
    drawn = chart_parts.with_end_labels(figure, ends)
    lines = sum(one["text"].count("\n") + 1 for one in drawn["layout"]["annotations"])
    grown = drawn["layout"]["height"] - chart_parts.HEIGHT
    assert grown == lines * chart_parts.LINE_HEIGHT - chart_parts.INNER > 0


def test_the_rule_of_a_target_says_that_the_interval_is_not_used_and_whether_it_holds_the_target():
    spec = indicators()["TR12"]
    now = value("TR12", "2025-26", 89.4)._replace(lower=88.2, upper=90.5)
    rule = "Target at least 90.0%: met, near or missed by the value itself, whatever its interval"
    assert wording.aim_words(spec, now) == f"{rule} (88.2% to 90.5%, which holds the target)."
    beside = now._replace(upper=89.9)
    assert wording.aim_words(spec, beside) == f"{rule} (88.2% to 89.9%, which lies to one side)."
    assert wording.aim_words(spec, None) == f"{rule}."
    assert wording.aim_words(indicators()["DA01"], value("DA01", "2024-25", 5)) == "No target."


@pytest.mark.parametrize(
    ("indicator", "unit", "read"),
    [
        ("DA01", "in number", "+5"),
        ("FD04", "per 10,000", "+5.0"),
        ("FD07", "points", "+5.0 points"),
    ],
)
def test_a_change_names_its_unit(indicator, unit, read):
    change = wording.delta(
        indicators()[indicator], value(indicator, "2023-24", 20), value(indicator, "2024-25", 25)
    )
    assert (change.amount, change.unit) == (read, unit)
    html = written(change)
    assert "points" in html if unit == "points" else f'title="{read} {unit}"' in html
