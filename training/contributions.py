"""What training brings to the pages of others: its quarterly report."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse

from lscb import papers
from lscb.models import Area, Person
from lscb.periods import Period
from performance.contributed import Report
from training import queries


def reports(_person: Person, area: Area, quarter: Period) -> Iterator[Report]:
    """The quarter's training report: of the area, or of the wider one that its training is counted for."""
    counted = area if area in queries.areas() else queries.area(None)
    if counted is None:
        return
    query = "?" + urlencode({"area": counted.code})
    yield Report(
        f"Training report, {counted.name}",
        "Sessions, places, eLearning and what people said of them, against the year before.",
        reverse("training-report", args=[quarter]) + query,
        papers.files("training-report", quarter, query=query),
    )
