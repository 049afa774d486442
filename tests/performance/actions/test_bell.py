"""Waking a worker: the bell rings after the commit, and a broker that is down never harms an upload."""

import socket
import time

import pytest
from celery import Celery, current_app
from django.conf import settings

from lscb.models import Agency, Area
from lscb.periods import parse
from performance import actions
from performance.actions import submissions
from performance.models import State, Submission
from tests.performance.conftest import LUTON


def receive() -> Submission:
    return actions.receive(
        by=None, return_id="police-da", agency=Agency.objects.get(slug="police"),
        area=Area.objects.get(code=LUTON), period=parse("2024-04"), filename="a.csv",
        content=b"month,kind,count\n2024-04,crime,1\n",
    )  # fmt: skip


def test_the_bell_rings_once_the_submission_is_committed(
    places: None, django_capture_on_commit_callbacks: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[tuple[str, list[int]]] = []
    monkeypatch.setattr(current_app, "send_task", lambda name, args, **_: rung.append((name, args)))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        submission = receive()
        assert rung == []
    assert rung == [("performance.tasks.process", [submission.pk])]


@pytest.mark.parametrize("silent", [False, True], ids=["refused", "black-holed"])
def test_uploads_are_received_promptly_while_the_broker_is_down(
    places: None,
    django_capture_on_commit_callbacks: object,
    monkeypatch: pytest.MonkeyPatch,
    silent: bool,
) -> None:
    with (
        socket.socket() as server
    ):  # takes connections and never answers; or nobody is there at all
        server.bind(("127.0.0.1", 0))
        if silent:
            server.listen(1)
        app = Celery(broker=f"redis://127.0.0.1:{server.getsockname()[1]}/0", set_as_current=False)
        app.conf.task_publish_retry = settings.CELERY_TASK_PUBLISH_RETRY
        monkeypatch.setattr(submissions, "current_app", app)
        started = time.monotonic()
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            submission = receive()
        assert time.monotonic() - started < 10  # it would hang for ever, not for seconds
    submission.refresh_from_db()
    assert submission.state == State.RECEIVED
    assert actions.sweep() == [submission.pk]
