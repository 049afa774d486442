"""Charts say why a number is missing, keep their names apart, and are the same picture on paper as on screen."""

import itertools
import re
import xml.etree.ElementTree as ET
from datetime import date
from decimal import Decimal

import pytest

from lscb.periods import Period, parse
from performance.indicators.scorecard import ChartSpec
from performance.indicators.series import Break, Notes, Value
from performance.indicators.spec import indicators
from performance.indicators.terms import Term, terms
from performance.intake.codes import code_list
from performance.pages import axes, by_category, chart_parts, charts, controls, dashboards, drawing
from performance.pages.frames import frame

SPEC = indicators()["DA01"]
SVG = "{http://www.w3.org/2000/svg}"


def value(period: str | Period, number: float | None, **fields: object) -> Value:
    when = parse(period) if isinstance(period, str) else period
    given = {
        "indicator": "DA01", "area": "E06000032", "period_type": when.kind, "period": when, "breakdown": "all",
        "category": "all", "numerator": None if number is None else Decimal(str(number)), "denominator": None,
        "value": number, "lower": None, "upper": None, "status": "not submitted" if number is None else "reported",
        "present": 0 if number is None else when.length, "expected": when.length, "published": False,
    }  # fmt: skip
    return Value(**(given | fields))  # type: ignore[arg-type]


def months(numbers: list[float | None], **fields: object) -> list[Value]:
    first = parse("2024-04").first
    return [value(Period(first + at, 1), one, **fields) for at, one in enumerate(numbers)]


def texts(picture: str) -> list[str]:
    return [one.text or "" for one in ET.fromstring(picture).iter(f"{SVG}text")]


@pytest.mark.parametrize(
    ("status", "sign", "words"),
    [
        ("not submitted", "n", "n: not submitted"),
        ("suppressed", "c", "c: suppressed at source"),
        ("not applicable", "z", "z: not applicable"),
    ],
)
def test_a_gap_says_why_there_is_no_number_and_zero_is_a_number(status, sign, words):
    values = [*months([5, 0]), value("2024-06", None, status=status), value("2024-07", 7)]
    figure, signs = charts.control_chart("Crimes", "number", values, SPEC)
    assert figure["data"][0]["y"] == [5, 0, None, 7]
    assert [one["text"] for one in figure["layout"]["annotations"]] == [sign]
    assert words in signs


def test_the_names_of_limits_stand_beside_lines_that_reach_the_end():
    values = months([50, 53, 49, 51, 52, 50, 48, 51, 50, 52, 49, 50, 51, 80, 82, 81])
    begun = Notes(rebases={"DA01": (parse("2025-05"),)})
    names = {"Mean", "Usual variation"}

    def named(notes: Notes) -> set[str]:
        figure, _ = charts.control_chart("Crimes", "number", values, SPEC, notes)
        return names & {" ".join(one["text"].split()) for one in figure["layout"]["annotations"]}

    assert named(Notes()) == names
    assert named(begun) == set()


def test_a_period_that_nobody_sent_is_a_gap_as_well():
    figure, signs = charts.control_chart(
        "Crimes", "number", [value("2024-04", 3), value("2024-06", 4)], SPEC
    )
    assert figure["data"][0]["y"] == [3, None, 4]
    assert "x: not available" in signs


def test_a_quarter_with_some_of_its_months_is_hatched_and_says_how_many():
    values = [
        value("2024-25-Q1", 9), value("2024-25-Q2", 8),
        value("2024-25-Q3", None, present=2, expected=3),
    ]  # fmt: skip
    chart = ChartSpec(indicator="DA01", title="Crimes", period_type="quarter", mark="bar")
    panel = dashboards.panel(chart, values)
    assert panel.figure is not None
    bars, hatched = panel.figure["data"]
    assert (bars["x"], hatched["x"]) == (["Q1 24/25", "Q2 24/25", "Q3 24/25"], ["Q3 24/25"])
    assert hatched["marker"]["pattern"]["shape"] == "/"
    bottom, top = panel.figure["layout"]["yaxis"]["range"]
    assert (hatched["base"], hatched["y"]) == ([bottom], [top - bottom])
    assert "2/3" in [one["text"] for one in panel.figure["layout"]["annotations"]]
    assert "Hatched" in panel.signs[0]


