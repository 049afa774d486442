"""Programs that were started end with their starter, whatever ends it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lscb.processes import Programs, Stopped, group_exists, stop_requests
from tests.waiting import wait_until

# Refuses the polite signal, and has a child that does so too.
STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
subprocess.Popen([sys.executable, "-c", "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)"])
print("up", flush=True)
time.sleep(60)
"""
POLITE = """
import signal, sys, time
def leave(number, frame):
    print("left politely", flush=True)
    sys.exit(0)
signal.signal(signal.SIGTERM, leave)
print("up", flush=True)
time.sleep(60)
"""
STARTER = f"""
import sys, time
from pathlib import Path
from lscb.processes import Programs
programs = Programs(Path(sys.argv[1]))
print(programs.start("polite", [sys.executable, "-c", {POLITE!r}]).process.pid, flush=True)
time.sleep(60)
"""


def test_a_program_is_asked_politely_first(tmp_path: Path) -> None:
    with Programs(tmp_path) as programs:
        program = programs.start("polite", [sys.executable, "-c", POLITE])
        assert wait_until(lambda: "up" in program.last_words())
    assert program.process.returncode == 0
    assert program.last_words() == "up\nleft politely"


def test_a_program_that_refuses_is_killed_with_its_children(tmp_path: Path) -> None:
    programs = Programs(tmp_path)
    program = programs.start("stubborn", [sys.executable, "-c", STUBBORN])
    assert wait_until(lambda: "up" in program.last_words())
    programs.stop(grace=0.2)
    assert program.process.returncode == -signal.SIGKILL
    assert wait_until(lambda: not group_exists(program.process.pid))


def test_what_a_program_that_ended_by_itself_left_behind_is_ended(tmp_path: Path) -> None:
    leaves_a_child = f"""
import subprocess, sys
print(subprocess.Popen([sys.executable, "-c", {POLITE!r}]).pid)
raise SystemExit(3)
"""
    with Programs(tmp_path) as programs:
        leaving = programs.start("leaving", [sys.executable, "-c", leaves_a_child])
        assert wait_until(lambda: leaving.process.poll() == 3)
        assert wait_until(lambda: "up" in leaving.last_words())
        programs.forget(leaving)
        assert programs.running == []
        assert wait_until(lambda: not group_exists(leaving.process.pid))


def test_nothing_is_left_when_the_starter_is_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", STARTER, str(tmp_path)]
    starter = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert starter.stdout
    started = int(starter.stdout.readline())
    assert wait_until(lambda: "up" in (tmp_path / "polite.log").read_text())
    starter.kill()
    starter.wait()
    assert wait_until(lambda: not group_exists(started))
    assert "left politely" in (tmp_path / "polite.log").read_text()
    starter.stdout.close()


def test_a_request_to_end_raises_once_while_it_may(tmp_path: Path) -> None:
    with stop_requests() as stop:
        with pytest.raises(Stopped):
            os.kill(os.getpid(), signal.SIGTERM)
        os.kill(
            os.getpid(), signal.SIGINT
        )  # the impatient second Ctrl-C does not cut the ending short
        assert stop.asked


def test_a_request_to_end_can_be_looked_at_instead() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with stop_requests() as stop:
        stop.raises = False
        assert not stop.asked
        os.kill(os.getpid(), signal.SIGTERM)
        assert stop.asked
    assert signal.getsignal(signal.SIGTERM) == before
