"""Waiting in tests for something that happens elsewhere, never for a fixed time."""

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


def wait_until(condition: Callable[[], bool], seconds: float = 15) -> bool:
    """Return whether the condition became true within so many seconds; asks twenty times a second."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return condition()


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Within the block no other process is in a block of the same lock, which is a file."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
