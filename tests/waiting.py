"""Waiting in tests for something that happens elsewhere, never for a fixed time."""

import time
from collections.abc import Callable


def wait_until(condition: Callable[[], bool], seconds: float = 15) -> bool:
    """Return whether the condition became true within so many seconds; asks twenty times a second."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return condition()
