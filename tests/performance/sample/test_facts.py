"""The files of facts: traceable, in the form of their returns, each number once, and right."""

import itertools
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db.models import CharField

from lscb.models import Area
from lscb.periods import parse
from performance.indicators.spec import indicators
from performance.intake.codes import ALL, code_list
from performance.intake.spec import margin_of, returns
from performance.models import PrintedFigure
from tests.performance.sample.files import FOLDER, entries, lines, listed, number, printed

LUTON, REGION, ENGLAND, COUNTY = "E06000032", "E12000006", "E92000001", "pan-bedfordshire"
YEARS = [f"{year}-{(year + 1) % 100:02d}" for year in range(2012, 2024)]
SYMBOLS = {"c", "k", "x", "z"}


def figure(item: str, period: str, area: str = LUTON, **where: str) -> float:
    """The numerator of a figure for everybody."""
    return number(where.get("sent", "figures"), area, period, item, ALL, ALL)


def training(item: str, period: str) -> float:
    return figure(item, period, COUNTY, sent="training")


def test_every_file_is_in_the_manifest_once_and_says_where_it_comes_from() -> None:
    files = [entry.file for entry in entries()]
    assert sorted(files) == sorted(
        path for path in Path(FOLDER).rglob("*.csv") if path.parent != FOLDER
    )
    for entry in entries():
        assert "Open Government Licence" in entry.source or "Figures only" in entry.source


def test_there_is_one_submission_for_a_return_agency_area_and_period() -> None:
    keys = Counter((one.return_id, one.agency, one.area, one.period) for one in entries())
    assert [key for key, times in keys.items() if times > 1] == []


def test_each_file_is_sent_by_an_agency_that_owes_the_return_for_the_area() -> None:
    agencies = {agency["slug"]: agency for agency in listed("agencies.yaml")}
    areas = {area["code"] for area in listed("areas.yaml")}
    for entry in entries():
        agency = agencies[entry.agency]
        assert agency["type"] in returns()[entry.return_id].owners, entry.file
        assert entry.area in areas
        assert entry.area in agency["areas"], entry.file


def test_every_row_lies_in_its_period_and_states_a_kept_margin_in_exact_codes() -> None:
    for line in lines():
        spec = returns()[line.entry.return_id]
        period = parse(line.period)
        assert line.entry.period.contains(period), line
        assert period.kind in spec.periods
        for dimension, code in zip(spec.dimensions, line.codes, strict=True):
            assert code == ALL or code in dimension.code_list, line
        if spec.is_figures:
            item, breakdown, category = line.codes
            assert item in spec.items
            assert (breakdown == ALL) == (category == ALL)
            assert breakdown == ALL or category in code_list(breakdown)
        else:
            assert margin_of(spec.dimension_names, line.codes) in spec.margin_names


def test_every_number_is_a_number_or_a_symbol_and_never_empty() -> None:
    for line in lines():
        given = [text for text in line.numbers if text]
        assert given, line
        assert all(text in SYMBOLS or float(text) >= 0 for text in given), line
        if returns()[line.entry.return_id].is_figures:
            numerator, denominator, value = line.numbers
            assert bool(numerator) != bool(value), line
            assert numerator or not denominator, line


def test_no_cell_is_sent_twice_for_an_area() -> None:
    cells = Counter(
        (returns()[line.entry.return_id].dataset, line.entry.area, line.period, line.codes)
        for line in lines()
    )
    assert [cell for cell, times in cells.items() if times > 1] == []


@pytest.mark.parametrize("year", YEARS)
def test_lutons_months_add_to_the_published_year(year: str) -> None:
    months = [
        number("referrals", LUTON, f"{int(year[:4]) + (m < 4)}-{m:02d}", ALL, ALL, ALL, ALL)
        for m in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)
    ]
    assert sum(months) == number("referrals", LUTON, year, ALL, ALL, ALL, ALL)


def test_the_referral_rate_of_2023_24_is_the_published_one() -> None:
    referrals = number("referrals", LUTON, "2023-24", ALL, ALL, ALL, ALL)
    assert (referrals, figure("population-0-17", "2023-24")) == (3_130, 60_207)
    assert round(10_000 * referrals / figure("population-0-17", "2023-24"), 1) == 519.9


