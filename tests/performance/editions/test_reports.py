"""The page of reports: every report of a quarter, with its files, and each of its links leads somewhere."""

import re

import pytest
from django.test import Client

from lscb.models import Area, Person, Role
from lscb.periods import parse
from performance.views import frozen

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def reader(send) -> Client:
    """A manager who reads while there is something to report."""
    send("month,kind,count\n" + "".join(f"2025-0{one},crime,260\n" for one in (1, 2, 3)))
    person = Person.objects.create_user("m@partnership.test", name="Maya", role=Role.MANAGER)
    client = Client()
    client.force_login(person)
    return client


def links(client: Client, address: str) -> dict[str, str]:
    """The links of the page's tiles, by their words."""
    text = client.get(address).content.decode()
    tiles = text[text.index('<ul class="tiles">') :]
    found = re.findall(r'<a href="([^"]+)">(.*?)</a>', tiles[: tiles.index("</ul>")])
    return {re.sub("<[^>]+>", "", words): one.replace("&amp;", "&") for one, words in found}


def test_every_report_of_a_quarter_is_there_with_its_files(reader):
    found = links(reader, "/reports/?quarter=2024-25-Q4")
    assert found["Quarterly scorecard"] == "/scorecard/2024-25-Q4/?area=E06000032"
    assert {"CSV of Quarterly scorecard", "Word of Meeting pack", "PDF of Meeting pack"} <= set(
        found
    )
    for words, address in found.items():
        assert reader.get(address).status_code == 200, words


def test_whoever_writes_a_report_finds_the_check_of_its_text_beside_the_reports(reader):
    text = reader.get("/reports/?quarter=2024-25-Q4").content.decode()
    (address,) = re.findall(r'href="([^"]+)">Check a text<', text)
    assert reader.get(address).status_code == 200


def test_an_edition_stands_there_once_the_quarter_is_frozen(reader):
    assert not any(words.startswith("Edition") for words in links(reader, "/reports/"))
    area, quarter = Area.objects.get(code="E06000032"), parse("2024-25-Q4")
    manager = Person.objects.get(email="m@partnership.test")
    made = frozen.freeze(by=manager, area=area, quarter=quarter)
    found = links(reader, "/reports/?quarter=2024-25-Q4")
    assert found["Edition 1 of the scorecard, provisional"] == f"/scorecard/editions/{made.pk}/"


@pytest.mark.parametrize("quarter", ["2024-25", "2025-04", "nonsense", "2024-25-Q9"])
def test_what_is_no_quarter_is_not_found(reader, quarter):
    assert reader.get("/reports/", {"quarter": quarter}).status_code == 404
