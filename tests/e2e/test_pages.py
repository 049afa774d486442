"""Every page of figures in a real browser: accessible and fitting at each width, drawn without breaking its own rules."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.accessible import faults
from tests.e2e.conftest import SignIn
from tests.e2e.pages import PLACES, POLICE, SUBGROUP, WIDTHS, Place
from tests.live import Live

pytestmark = [pytest.mark.e2e, pytest.mark.parametrize("live", ["embedded"], indirect=True)]


@pytest.fixture
def visit(live: Live, page: Page, sign_in: SignIn) -> Callable[[Place], None]:
    """Opens a place as its person."""

    def open_place(place: Place) -> None:
        sign_in(place.person)
        page.goto(live.url + place.address)

    return open_place


def draw_all(page: Page) -> None:
    """Scroll through the page until each of its charts is drawn."""
    for chart in page.locator("[data-chart]").all():
        chart.scroll_into_view_if_needed()
        expect(chart.locator("svg.main-svg").first).to_be_attached()


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_each_page_is_accessible_fits_and_keeps_the_browsers_rules(place, page, visit, complaints):
    visit(place)
    assert page.locator("h1").count() == 1
    for width in WIDTHS[::-1]:
        page.set_viewport_size({"width": width, "height": 900})
        if width == WIDTHS[-1]:
            draw_all(page)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), width
    assert faults(page) == []  # at the narrowest, where rows are cards and the navigation is folded
    assert complaints == []
    assert page.locator("main [style]:not(.chart *)").count() == 0
    assert page.locator("table:not(:has(caption))").count() == 0


@pytest.mark.parametrize(
    "address", ["/scorecard/", "/dashboards/front-door/", "/indicators/FD05/"], ids=str
)
def test_dark_surroundings_are_followed_by_page_and_chart(address, page, visit):
    page.emulate_media(color_scheme="dark")
    visit(Place("dark", address))
    draw_all(page)
    assert faults(page) == []
    colours = page.evaluate(
        """[...document.querySelectorAll('.chart .xtick text')].map(one => getComputedStyle(one).fill)"""
    )
    assert set(colours) <= {"rgb(232, 237, 242)"}


def test_without_a_script_every_number_is_still_there(live, browser, page, visit):
    visit(Place("signs in", "/indicators/FD05/"))
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(page.context.cookies())
    plain = context.new_page()
    plain.goto(f"{live.url}/indicators/FD05/")
    expect(plain.locator("main")).to_contain_text("19.3%")
    expect(plain.locator("main")).to_contain_text("29.9%")
    expect(plain.locator(".no-script")).to_be_visible()
    plain.goto(f"{live.url}/dashboards/front-door/")
    for summary in plain.locator("details.more > summary").all():
        summary.click()
    expect(plain.locator("details.more table").first).to_be_visible()
    context.close()


def test_printed_figures_stand_beside_ours_and_say_where_they_differ(page, visit):
    visit(Place("printed", "/indicators/FD05/"))
    row = page.get_by_role("row").filter(has_text="29%").filter(has_text="2019/20").last
    expect(row).to_contain_text("29.9%")
    expect(row).to_contain_text("Differs")


def test_the_address_keeps_what_was_chosen(page, visit):
    visit(Place("choose", "/indicators/FD03/"))
    page.get_by_role("link", name="by financial year").click()
    assert "period=year" in page.url
    page.get_by_role("link", name="By source of referral").click()
    assert "period=year" in page.url
    link = page.get_by_role("link", name="By source of referral")
    expect(link).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("heading", name="by financial year")).to_be_visible()


def test_a_charts_buttons_are_reached_and_seen_by_keyboard(page, visit):
    visit(Place("keyboard", "/indicators/FD03/"))
    draw_all(page)
    page.locator(".switch a").last.focus()
    page.keyboard.press("Tab")  # the number, which leads to where it comes from
    page.keyboard.press("Tab")  # the chart, whose points the arrow keys tell
    expect(page.get_by_role("application").first).to_be_focused()
    page.keyboard.press("Tab")
    button = page.locator(".modebar-btn").first
    expect(button).to_be_focused()
    expect(page.locator(".modebar").first).to_have_css("opacity", "1")
    assert "hare" not in " ".join(
        page.locator(".modebar-btn").evaluate_all("all => all.map(one => one.ariaLabel)")
    )


def test_a_row_of_the_scorecard_becomes_a_card_with_its_words(page, visit):
    visit(Place("card", "/scorecard/", SUBGROUP))
    page.set_viewport_size({"width": 320, "height": 900})
    row = page.get_by_role("row").filter(has_text="FD03")
    assert row.bounding_box()["width"] <= 320  # type: ignore[index]
    words = row.locator("[data-label]").first.evaluate(
        "one => getComputedStyle(one, '::before').content"
    )
    assert words == '"On last quarter"'
    expect(row.locator("svg.spark")).to_have_attribute("aria-label", re.compile("latest"))


def test_sentences_in_a_card_stand_beneath_their_heading_and_are_read_from_the_left(page, visit):
    visit(Place("themes", "/reviews/themes/", SUBGROUP))
    page.set_viewport_size({"width": 320, "height": 900})
    done = page.locator("td[data-label='What was done']").first
    how = "one => [getComputedStyle(one).textAlign, getComputedStyle(one, '::before').display]"
    assert done.evaluate(how) == ["left", "block"]
    short = page.locator("td[data-label='Findings']").first
    assert short.evaluate(how) == ["right", "block"], "a number keeps its place at the right edge"
    assert short.evaluate("one => getComputedStyle(one, '::before').float") == "left"


def test_the_scorecard_prints_on_a_landscape_sheet_without_the_navigation(page, visit):
    visit(Place("print", "/scorecard/"))
    page.emulate_media(media="print")
    expect(page.locator(".bar-nav")).to_be_hidden()
    expect(page.locator(".page-actions")).to_be_hidden()
    expect(page.locator("table.score")).to_be_visible()
    box = page.evaluate("getComputedStyle(document.body).page")
    assert box == "sheet"


def test_an_upload_without_its_parts_says_what_is_missing_and_leads_there(page, visit):
    visit(Place("empty upload", "/returns/police-da/upload/", POLICE))
    page.get_by_role("button", name="Send the file").click()
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Choose the file to send.")
    assert page.title().startswith("Error: ")
    assert faults(page) == []
    summary.get_by_role("link", name="Enter the period").click()
    expect(page.get_by_label("Period", exact=True)).to_be_focused()
