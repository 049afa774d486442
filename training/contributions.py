"""What training brings to the pages of others: its quarterly report, and search hits."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse

from lscb import papers
from lscb.models import Area, Person
from lscb.periods import Period
from performance.contributed import Hit, Report, Sought
from training import queries
from training.models import Commentary


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


def search(_person: Person) -> Iterator[Sought]:
    """What was written about a quarter's training, the newest first."""
    yield Sought(
        Commentary.objects.select_related("area"),
        ("text",),
        lambda one: Hit("Training reports", str(one), one.get_absolute_url(), one.text),
    )
