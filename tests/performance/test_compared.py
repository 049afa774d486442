"""Comparison with other places, groups of children and rare events: words, limits, and refusals that say why."""

import csv
import io
import xml.etree.ElementTree as ET

import pytest
from django.test import Client
from openpyxl import load_workbook

from performance.actions import sample
from performance.indicators.spec import indicators
from performance.intake.codes import code_list
from performance.pages import chart_parts, disparity_page, drawing
from performance.pages.cells import Cell
from performance.pages.compared import Model, compare
from performance.pages.funnel import limits
from performance.statistics.disparity import rate_ratio
from performance.statistics.intervals import rate_interval, wilson
from performance.views.downloads import written
from tests import factories
from tests.performance.conftest import Send
from tests.performance.indicators.building import LUTON, value

ENGLAND = "E92000001"
SPEC = indicators()["FD04"]


def rate(area: str, top: float, bottom: float):
    interval = rate_interval(int(top), bottom, 10_000)
    return value(
        "FD04",
        "2023-24",
        top=top,
        bottom=bottom,
        area=area,
        interval=(interval.lower, interval.upper),
    )


def places(**counts: tuple[float, float]):
    return {code: rate(code, *one) for code, one in counts.items()}


OWN = rate(LUTON, 3130, 60207)
OTHERS = {
    ENGLAND: rate(ENGLAND, 621_880, 11_900_000),
    **places(a=(2500, 50_000), b=(4800, 70_000), c=(2100, 40_000), d=(900, 30_000)),
}


NEAR = Model("2025", ("a", "b", "x"))


def made(others=OTHERS, own=OWN, before=None, models=(NEAR,)):
    return compare(SPEC, own, before, others, {ENGLAND: "England"}, [ENGLAND], models)


def test_the_words_go_by_the_interval_of_the_areas_own_value():
    before = value("FD04", "2022-23", top=3164, bottom=58728, interval=(520.2, 557.9))
    found = made(before=before)
    told = {row.name: (row.value, row.words.split(" (")[0]) for row in found.rows}
    assert told == {
        "England": ("522.6", "Similar"),
        "Statistical neighbours, median": ("592.9", "Lower"),
        "Statistical neighbours, mean": ("592.9", "Lower"),
        "Its own 2022/23": ("538.8", "Similar"),
    }
    assert found.rows[1].note == "2 of 3 neighbours, 2025 model"
    assert "95% interval 501.8 to 538.4" in found.rows[0].words


@pytest.mark.parametrize(
    ("code", "own", "before", "words"),
    [
        # Luton's published counts; with the year before as a fixed mark they were called higher or lower
        ("LA05", (301, 335), (285, 334), "Similar"),
        ("LA07", (46, 359), (35, 375), "Similar"),
        ("CP05", (439, 551), (362, 430), "Similar"),
        ("FD19", (593, 3137), (652, 3130), "Similar"),
        ("NE05", (100, 231), (104, 205), "Similar"),
        # the example of Newcombe (1998)
        ("CP01", (56, 70), (48, 80), "Higher (a difference of +20.0 points, 95% interval +5.2 to +33.4)"),
        ("CP01", (50, 100), (50, 100), "Similar (no difference, 95% interval −13.6 to +13.6)"),
        ("FD04", (3130, 60207), (3164, 58728), "Similar (0.96 times, 95% interval 0.92 to 1.01)"),
        ("FD04", (3130, 60207), (2500, 58728), "Higher (1.22 times, 95% interval 1.16 to 1.29)"),
        ("FD04", (2500, 58728), (3130, 60207), "Lower (0.82 times, 95% interval 0.78 to 0.86)"),
        ("FD04", (12, 1000), (0, 1000), "Cannot be judged: a ratio to or of none has no interval"),
    ],
)  # fmt: skip
def test_its_own_past_is_judged_by_the_interval_of_the_difference_because_both_years_vary(
    code, own, before, words
):
    spec = indicators()[code]

    def counted(period: str, top: float, bottom: float):
        interval = (
            wilson(top, bottom).times(100)
            if spec.unit == "percent"
            else rate_interval(top, bottom, spec.multiplier)
        )
        return value(
            code, period, top=top, bottom=bottom, interval=(interval.lower, interval.upper)
        )

    row = compare(spec, counted("2023-24", *own), counted("2022-23", *before), {}, {}, [], []).rows[
        -1
    ]
    assert row.words.startswith(words)
    assert row.note == "two years only; the chart judges changes over time"