def test_of_several_series_a_partial_period_is_hatched_and_a_missing_value_is_named():
    chart = ChartSpec(
        indicator="FD03", title="Referrals", breakdown="source", period_type="quarter", mark="stacked"
    )  # fmt: skip
    given = {"indicator": "FD03", "breakdown": "source"}
    police = [
        value("2024-25-Q1", 9, category="police", **given),
        value("2024-25-Q2", 8, category="police", **given),
        value("2024-25-Q4", None, category="police", present=1, expected=3, **given),
    ]
    schools = [
        value("2024-25-Q1", 5, category="schools", **given),
        value("2024-25-Q2", None, category="schools", status="suppressed", **given),
        value("2024-25-Q4", None, category="schools", present=1, expected=3, **given),
    ]
    panel = dashboards.panel(chart, [*police, *schools])
    assert panel.figure is not None
    signs = [one["text"] for one in panel.figure["layout"]["annotations"]]
    assert signs == ["x", "1/3"]
    assert panel.figure["data"][-1]["x"] == ["Q4 24/25"]
    assert "Not drawn: Schools in Q2 24/25 (suppressed at source)" in panel.signs
    assert panel.figure["layout"]["yaxis"]["range"] == [0, pytest.approx(14 * 1.08)]


def test_counts_start_at_zero_and_percentages_need_not():
    figure, _ = charts.control_chart("Crimes", "number", months([90, 95, 99]), SPEC)
    assert figure["layout"]["yaxis"]["range"][0] == 0
    spec = indicators()["FD05"]
    shares = months([90, 95, 99], indicator="FD05")
    figure, _ = charts.control_chart("Share", "%", shares, spec)
    assert figure["layout"]["yaxis"]["range"][0] > 0


@pytest.mark.parametrize(
    "wanted", [[10, 11, 12, 13], [265, 266, 267], [0, 0, 270, 270], list(range(0, 300, 12))]
)
def test_names_beside_lines_never_overlap(wanted):
    heights = [17.0] * len(wanted)
    placed = chart_parts.spread(wanted, heights, 270)
    assert all(after - before >= 16.999 for before, after in itertools.pairwise(placed))


def test_a_name_that_cannot_stand_at_the_end_of_its_line_is_joined_with_it_by_a_leader():
    traces = [
        chart_parts.line(name, ["Q1", "Q2"], [1.0, value], "#1d5f9e")
        for name, value in (("Neglect", 5.0), ("Police", 5.0), ("Schools", 9.0))
    ]
    figure = frame("Ranks", "number", traces)
    figure["layout"]["yaxis"]["range"] = [0, 10]
    ends = [(one["name"], one["y"][-1], "#1d5f9e") for one in traces]
    figure = chart_parts.with_end_labels(figure, ends)
    leaders = [one for one in figure["layout"]["shapes"] if one["name"] == "leader"]
    assert [one["y0"] for one in leaders] == [5.0]
    assert leaders[0]["x0"] == 1
    moved = [one for one in figure["layout"]["annotations"] if one["yshift"]]
    assert [one["text"] for one in moved] == ["Police"]
    drop = moved[0]["yshift"] * 10 / chart_parts.INNER
    assert leaders[0]["y1"] == pytest.approx(5.0 + drop, abs=0.01)
    picture = drawing.svg(figure, "Ranks")
    assert len(re.findall(r'<path d="M[\d. ]+L[\d. ]+" stroke="#1d5f9e"/>', picture)) == 1


def test_the_same_category_has_the_same_colour_whatever_stands_beside_it():
    spec = indicators()["FD13"]
    chart = ChartSpec(
        indicator="FD13", title="Sources", breakdown="source", period_type="year", mark="bar"
    )
    common = {"indicator": "FD13", "breakdown": "source"}

    def colours(*categories: str) -> dict[str, str]:
        values = [
            value(year, 10.0, category=one, **common)
            for one in categories
            for year in ("2022-23", "2023-24")
        ]
        figure = by_category.broken_down(spec, chart, values).figure
        assert figure is not None
        return {one["name"]: one["marker"]["color"] for one in figure["data"]}

    assert colours("police", "schools")["Schools"] == colours("schools", "housing")["Schools"]


def test_a_year_with_one_category_is_not_drawn_beside_a_full_one():
    spec = indicators()["FD18"]
    chart = ChartSpec(
        indicator="FD18", title="Reasons", breakdown="reason", period_type="year", mark="bar"
    )
    common = {"indicator": "FD18", "breakdown": "reason"}
    full = [
        value("2024-25", 9.0, category=one, **common)
        for one in ("domestic-abuse", "neglect", "parenting")
    ]
    panel = by_category.broken_down(
        spec, chart, [value("2023-24", 4.0, category="neglect", **common), *full]
    )
    assert panel.figure is not None
    assert panel.figure["data"][0]["orientation"] == "h"
    assert "2023/24" in panel.columns


