"""What the first rendering of each kind of page costs: `python -m benchmarks.pages [--area demonstration]`.

Measures on the configured database, which must hold the sample: the CPU of a whole request for a page that nobody has
asked for since the data changed, its queries and its bytes; and of one that is kept, the CPU of the next request. The
time is that of this process; of some runs the median and the least. A page whose least is over the time that is aimed
at is marked with `>`. What else the machine does lengthens that time too, for seconds on end: so those pages are
measured again after all others, and told with the least that they took. `--over` prints those alone.

What a page needs and the sample lacks (an edition, a challenge, words beside a figure) is made for the measurement and
taken back: nothing of it stays. Until then nobody else can write to a database that is a file.
"""

import argparse
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks import ready  # noqa: F401  before the models
from benchmarks.scorecard import cpu, person
from lscb.models import Agency, Area, Person, Role
from lscb.periods import parse
from performance.actions.challenges import raise_challenge
from performance.actions.commentary import write_commentary
from performance.indicators.scorecard import scorecard as layout
from performance.indicators.spec import indicators
from performance.models import Challenge, Edition
from performance.queries.observations import indicators_with_values
from performance.views import frozen, kept
from priorities.models import Priority
from reviews.models import Review

RUNS = 20
AGAIN = 2  # times that a page over the aim is measured again
AIM = 25.0  # milliseconds of CPU for the first rendering of a page
QUARTER = "2025-26-Q1"


def addresses(area: str) -> list[str]:
    """A page of each kind, for people who work with the figures; of boards and indicators every one."""
    here = f"?area={area}"
    return [
        f"/{here}",
        f"/scorecard/{QUARTER}/{here}",
        *(f"/scorecard/{QUARTER}/{here}&group={one}" for one in ("strand", "agency")),
        f"/scorecard/{QUARTER}/rows/DA01/{here}",
        f"/scorecard/{QUARTER}/rows/CP03/{here}&part=1",
        f"/dashboards/{here}",
        *(f"/dashboards/{board.slug}/{here}" for board in layout().dashboards),
        f"/dashboards/domestic-abuse/{here}&compare=past&kind=quarter",
        f"/dashboards/why/{here}&within=age_band:1-4",
        f"/indicators/{here}",
        *_of_indicators(area, here),
        f"/indicators/DA01/commentary/{here}&period={QUARTER}",
        f"/indicators/DA01/numbers/2024-25-Q4/{here}",
        f"/indicators/FD04/numbers/2024-25/{here}",
        f"/signals/{here}",
        f"/challenges/{here}",
        f"/meetings/{QUARTER}/{here}",
        *(f"/search/{here}&q={one}" for one in ("neglect", "police", "plan")),
        f"/reports/{here}",
        f"/returns/calendar/{here}",
        f"/returns/calendar/kept/{here}",
        f"/scorecard/editions/{here}",
        f"/scorecard/editions/compare/{here}",
        *(f"/scorecard/editions/{one}/" for one in _first(Edition.objects.filter(area__code=area))),
        *(f"/challenges/{one}/" for one in _first(Challenge.objects.filter(area__code=area))),
        *(f"/challenges/{one}/deep-dive/" for one in _first(Challenge.objects.all())),
        *_of_other_apps(area, here),
    ]


def _of_indicators(area: str, here: str) -> list[str]:
    """The page of every indicator that has a number in an area, and of the first by each of its breakdowns."""
    known = [spec for one, spec in indicators().items() if one in indicators_with_values(area)]
    by = [
        f"/indicators/{spec.id}/{here}&breakdown={one}" for spec in known for one in spec.breakdowns
    ]
    return [*(f"/indicators/{spec.id}/{here}" for spec in known), *by]


def _of_other_apps(area: str, here: str) -> list[str]:
    """Pages of priorities, reviews and training."""
    return [
        f"/priorities/{here}",
        *(f"/priorities/{one}/" for one in _first(Priority.objects.filter(area__code=area))),
        f"/priorities/plan/{here}",
        "/reviews/",
        *(f"/reviews/{one}/" for one in _first(Review.objects.filter(restricted=False))),
        *(f"/reviews/{one}/" for one in ("findings", "actions", "themes", "report", "section-11")),
        "/training/",
        "/training/agencies/",
        f"/training/report/{QUARTER}/",
    ]