def test_a_year_without_its_counts_is_not_judged_against_another():
    row = made(before=value("FD04", "2022-23", 480.0, interval=(470.0, 490.0))).rows[-1]
    assert row.words == "Cannot be judged: one of the two figures has no counts"
    printed = value("FD04", "2023-24", 500.0)
    row = made(own=printed, before=value("FD04", "2022-23", 480.0)).rows[-1]
    assert row.words == "Cannot be judged: neither figure has its counts"


def test_two_numbers_with_counts_and_no_interval_are_told_to_lack_the_interval():
    before = value("FD04", "2022-23", top=3000.0, bottom=58_000.0)
    row = made(before=before).rows[-1]
    assert row.words == "Cannot be judged: one of the two figures has no interval"


def test_mean_and_median_are_told_apart():
    found = made(models=(Model("2021", ("a", "b", "d")),))
    named = {row.name: row.value for row in found.rows}
    assert named["Statistical neighbours, median"] == "500.0"
    assert named["Statistical neighbours, mean"] == "495.2"


def test_a_count_is_never_compared_and_a_value_without_interval_is_not_judged():
    count = compare(indicators()["FD03"], value("FD03", "2023-24", 3130), None, {}, {}, [], [])
    assert "compare a rate or a percentage" in count.refusal
    printed = made(own=value("FD04", "2023-24", 519.9))
    assert printed.rows[0].words == "Cannot be judged: the figure has no interval"
    assert "only a value was published" in printed.funnel.unavailable
    assert (
        compare(SPEC, None, None, {}, {}, [], []).refusal == "There is no yearly figure to compare."
    )


def test_the_funnel_flags_by_size_and_needs_enough_areas():
    found = made()
    assert found.funnel.figure is not None
    told = {row[0].text: row[3].text for row in found.funnel.rows}
    assert told["b"] == "Higher, outside the 99.8% limits"
    assert told["d"] == "Lower, outside the 99.8% limits"
    assert told["c"] == told[LUTON] == "Within the limits"
    few = made(others={ENGLAND: OTHERS[ENGLAND], "a": OTHERS["a"]})
    assert few.funnel.figure is None
    assert "needs 5 areas" in few.funnel.unavailable


def test_a_funnel_of_areas_that_differ_by_more_than_chance_does_not_say_that_chance_explains_them():
    apart = made().funnel
    assert "more than chance allows" in apart.summary
    assert any(one.startswith("The areas differ more than chance allows") for one in apart.signs)
    assert not any("no more than chance explains" in one for one in apart.signs)
    near = {
        ENGLAND: OTHERS[ENGLAND],
        **places(a=(2600, 50_000), b=(3700, 70_000), c=(2100, 40_000), d=(1560, 30_000)),
    }
    alike = made(others=near).funnel
    assert "more than chance" not in alike.summary
    assert any("no more than chance explains" in one for one in alike.signs)


@pytest.mark.parametrize("base", [500.0, 60_207.0])
def test_a_smaller_area_has_wider_limits_and_the_centre_lies_between_them(base):
    low, high = limits(SPEC, 520.0, base, 1.959964)
    wide_low, wide_high = limits(SPEC, 520.0, base, 3.090232)
    assert wide_low < low < 520 < high < wide_high
    smaller = limits(SPEC, 520.0, base / 2, 1.959964)
    assert smaller[1] - smaller[0] > high - low


# Luton 2020/21: shares printed; counts and children chosen so that the rates are those known of it
BANDS = {
    "under-1": (370, 3243),
    "1-4": (659, 13787),
    "5-9": (802, 17511),
    "10-15": (1000, 18182),
    "16-17": (419, 5344),
}


def banded(numbers=BANDS):
    return [
        value("FD04", "2020-21", top=top, bottom=bottom, breakdown="age_band", category=band)
        for band, (top, bottom) in numbers.items()
    ]