def test_numbers_of_two_definitions_are_neither_joined_nor_compared():
    chart = ChartSpec(
        indicator="ED01", title="Referrals", period_type="year", with_indicators=("HE05",),
    )  # fmt: skip
    years = ["2021-22", "2022-23", "2023-24", "2024-25"]
    local = Break(parse("2024-25"), "shares follow local groups")
    values = [
        value(year, number, indicator=one)._replace(breaks=(local,))
        for one in ("ED01", "HE05")
        for year, number in zip(years, [20.0, 25.0, 29.3, 27.6], strict=True)
    ]
    panel = dashboards.panel(chart, values)
    assert panel.figure is not None
    first, last = panel.figure["data"][:2]
    assert first["y"] == [20.0, 25.0, 29.3, None]
    assert last["y"] == [None, None, None, 27.6]
    assert "not comparable with" in panel.summary
    assert panel.signs == (f"A: {local.words}",)
    assert "1.7" not in panel.summary


def test_a_single_line_is_broken_where_its_figures_do_not_compare():
    broken = (Break(parse("2024-25"), "shares follow local groups"),)
    values = [
        value(f"20{20 + at}-{21 + at}", 20.0 + at, indicator="ED01", breaks=broken)
        for at in range(5)
    ]
    panel = dashboards.panel(
        ChartSpec(indicator="ED01", title="Schools", period_type="year"), values
    )
    assert panel.figure is not None
    first, last = panel.figure["data"]
    assert first["y"][-2:] == [23.0, None]
    assert last["y"][-2:] == [None, 24.0]
    assert not panel.figure["layout"].get("showlegend")


def test_terms_of_school_are_shaded_where_they_lie():
    term = Term("E06000032", "Autumn term", date(2024, 9, 1), date(2024, 9, 30), "the council")
    figure, signs = charts.control_chart(
        "Crimes", "number", months([5.0] * 12), SPEC, Notes(terms=(term,))
    )
    (column,) = figure["layout"]["shapes"]
    assert column["x0"] == pytest.approx(4.5)
    assert column["x1"] == pytest.approx(5.5, abs=0.04)
    assert signs == ()
    panel = dashboards.panel(
        ChartSpec(indicator="DA01", title="Crimes"), months([5.0] * 12), (), Notes(terms=(term,))
    )
    assert panel.signs == (
        "Shaded: school terms (the council)",
        "School terms before 1 September 2024 and after 30 September 2024 are not known, so none is shaded there",
    )


def test_where_no_term_is_known_the_chart_says_so_and_where_none_is_asked_for_it_says_nothing():
    chart = ChartSpec(indicator="DA01", title="Crimes")
    asked = dashboards.panel(chart, months([5.0] * 12), (), Notes(terms=()))
    assert asked.signs == ("School terms of this time are not known, so none is shaded",)
    assert dashboards.panel(chart, months([5.0] * 12)).signs == ()


def test_every_term_of_school_ends_after_it_begins_and_has_a_source():
    assert all(one.first < one.last and one.source for one in terms())


def test_a_picture_carries_title_names_signs_and_source():
    values = [*months([10, 11] * 7), value("2025-06", None)]
    panel = dashboards.panel(ChartSpec(indicator="DA01", title="Crimes & incidents"), values)
    assert panel.figure is not None
    said = texts(drawing.svg(panel.figure, panel.title, [*panel.signs, "Luton. Police."]))
    for words in (
        "Crimes & incidents",
        "Mean",
        "variation",
        "n",
        "n: not submitted",
        "Luton. Police.",
    ):
        assert words in said
    assert drawing.png(drawing.svg(panel.figure, panel.title)).startswith(b"\x89PNG")


def test_no_name_is_written_into_a_template_where_it_would_be_markup():
    spec = SPEC.model_copy(update={"title": "Crimes <b>x</b> %{y}"})
    years = [value(f"20{20 + at}-{21 + at}", 20.0 + at) for at in range(5)]
    named = [charts.Named(spec.title, "#1d5f9e", years)]
    for figure in (
        charts.control_chart("Crimes", "number", months([10, 11] * 7), spec)[0],
        charts.lines("Crimes", "number", named, zero=True)[0],
        charts.bars("Crimes", "number", named)[0],
    ):
        assert spec.title in [trace.get("name") for trace in figure["data"]]
        assert "<b>" not in "".join(trace.get("hovertemplate", "") for trace in figure["data"])


