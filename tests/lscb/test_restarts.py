"""A worker that ends by itself is started again, in growing pauses, and the health page says so."""

import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from lscb.processes import Programs
from lscb.restarts import PAUSES, SECONDS_OF_GOOD_HEALTH, StartedAgain, read_note

LEAVES = [sys.executable, "-c", "print('no more'); raise SystemExit(3)"]
pytestmark = pytest.mark.django_db


class Watched:
    """A worker that ends at once whenever it is started, with a clock that a test turns on."""

    def __init__(self, programs: Programs, note: Path) -> None:
        self.now = 0.0
        self.said: list[str] = []
        self.note = note
        self.worker = StartedAgain(
            programs,
            lambda: programs.start("worker", LEAVES),
            note=note,
            say=self.said.append,
            clock=lambda: self.now,
        )

    def end(self) -> None:
        """Wait until it has ended, and look."""
        self.worker.program.process.wait()
        self.worker.look()

    def pause(self) -> float:
        """How long it waits before it starts the worker again."""
        assert self.worker.due is not None
        return self.worker.due - self.now

    def start_again(self) -> None:
        """Let the pause pass."""
        self.now += self.pause()
        self.worker.look()


@pytest.fixture
def watched(tmp_path: Path, settings) -> Iterator[Watched]:
    settings.WORKER_NOTE = tmp_path / "worker.json"
    with Programs(tmp_path) as programs:
        yield Watched(programs, settings.WORKER_NOTE)


def test_it_is_started_again_after_a_pause_and_says_why_it_ended(watched: Watched) -> None:
    first = watched.worker.program
    watched.end()
    assert (
        "The worker ended by itself (exit status 3) and is started again in 1 s" in watched.said[-1]
    )
    assert "no more" in watched.said[-1]
    watched.worker.look()
    assert watched.worker.program is first
    watched.start_again()
    assert watched.worker.program is not first
    assert watched.said[-1] == "Starting the worker again ..."


def test_a_worker_that_fails_again_and_again_is_tried_once_a_minute(watched: Watched) -> None:
    pauses = []
    for _ in range(6):
        watched.end()
        pauses.append(watched.pause())
        watched.start_again()
    assert pauses == [*PAUSES, PAUSES[-1], PAUSES[-1]]
    watched.now += SECONDS_OF_GOOD_HEALTH
    watched.end()
    assert watched.pause() == PAUSES[0]


def test_the_health_page_says_that_the_worker_is_down_and_later_how_often_it_was(
    watched: Watched, client
) -> None:
    assert "notes" not in client.get("/readyz").json()
    watched.end()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "ended by itself at" in answer.json()["checks"]["worker"]
    watched.start_again()
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["checks"]["worker"] == "ok"
    assert "ended by itself once in the last day" in answer.json()["notes"]["worker"]
    watched.end()
    watched.start_again()
    assert "ended by itself 2 times" in client.get("/readyz").json()["notes"]["worker"]


def test_what_is_older_than_a_day_is_told_no_more(watched: Watched) -> None:
    watched.end()
    watched.worker.endings = [datetime.now().astimezone() - timedelta(hours=25)]
    watched.start_again()
    assert read_note(watched.note) == (True, [])


def test_without_a_note_the_worker_is_kept_by_somebody_else(tmp_path: Path) -> None:
    assert read_note(tmp_path / "none.json") == (True, [])
