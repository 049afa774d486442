"""`make run`'s program: it gets ready, says so, and leaves nothing behind however it ends."""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Response

from tests.live import OWN_VARIABLES, ROOT, Live
from tests.servers import free_port
from tests.waiting import wait_until

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def data(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of data of these tests' own, as an earlier start has prepared it."""
    return shutil.copytree(prepared, tmp_path_factory.mktemp("serve") / "data")


@contextmanager
def serve(folder: Path, data: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Start `serve` without a sample, as a terminal would, and end it with the block; it writes into folder/said."""
    env = {name: value for name, value in os.environ.items() if name not in OWN_VARIABLES}
    env |= {"DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "lscb.settings"}
    command = [sys.executable, "manage.py", "serve", "--port", str(port), "--load", ""]
    with (folder / "said").open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=output, stderr=output)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def said(folder: Path) -> str:
    return (folder / "said").read_text(errors="replace")


def ready(folder: Path, process: subprocess.Popen[bytes]) -> bool:
    done = wait_until(
        lambda: "Ready: http://127.0.0.1:" in said(folder) or process.poll() is not None, 60
    )
    return done and process.poll() is None


def descendants(pid: int) -> set[int]:
    """Return the processes that stand under a process."""
    rows = subprocess.run(
        ["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True
    ).stdout
    parents = {
        int(child): int(parent) for child, parent in (row.split() for row in rows.splitlines())
    }
    found: set[int] = set()
    while more := {child for child, parent in parents.items() if parent in found | {pid}} - found:
        found |= more
    return found


def alive(pids: set[int]) -> set[int]:
    """Return those processes that still run; one that only waits to be collected does not."""
    rows = subprocess.run(
        ["ps", "-eo", "pid=,stat="], capture_output=True, text=True, check=True
    ).stdout
    states = {int(pid): state for pid, state in (row.split() for row in rows.splitlines())}
    return {pid for pid in pids if not states.get(pid, "Z").startswith("Z")}


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_static_files_are_not_collected_again_and_nothing_is_left_when_it_is_ended(
    tmp_path: Path, data: Path, sent: signal.Signals
) -> None:
    stamp = data / "static" / ".collected"
    before = stamp.stat().st_mtime_ns
    with serve(tmp_path, data, free_port()) as process:
        assert ready(tmp_path, process), said(tmp_path)
        assert stamp.stat().st_mtime_ns == before
        started = descendants(process.pid)
        assert len(started) >= 4  # web and its worker process, the worker with its clock, the guard
        process.send_signal(sent)
        assert process.wait(20) == (-sent if sent == signal.SIGKILL else 0), said(tmp_path)
        assert wait_until(lambda: not alive(started), 15), alive(started)


def test_it_can_be_ended_while_it_prepares(tmp_path: Path) -> None:
    with serve(tmp_path, tmp_path / "data", free_port()) as process:
        assert wait_until(lambda: "Preparing" in said(tmp_path), 30)
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
    assert "Traceback" not in said(tmp_path)
    assert "Ready" not in said(tmp_path)


def children(pid: int, word: str) -> set[int]:
    """Return the processes directly under a process whose command holds a word."""
    rows = subprocess.run(
        ["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True
    ).stdout
    found = [row.split(maxsplit=2) for row in rows.splitlines()]
    return {int(row[0]) for row in found if int(row[1]) == pid and word in row[2]}


def readiness(port: int) -> dict[str, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/readyz")
    answer: dict[str, Any] = json.loads(connection.getresponse().read())
    connection.close()
    return answer


def test_a_worker_that_dies_is_started_again_and_when_the_web_dies_the_rest_ends_and_it_says_so(
    tmp_path: Path, data: Path
) -> None:
    port = free_port()
    with serve(tmp_path, data, port) as process:
        assert ready(tmp_path, process), said(tmp_path)
        [worker] = children(process.pid, "celery")
        os.kill(worker, signal.SIGKILL)
        assert wait_until(lambda: "The worker ended by itself" in said(tmp_path))
        assert wait_until(lambda: bool(children(process.pid, "celery") - {worker}))
        assert not alive({worker})
        assert process.poll() is None
        answer = readiness(port)
        assert answer["status"] == "ok"
        assert "ended by itself once in the last day" in answer["notes"]["worker"]
        started = descendants(process.pid)
        [web] = children(process.pid, "gunicorn")
        os.kill(web, signal.SIGKILL)
        assert process.wait(20) == 1
        assert "The web ended by itself" in said(tmp_path)
        assert wait_until(lambda: not alive(started), 15), alive(started)


def test_a_port_that_is_taken_is_refused_with_another_to_try(tmp_path: Path, data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with serve(tmp_path, data, port) as process:
            assert process.wait(30) == 1
    assert f"make run PORT={port + 1}" in said(tmp_path)


def test_web_and_worker_write_their_logs_where_it_says(live: Live) -> None:
    logs = live.data_dir / "logs"
    assert wait_until(lambda: "GET /healthz" in (logs / "web.log").read_text())
    assert wait_until(lambda: "ready." in (logs / "worker.log").read_text())


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_it_answers_that_it_is_well(live: Live, path: str) -> None:
    connection = http.client.HTTPConnection(live.url.removeprefix("http://"), timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    assert answer.status == 200, answer.read()
    connection.close()


def test_the_sign_in_page_comes_with_its_style_and_scripts(live: Live, page: Page) -> None:
    failed: list[str] = []

    def note(answer: Response) -> None:
        if answer.status >= 400:
            failed.append(answer.url)

    page.on("response", note)
    page.goto(live.url)
    assert "/accounts/login/" in page.url
    fonts = page.get_by_role("button", name="Sign in").evaluate(
        "item => getComputedStyle(item).fontFamily"
    )
    assert "system-ui" in fonts
    assert "GDS" not in fonts
    page.remove_listener("response", note)
    assert not failed
