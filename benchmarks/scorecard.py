"""How fast the scorecard is: `python -m benchmarks.scorecard [--area demonstration] [--quarter 2025-26-Q1]`.

Measures on the configured database, which must hold the sample: CPU of a first rendering, of a kept page and of an
answer 304; queries and bytes; how the kept page compares with a view that returns the same bytes from memory; and,
with --browser, the time until a headless Chromium has the whole page on its first visit. Prints numbers, judges none.
"""

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from benchmarks import ready  # noqa: F401  before the models
from benchmarks.memory import MEMORY
from lscb.models import Person, Role
from performance.views import kept

EMAIL = "benchmark@example.org"
ROOT = Path(__file__).resolve().parent.parent


def cpu(work: Callable[[], object], times: int) -> tuple[float, float]:
    """The median and the least CPU of some runs, in milliseconds."""
    spent = []
    for _ in range(times):
        started = time.process_time()
        work()
        spent.append(1000 * (time.process_time() - started))
    return statistics.median(spent), min(spent)


def person() -> Person:
    """Somebody to sign in as, who cannot by themselves."""
    found = Person.objects.filter(email=EMAIL).first()
    return found or Person.objects.create_user(EMAIL, name="Benchmark", role=Role.SUBGROUP)


def in_process(address: str) -> None:
    """First rendering, kept page and 304, through all middleware."""
    client = Client(headers={"accept-encoding": "gzip", "host": "127.0.0.1"})
    client.force_login(person())
    client.get("/challenges/")

    def first() -> Any:
        kept.PAGES.clear()
        kept.ANSWERS.clear()
        return client.get(address)

    answer = first()
    if answer.status_code != 200:
        sys.exit(f"{address} answered {answer.status_code}: load the sample first")
    with CaptureQueriesContext(connection) as queries:
        first()
    asked = len(queries)
    print(f"first rendering: {cpu(first, 10)[0]:6.1f} ms CPU, {asked} queries")
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    asked = len(queries)
    print(
        f"kept page:       {cpu(lambda: client.get(address), 50)[0]:6.1f} ms CPU, {asked} queries"
    )
    known = {"if-none-match": answer.headers["ETag"]}
    print(f"answer 304:      {cpu(lambda: client.get(address, headers=known), 50)[0]:6.1f} ms CPU")
    print(f"bytes:           {len(answer.content):,} compressed")
    compare_with_memory(address, client)


def compare_with_memory(address: str, client: Client) -> None:
    """The kept page beside the same bytes from memory, both through all middleware."""
    MEMORY["page"] = client.get(address).content
    with override_settings(ROOT_URLCONF="benchmarks.memory"):
        ours = cpu(lambda: client.get(address), 200)[0]
        plain = cpu(lambda: client.get("/memory/"), 200)[0]
    print(f"same bytes:      {plain:6.1f} ms CPU from memory")
    print(
        f"kept page at {plain / ours:.2f} of the requests a second of a view that returns its bytes"
    )


def in_browser(address: str) -> None:
    """A first visit in headless Chromium to the product served as it is in use."""
    from playwright.sync_api import sync_playwright

    from tests.browser import launch
    from tests.servers import free_port

    port = free_port()
    command = [sys.executable, "manage.py", "serve", "--port", str(port), "--load", ""]
    serve = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert serve.stdout is not None
        for line in serve.stdout:
            if line.startswith("Ready:"):
                break
        session = Client()
        session.force_login(person())
        cookie = session.cookies[settings.SESSION_COOKIE_NAME]
        with sync_playwright() as playwright:
            browser = launch(playwright)
            for name in ("first visit", "second visit"):
                context = browser.new_context()
                context.add_cookies(
                    [{"name": cookie.key, "value": cookie.value, "url": f"http://127.0.0.1:{port}"}]
                )
                page = context.new_page()
                page.goto(f"http://127.0.0.1:{port}{address}", wait_until="load")
                took = page.evaluate(
                    "(() => { const n = performance.getEntriesByType('navigation')[0];"
                    " return [n.loadEventEnd, n.transferSize]; })()"
                )
                print(f"{name} in a browser: {took[0]:.0f} ms, page {took[1]:,} bytes")
                context.close()
            browser.close()
    finally:
        serve.terminate()
        serve.wait(30)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--area", default=settings.PARTNERSHIP_AREA)
    parser.add_argument("--quarter", default="2024-25-Q4")
    parser.add_argument("--browser", action="store_true")
    chosen = parser.parse_args()
    address = f"/scorecard/{chosen.quarter}/?area={chosen.area}"
    in_process(address)
    if chosen.browser:
        in_browser(address)


if __name__ == "__main__":
    main()