def lay_out(area: Area, reader: Person) -> None:
    """What pages show of people's work: words and a question about an indicator, an edition of a quarter."""
    manager = Person.objects.create_user("pages@example.org", name="Pages", role=Role.MANAGER)
    quarter = parse(QUARTER)
    write_commentary(
        by=reader,
        indicator="DA01",
        area=area,
        period=quarter,
        text="Crimes have fallen since the unit began.",
        agency=None,
    )
    asked = Agency.objects.exclude(type="national").order_by("pk")[0]
    day = timezone.localdate() + timedelta(days=14)
    raise_challenge(
        by=reader,
        question="What has changed for the families?",
        agency=asked,
        area=area,
        due=day,
        indicator="DA01",
        period=quarter,
    )
    frozen.freeze(by=manager, area=area, quarter=quarter)


def _first(rows: QuerySet[Any]) -> list[int]:
    """The number of the first of some records; none where there is none."""
    return list(rows.order_by("pk").values_list("pk", flat=True)[:1])


@dataclass(frozen=True)
class Measured:
    """What a page takes: milliseconds of CPU of a first rendering and of the kept page (None: it is not kept)."""

    address: str
    median: float
    least: float
    queries: int
    size: int
    kept: float | None

    @property
    def is_over(self) -> bool:
        """Whether its first rendering takes longer than is aimed at."""
        return self.least > AIM

    def __str__(self) -> str:
        known = "" if self.kept is None else f"{self.kept:6.1f}"
        mark = ">" if self.is_over else " "
        spent = f"{self.median:7.1f} {self.least:7.1f} {self.queries:8} {self.size / 1000:8.1f}"
        return f"{mark}{spent} {known:>6}  {self.address}"


def measure(client: Client, address: str) -> Measured:
    """A page's line of the table."""

    def first() -> int:
        kept.forget()
        return len(client.get(address).content)

    size = first()
    with CaptureQueriesContext(connection) as queries:
        first()
    asked = len(queries)
    median, least = cpu(first, RUNS)
    known = None
    if client.get(address).has_header("ETag"):
        known = cpu(lambda: client.get(address), RUNS)[1]
    return Measured(address, median, least, asked, size, known)


def measure_all(client: Client, listed: Iterable[str], *, only_over: bool) -> None:
    """The table of some pages, and those over what is aimed at also when they are measured again, the longest first."""
    print("  median   least  queries       kB   kept  (milliseconds of CPU)")
    found = []
    for address in listed:
        status = client.get(address).status_code
        if status != 200:
            sys.exit(f"{address} answered {status}: load the sample first")
        found.append(measure(client, address))
        if found[-1].is_over or not only_over:
            print(found[-1], flush=True)
    over = [one for one in found if one.is_over]
    print(f"{len(over)} of {len(found)} pages over {AIM:.0f} ms at first, measured again:")
    for _ in range(AGAIN):
        again = [(one, measure(client, one.address)) for one in over]
        over = [min(pair, key=lambda one: one.least) for pair in again]
        over = [one for one in over if one.is_over]
    print(f"{len(over)} over {AIM:.0f} ms")
    for one in sorted(over, key=lambda one: -one.least):
        print(f"{one.least:7.1f}  {one.address}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--area", default="demonstration")
    parser.add_argument("--over", action="store_true", help="only pages over what is aimed at")
    parser.add_argument("--only", default="", help="only addresses that hold this")
    chosen = parser.parse_args()
    client = Client(headers={"accept-encoding": "gzip", "host": "127.0.0.1"})
    reader = person()
    client.force_login(reader)
    with transaction.atomic():
        lay_out(Area.objects.get(code=chosen.area), reader)
        listed = [one for one in addresses(chosen.area) if chosen.only in one]
        measure_all(client, listed, only_over=chosen.over)
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