def test_rates_by_age_band_stand_beside_the_shares():
    found = disparity_page.disparity(SPEC, "age_band", banded(), True, code_list("age_band"), "5-9")
    assert found is not None
    assert [(row.label, row.rate) for row in found.rows] == [
        ("Under 1", "1,140.9"),
        ("1 to 4", "478.0"),
        ("5 to 9", "458.0"),
        ("10 to 15", "550.0"),
        ("16 and 17", "784.1"),
    ]
    largest = max(found.rows, key=lambda row: float(row.share_of_events.rstrip("%")))
    assert largest.label == "10 to 15", "the largest share is not the highest rate"
    assert found.reference == "5 to 9"
    assert [row.words for row in found.rows] == [
        "Higher",
        "Similar",
        "Reference",
        "Higher",
        "Higher",
    ]
    assert found.rows[0].relative.startswith("2.49 times (")


def test_the_chart_of_rates_draws_the_interval_of_each_as_the_table_has_it():
    found = disparity_page.disparity(SPEC, "age_band", banded(), True, code_list("age_band"), "5-9")
    assert found is not None
    panel = disparity_page.panel(found, SPEC, "age_band")
    assert panel.figure is not None
    bars, over = panel.figure["data"]
    assert bars["y"][-1] == "Under 1", "lying bars are read from the top"
    low, high = rate_interval(370, 3243).lower, rate_interval(370, 3243).upper
    for trace in (bars, over):
        whisker = trace["error_x"]
        assert trace["x"][-1] - whisker["arrayminus"][-1] == pytest.approx(low)
        assert trace["x"][-1] + whisker["array"][-1] == pytest.approx(high)
    table = {row[0].text: row[2].text for row in panel.rows}
    assert bars["customdata"][-1] == f"95% interval {table['Under 1']}"
    assert f"Under 1 1,140.9 ({table['Under 1']})" in panel.course
    assert any("95% interval" in one for one in panel.signs)
    assert panel.figure["layout"]["xaxis"]["range"][1] > high


def test_intervals_are_the_same_on_paper_and_the_number_stands_behind_them():
    found = disparity_page.disparity(SPEC, "age_band", banded(), True, code_list("age_band"), "5-9")
    assert found is not None
    panel = disparity_page.panel(found, SPEC, "age_band")
    assert panel.figure is not None
    root = ET.fromstring(drawing.svg(panel.figure, panel.title))
    svg = "{http://www.w3.org/2000/svg}"
    bars = [one for one in root.iter(f"{svg}rect") if one.get("height") == "18"]
    whiskers = [one for one in root.iter(f"{svg}path") if one.get("stroke") == chart_parts.INK]
    assert len(bars) == len(whiskers) == len(BANDS)
    for bar, whisker in zip(bars, whiskers, strict=True):
        foot, end = float(bar.get("x", 0)), float(bar.get("x", 0)) + float(bar.get("width", 0))
        way = whisker.get("d", "")
        left, right = float(way[1:].split()[0]), float(way.split("H")[1].split("m")[0])
        assert foot < left < end < right
    numbers = {one.text: float(one.get("x", 0)) for one in root.iter(f"{svg}text")}
    ends = [float(one.get("d", "").split("H")[1].split("m")[0]) for one in whiskers]
    assert numbers["1,140.9"] > ends[0]


def test_a_group_without_events_has_no_relative_rate_and_says_so():
    found = disparity_page.disparity(
        SPEC,
        "age_band",
        banded({"under-1": (0, 3000), "5-9": (50, 9000)}),
        True,
        code_list("age_band"),
    )
    assert found is not None
    (under, _) = found.rows
    assert under.words == ""
    assert under.refusal


def test_more_referrals_than_children_in_a_small_group_have_a_rate_ratio():
    few = banded({"under-1": (30, 20), "5-9": (50, 9000)})
    found = disparity_page.disparity(SPEC, "age_band", few, True, code_list("age_band"), "5-9")
    assert found is not None
    assert (found.rows[0].rate, found.rows[0].words) == ("15,000.0", "Higher")
    assert found.rows[0].relative == "270.00 times (171.71 to 424.56)"


