"""How the program's own lines reach its logs: as every other line does, and without what stands in people's files."""

import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import structlog

ROOT = Path(__file__).resolve().parent.parent
PASSED_ON = ("exc_info", "stack_info")  # what logging writes beneath a line


def configure() -> None:
    """Let structlog write through logging. By itself it would print each fault with the values of all variables on the
    way there, among them rows of the file that was read."""
    structlog.configure(
        processors=[as_line],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def as_line(
    _logger: object, _level: str, event: MutableMapping[str, Any]
) -> tuple[tuple[str, str], dict[str, Any]]:
    """An event as logging takes it: `claim lost submission=12`."""
    passed_on = {name: event.pop(name) for name in PASSED_ON if name in event}
    words = [str(event.pop("event")), *(f"{name}={value}" for name, value in event.items())]
    return ("%s", " ".join(words)), passed_on


def fault(error: BaseException) -> str:
    """What a log may tell of a fault in reading a file: its kind and the lines that led there, the last one first, and
    the same of what it came from. Not its message, which may repeat what stands in the file."""
    frames = reversed(traceback.extract_tb(error.__traceback__))
    way = ", ".join(f"{_short(one.filename)}:{one.lineno} {one.name}" for one in frames)
    said = f"{type(error).__name__} at {way}" if way else type(error).__name__
    earlier = error.__cause__ or error.__context__
    return f"{said}; from {fault(earlier)}" if earlier else said


def _short(filename: str) -> str:
    """A file's path within the program, else its name alone."""
    path = Path(filename)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name
