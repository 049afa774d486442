"""Screenshots of every page at three widths, what axe finds on each, and the scorecard and a dashboard as printed.

Start the product (`make run`), then: `.venv/bin/python docs/screenshots.py FOLDER` with `--url`, `--only` or `--dark`.
The pages are those that tests open, and beside them one of every kind that links lead to, for each of several people.
Where nobody has worked yet, an edition, a saved view and a challenge with its deep dive are made first, as people make
them: use the demonstration. Look at the pictures before calling a change to a page done.
"""

import argparse
import os
import re
import sys
from collections import deque
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import django
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lscb.settings")

from django.urls import Resolver404, resolve

from tests.browser import launch
from tests.e2e.pages import PLACES, SYNTHETIC_PLACES, WIDTHS, Place

PASSWORD = os.environ.get("DEMO_PASSWORD", "a-quiet-garden-of-numbers")
CRAWLED_BY = ("manager", "chair", "analyst.council", "analyst.training")
PRINTED = ("scorecard", "dashboard-front-door")
LINK = re.compile(r'href="([^"#]+)')
NO_PAGES = re.compile(r"^/(static|api|accounts/logout|admin)/")


def signed_in(browser: Browser, url: str, email: str) -> BrowserContext:
    """A browser window of a person."""
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
    page = context.new_page()
    page.goto(f"{url}/accounts/login/")
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Sign out").wait_for(state="attached")
    page.close()
    return context


def kind_of(path: str) -> str:
    """The name of the address that a path belongs to; empty where it is none of the product's pages."""
    try:
        return "" if NO_PAGES.match(path) else resolve(path).url_name or ""
    except Resolver404:
        return ""


def reached(context: BrowserContext, url: str, person: str, known: set[str]) -> list[Place]:
    """One place of every kind of page that links lead to from the first page and that is not `known` yet."""
    found: list[Place] = []
    queue, asked = deque(["/"]), {"home"}
    while queue:
        address = queue.popleft()
        answer = context.request.get(url + address)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        name = kind_of(urlsplit(address).path)
        if name not in known and answer.ok:
            known.add(name)
            found.append(Place(f"{person}-{name}", address, person))
        for link in LINK.findall(answer.text()):
            target = urlsplit(urljoin(url + address, unescape(link)))
            kind = kind_of(target.path) if f"{target.scheme}://{target.netloc}" == url else ""
            if kind and kind not in asked:
                asked.add(kind)
                queue.append(f"{target.path}?{target.query}" if target.query else target.path)
    return found


def leave_work(contexts: dict[str, BrowserContext], url: str) -> None:
    """An edition, a view, and a challenge with a chart and a note, where there are none: pages that only work makes."""
    page = contexts["manager"].new_page()
    page.goto(f"{url}/scorecard/editions/")
    freeze = page.get_by_role("button", name=re.compile("^Freeze "))
    if freeze.count() and not page.locator("table").count():
        freeze.click()
    page.close()
    page = contexts["chair"].new_page()
    page.goto(f"{url}/challenges/")
    if not page.locator("main a[href^='/challenges/']:not([href*=new])").count():
        page.goto(f"{url}/dashboards/domestic-abuse/")
        page.get_by_label("Name").fill("Domestic abuse by month")
        page.get_by_role("button", name="Save").click()
        page.goto(f"{url}/challenges/new/?indicator=DA01")
        page.get_by_label("Question").fill(
            "What explains the peak of domestic abuse crimes in December 2024?"
        )
        page.get_by_role("button", name="Raise the challenge").click()
        page.locator("[name=note]").fill("The audit of June looked at the same months.")
        page.locator("[name=view]").select_option(index=1)
        page.get_by_role("button", name="Add", exact=True).click()
    page.close()


def draw_charts(page: Page) -> None:
    """Bring every chart near the window once, because charts are drawn when they come near."""
    for chart in page.locator("[data-chart]").all():
        if chart.is_visible():
            chart.scroll_into_view_if_needed()
            chart.locator("svg.main-svg").first.wait_for(state="attached")
    page.evaluate("scrollTo(0, 0)")


def take(page: Page, url: str, place: Place, folder: Path, *, dark: bool) -> list[str]:
    """The place at every width, if asked for in dark surroundings too; and what is wrong with it."""
    wrong = []
    for width in WIDTHS[::-1]:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(url + place.address)
        draw_charts(page)
        page.screenshot(path=str(folder / f"{place.name}-{width}.png"), full_page=True)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append(f"scrolls sideways at {width}")
    found = Axe().run(page, options={"rules": {"target-size": {"enabled": True}}})
    wrong += [f"axe: {one['id']}" for one in found.response["violations"]]
    if page.locator("h1").count() != 1:
        wrong.append(f"{page.locator('h1').count()} first headings")
    if dark:
        page.emulate_media(color_scheme="dark")
        page.reload()
        draw_charts(page)
        page.screenshot(path=str(folder / f"{place.name}-dark.png"), full_page=True)
        page.emulate_media(color_scheme="light")
    if place.name in PRINTED:
        page.set_viewport_size({"width": WIDTHS[-1], "height": 900})
        draw_charts(page)
        for paper in ("A4", "A3"):
            name = f"{place.name}-{paper}.pdf"
            page.pdf(path=str(folder / name), format=paper, landscape=True)
    return wrong


def main() -> None:
    """Take the screenshots of all places, or of those whose name holds `--only`; say what is wrong with which."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--only", default="")
    parser.add_argument("--dark", action="store_true")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    django.setup()
    with sync_playwright() as playwright:
        browser = launch(playwright)
        places = [*PLACES, *SYNTHETIC_PLACES]
        people = dict.fromkeys([one.person for one in places] + list(CRAWLED_BY))
        contexts = {one: signed_in(browser, given.url, Place("", "", one).email) for one in people}
        leave_work(contexts, given.url)
        known = {kind_of(urlsplit(one.address).path) for one in places}
        for person in CRAWLED_BY:
            places += reached(contexts[person], given.url, person, known)
        faulty = 0
        for place in (one for one in places if given.only in one.name):
            page = contexts[place.person].new_page()
            wrong = take(page, given.url, place, given.folder, dark=given.dark)
            page.close()
            faulty += bool(wrong)
            sys.stdout.write(f"{place.name}: {'; '.join(wrong) or 'nothing wrong'}\n")
            sys.stdout.flush()
        browser.close()
    sys.exit(1 if faulty else 0)


if __name__ == "__main__":
    main()
