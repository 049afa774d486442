"""Screenshots of every page at three widths, light and dark, and the scorecard as printed on A4 and A3.

Start the product (`make run`), then: `.venv/bin/python docs/screenshots.py FOLDER [--url ADDRESS] [--only NAME]`.
Look at them before calling a change to a page done.
"""

import argparse
import os
import sys
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.browser import launch
from tests.e2e.pages import PLACES, SYNTHETIC_PLACES, WIDTHS, Place

PASSWORD = os.environ.get("DEMO_PASSWORD", "a-quiet-garden-of-numbers")


def signed_in(browser: Browser, url: str, place: Place) -> BrowserContext:
    """A browser window of the place's person."""
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
    page = context.new_page()
    page.goto(f"{url}/accounts/login/")
    page.locator("[name=login]").fill(place.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Sign out").wait_for(state="attached")
    page.close()
    return context


def draw_charts(page: Page) -> None:
    """Bring every chart near the window once, because charts are drawn when they come near."""
    for chart in page.locator("[data-chart]").all():
        chart.scroll_into_view_if_needed()
        chart.locator("svg.main-svg").first.wait_for(state="attached")
    page.evaluate("scrollTo(0, 0)")


def take(page: Page, url: str, place: Place, folder: Path) -> None:
    """The place at every width in light surroundings, and at the widest in dark ones."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(url + place.address)
        draw_charts(page)
        page.screenshot(path=str(folder / f"{place.name}-{width}.png"), full_page=True)
    page.emulate_media(color_scheme="dark")
    page.reload()
    draw_charts(page)
    page.screenshot(path=str(folder / f"{place.name}-dark.png"), full_page=True)
    page.emulate_media(color_scheme="light")
    if place.name == "scorecard":
        for paper in ("A4", "A3"):
            page.pdf(path=str(folder / f"scorecard-{paper}.pdf"), format=paper, landscape=True)


def main() -> None:
    """Take the screenshots of all places, or of those whose name holds `--only`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    contexts: dict[str, BrowserContext] = {}
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for place in (*PLACES, *SYNTHETIC_PLACES):
            if given.only not in place.name:
                continue
            if place.person not in contexts:
                contexts[place.person] = signed_in(browser, given.url, place)
            page = contexts[place.person].new_page()
            take(page, given.url, place, given.folder)
            page.close()
            sys.stdout.write(f"{place.name}\n")
        browser.close()


if __name__ == "__main__":
    main()
