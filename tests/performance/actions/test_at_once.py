"""Many at once, each in a transaction of its own: no version is lost, and one click is one submission."""

import threading
from pathlib import Path

import pytest
from django.db import connection, connections

from lscb.models import Agency, Area, Person
from lscb.periods import parse
from performance import actions
from performance.actions import sample
from performance.models import PoliceDomesticAbuse, State, Submission
from tests.performance.actions.test_submissions import CRIMES, crimes
from tests.performance.conftest import LUTON


@pytest.fixture
def places(transactional_db: None, media: Path) -> None:
    """The areas and agencies of the sample, for tests that commit."""
    sample.load_places()


def test_twenty_files_at_once_keep_every_version_and_exactly_one_is_current(places: None) -> None:
    agency, area = Agency.objects.get(slug="police"), Area.objects.get(code=LUTON)

    def one(number: int) -> None:
        try:
            submission = actions.receive(
                by=None, return_id="police-da", agency=agency, area=area, period=parse("2024-04"),
                filename="a.csv", content=f"month,kind,count\n2024-04,crime,{number}\n".encode(), ring=False,
            )  # fmt: skip
            actions.process(submission_id=submission.pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert connection.is_usable()
    newest = Submission.objects.order_by("-id").first()
    assert newest is not None
    assert Submission.objects.count() == PoliceDomesticAbuse.objects.count() == 20
    assert list(
        PoliceDomesticAbuse.objects.filter(current=True).values_list("submission", flat=True)
    ) == [newest.pk]
    assert list(Submission.objects.filter(state=State.ACCEPTED)) == [newest]
    assert Submission.objects.filter(state=State.SUPERSEDED).count() == 19


def test_twenty_clicks_at_once_with_one_key_make_one_submission(
    analyst: Person, media: Path
) -> None:
    assert analyst.agency is not None
    area = Area.objects.get(code=LUTON)
    answers: list[int] = []

    def click() -> None:
        try:
            submission = actions.receive(
                by=analyst, return_id="police-da", agency=analyst.agency, area=area,
                period=parse("2024-25"), filename="a.csv", content=crimes(*CRIMES).encode(),
                idempotency_key="one", ring=False,
            )  # fmt: skip
            answers.append(submission.pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=click) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    only = Submission.objects.get()
    assert answers == [only.pk] * 20
    assert [path.name for path in media.iterdir()] == [only.stored_as]
