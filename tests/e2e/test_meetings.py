"""By keyboard alone: a row of the scorecard opens, a dashboard is changed by its controls, an edition is approved and
published, a challenge asked, answered and closed."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.accessible import faults
from tests.e2e.pages import POLICE, SUBGROUP

pytestmark = [pytest.mark.e2e, pytest.mark.parametrize("live", ["embedded"], indirect=True)]


def press(page: Page, role: str, name: str | re.Pattern[str]) -> None:
    """Reach something by focus and press it."""
    place = page.get_by_role(role, name=name).first  # type: ignore[arg-type]
    place.focus()
    expect(place).to_be_focused()
    page.keyboard.press("Enter")


def test_a_row_opens_in_place_with_its_chart_and_closes_again(live, page, sign_in):
    sign_in(SUBGROUP)
    page.goto(f"{live.url}/scorecard/2024-25-Q4/")
    assert page.locator("script[src*=plotly]").count() == 0
    row = page.locator("[data-opens=DA01]")
    row.focus()
    page.keyboard.press("Enter")
    opened = page.locator("#opened-DA01")
    expect(opened.locator("svg.main-svg").first).to_be_attached(timeout=15_000)
    expect(opened.get_by_role("link", name="Raise a challenge")).to_be_visible()
    expect(row).to_have_attribute("aria-expanded", "true")
    assert faults(page) == []
    row.focus()
    page.keyboard.press("Space")
    expect(opened).to_be_hidden()


def test_a_dashboard_is_changed_by_its_controls_and_a_number_says_where_it_comes_from(
    live, page, sign_in
):
    sign_in(SUBGROUP)
    page.goto(f"{live.url}/dashboards/who-refers/?area=E06000032")
    summary = page.locator(".controls > summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.get_by_label("From").focus()
    page.keyboard.type("2019-20")
    page.get_by_label("Tables").focus()
    page.keyboard.press("ArrowDown")
    press(page, "button", "Show")
    expect(page).to_have_url(re.compile(r"from=2019-20.*table=1"))
    expect(page.get_by_label("From")).to_have_value("2019-20")
    expect(page.locator(".panel table").first).to_be_visible()
    assert faults(page) == []
    press(page, "link", re.compile("^Police.*only this"))
    expect(page.get_by_text("Only within source of referral: Police")).to_be_visible()
    assert "table=1" in page.url
    press(page, "link", "Show all")
    chart = page.locator("[data-chart]").first
    expect(chart.locator("svg.main-svg").first).to_be_attached(timeout=15_000)
    goes_through(page, chart)
    number = page.locator("td a.origin:not(.none)").first
    shown = number.inner_text()
    number.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Where does this number come from?")
    expect(page.locator(".huge")).to_have_text(shown)
    assert faults(page) == []


CONTRADICTED = (
    "Numbers rose sharply to 600 in the quarter, after they had fallen by half on the quarter before; the force puts "
    "it down to a campaign in the spring, and the Subgroup asks whether repeat victims are among those counted."
)


def goes_through(page: Page, chart: Locator) -> None:
    """The points of a chart by keyboard, each said, and its zoom there and back."""
    said = page.get_by_role("status").filter(has_text="point to point")
    chart.focus()
    expect(said).to_be_visible()
    keys = chart.locator("xpath=following-sibling::*[1]")
    page.keyboard.press("ArrowRight")
    first = keys.inner_text()
    assert re.search(r": [\d,.]+%?$", first), first
    page.keyboard.press("ArrowRight")
    expect(keys).not_to_have_text(first)
    expect(chart.locator(".hoverlayer .hovertext").first).to_be_attached()
    paint = """() => ["path", "text.nums"].map((one) => getComputedStyle(
        document.querySelector(`.hoverlayer .hovertext ${one}`)).fill)"""
    ground, ink = page.evaluate(paint)
    assert ground != ink
    page.keyboard.press("End")
    expect(keys).not_to_have_text(first)
    page.keyboard.press("Home")
    expect(keys).to_have_text(first)
    page.keyboard.press("Tab")
    expect(keys).to_be_hidden()


def test_the_scorecard_prints_on_one_sheet_also_with_wordings_that_the_figures_contradict(
    live, page, sign_in
):
    sign_in(SUBGROUP)
    for indicator in ("DA01", "DA02"):
        says_what_the_figures_contradict(page, live.url, indicator)
    for address in ("2024-25-Q4/", "2024-25-Q4/?group=strand", "?area=pan-bedfordshire"):
        page.goto(f"{live.url}/scorecard/{address}")
        if "pan-" not in address:
            expect(page.locator(".words .wrong").first).to_be_attached()
        prints_on_one_sheet(page)
        cuts_no_name_and_no_number(page)


def says_what_the_figures_contradict(page: Page, url: str, indicator: str) -> None:
    """A wording of the Subgroup beside a row of Luton's scorecard."""
    page.goto(f"{url}/indicators/{indicator}/commentary/?area=E06000032&period=2024-25-Q4")
    page.locator("[name=text]").fill(CONTRADICTED)
    press(page, "button", "Keep this wording")
    expect(page.get_by_text("The wording is kept.")).to_be_visible()