def test_each_release_of_a_population_is_kept() -> None:
    found = {
        release: number("figures", LUTON, "2023-24", "population-0-17", "release", release)
        for release in ("cin-2024", "cin-2025", "ons-mid-2023")
    }
    assert found == {"cin-2024": 60_207, "cin-2025": 60_435, "ons-mid-2023": 60_207}
    assert figure("population-0-17", "2024-25") == 62_280


def test_the_reports_own_arithmetic_comes_out() -> None:
    assert number("referrals", LUTON, "2024-25", ALL, ALL, ALL, ALL) == 3_137
    for year, share in (("2020-21", 19.3), ("2019-20", 29.9)):
        referrals = number("referrals", LUTON, year, ALL, ALL, ALL, ALL)
        contacts = number("mash-contacts", LUTON, year, ALL, ALL, ALL)
        assert round(100 * referrals / contacts, 1) == share


def test_police_figures_add_to_the_printed_totals() -> None:
    totals = Counter[str]()
    for line in lines():
        if line.entry.return_id == "police-da" and line.entry.period == parse("2024-25"):
            totals[line.codes[0]] += int(line.numbers[0])
    assert totals == {"crime": 3_215, "incident": 2_216, "contact": 155}


@pytest.mark.parametrize(
    ("year", "sessions", "bookings", "filled", "completed"),
    [("2020-21", 45, 439, 81.3, 89.9), ("2024-25", 51, 1_155, 113.2, 89.4)],
)
def test_training_ratios_are_ratios_of_sums(
    year: str, sessions: int, bookings: int, filled: float, completed: float
) -> None:
    total = {
        item: sum(training(item, f"{year}-Q{quarter}") for quarter in (1, 2, 3, 4))
        for item in (
            "sessions",
            "bookings",
            "capacity",
            "elearning-registered",
            "elearning-completed",
        )
    }
    assert (total["sessions"], total["bookings"]) == (sessions, bookings)
    assert round(100 * total["bookings"] / total["capacity"], 1) == filled
    rate = 100 * total["elearning-completed"] / total["elearning-registered"]
    assert round(rate, 1) == completed


def test_elearning_is_kept_by_quarter_because_the_printed_total_does_not_add() -> None:
    quarters = [training("elearning-registered", f"2024-25-Q{quarter}") for quarter in (1, 2, 3, 4)]
    assert sum(quarters) == 12_671
    assert any(one["printed"] == "12,691" for one in printed() if one["indicator"] == "TR10")


def test_suppressed_counts_stay_suppressed() -> None:
    hidden = {
        line.codes[0]
        for line in lines()
        if (line.entry.return_id, line.entry.area, line.period) == ("referrals", LUTON, "2023-24")
        and line.numbers == ("c",)
    }
    assert hidden == {"education-services", "unknown"}


def test_shares_by_age_band_are_the_printed_ones() -> None:
    bands = [number("figures", LUTON, "2020-21", "share-by-age-band", "age_band", band, place=2)
             for band in ("under-1", "1-4", "5-9", "10-15", "16-17")]  # fmt: skip
    assert bands == [11.4, 20.3, 24.7, 30.8, 12.9]


def test_charts_that_print_no_numbers_have_none() -> None:
    kinds = {line.codes[1] for line in lines() if line.entry.return_id == "gcp2"}
    assert kinds == {"staff-licensed"}
    assert not [line for line in lines() if line.codes[0] == "attendance"]
    years = {line.period for line in lines() if line.entry.return_id == "mash-contacts"}
    assert not years & {"2021-22", "2022-23", "2023-24", "2024-25"}


def test_every_percentage_from_a_report_stands_in_the_printed_figures() -> None:
    shown = {
        (one["indicator"], one["area"], one["period"], one["breakdown"], one["category"]): one[
            "printed"
        ]
        for one in printed()
        if not one["what"]
    }
    published: dict[str, list[str]] = {}
    for spec in indicators().values():
        published.setdefault(spec.published or "", []).append(spec.id)
    unchecked = []
    for line in lines():
        value = line.numbers[-1]
        if (
            "Figures only" not in line.entry.source
            or len(line.numbers) < 3
            or value in ("", "x", "z")
        ):
            continue
        item, breakdown, category = line.codes
        texts = [
            shown[key]
            for one in published.get(item, [])
            if (key := (one, line.entry.area, line.period, breakdown, category)) in shown
        ]
        if not any(float(text.rstrip("%")) == float(value) for text in texts):
            unchecked.append((item, line.period, category))
    # No indicator uses the first; its printed rows stand under the indicator of paid courses.
    assert {item for item, _, _ in unchecked} <= {"free-event-satisfaction"}


