"""Places, people and the reports' own figures of training, for the tests of training."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lscb.models import Agency, Area, Person, Role
from lscb.periods import parse
from performance import actions
from performance.actions import sample
from performance.models import State

PAN = "pan-bedfordshire"
FOLDER = sample.FOLDER / PAN


@pytest.fixture
def places(db: None, tmp_path: Path, settings: object) -> None:
    """The areas and agencies of the sample, and an empty folder for files."""
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    sample.load_places()


@pytest.fixture
def trainer(places: None) -> Person:
    """An analyst of the training unit."""
    unit = Agency.objects.get(slug="training")
    return Person.objects.create_user(
        "trainer@unit.test", name="Tess", role=Role.ANALYST, agency=unit
    )


@pytest.fixture
def manager(places: None) -> Person:
    """The partnership manager."""
    return Person.objects.create_user("manager@unit.test", name="Maya", role=Role.MANAGER)


@pytest.fixture
def pan(places: None) -> Area:
    """The area that the training is for."""
    return Area.objects.get(code=PAN)


@pytest.fixture
def reported(places: None) -> Callable[..., None]:
    """Send the sample's returns of training for the years named, and what the reports printed."""

    def send(*years: str) -> None:
        for year in years:
            submission = actions.receive(
                by=None,
                return_id="training",
                agency=Agency.objects.get(slug="training"),
                area=Area.objects.get(code=PAN),
                period=parse(year),
                filename="training.csv",
                content=(FOLDER / f"training-{year}-training.csv").read_bytes(),
                ring=False,
            )
            actions.process(submission_id=submission.pk)
            submission.refresh_from_db()
            assert submission.state == State.ACCEPTED
        sample.load_printed()

    return send
