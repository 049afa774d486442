"""Indicators and observations by API: the numbers that were sent come out again, and nothing missing is zero."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from lscb.models import Area
from lscb.periods import Period, parse
from performance.api.indicators import MONTHS, beginning_from, ending_by
from performance.indicators.spec import indicators
from performance.models import Observation
from tests import factories
from tests.performance.api.conftest import POLICE_APRIL, POLICE_MAY, World, address, partnership

FIELDS = {
    "indicator",
    "area",
    "period_type",
    "period",
    "breakdown",
    "category",
    "numerator",
    "denominator",
    "value",
    "lower",
    "upper",
    "status",
    "present",
    "expected",
    "published",
    "parts",
    "lacking",
}


@pytest.fixture(scope="module")
def of_two_months(shared_db: None) -> World:
    """The partnership after the police sent April and May."""
    world = partnership()
    world.processed(world.police.send(POLICE_APRIL))
    world.processed(world.police.send(POLICE_MAY, period="2025-05"))
    return world


@pytest.fixture
def nothing_yet(world: World) -> World:
    """The partnership before anybody sent anything."""
    Observation.objects.all().delete()
    return world


@pytest.fixture
def sent(of_two_months: World, db: None) -> World:
    """The same, of which each test may change what it likes."""
    return of_two_months


def results(world: World, **query: Any) -> list[dict[str, Any]]:
    """The observations of the first page."""
    answer = world.subgroup.get("observations/", **query)
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


def make(area: Area, **fields: Any) -> Observation:
    """An observation as recompute would store it."""
    values = {
        "indicator": "DA01",
        "period_type": "month",
        "period": "2025-04",
        "breakdown": "all",
        "category": "all",
        "numerator": 7,
        "value": 7.0,
        "present": 1,
        "expected": 1,
    } | fields
    return Observation.objects.create(area=area, **values)


def test_what_was_sent_comes_out_as_an_observation(sent: World):
    [april] = results(sent, indicator="DA01", area="E06000032", period_type="month", to="2025-04")
    assert set(april) == FIELDS
    assert (april["period"], april["numerator"], april["value"]) == ("2025-04", 270, 270.0)
    assert (april["status"], april["present"], april["expected"]) == ("reported", 1, 1)


@pytest.mark.once
def test_a_suppressed_number_is_null_with_its_status_and_never_zero(sent: World):
    found = [one for one in results(sent, period_type="month") if one["status"] == "suppressed"]
    assert found
    assert {one["period"] for one in found} == {"2025-05"}
    for one in found:
        assert one["value"] is None
        assert one["lower"] is None


@pytest.mark.once
def test_an_unfinished_quarter_has_no_value_and_says_how_much_is_there(sent: World):
    [quarter] = results(sent, indicator="DA01", period_type="quarter")
    assert (quarter["period"], quarter["value"], quarter["status"]) == (
        "2025-26-Q1",
        None,
        "not submitted",
    )
    assert (quarter["present"], quarter["expected"]) == (2, 3)


def test_filters_take_several_codes_with_commas_or_repeated(sent: World):
    commas = results(sent, indicator="DA01,DA02", period_type="month")
    repeated = results(sent, indicator=["DA01", "DA02"], period_type="month")
    assert commas == repeated
    assert {one["indicator"] for one in commas} == {"DA01", "DA02"}


@pytest.mark.once
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"indicator": "XX99"}, "indicator"),
        ({"area": "E99999999"}, "area"),
        ({"period_type": "week"}, "period_type"),
        ({"from": "2025-14"}, "from"),
        ({"from": "2025-06", "to": "2025-05"}, "from"),
        ({"indicators": "DA01"}, "indicators"),
        ({"indicator": "DA\x0001"}, "indicator"),
        ({"page_size": "1001"}, "page_size"),
        ({"page_size": "²"}, "page_size"),
    ],
)
def test_a_filter_that_cannot_be_right_is_refused_by_name(
    sent: World, query: dict[str, str], field: str
):
    answer = sent.subgroup.get("observations/", **query)
    assert answer.status_code == 400
    assert {one["field"] for one in answer.json()["errors"]} == {field}


def test_from_and_to_keep_periods_of_each_kind_that_lie_wholly_within(nothing_yet: World):
    for period_type, period in (
        ("month", "2024-12"),
        ("month", "2025-01"),
        ("month", "2025-03"),
        ("month", "2025-04"),
        ("quarter", "2024-25-Q3"),
        ("quarter", "2024-25-Q4"),
        ("quarter", "2025-26-Q1"),
        ("year", "2024-25"),
        ("rolling", "2025-03"),
    ):
        make(nothing_yet.luton, period_type=period_type, period=period)
    found = results(nothing_yet, **{"from": "2025-01", "to": "2025-03"})
    assert {(one["period_type"], one["period"]) for one in found} == {
        ("month", "2025-01"),
        ("month", "2025-03"),
        ("quarter", "2024-25-Q4"),
        ("rolling", "2025-03"),
    }


@given(
    first=st.integers(2013 * 12 + 3, 2040 * 12).map(lambda number: Period(number, 1)),
    period_type=st.sampled_from(sorted(MONTHS)),
)
def test_bounds_are_the_nearest_whole_periods(first: Period, period_type: str):
    length = MONTHS[period_type]
    begins, ends = beginning_from(first, length), ending_by(first, length)
    assert parse(begins.code) == begins
    assert parse(ends.code) == ends
    assert first.first <= begins.first < first.first + length
    assert first.last - length < ends.last <= first.last


def test_pages_tell_every_observation_once_in_a_stable_order(nothing_yet: World):
    other = factories.area("E06000055", "Bedford")
    for area in (nothing_yet.luton, other):
        for number in range(1, 10):
            make(area, period=f"2024-{number:02d}")
            make(area, period=f"2024-{number:02d}", breakdown="source", category="police")
    found, following = [], "observations/?page_size=7"
    while following:
        page = nothing_yet.subgroup.get(following).json()
        assert len(page["results"]) <= 7
        found += page["results"]
        following = page["next"]
    assert found == results(nothing_yet, page_size=1000)
    keys = {(one["area"], one["period"], one["breakdown"], one["category"]) for one in found}
    assert len(keys) == len(found) == 36


def test_rows_that_come_between_two_pages_hide_no_others(world: World):
    for number in (2, 4, 6, 8):
        make(world.luton, period=f"2024-{number:02d}")
    first = world.subgroup.get("observations/?page_size=2").json()
    make(world.luton, period="2024-01")
    Observation.objects.filter(period="2024-04").delete()
    rest = world.subgroup.get(first["next"]).json()["results"]
    assert [one["period"] for one in rest] == ["2024-06", "2024-08"]


@pytest.mark.parametrize(
    "cursor",
    ["x", "bnVsbA", "W10", "WzEsMiwzLDQsNSw2XQ", "WyJhIiwiYiIsImMiLCJkIiwiZSIsImYiXQ", "é"],
)
def test_a_cursor_that_was_made_up_is_refused_or_finds_nothing_but_never_fails(
    world: World, cursor: str
):
    assert world.subgroup.get("observations/", cursor=cursor).status_code in (200, 400)


def test_a_page_of_observations_takes_at_most_three_queries(
    sent: World, django_assert_max_num_queries
):
    with django_assert_max_num_queries(3):
        assert results(sent, area="E06000032", page_size=100)
    browser = Client()
    browser.force_login(sent.police_analyst)
    with django_assert_max_num_queries(3):
        assert browser.get(address("observations/")).json()["results"]


@pytest.mark.once
def test_every_indicator_is_listed_and_leads_to_its_definition_and_values(sent: World):
    rows = sent.subgroup.get("indicators/").json()["results"]
    assert [row["id"] for row in rows] == list(indicators())
    [crimes] = [row for row in rows if row["id"] == "DA01"]
    definition = sent.subgroup.get(crimes["url"]).json()
    assert definition["definition"] == indicators()["DA01"].definition
    assert definition["numerator"]["dataset"] == "PoliceDomesticAbuse"
    values = sent.subgroup.get(crimes["observations"]).json()["results"]
    assert {one["indicator"] for one in values} == {"DA01"}


@pytest.mark.once
def test_every_definition_can_be_read(world: World):
    for indicator_id in indicators():
        body = world.subgroup.get(f"indicators/{indicator_id}/").json()
        assert body["id"] == indicator_id
        assert body["changes"], indicator_id


@pytest.mark.once
def test_areas_say_what_they_lie_in_and_which_are_invented(world: World):
    region = factories.area("E12000006", "East of England", kind=Area.Kind.REGION)
    world.luton.within.add(region)
    factories.area("demonstration", "Demonstration area", synthetic=True)
    rows = {row["code"]: row for row in world.subgroup.get("areas/").json()["results"]}
    assert rows["E06000032"]["within"] == ["E12000006"]
    assert {code for code, row in rows.items() if row["synthetic"]} == {"demonstration"}
