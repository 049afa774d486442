"""Reading the plan for pages: records with what belongs to them, their history, and the indicators of a priority."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from lscb.history import changes_of, events
from lscb.models import Area, AuditEvent
from lscb.prepared import prepared
from performance import contributed
from performance.indicators.claims.placeholders import as_they_were
from performance.indicators.scorecard import Scorecard, Section
from performance.pages import scorecard
from performance.pages.board import board
from performance.queries import observations, signals
from performance.queries.claims import moved, read_out, texts_of
from priorities.models import Campaign, Judgement, PlanAction, Priority, Record, Risk, Voice

T = TypeVar("T")


@dataclass(frozen=True)
class Line:
    """One line of a record's history: when, who, what, and what changed from what to what."""

    event: AuditEvent
    what: str
    changes: tuple[tuple[str, str, str], ...]


Known = Mapping[str, contributed.Evidence]


def history(record: Record, known: Known = MappingProxyType({})) -> list[Line]:
    """What happened to a record, the newest first. Evidence that its lines name is asked for unless it is `known`."""
    listed = list(events(record).order_by("-id"))
    keys = {key for one in listed for pair in _evidence(one) for key in pair.split("; ") if key}
    if keys - known.keys():
        known = contributed.evidence(keys)
    return [Line(one, one.action.capitalize(), _changes(record, one, known)) for one in listed]


def _evidence(event: AuditEvent) -> Sequence[str]:
    """The evidence of a record before and after a change, as keys; nothing where the change was of something else."""
    found: Sequence[str] = changes_of(event).get("evidence", ())
    return found


def _linked(keys: str, known: Known) -> str:
    """The titles of what a list of keys of evidence names, without what not everybody may see."""
    return "; ".join(known[key].title for key in keys.split("; ") if key in known)


def _changes(record: Record, event: AuditEvent, known: Known) -> tuple[tuple[str, str, str], ...]:
    names = {
        one.name: str(one.verbose_name)
        for one in record._meta.get_fields()
        if hasattr(one, "verbose_name")
    }
    said = event.details.get("live", {})  # what live figures said when the line was written
    changes = {
        name: tuple(as_they_were(text, said) for text in pair)
        for name, pair in changes_of(event).items()
    }
    if "evidence" in changes:
        before, after = (_linked(keys, known) for keys in changes.pop("evidence"))
        if before != after:
            changes["evidence"] = (before, after)
    return tuple(
        (names.get(name, name.replace("_", " ")).capitalize(), before, after)
        for name, (before, after) in changes.items()
    )


def priorities() -> QuerySet[Priority]:
    """Every priority, in order, with its lead and area."""
    return Priority.objects.select_related("lead", "area").prefetch_related("partners")


def priorities_in(codes: Collection[str]) -> QuerySet[Priority]:
    """The priorities of the areas of these codes, as they are written; without any, of all that are not invented."""
    return _asked_for(priorities(), codes)


def _asked_for(rows: QuerySet[Any], codes: Collection[str]) -> QuerySet[Any]:
    """Rows of the areas of these codes. What is invented is there only when its area is asked for."""
    return rows.filter(area__code__in=codes) if codes else rows.filter(area__synthetic=False)


def areas() -> list[Area]:
    """The areas that have priorities, invented ones last."""
    return _areas()


@prepared
def _areas() -> QuerySet[Area]:
    ids = Priority.objects.values("area")
    return Area.objects.filter(pk__in=ids).order_by("synthetic", "name")


def priorities_of(area: Area) -> list[Priority]:
    """The priorities of an area as they are read, in order."""
    return read_out(_priorities_of(area.pk))


@prepared
def _priorities_of(area: int) -> QuerySet[Priority]:
    return priorities().filter(area=area)


def priority(priority_id: int) -> Priority | None:
    """One priority as it is read."""
    return next(iter(read_out(_of_number(priority_id))), None)


@prepared
def _of_number(number: int) -> QuerySet[Priority]:
    return priorities().filter(pk=number)


def judgements_of(priority: Priority) -> list[Judgement]:
    """The executive's answers on a priority, the newest first. The figures of the one that stands follow the data;
    those of earlier ones are as they were when the answer was given."""
    answers = _with([priority], _answers([priority.pk]))
    for one in answers[:1]:
        one.moved = moved(one.area, texts_of(one), one.said)
    for one in answers[1:]:
        for name in one.LIVE:
            setattr(one, name, as_they_were(getattr(one, name), one.said))
    return [*read_out(answers[:1]), *answers[1:]]


def answers_of(priorities: Collection[Priority]) -> dict[int, Judgement]:
    """The executive's latest answer on each of some priorities that has one, by the priority's number, as it is
    read."""
    found: dict[int, Judgement] = {}
    for one in _with(priorities, _answers([one.pk for one in priorities])):
        found.setdefault(one.priority_id, one)
    for one in found.values():
        one.moved = moved(one.area, texts_of(one), one.said)
    read_out(found.values())
    return found


@prepared
def _answers(priorities: Collection[int]) -> QuerySet[Judgement]:
    return Judgement.objects.filter(priority__pk__in=priorities).select_related("made_by")


def actions_of(*priorities: Priority) -> list[PlanAction]:
    """The actions of some priorities, those due first at the top."""
    return read_out(_with(priorities, _actions_of([one.pk for one in priorities])))


@prepared
def _actions_of(priorities: Collection[int]) -> QuerySet[PlanAction]:
    rows = PlanAction.objects.filter(priority__pk__in=priorities)
    return rows.select_related("agency", "owner", "area").prefetch_related("milestones")