def test_printed_figures_name_indicators_areas_and_codes_that_exist() -> None:
    areas = {area["code"] for area in listed("areas.yaml")}
    for one in printed():
        assert one["indicator"] in indicators(), one
        assert one["area"] in areas
        assert (one["breakdown"] == ALL) == (one["category"] == ALL)
        assert one["breakdown"] == ALL or one["category"] in code_list(one["breakdown"])
        assert one["document"] in {
            "Luton LSCB annual report 2020/21",
            "Luton LSCP annual report data 2024/25",
            "DfE, Children in need 2023 release",
        }
        parse(one["period"])


@pytest.mark.parametrize(
    ("indicator", "period", "text"),
    [
        ("TR05", "2024-25", "108%"),
        ("TR05", "2020-21", "84%"),
        ("TR05", "2024-25-Q3", "126%"),
        ("TR10", "2024-25", "12,691"),
        ("FD03", "2018-19", "2,458"),
        ("FD01", "2020-21", "increased by 73%"),
        ("FD03", "2024-25", "dropped by 17.5%"),
        ("TR03", "2020-21", "74% reduction"),
        ("TR11", "2020-21", "65% increase"),
        ("TR03", "2024-25", "82% increase"),
        ("TR04", "2024-25", "decreased by 3%"),
    ],
)
def test_printed_figures_that_disagree_are_there(indicator: str, period: str, text: str) -> None:
    assert [
        one
        for one in printed()
        if (one["indicator"], one["period"], one["printed"]) == (indicator, period, text)
    ]


def test_a_cell_has_one_printed_value_of_its_own() -> None:
    own = Counter(
        (one["indicator"], one["area"], one["period"], one["breakdown"], one["category"])
        for one in printed()
        if not one["what"]
    )
    assert [key for key, times in own.items() if times > 1] == []


def test_printed_figures_fit_their_fields() -> None:
    longest = {
        field.name: field.max_length
        for field in PrintedFigure._meta.get_fields()
        if isinstance(field, CharField)
    }
    assert {"period", "what", "printed"} <= set(longest)
    for one in printed():
        assert [name for name, limit in longest.items() if len(one[name]) > (limit or 10_000)] == []


def test_areas_nest_in_known_areas_and_one_is_synthetic() -> None:
    areas = {area["code"]: area for area in listed("areas.yaml")}
    assert {area["kind"] for area in areas.values()} <= set(Area.Kind.values)
    assert [code for code, area in areas.items() if area["synthetic"]] == ["demonstration"]
    for area in areas.values():
        assert set(area["within"]) <= set(areas)


def test_each_neighbour_model_names_ten_known_areas_in_order() -> None:
    areas = {area["code"]: area["name"] for area in listed("areas.yaml")}
    models = listed("neighbours.yaml")
    assert [model["model"] for model in models] == ["2025", "2021"]
    for model in models:
        assert [one["rank"] for one in model["neighbours"]] == list(range(1, 11))
        assert all(areas[one["code"]] == one["name"] for one in model["neighbours"])


def test_a_successor_takes_over_the_day_after() -> None:
    agencies = {agency["slug"]: agency for agency in listed("agencies.yaml")}
    chain = ["ccg", "icb", "icb-central-east"]
    for before, after in itertools.pairwise(chain):
        assert agencies[before]["successor"] == after
        assert agencies[before]["valid_to"] + timedelta(1) == agencies[after]["valid_from"]
    types = code_list("agency_types")
    assert all(agency["type"] in types for agency in agencies.values())


def test_events_are_dated_and_sourced() -> None:
    areas = {area["code"] for area in listed("areas.yaml")}
    events = listed("events.yaml")
    assert (date(2020, 3, 23), ENGLAND) in {(one["date"], one["area"]) for one in events}
    for event in events:
        assert event["source"]
        assert event["title"]
        assert event["area"] in areas
        assert event["precision"] == "day" or event["date"].day == 1
