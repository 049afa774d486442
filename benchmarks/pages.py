"""What the first rendering of each kind of page costs: `python -m benchmarks.pages [--area demonstration]`.

Measures on the configured database, which must hold the sample: the CPU of a whole request for a page that nobody has
asked for since the data changed, its queries and its bytes; and of one that is kept, the CPU of the next request. The
time is that of this process, whatever else the machine does; of some runs the median and the least. Prints numbers,
judges none.
"""

import argparse
import sys
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks import ready  # noqa: F401  before the models
from benchmarks.scorecard import cpu, person
from performance.indicators.spec import scorecard as layout
from performance.models import Challenge, Edition
from performance.views import kept
from priorities.models import Priority
from reviews.models import Review

RUNS = 20


def addresses(area: str) -> list[str]:
    """A page of each kind, for people who work with the figures."""
    here = f"?area={area}"
    return [
        f"/{here}",
        f"/scorecard/2025-26-Q1/{here}",
        f"/scorecard/2025-26-Q1/rows/DA01/{here}",
        f"/scorecard/2025-26-Q1/rows/CP03/{here}&part=1",
        f"/dashboards/{here}",
        *(f"/dashboards/{board.slug}/{here}" for board in layout().dashboards),
        *(f"/indicators/{one}{here}" for one in ("", "DA01/", "FD13/", "FD04/", "CP03/")),
        f"/indicators/FD04/{here}&breakdown=ethnicity",
        f"/indicators/DA01/commentary/{here}&period=2025-26-Q1",
        f"/indicators/DA01/numbers/2024-25-Q4/{here}",
        f"/indicators/FD04/numbers/2024-25/{here}",
        f"/signals/{here}",
        f"/challenges/{here}",
        f"/meetings/2025-26-Q1/{here}",
        f"/search/{here}&q=neglect",
        f"/reports/{here}",
        f"/returns/calendar/{here}",
        f"/returns/calendar/kept/{here}",
        f"/scorecard/editions/{here}",
        f"/scorecard/editions/compare/{here}",
        *(f"/scorecard/editions/{one}/" for one in _first(Edition.objects.filter(area__code=area))),
        *(f"/challenges/{one}/" for one in _first(Challenge.objects.filter(area__code=area))),
        *(f"/challenges/{one}/deep-dive/" for one in _first(Challenge.objects.all())),
        f"/priorities/{here}",
        *(f"/priorities/{one}/" for one in _first(Priority.objects.filter(area__code=area))),
        f"/priorities/plan/{here}",
        "/reviews/",
        *(f"/reviews/{one}/" for one in _first(Review.objects.filter(restricted=False))),
        "/reviews/report/",
        "/training/",
        "/training/report/2025-26-Q1/",
    ]


def _first(rows: QuerySet[Any]) -> list[int]:
    """The number of the first of some records; none where there is none."""
    return list(rows.order_by("pk").values_list("pk", flat=True)[:1])


def measure(client: Client, address: str) -> str:
    """A page's line of the table."""

    def first() -> int:
        kept.PAGES.clear()
        kept.ANSWERS.clear()
        return len(client.get(address).content)

    size = first()
    with CaptureQueriesContext(connection) as queries:
        first()
    asked = len(queries)
    median, least = cpu(first, RUNS)
    known = ""
    if client.get(address).has_header("ETag"):
        known = f"{cpu(lambda: client.get(address), RUNS)[1]:6.1f}"
    return f"{median:7.1f} {least:7.1f} {asked:8} {size / 1000:8.1f} {known:>6}  {address}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--area", default="demonstration")
    chosen = parser.parse_args()
    client = Client(headers={"accept-encoding": "gzip", "host": "127.0.0.1"})
    client.force_login(person())
    print(" median   least  queries       kB   kept  (milliseconds of CPU)")
    for address in addresses(chosen.area):
        status = client.get(address).status_code
        if status != 200:
            sys.exit(f"{address} answered {status}: load the sample first")
        print(measure(client, address), flush=True)


if __name__ == "__main__":
    main()
