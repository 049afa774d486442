"""Places, agencies and a way to send a file, for the tests of performance."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lscb.models import Agency, Area, Person, Role
from lscb.periods import parse
from performance import actions
from performance.models import Submission

LUTON = "E06000032"
Send = Callable[..., Submission]


@pytest.fixture
def media(tmp_path: Path, settings: object) -> Path:
    """An empty folder for the files that are sent."""
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    return tmp_path


@pytest.fixture
def places(shared_places: None, db: None, media: Path) -> None:
    """The areas and agencies of the sample."""


@pytest.fixture
def nobody_owes(settings: object) -> None:
    """A calendar of returns that has not begun, for tests of signals that must not depend on the day they run."""
    settings.CALENDAR_START = "2100-04"  # type: ignore[attr-defined]


@pytest.fixture
def analyst(places: None) -> Person:
    """An analyst of the police."""
    police = Agency.objects.get(slug="police")
    return Person.objects.create_user(
        "analyst@police.test", name="Alex", role=Role.ANALYST, agency=police
    )


@pytest.fixture
def manager(places: None) -> Person:
    """The partnership manager."""
    return Person.objects.create_user("manager@partnership.test", name="Maya", role=Role.MANAGER)


def send_file(
    text: str,
    *,
    return_id: str = "police-da",
    agency: str = "police",
    period: str = "2024-25",
    area: str = LUTON,
    by: Person | None = None,
    process: bool = True,
    key: str | None = None,
    previewed: bool = False,
) -> Submission:
    """Send a file for a return and process it at once; gives the submission as it stands afterwards."""
    submission = actions.receive(
        by=by,
        return_id=return_id,
        agency=Agency.objects.get(slug=agency),
        area=Area.objects.get(code=area),
        period=parse(period),
        filename="file.csv",
        content=text.encode(),
        idempotency_key=key,
        previewed=previewed,
        ring=False,
    )
    if process:
        actions.process(submission_id=submission.pk)
    submission.refresh_from_db()
    return submission


@pytest.fixture
def send(places: None) -> Send:
    """`send_file`, for one test."""
    return send_file


@pytest.fixture(scope="module")
def shared_send(shared_places: None) -> Send:
    """`send_file`, for what all tests of a module read."""
    return send_file