def test_one_formula_holds_for_the_whole_table_of_relative_rates():
    some = {"under-1": (450, 300), "1-4": (300, 9000), "5-9": (50, 9000)}
    found = disparity_page.disparity(
        SPEC, "age_band", banded(some), True, code_list("age_band"), "5-9"
    )
    assert found is not None
    apart = rate_ratio(300, 9000, 50, 9000)
    assert apart.interval is not None
    limits_ = f"{apart.interval.lower:.2f} to {apart.interval.upper:.2f}"
    assert found.rows[1].relative == f"6.00 times ({limits_})", "as the row with more events"


def test_what_is_held_is_not_asked_for():
    held = [value("CX01", "2020-21", 3244, breakdown="age_band", category="under-1")]
    found = disparity_page.disparity(
        SPEC, "age_band", [], False, code_list("age_band"), children=held
    )
    assert found is not None
    assert "The child population by age band is held (2020/21)." in found.refusal
    assert "No counts of referrals by age band are held" in found.refusal
    assert "figures return" not in found.refusal


def test_printed_shares_of_a_printed_total_give_rates_about_without_intervals():
    """Luton's bands of 2020/21: the largest share is that of 10 to 15, the highest rate that of children under 1."""
    bands = {"under-1": (3244, 11.4), "1-4": (13793, 20.3), "5-9": (17510, 24.7), "10-15": (18184, 30.8), "16-17": (5343, 12.9)}  # fmt: skip
    found = disparity_page.disparity(
        SPEC,
        "age_band",
        [],
        False,
        code_list("age_band"),
        children=[value("CX01", "2020-21", number, breakdown="age_band", category=band) for band, (number, _) in bands.items()],
        shares=[value("FD14", "2020-21", share, breakdown="age_band", category=band) for band, (_, share) in bands.items()],
        totals=[value("FD03", "2020-21", 3247)],
    )  # fmt: skip
    assert found is not None
    assert found.about is not None
    made = disparity_page.panel(found, SPEC, "age_band")
    assert [row[1].text for row in made.rows] == ["1,141", "478", "458", "550", "784"]
    assert [row[2].text for row in made.rows] == ["11.4%", "20.3%", "24.7%", "30.8%", "12.9%"]
    assert made.summary == (
        "In 2020/21 the rate is highest at Under 1 (about 1,141 per 10,000), although the largest share of referrals is "
        "that of 10 to 15 (30.8%); lowest at 5 to 9 (about 458 per 10,000)."
    )
    assert made.figure is None
    assert "no intervals" in made.note
    assert "Rates by age band cannot be shown." in made.unavailable


def test_without_child_populations_the_page_says_what_is_needed_and_uses_no_other():
    printed = [value("FD04", "2020-21", 300.0, breakdown="ethnicity", category="white")]
    found = disparity_page.disparity(SPEC, "ethnicity", printed, False, code_list("ethnicity"))
    assert found is not None
    assert found.rows == ()
    for part in (
        "No counts of referrals",
        "child population (0 to 17) by ethnic group",
        "mislead",
    ):
        assert part in found.refusal
    assert disparity_page.disparity(SPEC, "source", [], True, code_list("source")) is None


def test_the_words_and_the_table_of_a_funnel_hold_every_area_and_its_limits():
    funnel = made().funnel
    assert funnel is not None
    assert {row[0].text for row in funnel.rows} == {"a", "b", "c", "d", LUTON}
    for row in funnel.rows:
        assert f"{row[0].text} {row[2].text}" in funnel.course, row[0].text
    assert "The middle is England, 522.6 per 10,000." in funnel.course
    low, high = limits(SPEC, 6_218_800 / 11_900, 60_207, 1.959964)
    assert f"the 95% limits are {low:.1f} to {high:.1f}" in funnel.course
    assert f"{LUTON} lies within the limits for its size." in funnel.summary


def test_a_funnel_is_the_same_picture_on_paper():
    funnel = made().funnel
    assert funnel is not None
    assert funnel.figure is not None
    picture = drawing.svg(funnel.figure, funnel.title)
    assert picture.count("<circle") == 4
    for words in (
        "England",
        "95% limits",
        "99.8% limits",
        LUTON,
        "60,000",
        SPEC.denominator_words.capitalize(),
    ):
        assert f">{words}<" in picture, words