def prints_on_one_sheet(page: Page) -> None:
    """A page as the browser prints it, on both papers."""
    for paper in ("A4", "A3"):
        printed = page.pdf(format=paper, landscape=True)
        assert re.findall(rb"/Count (\d+)", printed) == [b"1"], (page.url, paper)


def cuts_no_name_and_no_number(page: Page) -> None:
    """No cell of a printed row but those of words ends with a sign, on a sheet of A4 at 96 dots an inch."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1070, "height": 750})
    cut = """() => [...document.querySelectorAll(".score .row:not(.is-missing) > :is(th, td)")].filter(
        (cell) => cell.scrollWidth > cell.clientWidth + 1).map((cell) => cell.innerText)"""
    assert page.evaluate(cut) == []
    page.emulate_media(media="null")


def test_an_edition_goes_from_the_manager_over_the_chair_to_the_executive(live, page, sign_in):
    sign_in(SUBGROUP)
    says_what_the_figures_contradict(page, live.url, "DA01")
    sign_in("manager")
    page.goto(f"{live.url}/scorecard/editions/?quarter=2024-25-Q4")
    press(page, "button", "Freeze Quarter 4, 2024/25")
    expect(page.get_by_role("heading", level=1, name="Quarter 4, 2024/25")).to_be_visible()
    address = page.url
    assert faults(page) == []
    for person, check, button, state in (
        ("chair", "Check and approve", "Approve", "Approved"),
        ("executive", "Check, sign off and publish", "Sign off and publish", "Published"),
    ):
        sign_in(person)
        page.goto(address)
        press(page, "link", check)
        expect(page.get_by_role("heading", level=1)).to_have_text(f"{button} edition 1?")
        expect(page.get_by_text("The figures say otherwise").first).to_be_visible()
        assert faults(page) == []
        press(page, "link", "Back to the edition")
        expect(page).to_have_url(address)
        press(page, "link", check)
        if person == "chair":
            page.get_by_label("Why is it approved").focus()
            page.keyboard.type("The campaign is known to the Subgroup.")
        press(page, "button", button)
        expect(page.locator(".chip", has_text=state).first).to_be_visible()
    prints_on_one_sheet(page)


def test_a_challenge_is_asked_and_the_agency_answers(live, page, sign_in):
    sign_in(SUBGROUP)
    page.goto(f"{live.url}/challenges/new/?indicator=DA01")
    assert faults(page) == []
    page.get_by_label("Question").focus()
    page.keyboard.type("Why did recorded crimes change?")
    press(page, "button", "Raise the challenge")
    expect(page.get_by_text("Why did recorded crimes change?").first).to_be_visible()
    address = page.url
    sign_in(POLICE)
    page.goto(address)
    page.get_by_role("textbox", name="Answer", exact=True).focus()
    page.keyboard.type("Recording improved after an audit.")
    press(page, "button", "Send the answer")
    expect(page.locator(".chip", has_text="Answered").first).to_be_visible()
    assert faults(page) == []
    sign_in("chair")
    page.goto(address)
    page.get_by_label("What difference did it make?").focus()
    page.keyboard.type("The rise is known to be recording.")
    press(page, "button", "Close the challenge")
    expect(page.locator(".chip", has_text="Closed").first).to_be_visible()
    press(page, "link", "Deep dive")
    expect(page.get_by_text("Recording improved after an audit.")).to_be_visible()
    assert faults(page) == []
