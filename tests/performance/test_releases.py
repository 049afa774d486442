"""Population estimates are published again and again: which release a rate rests on is seen wherever it is shown, and
what the same count gives over the others."""

import html
import re

import pytest
from django.test import Client

from lscb.models import Area, Role
from performance.actions import sample
from performance.indicators.spec import indicators
from performance.models import PrintedFigure
from performance.pages import number_page
from performance.pages.cells import number_address
from performance.queries import observations, releases
from tests import factories
from tests.performance.conftest import LUTON
from tests.performance.indicators.building import value
from tests.performance.sample import files

pytestmark = pytest.mark.once

RATE = indicators()["FD04"]


@pytest.fixture(scope="module")
def of_2022_23(shared_places: None) -> None:
    """Luton's referrals of 2022/23 with the children of that year, release by release."""
    wanted = [one for one in sample.facts(frozenset({LUTON})) if one.period.code == "2022-23"]
    sample.load_files(wanted, lambda _: None)


@pytest.fixture
def referrals(of_2022_23: None, db: None) -> None:
    """The same, for one test."""


def page(address: str) -> str:
    client = Client()
    client.force_login(factories.person(Role.SUBGROUP))
    text = html.unescape(re.sub(r"<[^>]+>", " ", client.get(address).content.decode()))
    return re.sub(r"\s+", " ", text)


def test_one_count_gives_another_rate_over_each_release(referrals: None):
    (rate,) = observations.series("FD04", LUTON, "year", category="all")
    listed = releases.estimates(RATE, rate)
    told = [(one.release, one.children and int(one.children), one.is_used) for one in listed]
    assert told == [
        ("Children in need 2024 release", 59_369, True),
        ("Children in need 2023 release", None, False),
        ("Children in need 2025 release", 59_436, False),
        ("ONS mid-2022 estimates", 59_356, False),
    ]
    shown = page(number_address(rate))
    assert "This number rests on: Children in need 2024 release." in shown
    assert "Children in need 2024 release 59,369 used here 532.9" in shown
    assert "Children in need 2025 release 59,436 532.3" in shown


def test_a_release_whose_estimate_is_not_held_is_told_with_its_status_and_what_it_printed(
    referrals: None,
):
    (printed,) = [one for one in files.printed() if one["indicator"] == "FD04"]
    PrintedFigure.objects.create(**{**printed, "area": Area.objects.get(code=LUTON)})
    (rate,) = observations.series("FD04", LUTON, "year", category="all")
    shown = page(number_address(rate))
    assert (
        "Children in need 2023 release not available 538.8 as printed, it cannot be recomputed"
        in shown
    )
    assert "538.8 in DfE, Children in need 2023 release" in shown


def test_the_page_of_the_indicator_names_the_release_beside_its_rate(referrals: None):
    assert "Population: Children in need 2024 release" in page(f"/indicators/FD04/?area={LUTON}")


def test_a_rate_of_a_band_rests_on_the_release_whose_bands_add_to_its_total(referrals: None):
    band = value("FD04", "2022-23", top=100, bottom=3363, breakdown="age_band", category="under-1")
    assert releases.used(releases.estimates(RATE, band)) == "ONS mid-2022 estimates"
    first = number_page.release_rows(RATE, band, releases.estimates(RATE, band))[0]
    assert [cell.text for cell in first] == ["ONS mid-2022 estimates", "59,356", "—"]


def test_what_is_over_no_population_has_no_release(referrals: None):
    (count,) = observations.series("FD03", LUTON, "year", category="all")
    assert releases.estimates(indicators()["FD03"], count) == []
    assert releases.estimates(RATE, None) == []
