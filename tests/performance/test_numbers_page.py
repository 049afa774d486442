"""From any number one gets to where it comes from: formula with its numbers, parts, submissions, mappings, normalisations."""

import html
import re

import pytest
from django.test import Client
from django.urls import resolve

from lscb.models import Agency, Role
from lscb.periods import parse
from performance.actions import mappings
from performance.indicators.spec import indicators
from performance.pages.cells import number_address, table_rows
from performance.queries import observations
from tests import factories

LUTON = "E06000032"
CONTACTS = "month,source,issue,outcome,count\n"


@pytest.fixture
def reader(db) -> Client:
    client = Client()
    client.force_login(factories.person(Role.SUBGROUP))
    return client


@pytest.mark.parametrize("address", ["2024-25/?breakdown=nothing", "0000-05/", "9998-99/"])
def test_an_address_of_no_number_that_can_be_is_not_found(reader, address):
    assert reader.get(f"/indicators/FD03/numbers/{address}").status_code == 404


def test_a_percentage_is_worked_out_with_its_counts_and_its_submission(send, reader):
    file = CONTACTS + (
        "2025-04,all,all,all,200\n2025-04,all,domestic-abuse,all,50\n2025-04,all,other,all,150\n"
    )
    sent = send(file, return_id="mash-contacts", agency="council", period="2025-04")
    assert sent.state == "accepted", [one.message for one in sent.problems.all()]
    (value,) = observations.series("FD07", LUTON, "month")
    page = reader.get(number_address(value)).content.decode()
    assert "50 ÷ 200 × 100 = 25.0%" in page
    assert sent.checksum in page
    assert f"number {sent.pk}" in page
    assert "Every text was understood as it stood." in page


@pytest.mark.once
def test_a_quarter_lists_its_months_and_an_unfinished_one_says_which_are_missing(send, reader):
    send(
        "month,kind,count\n2025-04,crime,100\n2025-05,crime,110\n2025-06,crime,120\n",
        period="2025-26",
    )
    (quarter,) = observations.series("DA01", LUTON, "quarter")
    page = reader.get(number_address(quarter)).content.decode()
    assert "330" in page
    assert [month for month in ("April 2025", "May 2025", "June 2025") if month in page] == [
        "April 2025", "May 2025", "June 2025",
    ]  # fmt: skip
    (year,) = observations.series("DA01", LUTON, "year")
    page = reader.get(number_address(year)).content.decode()
    assert "Only 3 of 12 months were sent" in page


@pytest.mark.once
def test_what_was_mapped_and_normalised_is_told(send, reader, manager):
    mappings.propose(
        by=manager,
        agency=Agency.objects.get(slug="police"),
        codes="da_kind",
        text="DV crim",
        code="crime",
    )
    sent = send("month,kind,count\nApr-25,DV crim,100\n", period="2025-04")
    assert sent.state == "accepted", [one.message for one in sent.problems.all()]
    (value,) = observations.series("DA01", LUTON, "month")
    page = html.unescape(reader.get(number_address(value)).content.decode())
    assert any("DV crim" in note for note in sent.notes)
    assert [note for note in sent.notes if note in page] == sent.notes


@pytest.mark.once
def test_a_printed_value_says_that_its_counts_are_not_known(send, reader):
    file = "period,item,breakdown,category,numerator,denominator,value\n2024-25,conversion,all,all,,,26.1\n"
    sent = send(file, return_id="figures", agency="council", period="2024-25")
    assert sent.state == "accepted", [one.message for one in sent.problems.all()]
    (value,) = observations.series("FD05", LUTON, "year")
    page = reader.get(number_address(value)).content.decode()
    assert "Only the value was published" in page
    assert "26.1%" in page
    assert "worked" not in page


@pytest.mark.once
def test_a_period_without_a_number_says_who_would_send_it(places, reader):
    page = reader.get("/indicators/DA01/numbers/2019-04/?area=E06000032").content.decode()
    assert "Nothing was sent for this period." in page
    assert "would send it" in page


@pytest.mark.once
def test_every_number_of_a_dashboards_tables_leads_to_its_page(send, reader):
    send(
        "month,kind,count\n2025-04,crime,100\n2025-05,crime,0\n2025-06,crime,120\n",
        period="2025-26",
    )
    page = reader.get(f"/dashboards/domestic-abuse/?area={LUTON}").content.decode()
    addresses = re.findall(r'class="origin[^"]*" href="([^"]+)"', page)
    assert f"/indicators/DA01/numbers/2025-05/?area={LUTON}" in addresses
    for address in addresses:
        assert resolve(address.split("?")[0]).url_name == "number"
    assert "Where does this number come from?" in reader.get(addresses[0]).content.decode()


@pytest.mark.once
def test_a_number_of_a_category_and_of_a_rolling_year_is_told_by_its_address(send):
    file = CONTACTS + "2025-04,all,all,all,9\n2025-04,police,all,all,9\n"
    send(file, return_id="mash-contacts", agency="council", period="2025-04")
    (value,) = observations.series("FD01", LUTON, "month", "source")
    assert number_address(value) == (
        f"/indicators/FD01/numbers/2025-04/?area={LUTON}&breakdown=source&category=police"
    )
    spans = observations.series("FD01", LUTON, "ytd")
    assert "kind=ytd" in number_address(spans[0])
    assert spans[0].period == parse("2025-04")


@pytest.mark.once
def test_numerators_denominators_and_intervals_lead_there_too(send, reader):
    file = CONTACTS + "".join(
        f"2025-0{month},all,all,all,200\n2025-0{month},all,domestic-abuse,all,{50 + month}\n"
        f"2025-0{month},all,other,all,{150 - month}\n"
        for month in (4, 5, 6)
    )
    sent = send(file, return_id="mash-contacts", agency="council", period="2025-26-Q1")
    assert sent.state == "accepted", [one.message for one in sent.problems.all()]
    spec = indicators()["FD07"]
    rows = table_rows(spec, observations.series("FD07", LUTON, "month"))
    assert len(rows) == 3
    for value, row in zip(reversed(observations.series("FD07", LUTON, "month")), rows, strict=True):
        assert [one.address for one in row[1:]] == [number_address(value)] * 4
