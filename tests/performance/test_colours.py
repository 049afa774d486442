"""A thing keeps its colour by its name on every page, and the colours are told apart by people with any colour vision."""

import itertools
from pathlib import Path

import pytest

from performance.indicators.scorecard import ChartSpec, scorecard
from performance.indicators.spec import indicators
from performance.intake.codes import code_list
from performance.pages import (
    by_category,
    chart_parts,
    colours,
    controls,
    dashboards,
    drawing,
    ranks,
)
from performance.pages.chart_parts import BLUE
from tests.performance.test_drawing import months, value

ENGLAND, EAST, PETERBOROUGH = "E92000001", "E12000006", "E06000031"
# How colours look without one kind of cone, on linear RGB: Machado, Oliveira and Fernandes (2009), 'A physiologically
# based model for simulation of color vision deficiency', IEEE Transactions on Visualization and Computer Graphics 15.
VISIONS = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "without red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "without green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "without blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}  # fmt: skip
APART = 16  # CIE 1976 difference; about 2 is the least that is seen side by side


def seen(shade: str, vision: str) -> tuple[float, float, float]:
    """The colour as it is seen, in CIE L*a*b*."""
    parts = [int(shade[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    r, g, b = (
        min(1, max(0, sum(a * c for a, c in zip(row, linear, strict=True))))
        for row in VISIONS[vision]
    )
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089
    fx, fy, fz = (one ** (1 / 3) if one > 0.008856 else 7.787 * one + 16 / 116 for one in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def apart(first: str, second: str, vision: str) -> float:
    pairs = zip(seen(first, vision), seen(second, vision), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


@pytest.mark.parametrize("vision", VISIONS)
def test_colours_that_stand_in_one_chart_are_told_apart_with_any_colour_vision(vision):
    groups = [
        colours.PALETTE[:8],  # more categories than eight are ranked, each with its name
        (BLUE, *colours.BESIDE),
        (BLUE, *colours.WIDER.values()),
        (BLUE, colours.EARLIER),
        (BLUE, chart_parts.QUIET),
        (colours.GREY, chart_parts.QUIET),
    ]
    for group in groups:
        for first, second in itertools.combinations(group, 2):
            assert apart(first, second, vision) >= APART, (first, second)


def test_every_colour_stands_out_from_white_and_has_one_for_dark_surroundings():
    style = Path("performance/static/performance/performance.css").read_text(encoding="utf-8")
    for shade in {
        *colours.PALETTE,
        *colours.BESIDE,
        *colours.WIDER.values(),
        colours.GREY,
        chart_parts.QUIET,
    }:
        assert chart_parts.contrast(shade) >= 3, shade
        assert f"--chart-{shade[1:]}:" in style, shade


def test_names_beside_lines_are_never_too_pale_to_read():
    for shade in (*colours.PALETTE, chart_parts.QUIET):
        assert chart_parts.contrast(chart_parts.readable(shade)) >= 4.5


def test_no_two_indicators_of_a_chart_share_a_colour():
    for board in scorecard().dashboards:
        for chart in board.charts:
            found = [
                colours.of_series(one, "") for one in (chart.indicator, *chart.with_indicators)
            ]
            assert len(found) == len(set(found)), chart.title


def test_an_indicator_has_the_same_colour_alone_and_beside_another():
    together = ChartSpec(indicator="FD01", title="Both", with_indicators=("FD03",))
    contacts, referrals = (
        months([900.0] * 12, indicator="FD01"),
        months([200.0] * 12, indicator="FD03"),
    )
    both = dashboards.panel(together, [*contacts, *referrals]).figure
    alone = dashboards.panel(ChartSpec(indicator="FD03", title="One"), referrals).figure
    assert both is not None
    assert alone is not None
    titled = {one["name"]: one["line"]["color"] for one in both["data"]}
    (line,) = [one for one in alone["data"] if one["mode"] == "lines+markers"]
    assert line["line"]["color"] == titled[indicators()["FD03"].title]
    assert len(set(titled.values())) == 2


def test_an_area_has_the_same_colour_on_its_own_page_and_beside_another():
    spec, chart = indicators()["FD05"], ChartSpec(indicator="FD05", title="Share")
    own = months([20.0] * 12, indicator="FD05")
    england = months([25.0] * 12, indicator="FD05", area=ENGLAND)
    beside = controls.compared(
        dashboards.panel(chart, own), spec, [("Luton", own), ("England", england)]
    )
    alone = dashboards.panel(chart, england).figure
    assert beside.figure is not None
    assert alone is not None
    named = {one["name"]: one["line"]["color"] for one in beside.figure["data"]}
    (line,) = [one for one in alone["data"] if one["mode"] == "lines+markers"]
    assert line["line"]["color"] == named["England"] != named["Luton"]
    assert colours.of_area(EAST) == colours.of_series("FD05", EAST)


def test_neighbours_stand_behind_in_one_grey_and_differ_by_their_strokes():
    spec, chart = indicators()["FD05"], ChartSpec(indicator="FD05", title="Share")
    own = months([20.0] * 12, indicator="FD05")
    others = [
        (name, months([number] * 12, indicator="FD05", area=f"E0800000{place}"))
        for place, (name, number) in enumerate([("One", 22.0), ("Two", 23.0), ("Three", 24.0)])
    ]
    found = controls.compared(dashboards.panel(chart, own), spec, [("Luton", own), *others]).figure
    assert found is not None
    lines = {one["name"]: one["line"] for one in found["data"]}
    assert {lines[name]["color"] for name, _ in others} == {chart_parts.QUIET}
    assert len({lines[name]["dash"] for name, _ in others}) == 3


def test_a_category_has_the_same_colour_ranked_stacked_and_in_the_course_of_ranks():
    spec, codes = indicators()["FD13"], code_list("source")
    common = {"indicator": "FD13", "breakdown": "source"}
    shares = {"schools": 30.0, "police": 28.0, "health": 25.0, "housing": 17.0}

    def year(when):
        return [value(when, number, category=code, **common) for code, number in shares.items()]

    chart = ChartSpec(
        indicator="FD13", title="Sources", breakdown="source", period_type="year", mark="bar"
    )
    ranked = by_category.broken_down(spec, chart, year("2023-24")).figure
    standing = by_category.broken_down(spec, chart, [*year("2022-23"), *year("2023-24")]).figure
    found = ranks.ranking(spec, codes, [*year("2022-23"), *year("2023-24")])
    assert ranked is not None
    assert standing is not None
    assert found is not None
    assert found.figure is not None
    (bars,) = ranked["data"]
    lying = dict(zip(bars["y"], bars["marker"]["color"], strict=True))
    assert lying == {one["name"]: one["marker"]["color"] for one in standing["data"]}
    assert lying == {one["name"]: one["line"]["color"] for one in found.figure["data"]}
    picture = drawing.svg(ranked, "Sources")
    assert all(f'fill="{shade}"' in picture for shade in lying.values())


def test_the_same_thing_has_the_same_colour_in_every_list_and_no_two_of_a_list_share_one():
    known: dict[str, str] = {}
    for name in colours.SHARED:
        codes = code_list(name)
        named = [one.code for one in codes if one.code not in colours.NAMELESS]
        given = {code: colours.of_category(codes, code) for code in named}
        assert len(set(given.values())) == len(given), name
        for code, shade in given.items():
            assert known.setdefault(code, shade) == shade, (name, code)
        for code in colours.NAMELESS:
            shade = chart_parts.QUIET if code in colours.UNKNOWN else colours.GREY
            assert colours.of_category(codes, code) == shade


def test_an_area_that_is_no_other_is_blue_and_beside_another_grey():
    assert colours.of_series("FD05", "E06000032") == colours.of_series("FD05", PETERBOROUGH) == BLUE
    assert colours.of_area(PETERBOROUGH) == chart_parts.QUIET