def test_words_with_markup_or_control_characters_are_drawn_as_words():
    panel = dashboards.panel(ChartSpec(indicator="DA01", title="Crimes"), months([10, 11] * 7))
    assert panel.figure is not None
    picture = drawing.svg(panel.figure, "A\x0btitle <script>", ["Moved\x01<b>here</b>."])
    assert {"A title <script>", "Moved <b>here</b>."} <= set(texts(picture))
    assert drawing.png(picture).startswith(b"\x89PNG")


def test_bars_stand_on_zero_in_the_picture_and_are_as_high_as_their_number():
    named = [charts.Named("Crimes", "#1d5f9e", months([10.0, 20.0]))]
    figure, _ = charts.bars("Crimes", "number", named)
    rows = [
        one for one in ET.fromstring(drawing.svg(figure, "Crimes")).iter(f"{SVG}rect")
        if one.get("fill") == "#1d5f9e"
    ]  # fmt: skip
    low, high = (float(one.get("height", "0")) for one in rows)
    assert high == pytest.approx(2 * low, rel=0.01)
    assert {round(float(one.get("y", "0")) + float(one.get("height", "0"))) for one in rows} == {
        round(float(rows[0].get("y", "0")) + low)
    }


def test_many_neighbours_are_grey_and_one_s_own_line_stands_out():
    spec = indicators()["FD04"]
    series = [
        (
            f"Area {at}",
            [
                value(f"20{20 + year}-{21 + year}", 500.0 + at, indicator="FD04")
                for year in range(4)
            ],
        )
        for at in range(9)
    ]
    panel = dashboards.panel(
        ChartSpec(indicator="FD04", title="Rate", period_type="year"), series[0][1]
    )
    beside = controls.compared(panel, spec, series)
    assert beside.figure is not None
    assert {one["line"]["color"] for one in beside.figure["data"][:-1]} == {chart_parts.QUIET}
    assert beside.figure["data"][-1]["name"] == "Area 0"


@pytest.mark.parametrize(("low", "high"), [(0, 7), (0, 16791), (17.2, 34.5), (0, 0.4)])
def test_ticks_are_round_and_lie_within(low, high):
    ticks = axes.nice_ticks(low, high)
    assert 3 <= len(ticks) <= 8
    assert all(low <= one <= high for one in ticks)


def test_years_before_the_months_stand_to_their_left_with_the_join_marked():
    years = [value("2020-21", 1200), value("2022-23", 960), value("2023-24", 1300)]
    chart = ChartSpec(indicator="DA01", title="Crimes")
    values = months([90, 95, 99, 101])
    panel = dashboards.panel(chart, [*values, *years])
    assert panel.figure is not None
    front, series_ = panel.figure["data"][:2]
    assert front["x"] == ["2020/21", "2021/22", "2022/23", "2023/24"]
    assert front["y"] == [100, None, 80, pytest.approx(108.33, abs=0.01)]
    assert front["mode"] == "markers", "no line joins a year to a month"
    assert series_["y"] == [90, 95, 99, 101]
    (edge,) = [one for one in panel.figure["layout"]["shapes"] if one["type"] == "line"]
    assert edge["x0"] == 3.5, "between the last year and the first month"
    (words,) = [one for one in panel.signs if "financial years" in one]
    assert "as the mean of its months" in words
    assert "limits rest on the months alone" in words
    assert "2021/22" in drawing.svg(panel.figure, "Crimes")


def test_a_share_of_a_year_stands_beside_its_months_as_it_is():
    shares = [value("2024-04", 20.0, indicator="FD05"), value("2024-05", 21.0, indicator="FD05"),
              value("2024-06", 22.0, indicator="FD05")]  # fmt: skip
    year = value("2023-24", 26.1, indicator="FD05")
    panel = dashboards.panel(ChartSpec(indicator="FD05", title="Conversion"), [*shares, year])
    assert panel.figure is not None
    assert panel.figure["data"][0]["y"] == [26.1]


def test_a_year_that_months_belong_to_is_not_drawn_twice():
    panel = dashboards.panel(
        ChartSpec(indicator="DA01", title="Crimes"), [*months([90, 95, 99]), value("2024-25", 1200)]
    )
    assert panel.figure is not None
    assert panel.figure["data"][0]["y"] == [90, 95, 99]


