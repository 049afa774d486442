"""Places, people and the reports' own figures of training, for the tests of training."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lscb.models import Agency, Area, Person, Role
from lscb.periods import parse
from performance import actions
from performance.actions import sample
from performance.models import State, Submission
from training.actions import save
from training.models import Attendance, Course, Evaluation, Session

PAN = "pan-bedfordshire"
FOLDER = sample.FOLDER / PAN


@pytest.fixture
def places(shared_places: None, db: None, tmp_path: Path, settings: object) -> None:
    """The areas and agencies of the sample, and an empty folder for files."""
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]


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


def send_reported(*years: str) -> None:
    """Send the sample's returns of training for the years named, and what the reports printed."""
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


def settle(submission: Submission, trainer: Person) -> None:
    """Process what was sent and submit it, with an answer to every question."""
    actions.process(submission_id=submission.pk)
    submission.refresh_from_db()
    assert submission.state in (State.READY, State.NEEDS_ANSWERS)
    assert not submission.problems.filter(severity="error").exists()
    answers = {one.pk: "as recorded" for one in submission.problems.all()}
    actions.submit(by=trainer, submission=submission, answers=answers)


@pytest.fixture
def reported(places: None) -> Callable[..., None]:
    """Send the sample's returns of training for the years named, and what the reports printed."""
    return send_reported


@pytest.fixture
def held(trainer: Person, pan: Area) -> Callable[..., Session]:
    """Record a session with the bookings of its agencies, and what its people said."""

    def make(
        title: str = "Understanding Neglect",
        day: date = date(2025, 5, 14),
        bookings: dict[str, tuple[int, int, int, int, int]] | None = None,
        said: tuple[int, int] | None = None,
        **fields: Any,
    ) -> Session:
        course = Course.objects.filter(title=title).first() or Course(title=title)
        if course.pk is None:
            save(by=trainer, record=course)
        values = {"kind": Session.Kind.PAID, "mode": Session.Mode.ROOM, "area": pan, "capacity": 20}
        session = Session(course=course, starts=day, **(values | fields))
        save(by=trainer, record=session)
        for agency, (booked, attended, late, absent, free) in (bookings or {}).items():
            row = Attendance(
                session=session,
                agency=agency,
                booked=booked,
                attended=attended,
                cancelled_late=late,
                did_not_attend=absent,
                free_places=free,
            )
            save(by=trainer, record=row)
        if said:
            save(
                by=trainer, record=Evaluation(session=session, satisfied=said[0], answered=said[1])
            )
        return session

    return make