@pytest.mark.once
def test_the_page_compares_with_england_region_and_both_models_and_draws_the_funnel(places: None):
    near = {"E06000039", "E06000031", "E08000026", "E09000018", "E08000025"}
    wanted = [
        one
        for one in sample.facts(frozenset({LUTON, ENGLAND, "E12000006", *near}))
        if one.period.code == "2023-24"
    ]
    sample.load_files(wanted, lambda _: None)
    client = Client()
    client.force_login(factories.person("subgroup"))
    page = client.get("/indicators/FD04/?period=year").content.decode()
    for said in (
        "519.9 per 10,000 in 2023/24",
        "England",
        "East of England",
        "4 of 10 neighbours, 2025 model",
        "3 of 10 neighbours, 2021 model",
        "Statistical neighbours, median",
        "Statistical neighbours, mean",
        "All areas by size",
        "Peterborough",
        "In words",
        "The middle is England",
    ):
        assert said in page, said
    for kind in ("csv", "xlsx", "png", "svg"):
        address = (
            f"/indicators/FD04/chart.{kind}?area={LUTON}&period=year&breakdown=all&chart=funnel"
        )
        assert address.replace("&", "&amp;") in page
        assert client.get(address).status_code == 200, kind
    table = client.get(f"/indicators/FD04/chart.csv?area={LUTON}&chart=funnel").content.decode()
    assert "all areas by size, 2023/24" in table
    assert "Peterborough" in table
    assert "[c] suppressed at source; [x] not available" in table
    assert client.get("/indicators/FD04/chart.svg?chart=disparity").status_code == 404
    count = client.get("/indicators/FD03/?period=year").content.decode()
    assert "compare a rate or a percentage" in count
    ages = client.get("/indicators/FD14/?period=year&breakdown=age_band").content.decode()
    assert "Rates by age band cannot be shown." in ages


def test_a_file_writes_a_missing_number_as_its_status_with_its_sign():
    assert written(Cell("suppressed at source", is_missing=True)) == "suppressed at source [c]"
    assert written(Cell("not submitted", "2 of 3 months", is_missing=True)) == (
        "not submitted [n] (2 of 3 months)"
    )
    assert written(Cell("0")) == "0"


def test_the_file_of_all_figures_says_what_it_is_as_other_files_do(send: Send):
    send("month,kind,count\n2025-04,crime,61\n2025-05,crime,c\n", period="2025-26")
    client = Client()
    client.force_login(factories.person("subgroup"))
    address = "/indicators/DA01/data"
    page = client.get(f"/indicators/DA01/?area={LUTON}").content.decode()
    for kind in ("csv", "xlsx"):
        assert f"{address}.{kind}?area={LUTON}" in page
    text = client.get(f"{address}.csv?area={LUTON}").content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    said = dict(lines[: lines.index([])])
    assert said["Title"] == "Domestic abuse crimes recorded: all figures"
    assert said["Area"] == "Luton"
    assert said["Source"].endswith("indicator DA01")
    assert said["Data as of"]
    assert "[c] suppressed at source" in said["Missing numbers"]
    header, *rows = lines[lines.index([]) + 1 :]
    listed = [dict(zip(header, row, strict=True)) for row in rows]
    months = {one["period"]: one for one in listed if one["period_type"] == "month"}
    assert [months["2025-04"][name] for name in ("value", "status", "sign")] == [
        "61.0",
        "reported",
        "",
    ]
    assert [months["2025-05"][name] for name in ("value", "status", "sign")] == [
        "",
        "suppressed",
        "c",
    ]
    sheet = load_workbook(io.BytesIO(client.get(f"{address}.xlsx?area={LUTON}").content)).active
    assert sheet is not None
    table = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert [row[:2] for row in table[: len(said)]] == [
        [name, words] for name, words in said.items()
    ]
    assert table[len(said) + 1] == header
    (april,) = [row for row in table if row[2:4] == ["month", "2025-04"]]
    assert april[8] == 61, "a number of the sheet"
    assert client.get(f"{address}.pdf?area={LUTON}").status_code == 404
