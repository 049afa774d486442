"""What every action shares: nothing personal in any text, and a line of history for every change."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar

from django.db import models, transaction

from lscb import access, audit, history
from lscb.days import day_words
from lscb.models import Person
from lscb.refused import FieldRefused
from performance.indicators.claims.placeholders import holds_any
from performance.indicators.spec import indicators
from performance.intake.sentences import kind_in_text
from performance.queries import claims
from reviews.models import Assessment, Entry, Review, Round, Standard, Theme
from reviews.queries import RESTRICTED

Row = TypeVar("Row", bound=models.Model)

CHANGED = (
    "Somebody else changed this since you opened it. What you wrote still stands here: look at what stands on the page "
    "it belongs to, then save again."
)


class ReviewRefused(FieldRefused):
    """Something about reviews that cannot be."""


class ChangedMeanwhile(ReviewRefused):
    """A change that somebody else's came before. `now` is the mark of what stands there now."""

    def __init__(self, now: str) -> None:
        super().__init__(CHANGED)
        self.now = now


def alone(row: Row) -> Row:
    """The row as it is stored, which nobody else changes until the transaction ends; a new one as it is."""
    if row._state.adding:
        return row
    return type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)


@contextmanager
def unchanged(row: Row, mark: Callable[[Row], str], seen: str) -> Iterator[None]:
    """Write what is written within it only where the row still has the mark that the person saw; who saves at the same
    moment waits. Raises ChangedMeanwhile."""
    with transaction.atomic():
        now = mark(alone(row))
        if now != seen:
            raise ChangedMeanwhile(now)
        yield


def check_texts(values: Mapping[str, Any]) -> None:
    """Raise ReviewRefused where a text holds something that identifies a person."""
    for value in values.values():
        kind = kind_in_text(value) if isinstance(value, str) else None
        if kind:
            raise ReviewRefused(
                f"A text holds what looks like {kind}. Take it out: a child is named by a pseudonym only."
            )


def check_past(on: date | None, today: date) -> None:
    """Raise ReviewRefused for a day that has not come yet."""
    if on is not None and on > today:
        raise ReviewRefused("That day has not come yet.")


def store(
    *,
    by: Person | None,
    row: models.Model,
    values: Mapping[str, Any],
    action: str,
    afresh: bool = False,
    **about: Review | Assessment | Round | Standard | Theme | None,
) -> None:
    """Set fields of a row and save it, with its history and audit event. A list is set on a many-to-many field.

    `about` names whose history it is: review, assessment, round, standard or theme. Nothing is written when nothing
    changed. `afresh`: history does not tell what stood there before, because others may not know it. Raises
    ReviewRefused for personal data, an indicator that does not exist, or a figure of a text that stands for nothing.
    Runs in the caller's transaction.
    """
    check_texts(values)
    _check_indicators(values.get("indicators", ()))
    new = row.pk is None
    lists = {name: list(value) for name, value in values.items() if _is_list(row, name)}
    plain = {name: value for name, value in values.items() if name not in lists}
    changes = {} if new else _plain_changes(row, plain)
    live = getattr(row, "LIVE", ())
    before = {name: str(getattr(row, name)) for name in live}
    for name, value in plain.items():
        setattr(row, name, value)
    wrong = claims.first_fault(row, before) if live and by is not None else None
    if wrong:
        field, said = wrong
        raise ReviewRefused(said, field)
    if new or changes:
        row.save()
    for name, value in lists.items():
        held = [] if new else list(getattr(row, name).all())
        if {one.pk for one in held} != {one.pk for one in value}:
            changes[words(name)] = [_words(held), _words(value)]
            getattr(row, name).set(value)
    if new or afresh:
        changes = {words(name): [None, shown(value)] for name, value in values.items() if value}
    if changes:
        note(by, action, row, changes, **about)


def _check_indicators(ids: Iterable[str]) -> None:
    unknown = sorted(set(ids) - set(indicators()))
    if unknown:
        raise ReviewRefused(f"The catalogue has no indicator {', '.join(unknown)}.")


def note(
    by: Person | None,
    action: str,
    row: models.Model,
    changes: Mapping[str, Any],
    **about: Review | Assessment | Round | Standard | Theme | None,
) -> None:
    """Write a line of history with what changed and what live figures of it say now, and an audit event that says which
    fields, never what they say."""
    live = [text for pair in changes.values() for text in pair if text and holds_any(text)]
    said = claims.kept(row.area, live) if live and hasattr(row, "LIVE") else {}  # type: ignore[attr-defined]
    Entry.objects.create(by=by, action=action, changes=dict(changes), said=said, **about)
    audit.record(by=by, action=action, subject=row, fields=sorted(changes))


def take_out(*, by: Person, entry: Entry, reason: str) -> None:
    """Take what a line of history says out of it, for good: who changed which field, and when, stays.

    For what should never have been written, such as a name. Raises ReviewRefused without a reason or for personal data
    in it; PermissionDenied by access.
    """
    access.check(by, access.Action.KEEP_REVIEWS)
    if not reason.strip():
        raise ReviewRefused("Say why it is taken out.")
    check_texts({"reason": reason})
    with transaction.atomic():
        entry.changes = history.emptied(entry.changes)
        entry.said = {}
        entry.save(update_fields=["changes", "said"])
        owners = ("review", "round", "assessment", "standard", "theme")
        about = {name: getattr(entry, name) for name in owners}
        told = {"Line": ["", entry.action], "Reason": ["", reason.strip()]}
        note(by, "Words taken out of the history", entry, told, **about)


def words(name: str) -> str:
    """A field in words: `led_by` is 'Led by'."""
    return name.removesuffix("_code").replace("_", " ").capitalize()


def shown(value: Any) -> str:
    """A value as history shows it."""
    if isinstance(value, list | models.QuerySet):
        return _words(value)
    if isinstance(value, Review):
        return RESTRICTED if value.restricted else value.title
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return day_words(value)
    return "" if value is None else str(value)


def _is_list(row: models.Model, name: str) -> bool:
    return bool(row._meta.get_field(name).many_to_many)


def _plain_changes(row: models.Model, values: Mapping[str, Any]) -> dict[str, Any]:
    found = {}
    for name, value in values.items():
        before = getattr(row, name)
        if before != value:
            found[words(name)] = [shown(before), shown(value)]
    return found


def _words(rows: Iterable[Any]) -> str:
    return ", ".join(sorted(str(one) for one in rows))
