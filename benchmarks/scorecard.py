"""How fast the scorecard is: `python -m benchmarks.scorecard [--area demonstration] [--quarter 2025-26-Q1]`.

Measures on the configured database, which must hold the sample: CPU of a first rendering for a state of the data (the
page, its request, and the same in a process that knows no chart or row yet), of a kept page and of an answer 304;
queries and bytes; and how the kept page compares with a view that returns the same bytes from memory. Prints numbers,
judges none. What a browser makes of it is measured by benchmarks.browser.
"""

import argparse
import inspect
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import resolve

from benchmarks import ready  # noqa: F401  before the models
from benchmarks.memory import MEMORY
from lscb.models import Person, Role
from performance.indicators import limits
from performance.pages import scorecard
from performance.templatetags import pages
from performance.views import kept
from performance.views.scorecard import draw_latest

EMAIL = "benchmark@example.org"


def cpu(work: Callable[[], object], times: int) -> tuple[float, float]:
    """The median and the least CPU of some runs, in milliseconds."""
    spent = []
    for _ in range(times):
        started = time.process_time()
        work()
        spent.append(1000 * (time.process_time() - started))
    return statistics.median(spent), min(spent)


def told(work: Callable[[], object], times: int) -> str:
    """What runs take, in words: the median, and the least, which other work on the machine disturbs less."""
    median, least = cpu(work, times)
    return f"{median:6.1f} ms CPU (least {least:.1f})"


def person() -> Person:
    """Somebody to sign in as, who cannot by themselves."""
    found = Person.objects.filter(email=EMAIL).first()
    return found or Person.objects.create_user(EMAIL, name="Benchmark", role=Role.SUBGROUP)


def render(address: str, reader: Person) -> Any:
    """The page alone, without signing in, navigation and compression, which a kept page needs as well."""
    path, _, query = address.partition("?")
    request = RequestFactory().get(path, QUERY_STRING=query)
    request.user = reader
    request.page_is_kept = True  # type: ignore[attr-defined]
    found = resolve(path)
    return inspect.unwrap(found.func)(request, **found.kwargs)


def in_process(address: str) -> None:
    """First rendering, kept page and 304, through all middleware."""
    client = Client(headers={"accept-encoding": "gzip", "host": "127.0.0.1"})
    reader = person()
    client.force_login(reader)
    client.get("/challenges/")

    def first() -> Any:
        kept.forget()
        return client.get(address)

    answer = first()
    if answer.status_code != 200:
        sys.exit(f"{address} answered {answer.status_code}: load the sample first")
    with CaptureQueriesContext(connection) as queries:
        first()
    asked = len(queries)
    print(f"first rendering: {told(lambda: render(address, reader), 20)} for the page")
    print(f"  its request:   {told(first, 20)}, {asked} queries")

    def forget() -> None:
        limits.judged.cache_clear()
        scorecard.row_of.cache_clear()
        pages.written_row.cache_clear()

    def new_process() -> Any:
        forget()
        return first()

    def prepared() -> Any:
        forget()
        draw_latest()
        started = time.process_time()
        first()
        return time.process_time() - started

    print(f"  new process:   {told(new_process, 20)}, no chart or row known yet")
    spent = 1000 * min(prepared() for _ in range(20))
    print(f"  as it starts:  {spent:6.1f} ms CPU at least, with each area's latest scorecard drawn")
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    asked = len(queries)
    print(f"kept page:       {told(lambda: client.get(address), 50)}, {asked} queries")
    known = {"if-none-match": answer.headers["ETag"]}
    print(f"answer 304:      {told(lambda: client.get(address, headers=known), 50)}")
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--area", default=settings.PARTNERSHIP_AREA)
    parser.add_argument("--quarter", default="2024-25-Q4")
    chosen = parser.parse_args()
    address = f"/scorecard/{chosen.quarter}/?area={chosen.area}"
    in_process(address)


if __name__ == "__main__":
    main()