def test_nothing_but_zeros_is_drawn_on_an_axis_that_magnifies_nothing():
    years = [value(f"20{20 + at}-{21 + at}", 0.0) for at in range(3)]
    named = [charts.Named("Returns on time", "#1d5f9e", years)]
    for unit, top in (("%", 100), ("number", 1)):
        figure, _ = charts.lines("Returns", unit, named, zero=True)
        low, high = figure["layout"]["yaxis"]["range"]
        assert low == 0
        assert top <= high < 1.2 * top


def test_categories_whose_names_would_fill_the_chart_stand_each_beside_its_bar():
    spec = indicators()["GV01"]
    agencies = [code.code for code in code_list("named_agency")]
    chart = ChartSpec(indicator="GV01", title="On time", breakdown="named_agency", mark="bar")

    def drawn(codes: list[str]) -> str:
        values = [
            value(month, 50.0, indicator="GV01", breakdown="named_agency", category=code)
            for month in ("2025-04", "2025-05")
            for code in codes
        ]
        figure = by_category.broken_down(spec, chart, values).figure
        assert figure is not None
        return str(figure["data"][0].get("orientation", "v"))

    assert drawn(agencies[:2]) == "v"
    assert drawn(agencies[:7]) == "h"


@pytest.mark.parametrize(
    ("indicator", "numbers"), [("FD05", [40.0, 41, 42]), ("DA01", [700, 800, 60])]
)
def test_no_line_joins_the_total_to_date_of_march_with_that_of_april(indicator, numbers):
    first = parse("2025-02").first
    values = [
        value(Period(first + at, 1), number, indicator=indicator, period_type="ytd")
        for at, number in enumerate(numbers)
    ]
    chart = ChartSpec(
        indicator=indicator, title="To date", breakdown="all", period_type="ytd", mark="line"
    )  # fmt: skip
    panel = dashboards.panel(chart, values)
    assert panel.figure is not None
    assert [one["y"] for one in panel.figure["data"]] == [
        [numbers[0], numbers[1], None],
        [None, None, numbers[2]],
    ]
    assert dashboards.ANEW in panel.signs
    assert len(panel.rows) == 3
    ways = [
        one.get("d", "")
        for one in ET.fromstring(drawing.svg(panel.figure, "To date")).iter(f"{SVG}path")
        if one.get("fill") == "none"
    ]
    assert [way.count("L") for way in ways] == [1, 0], "a line through two points, and one point"


def test_a_rolling_year_goes_on_across_april():
    first = parse("2025-02").first
    values = [
        value(Period(first + at, 1), number, indicator="FD05", period_type="rolling")
        for at, number in enumerate([40.0, 41, 42])
    ]
    chart = ChartSpec(
        indicator="FD05", title="Rolling", breakdown="all", period_type="rolling", mark="line"
    )  # fmt: skip
    panel = dashboards.panel(chart, values)
    assert panel.figure is not None
    assert [one["y"] for one in panel.figure["data"]] == [[40, 41, 42]]
    assert dashboards.ANEW not in panel.signs


def test_hatching_on_paper_is_fine_lies_in_its_column_and_has_no_name_in_the_legend():
    values = [
        value("2024-25-Q1", 9), value("2024-25-Q2", 8),
        value("2024-25-Q3", None, present=2, expected=3),
    ]  # fmt: skip
    chart = ChartSpec(indicator="DA01", title="Crimes", period_type="quarter", mark="bar")
    panel = dashboards.panel(chart, values)
    assert panel.figure is not None
    root = ET.fromstring(drawing.svg(panel.figure, "Crimes"))
    (way,) = [
        one.get("d", "")
        for one in root.iter(f"{SVG}path")
        if one.get("stroke") == chart_parts.QUIET
    ]
    strokes = [
        [tuple(map(float, end.split())) for end in one.split("L")] for one in way.split("M")[1:]
    ]
    assert len(strokes) > 40
    for (x1, y1), (x2, y2) in strokes:
        assert x2 - x1 == pytest.approx(y1 - y2, abs=0.2), "a stroke rises as far as it goes right"
    bars = [one for one in root.iter(f"{SVG}rect") if one.get("fill") == "#1d5f9e"]
    end = max(float(one.get("x", 0)) + float(one.get("width", 0)) for one in bars)
    assert min(x for stroke in strokes for x, _ in stroke) > end
    assert texts(drawing.svg(panel.figure, "Crimes")).count("2/3") == 1
    assert len(bars) == 2
