"""What people wrote in reviews as it is read: live figures of its texts with what they say."""

from collections.abc import Iterable, Iterator
from copy import copy
from typing import Any, TypeVar

from performance.indicators.claims.placeholders import as_they_were, holds_any
from performance.queries.claims import kept, read_out
from reviews.models import Entry

T = TypeVar("T")


def told(records: Iterable[T]) -> list[T]:
    """Records as they are read, with the parts that were fetched with them. Such a record is not to be saved.

    Live figures follow the data; those of what `stays` (what was decided, what was sent to a round that is closed, what
    peers asked and answered) are as they were when it was written.
    """
    listed = list(records)
    read_out(that_follow(listed))
    return listed


def that_follow(records: Iterable[Any]) -> list[Any]:
    """Of records and the parts that were fetched with them those whose live figures follow the data, as they are
    written; of the others they say from here on what they said then."""
    written = [one for one in _with_parts(records) if getattr(one, "LIVE", ())]
    for one in written:
        if getattr(one, "stays", False):
            for name in one.LIVE:
                said = one.said.get(name, {})
                setattr(one, name, as_they_were(getattr(one, name), said))
    return [one for one in written if not getattr(one, "stays", False)]


def as_read(record: T) -> T:
    """A copy of a record as it is read, beside the one whose form holds its texts as they are written."""
    found = copy(record)
    vars(found).pop("_prefetched_objects_cache", None)  # its parts are the record's own
    return told([found])[0]


def said_by(record: Any, *names: str) -> dict[str, dict[str, str]]:
    """What the live figures of some of a record's texts say now, by field, to be kept with it."""
    texts = {name: str(getattr(record, name)) for name in names}
    return {name: kept(record.area, [text]) for name, text in texts.items() if holds_any(text)}


def history_read(entries: Iterable[Entry]) -> list[Entry]:
    """Lines of history with live figures as they were when each was written."""
    listed = list(entries)
    for one in listed:
        one.changes = {
            name: [as_they_were(text or "", one.said) for text in pair]
            for name, pair in one.changes.items()
        }
    return listed


def _with_parts(records: Iterable[Any]) -> Iterator[Any]:
    for one in records:
        yield one
        for parts in getattr(one, "_prefetched_objects_cache", {}).values():
            yield from _with_parts(parts)
