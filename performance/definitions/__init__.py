"""Definitions are data, not code: returns, indicators, code lists, scorecard. This module only knows where they lie.

Those of the program lie in `FOLDER`. Indicators that a partnership agreed on in the browser lie in a folder of its own
(`use_own`), one file each, with a figure named after it. What is read is kept until one of the latter changes.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TypeVar

import yaml

FOLDER = Path(__file__).resolve().parent
OWN_PREFIX = "LI"  # the ids of a partnership's own indicators, which the program itself never uses

Read = TypeVar("Read", bound=Callable[..., object])
_own: Path | None = None
_agreeing: set[Path] = (
    set()
)  # of indicators that this process is agreeing to, which no other one reads yet
_state: tuple[tuple[str, int], ...] = ()
_kept: list[Callable[[], None]] = []


def kept(function: Read) -> Read:
    """Keep what a function reads of definitions until `refresh` finds that one changed."""
    cached = cache(function)
    _kept.append(cached.cache_clear)
    return cached  # type: ignore[return-value]


def use_own(folder: Path | None) -> None:
    """Read the partnership's own indicators from this folder, which need not exist; None for none."""
    global _own
    _own = folder
    forget()


def read_also(path: Path) -> None:
    """Read the file of an indicator that is being agreed to, in this process alone, until `read_no_more`."""
    _agreeing.add(path)
    forget()


def read_no_more(path: Path) -> None:
    """Read an indicator's file no longer by itself: it lies with the others now, or is gone."""
    _agreeing.discard(path)
    refresh()


def own_files() -> list[Path]:
    """The files of the partnership's own indicators, by their names."""
    agreed = _own.glob("*.yaml") if _own else ()
    return sorted([*agreed, *filter(Path.exists, _agreeing)], key=lambda one: one.name)


def own_items() -> list[tuple[str, str, str]]:
    """The figures that they bring: code (the id in small letters), title, and the type of agency that sends it. One
    that is fed by a figure of the program brings none."""
    found = []
    for path in own_files():
        with suppress(yaml.YAMLError):  # whoever reads the indicators names the file and the line
            one = yaml.safe_load(path.read_text(encoding="utf-8"))
            item = _named_after(one)
            if item:
                found.append((item, str(one.get("title", item)), str(one.get("owner", ""))))
    return found


def _named_after(definition: object) -> str:
    """The figure of a definition that is named after it; empty where a dataset or another figure feeds it, or where
    the definition is none, which its schema will say."""
    if not isinstance(definition, dict):
        return ""
    code = str(definition.get("id", "")).lower()
    numerator = definition.get("numerator")
    where = numerator.get("where") if isinstance(numerator, dict) else None
    fed_by = where.get("item") if isinstance(where, dict) else None
    return code if code and code in (fed_by, definition.get("published")) else ""


def forget() -> None:
    """Forget all that was kept."""
    global _state
    _state = _now()
    for clear in _kept:
        clear()


def refresh() -> None:
    """Forget all that was kept if another process wrote an indicator since. Called before each request and task."""
    if _now() != _state:
        forget()


def _now() -> tuple[tuple[str, int], ...]:
    found = []
    for path in own_files():
        with suppress(FileNotFoundError):  # taken back a moment ago
            found.append((path.name, path.stat().st_mtime_ns))
    return tuple(found)
