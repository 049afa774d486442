"""A scorecard with more to say than any has yet, printed from the browser: one sheet, live and as an edition."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client
from playwright.sync_api import Page, expect

from lscb.models import Area, Person, Role
from lscb.periods import parse
from performance.pages.print_density import density
from performance.views import frozen
from tests import factories
from tests.performance.conftest import LUTON, send_file
from tests.performance.full_scorecard import full

pytestmark = [pytest.mark.e2e, pytest.mark.once]
QUARTER = parse("2024-25-Q4")
SHEETS = re.compile(r'<link rel="stylesheet"[^>]*? href="/static/([^"?]+)">')


@pytest.fixture
def manager(shared_places, db, tmp_path, settings) -> Person:
    settings.MEDIA_ROOT = tmp_path
    send_file("month,kind,count\n2025-01,crime,100\n2025-02,crime,110\n2025-03,crime,120\n")
    return factories.person(Role.MANAGER)


def drawn(page: Page, template: str, address: str, person: Person, said: int) -> None:
    """Show the page at an address in the browser as it would be with a full scorecard in it, so many of its rows with
    words."""
    client = Client()
    client.force_login(person)
    answer = client.get(address)
    context = {name: answer.context[name] for name in answer.context.keys()}  # noqa: SIM118
    context |= full(context, said)
    listed = [context[name] for name in ("sections", "brief", "decisions", "said")]
    context["density"] = density(*listed, above="Frozen 29 November 2026 by Maya.")
    text = render_to_string(template, context, answer.wsgi_request)
    text = SHEETS.sub(lambda found: f"<style>{style(found[1])}</style>", text)
    page.set_content(re.sub(r"<(script|link)\b[^>]*>(</script>)?", "", text))


def style(name: str) -> str:
    """A style sheet of the product."""
    name = re.sub(r"\.[0-9a-f]{12}\.css$", ".css", name)
    found = finders.find(name)
    assert found, name
    return Path(found).read_text()


def sheets(page: Page, paper: str) -> int:
    """On how many sheets of a paper the browser prints the page."""
    (count,) = re.findall(rb"/Count (\d+)", page.pdf(format=paper, landscape=True))
    return int(count)


@pytest.mark.parametrize(("said", "stand"), [(1, "roomy"), (4, "densest"), (13, "packed")])
def test_a_full_scorecard_prints_on_one_sheet_with_the_flags_of_its_words_in_sight(
    page, manager, said, stand
):
    edition = frozen.freeze(by=manager, area=Area.objects.get(code=LUTON), quarter=QUARTER)
    Area.objects.update(synthetic=True)  # one more line: that the figures are invented
    for template, address in (
        ("performance/scorecard.html", "/scorecard/2024-25-Q4/"),
        ("performance/edition.html", f"/scorecard/editions/{edition.pk}/"),
    ):
        drawn(page, template, address, manager, said)
        assert [sheets(page, paper) for paper in ("A4", "A3")] == [1, 1], address
        assert stand in page.locator("body").get_attribute("class").split()
        page.emulate_media(media="print")
        flags = page.locator(".words .wrong.on-paper").filter(visible=True)
        expect(flags).to_have_count(said)
        expect(flags.first).to_contain_text("The figures say otherwise: ‘rose sharply’")


def test_a_tablet_shows_the_scorecard_as_a_table_and_its_sections_are_a_press_away(page, manager):
    drawn(page, "performance/scorecard.html", "/scorecard/2024-25-Q4/", manager, 3)
    page.set_viewport_size({"width": 768, "height": 900})
    seen = [one for one in page.locator(".score thead th").all() if one.is_visible()]
    assert [one.inner_text() for one in seen] == [
        "Indicator", "Latest", "Over time", "On last quarter", "On a year earlier", "Variation",
    ]  # fmt: skip
    first = page.locator("tr.row").first
    title, number = (first.locator(one).bounding_box() for one in ("th", ".now"))
    assert abs(title["y"] - number["y"]) < 20
    assert page.evaluate("document.documentElement.scrollWidth") <= 768
    last = page.get_by_role("navigation", name="Sections of the scorecard").get_by_role("link").last
    assert last.inner_text() == "Section 7"
    target = page.locator(last.get_attribute("href"))
    expect(target).to_have_text("Section 7")
    expect(first.locator("summary")).to_have_text(
        "and 1 more claim about Crimes recorded in a month"
    )