def _with(priorities: Iterable[Priority], rows: Iterable[T]) -> list[T]:
    """What belongs to some priorities, each with its own, which is there already."""
    known = {one.pk: one for one in priorities}
    listed: list[Any] = list(rows)
    for one in listed:
        one.priority = known[one.priority_id]
    return listed


def actions_in(codes: Collection[str]) -> QuerySet[PlanAction]:
    """The actions of the areas of these codes, as they are written; without any, of all that are not invented."""
    rows = PlanAction.objects.select_related("priority", "agency", "owner", "area")
    return _asked_for(rows.prefetch_related("milestones"), codes)


def actions_beside(area: Area) -> list[PlanAction]:
    """The actions of an area, and of those it lies within, that belong to no priority, those due first at the top."""
    return read_out(_actions_beside(area.pk))


@prepared
def _actions_beside(area: int) -> QuerySet[PlanAction]:
    rows = PlanAction.objects.filter(Q(area=area) | Q(area__parts=area), priority=None)
    rows = rows.select_related("agency", "owner", "area").prefetch_related("milestones")
    return rows.distinct()


def risks_of(priority: Priority | None = None) -> list[Risk]:
    """The open risks of a priority (or of the whole plan), the highest first; those not scored last."""
    found = _open_risks() if priority is None else _with([priority], _risks_of(priority.pk))
    return sorted(read_out(found), key=lambda one: -(one.score or 0))


@prepared
def _open_risks() -> QuerySet[Risk]:
    rows = Risk.objects.filter(state=Risk.State.OPEN).prefetch_related("scores")
    return rows.select_related("agency", "owner", "area", "priority")


@prepared
def _risks_of(priority: int) -> QuerySet[Risk]:
    rows = Risk.objects.filter(state=Risk.State.OPEN, priority=priority)
    return rows.select_related("agency", "owner", "area").prefetch_related("scores")


def campaigns_of(priority: Priority) -> list[Campaign]:
    """The campaigns and projects of a priority."""
    return read_out(_with([priority], _campaigns_of(priority.pk)))


@prepared
def _campaigns_of(priority: int) -> QuerySet[Campaign]:
    return Campaign.objects.filter(priority=priority).select_related("area")


def voices_of(priority: Priority) -> list[Voice]:
    """What children and families said about a priority, the newest first."""
    return read_out(_with([priority], _voices_of(priority.pk)))


@prepared
def _voices_of(priority: int) -> QuerySet[Voice]:
    return Voice.objects.filter(priority=priority).select_related("area")


def campaigns_in(area: Area) -> list[Campaign]:
    """The campaigns and projects of an area and of those it lies within."""
    return read_out(_campaigns_in(area.pk))


@prepared
def _campaigns_in(area: int) -> QuerySet[Campaign]:
    rows = Campaign.objects.filter(Q(area=area) | Q(area__parts=area))
    return rows.select_related("priority", "area").distinct()


def voices_in(area: Area) -> list[Voice]:
    """What children and families of an area, and of those it lies within, said."""
    return read_out(_voices_in(area.pk))


@prepared
def _voices_in(area: int) -> QuerySet[Voice]:
    rows = Voice.objects.filter(Q(area=area) | Q(area__parts=area))
    return rows.select_related("priority", "area").distinct()


def action(action_id: int) -> PlanAction | None:
    """One action with all that belongs to it, its texts as they are written."""
    return next(
        iter(
            PlanAction.objects.filter(pk=action_id)
            .select_related("priority", "agency", "owner", "signal", "area")
            .prefetch_related("milestones")
        ),
        None,
    )


def score_rows(ids: list[str], area: Area) -> list[scorecard.Row]:
    """The indicators as the scorecard shows them, at the latest quarter that any of them has a number for."""
    if not ids:
        return []
    layout = Scorecard(
        sections=(Section(title="Indicators", indicators=tuple(ids)),), dashboards=()
    )
    quarter = observations.latest_quarter(ids, area) or _latest_year_end(ids, area)
    if quarter is None:
        return []
    page = board(area.code, quarter, layout, drafts=True).page
    return [row for section in page.sections for row in section.rows]


def _latest_year_end(ids: list[str], area: Area) -> Any:
    """The last quarter of the latest year with a number, where nothing is known by quarter."""
    years = observations.values(indicator_ids=ids, areas=[area.code], period_types=["year"])
    last = max((one.period for one in years if one.is_reported), default=None)
    return last.quarter.shift(3) if last else None


def evidence_of(priority: Priority) -> list[contributed.Evidence]:
    """What other apps keep that the priority rests on, in the order in which it was chosen."""
    known = contributed.evidence(priority.evidence)
    return [known[key] for key in priority.evidence if key in known]


def signals_of(priority: Priority) -> list[signals.Row]:
    """The signals that stand for a priority's indicators in its area, without what is only late."""
    rows = signals.standing(area=priority.area.code)
    chosen = set(priority.indicators)
    return [one for one in rows if one.indicator in chosen and one.kind != signals.LATE]


def overdue(today: date, area: Area | None = None) -> list[PlanAction]:
    """The open actions (of one area) whose due day has passed."""
    return _overdue(today, area.pk if area else None)


@prepared
def _overdue(today: date, area: int | None) -> QuerySet[PlanAction]:
    rows = PlanAction.objects.filter(
        due__lt=today, state__in=(PlanAction.State.PLANNED, PlanAction.State.UNDER_WAY)
    )
    rows = rows if area is None else rows.filter(area=area)
    return rows.select_related("agency", "owner", "priority")
