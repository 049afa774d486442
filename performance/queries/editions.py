"""Reading editions, and why a number differs from what one of them printed."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache, partial
from typing import Any

from django.db.models import Model, QuerySet, TextField
from django.db.models.functions import Cast

from lscb.models import Area, AuditEvent
from lscb.periods import Period, parse
from lscb.prepared import prepared
from performance.actions.editions import Frozen, checksum
from performance.actions.observations import datasets_of
from performance.indicators.spec import IndicatorSpec, indicators, returns_of
from performance.models import DATASETS, Edition, EditionRow, EditionState, State, Submission
from performance.models.returns import SETTLED

PEOPLE = ("opened_by", "approved_by", "published_by", "set_aside_by")


def editions(area: Area | None = None) -> list[Edition]:
    """All editions (of an area), the latest quarter and number first."""
    return _editions(area.pk if area else None)


@prepared
def _editions(area: int | None) -> QuerySet[Edition]:
    rows = Edition.objects.select_related("area", *PEOPLE)
    return rows if area is None else rows.filter(area=area)


def edition(edition_id: int) -> Edition | None:
    """One edition with the people of its steps, of whom their names alone are read."""
    return next(iter(_of_number(edition_id)), None)


@prepared
def _of_number(number: int) -> QuerySet[Edition]:
    rows = Edition.objects.select_related("area", *PEOPLE).filter(pk=number)
    whole = (*_fields(Edition), *(f"area__{one}" for one in _fields(Area)))
    return rows.only(*whole, *(f"{one}__name" for one in PEOPLE))


@cache
def _fields(model: type[Model]) -> tuple[str, ...]:
    return tuple(one.name for one in model._meta.concrete_fields)


def newest(area: Area, quarter: Period) -> Edition | None:
    """The newest edition of a quarter that was not set aside."""
    rows = Edition.objects.filter(area=area, quarter_code=quarter.code)
    return rows.exclude(state=EditionState.SET_ASIDE).order_by("-number").first()


def closed(area: Area, quarter: Period) -> Edition | None:
    """The newest edition of a quarter, not set aside, whose words are settled."""
    found = newest(area, quarter)
    return found if found and found.said_until else None


def rows_of(edition: Edition) -> list[Frozen]:
    """The rows of an edition in their order. The same JSON is read once, because no row ever changes."""
    return [_frozen(*row) for row in _rows_of(edition.pk)]


@prepared
def _rows_of(edition: int) -> QuerySet[EditionRow, tuple[Any, ...]]:
    texts = [Cast(one, TextField()) for one in ("shown", "numbers")]
    rows = EditionRow.objects.filter(edition=edition).order_by("position")
    return rows.values_list("section", "indicator", "definition", *texts)


@lru_cache(maxsize=1024)
def _frozen(section: str, indicator: str, definition: str, shown: str, numbers: str) -> Frozen:
    return Frozen(section, indicator, definition, json.loads(shown), json.loads(numbers))


def row_of(edition: Edition, indicator: str) -> EditionRow | None:
    """The row of an indicator in an edition."""
    return edition.rows.filter(indicator=indicator).first()


def is_intact(edition: Edition, rows: Sequence[Frozen]) -> bool:
    """Whether the rows still are what was frozen."""
    return checksum(rows, edition.panel) == edition.checksum


@dataclass(frozen=True)
class Cause:
    """A file that changed a number since a moment: what happened to it, and why where somebody said so."""

    submission: int
    return_id: str
    agency: str
    period: Period
    words: str
    at: datetime
    reason: str = ""


def causes(
    area: str, since: datetime, moved: Mapping[str, Collection[str]]
) -> dict[str, list[Cause]]:
    """By indicator the files that can have moved its periods (codes) since a moment, the newest first."""
    changed = _changed_since(area, since)
    if not changed:
        return {}
    specs, held = indicators(), cache(partial(_held, tuple(changed)))
    return {
        one: found
        for one, codes in moved.items()
        if one in specs
        and (found := _touching(specs[one], [parse(code) for code in codes], changed, held))
    }


Held = Sequence[tuple[int, Period, str]]  # submissions, periods and items (of figures) of rows


def _held(changed: Sequence[Cause], dataset: str) -> Held:
    """Which periods and items the rows of a dataset are of, of each of the changed files."""
    ids = {one.id for one in returns_of(dataset)}
    mine = [one.submission for one in changed if one.return_id in ids]
    rows: QuerySet[Any] = DATASETS[dataset]._default_manager.filter(submission__in=mine).order_by()
    if dataset == "Figure":
        found = rows.values_list("submission", "period", "item")
        return [(one, parse(code), item) for one, code, item in found.distinct()]
    return [
        (one, parse(code), "") for one, code in rows.values_list("submission", "period").distinct()
    ]


def _changed_since(area: str, since: datetime) -> list[Cause]:
    """What was accepted or withdrawn for an area since a moment."""
    rows = Submission.objects.filter(area__code=area).select_related("agency")
    sent = rows.filter(state__in=SETTLED, finished_at__gt=since).prefetch_related("problems")
    found = [
        Cause(
            row.pk,
            row.return_id,
            row.agency.name,
            row.period,
            "accepted",
            row.finished_at,
            _answers(row),
        )
        for row in sent
        if row.finished_at
    ]
    withdrawn = {row.pk: row for row in rows.filter(state=State.WITHDRAWN)}
    events = AuditEvent.objects.filter(
        action="submission withdrawn",
        at__gt=since,
        object_type=Submission._meta.label_lower,
        object_id__in=[str(one) for one in withdrawn],
    )
    for event in events:
        row = withdrawn[int(event.object_id)]
        why = str(event.details.get("reason", ""))
        found.append(
            Cause(row.pk, row.return_id, row.agency.name, row.period, "withdrawn", event.at, why)
        )
    return sorted(found, key=lambda one: one.at, reverse=True)


def _answers(row: Submission) -> str:
    """What its sender answered where the file was asked about, each answer once."""
    given = [one.answer.strip().rstrip(".") for one in row.problems.all() if one.answer.strip()]
    return "; ".join(dict.fromkeys(given))


def _touching(
    spec: IndicatorSpec,
    periods: Sequence[Period],
    changed: Sequence[Cause],
    held: Callable[[str], Held],
) -> list[Cause]:
    """Of the changed files those that hold rows of an indicator's datasets within, or around, the periods."""
    found: set[int] = set()
    spans = [(one.year.first, one.last) for one in periods]
    for dataset in datasets_of(spec):
        items = _items(spec) if dataset == "Figure" else ("",)
        for submission, sent, item in held(dataset):
            if item in items and any(
                sent.first <= last and first <= sent.last for first, last in spans
            ):
                found.add(submission)
    return [one for one in changed if one.submission in found]


def _items(spec: IndicatorSpec) -> list[str]:
    """The items of figures that feed an indicator."""
    measures = [one for one in (spec.numerator, spec.denominator) if one]
    named = [one.where["item"] for one in measures if "item" in one.where]
    return [*named, spec.published] if spec.published else named
