"""The data dictionary in the browser: the same text as the file, with links that lead somewhere."""

import html
import re
from datetime import date

import pytest
from django.test import Client

from lscb.models import Person
from performance import actions
from performance.actions.catalogue import Aim
from performance.indicators.dictionary import data_dictionary
from performance.indicators.spec import indicators
from performance.queries import catalogue
from tests import factories, personas

pytestmark = pytest.mark.django_db
ADDRESS = "/indicators/dictionary/"


@pytest.fixture
def manager(places: None) -> Person:
    return factories.person("manager")


def page_of(client: Client) -> str:
    """The part of the page that is the dictionary."""
    page = client.get(ADDRESS).content.decode()
    return page[page.index('<div class="dictionary">') : page.index("</main>")]


def bare(text: str) -> str:
    """What is said, without spaces and the signs that only set it out."""
    return re.sub(r"[\s:|`*]", "", text)


def said_by_page(page: str) -> str:
    without = re.sub(r"<caption.*?</caption>|<summary>Show.*?</summary>", "", page, flags=re.DOTALL)
    return bare(html.unescape(re.sub(r"<[^>]+>", " ", without)))


def said_by_file(text: str) -> str:
    lines = [line for line in text.splitlines()[1:] if not line.startswith("| ---")]
    plain = re.sub(r"\[([^\]]+)\]\(#[^)]+\)", r"\1", "\n".join(lines))
    return bare(re.sub(r"^#+ |^- ", "", plain, flags=re.MULTILINE))


def test_the_page_says_word_for_word_what_the_file_says(manager):
    client = personas.client_of(personas.COUNCIL)
    answer = client.get("/indicators/dictionary.md")
    text = answer.content.decode()
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="data-dictionary.md"'
    assert text == data_dictionary(catalogue.documented())
    assert said_by_page(page_of(client)) == said_by_file(text)


def test_its_links_lead_to_a_heading_or_to_the_page_of_an_indicator(manager):
    page = page_of(personas.client_of(personas.SUBGROUP))
    anchors = re.findall(r'id="([^"]+)"', page)
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(anchors)
    assert set(re.findall(r'href="/indicators/([^/"]+)/"', page)) == set(indicators())
    catalogue_page = personas.client_of(personas.SUBGROUP).get("/indicators/").content.decode()
    assert f'href="{ADDRESS}"' in catalogue_page


def test_it_has_the_targets_that_were_set_and_says_what_is_switched_off(manager):
    client = personas.client_of(personas.EXECUTIVE)
    crimes = {"spec": indicators()["DA01"], "position": 0}
    aim = Aim(value=700, upper=800, since=date(2024, 4, 1))
    actions.set_indicator(by=manager, in_use=True, aim=aim, reason="Agreed in May.", **crimes)
    assert "<dd>700 to 800 since 2024-04-01. Agreed in May.</dd>" in page_of(client)
    actions.set_indicator(by=manager, in_use=False, aim=None, reason="Not needed.", **crimes)
    assert re.search(
        rf"<dt>Notes</dt><dd>Not in use: switched off on [^<]* by {manager.name}: Not needed\.",
        page_of(client),
    )
