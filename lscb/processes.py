"""Starting programs that end with us, whatever ends us.

Each program runs in a session of its own, so that Ctrl-C in a terminal reaches only us and we end the programs in
order. A guard, which is this module run as a program, holds the other end of a pipe: when we are gone, killed or
not, it ends what we left. Standard library only, because set-up and tests use it without Django.
"""

import contextlib
import json
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, TracebackType

GRACE_SECONDS = 8.0
LARGEST_LOG_BYTES = 5_000_000


@dataclass
class Program:
    """One program that was started: its name for people, its process, its log and the signal that ends it politely."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    log_start: int
    stop_signal: int

    def said(self) -> str:
        """Return what the program wrote into its log since it was started."""
        return self.log.read_bytes()[self.log_start :].decode(errors="replace")

    def last_words(self, lines: int = 20) -> str:
        """Return the last lines of what it wrote, to be shown when it failed."""
        return "\n".join(self.said().splitlines()[-lines:])


class Programs:
    """The programs started for one purpose; a context manager that ends all of them."""

    def __init__(self, logs: Path) -> None:
        self.logs = logs
        self.logs.mkdir(parents=True, exist_ok=True)
        self.running: list[Program] = []
        self._guard = subprocess.Popen(
            [sys.executable, "-I", str(Path(__file__).resolve())],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
        )

    def __enter__(self) -> "Programs":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(
        self,
        name: str,
        command: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        user: str | None = None,
        stop_signal: int = signal.SIGTERM,
    ) -> Program:
        """Start one program, its output going to `<logs>/<name>.log`.

        `user` names the account to run as, for us as root; `stop_signal` is sent to the program's first process
        when it is to end, before its whole process group is killed. Raises OSError when it cannot be started.
        """
        log = self.logs / f"{name}.log"
        if log.exists() and log.stat().st_size > LARGEST_LOG_BYTES:
            log.replace(log.with_suffix(".log.old"))
        with log.open("ab") as output:
            log_start = output.tell()
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=None if env is None else dict(env),
                cwd=cwd,
                user=user,
                group=None if user is None else pwd.getpwnam(user).pw_gid,
                extra_groups=None if user is None else [],
                start_new_session=True,
            )
        program = Program(name, process, log, log_start, stop_signal)
        self.running.append(program)
        self._tell_guard(process.pid, stop_signal)
        return program

    def forget(self, program: Program) -> None:
        """Let go of a program that ended by itself, and end what it left behind."""
        kill_group(program.process.pid)
        program.process.wait()
        self._tell_guard(program.process.pid, 0)
        self.running.remove(program)

    def stop(self, grace: float = GRACE_SECONDS) -> None:
        """End every program: the polite signal to all, then after `grace` seconds kill what is left of each."""
        for program in reversed(self.running):
            if program.process.poll() is None:
                program.process.send_signal(program.stop_signal)
        deadline = time.monotonic() + grace
        for program in reversed(self.running):
            with contextlib.suppress(subprocess.TimeoutExpired):
                program.process.wait(max(0.0, deadline - time.monotonic()))
            kill_group(program.process.pid)
            program.process.wait()
            self._tell_guard(program.process.pid, 0)
        self.running.clear()
        if self._guard.stdin and not self._guard.stdin.closed:
            with contextlib.suppress(BrokenPipeError):
                self._guard.stdin.close()
        self._guard.wait()

    def _tell_guard(self, pid: int, stop_signal: int) -> None:
        """Tell the guard of a program to end after us, or with the signal 0 that it has ended."""
        if self._guard.stdin:
            with contextlib.suppress(BrokenPipeError):
                self._guard.stdin.write(json.dumps([pid, stop_signal]).encode() + b"\n")
                self._guard.stdin.flush()


def kill_group(pid: int) -> None:
    """Kill whatever is left of the process group that `pid` led."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def group_exists(pid: int) -> bool:
    """Return whether a process is left in the process group that `pid` led."""
    try:
        os.killpg(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


class Stopped(BaseException):
    """We were asked to end. Not an Exception, so that no handler of errors takes it for one."""


class StopRequest:
    """Whether we were asked to end. While `raises` is true the request raises `Stopped` where we are."""

    def __init__(self) -> None:
        self.raises = True
        self.asked = False

    def receive(self, _number: int, _frame: FrameType | None) -> None:
        """Take a signal. Only the first of them counts: a second Ctrl-C must not cut the ending short."""
        if not self.asked:
            self.asked = True
            if self.raises:
                raise Stopped


@contextlib.contextmanager
def stop_requests() -> Iterator[StopRequest]:
    """Within the block, Ctrl-C, a termination and a closed terminal are requests to end."""
    request = StopRequest()
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {each: signal.signal(each, request.receive) for each in signals}
    try:
        yield request
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def guard() -> None:
    """Read what was started until the starter is gone, then end what it left behind."""
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    left: dict[int, int] = {}
    for line in sys.stdin:
        pid, stop_signal = json.loads(line)
        if stop_signal:
            left[pid] = stop_signal
        else:
            left.pop(pid, None)
    for pid, stop_signal in left.items():
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, stop_signal)
    deadline = time.monotonic() + GRACE_SECONDS
    while any(map(group_exists, left)) and time.monotonic() < deadline:
        time.sleep(0.1)
    for pid in left:
        kill_group(pid)


if __name__ == "__main__":
    guard()
