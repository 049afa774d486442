"""The look in a real browser: every part of it, at three widths, light and dark, by keyboard and without a script."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page

from lscb.models import Role
from tests import factories
from tests.accessible import faults

pytestmark = pytest.mark.e2e
WIDTHS = (320, 768, 1440)
Open = Callable[[Page, str], None]


@pytest.fixture
def site(live_server) -> str:
    """Where the product answers, by number: the browser resolves no names."""
    return live_server.url.replace("localhost", "127.0.0.1")


@pytest.fixture(autouse=True)
def _left(page: Page, live_server) -> Iterator[None]:
    """Leaves the page before the database behind it is emptied."""
    yield
    page.goto("about:blank")


@pytest.fixture
def opened(site, settings) -> Open:
    """Opens an address as a council's analyst who has signed in."""
    settings.ROOT_URLCONF = "tests.lscb.look_urls"
    client = Client()
    client.force_login(factories.person(Role.ANALYST))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value

    def open_page(page: Page, where: str) -> None:
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}
        page.context.add_cookies([cookie])
        page.goto(site + where)

    return open_page


def scrolls_sideways(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def test_every_part_is_accessible_and_fits_at_every_width(page, opened):
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        opened(page, "/look/")
        assert faults(page) == [], width
        assert not scrolls_sideways(page), width


def test_dark_surroundings_keep_every_contrast(page, opened):
    page.emulate_media(color_scheme="dark")
    opened(page, "/look/")
    assert faults(page) == []
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"


@pytest.mark.parametrize(
    "where",
    ["/accessibility/", "/nothing/here/", "/accounts/password/change/", "/accounts/logout/"],
)
def test_the_pages_around_are_accessible_and_fit(page, opened, where):
    page.set_viewport_size({"width": 320, "height": 900})
    opened(page, where)
    assert faults(page) == []
    assert not scrolls_sideways(page)


def test_signing_in_is_accessible_and_its_faults_lead_to_the_field(page, site):
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(site + "/accounts/login/")
    assert faults(page) == []
    page.get_by_role("button", name="Sign in").click()
    assert page.title().startswith("Error: Sign in")
    assert faults(page) == []
    summary = page.get_by_role("alert")
    assert summary.get_by_role("heading", name="There is a problem").is_visible()
    summary.get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.id") == "id_login"


def test_the_first_key_leads_past_the_navigation(page, opened):
    opened(page, "/look/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    assert skip.evaluate("one => one === document.activeElement")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_what_has_the_focus_shows_it(page, opened):
    opened(page, "/look/")
    for _ in range(25):
        page.keyboard.press("Tab")
        style = page.evaluate(
            """() => {
                const one = document.activeElement, look = getComputedStyle(one);
                return [one.outerHTML.slice(0, 80), look.outlineStyle, look.boxShadow];
            }"""
        )
        assert style[1] != "none" or style[2] != "none", style[0]


def test_the_menu_of_a_narrow_screen_needs_no_script(browser: Browser, opened, site):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700})
    page = context.new_page()
    opened(page, "/look/")
    link = page.get_by_role("link", name="Returns", exact=True)
    assert not link.is_visible()
    page.get_by_text("Menu", exact=True).click()
    link.click()
    assert page.url == f"{site}/returns/"
    context.close()


def test_a_page_prints_without_its_navigation_and_buttons(page, opened):
    opened(page, "/look/")
    page.emulate_media(media="print")
    for hidden in (".bar-nav", ".bar-person", ".bar-menu", ".page-actions", ".filters", ".switch"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.get_by_text("Luton Safeguarding Children Partnership").first.is_visible()
    assert page.get_by_text("Demonstration area: synthetic figures.").is_visible()


def test_forced_colours_keep_every_word_and_line(browser: Browser, opened):
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    opened(page, "/look/")
    colours = page.evaluate(
        """() => {
            const of = (where, what) => getComputedStyle(document.querySelector(where))[what];
            return [of(".spark .line", "stroke"), of("body", "backgroundColor"),
                    of(".variation.concern-high svg", "stroke"), of(".brief", "borderTopStyle")];
        }"""
    )
    line, ground, icon, border = colours
    assert line == icon != ground
    assert border == "solid"
    context.close()
