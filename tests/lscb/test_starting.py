"""A process of the web server is ready before it takes requests."""

import gc

import pytest
from django.db import DatabaseError

from lscb import starting


@pytest.fixture
def process(monkeypatch):
    """This process with nothing to make ready, and its own connections left alone."""
    monkeypatch.setattr(starting, "READY", [])
    monkeypatch.setattr(starting.connections, "close_all", lambda: None)
    yield starting
    gc.unfreeze()


def test_everything_is_made_ready_and_the_collector_passes_over_it(process):
    done = []
    process.READY.append(lambda: done.append("drawn"))
    process.make_ready()
    assert done == ["drawn"]
    assert gc.get_freeze_count() > 0


def test_a_process_starts_although_its_database_cannot_be_read(process):
    def fail() -> None:
        raise DatabaseError("no such table")

    process.READY.append(fail)
    process.make_ready()
    assert gc.get_freeze_count() > 0
