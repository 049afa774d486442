"""What a browser makes of scorecard and dashboards: `python -m benchmarks.browser [--area demonstration]`.

Serves the configured database, which must hold the sample, as it is in use, and opens pages in headless Chromium:
each cold (an empty cache, and no page kept yet), then once more. Prints the time until the page is complete, or its
first chart is drawn; the bytes and requests; and how the assets may be kept. Prints numbers, judges none.
"""

import argparse
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from benchmarks import ready  # noqa: F401  before the models
from benchmarks.scorecard import person
from tests.browser import launch
from tests.servers import free_port

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 5
PEERS = (
    "For comparison, measured on 2 cores with 40 charts of the same data: Apache Superset 8,200 ms and 2,913 kB in 99 "
    "requests; Plotly Dash 4,700 ms and 1,719 kB; a plain Django page with inline SVG 190 ms and 29.5 kB."
)
# Notes the moment after the first chart was painted.
WATCH = """
new MutationObserver((changes, watcher) => {
  if (!document.querySelector("svg.main-svg")) return;
  watcher.disconnect();
  requestAnimationFrame(() => requestAnimationFrame(() => { window.firstChart = performance.now(); }));
}).observe(document, { childList: true, subtree: true });
"""
# Until the browser has painted what is there. The page's own policy forbids to wait for a string of script.
PAINTED = """() => new Promise((done) => {
  const look = () => (window.firstChart > 0 ? done() : requestAnimationFrame(look));
  look();
})"""
READ = """() => {
  const page = performance.getEntriesByType("navigation")[0];
  const all = [page, ...performance.getEntriesByType("resource")];
  return {
    loaded: page.loadEventEnd, answered: page.responseEnd, page: page.transferSize, chart: window.firstChart || 0,
    bytes: all.reduce((sum, one) => sum + one.transferSize, 0),
    requests: all.filter((one) => one.transferSize > 0).length,
  };
}"""


@contextmanager
def served() -> Iterator[str]:
    """The product with its data; yields its address."""
    port = free_port()
    command = [sys.executable, "manage.py", "serve", "--port", str(port), "--load", ""]
    serve = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert serve.stdout is not None
        for line in serve.stdout:
            if line.startswith("Ready:"):
                break
        yield f"http://127.0.0.1:{port}"
    finally:
        serve.terminate()
        serve.wait(30)


def sign_in() -> str:
    """The session of somebody who signed in; made before the browser, whose loop Django's database does not like."""
    session = Client()
    session.force_login(person())
    return session.cookies[settings.SESSION_COOKIE_NAME].value


def window(browser: Browser, url: str, session: str) -> BrowserContext:
    context = browser.new_context()
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url}
    context.add_cookies([cookie])  # type: ignore[list-item]
    return context


def opened(page: Page, address: str, *, charts: bool) -> dict[str, Any]:
    page.goto(address, wait_until="load")
    if charts:
        page.locator("svg.main-svg").first.wait_for()
        page.evaluate(PAINTED)
    found: dict[str, Any] = page.evaluate(READ)
    return found


def tell(name: str, found: dict[str, Any], *, charts: bool) -> None:
    said = (
        f"first chart {found['chart']:5.0f} ms" if charts else f"complete {found['loaded']:5.0f} ms"
    )
    print(
        f"{name:34} {said}, answered {found['answered']:4.0f} ms, page {found['page'] / 1000:6.1f} kB, "
        f"with all it loads {found['bytes'] / 1000:7.1f} kB in {found['requests']} requests"
    )


def measure(
    browser: Browser, url: str, session: str, address: str, *, charts: bool = False
) -> None:
    """A page cold, warm in the server only, and warm in the browser: of each the median of some visits."""
    print(address)
    cold = []
    for number in range(ROUNDS):
        context = window(browser, url, session)
        page = context.new_page()
        page.add_init_script(WATCH)
        # another address of the same page is another page to the server: nothing of it is kept yet
        first = opened(page, f"{url}{address}&visit={number}", charts=charts)
        again = opened(page, f"{url}{address}&visit={number}", charts=charts)
        new = opened(page, f"{url}{address}&visit={number}-b", charts=charts)
        cold.append((first, new, again))
        context.close()
    key = "chart" if charts else "loaded"
    for place, name in enumerate(
        ("nothing kept anywhere", "assets cached, page new", "unchanged page")
    ):
        ranked = sorted((one[place] for one in cold), key=lambda one: one[key])
        tell(f"  {name}", ranked[len(ranked) // 2], charts=charts)


def keeping(page: Page, address: str) -> None:
    """How each script and stylesheet of a page may be kept by the browser."""
    kept: list[str] = []
    page.on(
        "response",
        lambda one: (
            kept.append(
                f"  {one.headers.get('cache-control', 'none')}  {one.url.rsplit('/', 1)[1]}"
            )
            if "/static/" in one.url
            else None
        ),
    )
    page.goto(address)
    page.locator("svg.main-svg").first.wait_for()
    print("how assets are kept", *sorted(kept), sep="\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--area", default="demonstration")
    parser.add_argument("--quarter", default="2025-26-Q1")
    chosen = parser.parse_args()
    dashboard = f"/dashboards/domestic-abuse/?area={chosen.area}"
    session = sign_in()
    with served() as url, sync_playwright() as playwright:
        browser = launch(playwright)
        warm = window(browser, url, session).new_page()
        warm.goto(f"{url}/challenges/")  # the program's own first request is not a page's
        measure(browser, url, session, f"/scorecard/{chosen.quarter}/?area={chosen.area}")
        measure(browser, url, session, dashboard, charts=True)
        page = window(browser, url, session).new_page()
        page.add_init_script(WATCH)
        keeping(page, f"{url}{dashboard}")
        browser.close()
    print(PEERS)


if __name__ == "__main__":
    main()
