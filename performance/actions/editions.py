"""Editions of the scorecard: opened, approved, published. The workflow is data; no step can be skipped."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from lscb import access, audit
from lscb.access import Action
from lscb.models import Area, Person, Role
from lscb.numbers import plural
from lscb.periods import Period, parse
from performance.actions.commentary import CommentaryRefused, check_reason, kept
from performance.actions.observations import parts_of
from performance.actions.texts import check_texts
from performance.indicators.claims import Finding
from performance.models import (
    Commentary,
    DataVersion,
    Edition,
    EditionRow,
    EditionState,
    Submission,
)
from performance.models.returns import SETTLED


class EditionRefused(Exception):
    """A step that cannot be taken. Its text is for the person who tried."""


@dataclass(frozen=True)
class Step:
    """A step of the workflow: from which states it leads where, who takes it, and what it is called."""

    name: str
    before: tuple[EditionState, ...]
    after: EditionState
    action: Action
    words: str
    done: str


STEPS: tuple[Step, ...] = (
    Step(
        "approve",
        (EditionState.PROVISIONAL,),
        EditionState.APPROVED,
        Action.APPROVE_EDITIONS,
        "Approve",
        "edition approved",
    ),
    Step(
        "publish",
        (EditionState.APPROVED,),
        EditionState.PUBLISHED,
        Action.PUBLISH_EDITIONS,
        "Sign off and publish",
        "edition published",
    ),
    Step(
        "set-aside",
        (EditionState.PROVISIONAL, EditionState.APPROVED),
        EditionState.SET_ASIDE,
        Action.SET_EDITIONS_ASIDE,
        "Set aside",
        "edition set aside",
    ),
)


@dataclass(frozen=True, eq=False)
class Frozen:
    """A row that is frozen, or to be: its place, what it shows and the observations it was made from, all of it JSON,
    which nobody changes. It equals itself alone, so that what is made of it can be kept with it."""

    section: str
    indicator: str
    definition: str
    shown: dict[str, Any]
    numbers: list[dict[str, Any]]


def open_edition(
    *,
    by: Person,
    area: Area,
    quarter: Period,
    rows: Sequence[Frozen],
    panel: Mapping[str, Any] | None,
    data_version: int,
) -> Edition:
    """Freeze the scorecard of a quarter, its `rows` and the `panel` above them, as a provisional edition.

    They were built from the data version named; where the data has moved on meanwhile, or an edition of the quarter
    still waits for a step, EditionRefused is raised. Raises PermissionDenied by access.
    """
    access.check(by, Action.OPEN_EDITIONS)
    if not rows:
        raise EditionRefused("There is nothing to freeze: the scorecard of this quarter is empty.")
    with transaction.atomic():
        Area.objects.select_for_update().get(pk=area.pk)
        edition = Edition.objects.create(
            area=area,
            quarter_code=quarter.code,
            number=_next_number(area, quarter, data_version),
            data_version=data_version,
            panel=panel,
            checksum=checksum(rows, panel),
            opened_by=by,
        )
        EditionRow.objects.bulk_create(
            _kept(edition, position, row) for position, row in enumerate(rows)
        )
        audit.record(
            by=by,
            action="edition opened",
            subject=edition,
            quarter=quarter.code,
            area=area.code,
            data_version=data_version,
            checksum=edition.checksum,
        )
    return edition


def _next_number(area: Area, quarter: Period, data_version: int) -> int:
    """The number of a new edition of a quarter. Raises EditionRefused where the data has moved on from the version
    named, or another edition of the quarter waits for a step."""
    version = DataVersion.objects.select_for_update().filter(pk=1).first()
    if (version.number if version else 0) != data_version:
        raise EditionRefused("The data changed while the edition was being made. Try again.")
    others = Edition.objects.filter(area=area, quarter_code=quarter.code)
    if any(other.is_open for other in others):
        raise EditionRefused(
            f"An edition of {quarter.label} waits for its next step. Take it, or set it aside."
        )
    return max((other.number for other in others), default=0) + 1


def _kept(edition: Edition, position: int, row: Frozen) -> EditionRow:
    return EditionRow(
        edition=edition,
        position=position,
        section=row.section,
        indicator=row.indicator,
        definition=row.definition,
        shown=row.shown,
        numbers=row.numbers,
    )


def checksum(rows: Sequence[Frozen], panel: Mapping[str, Any] | None = None) -> str:
    """The SHA-256 of rows in their order and of their panel (None before panels were kept), over everything that was
    frozen."""
    listed = f"[{','.join(map(_text_of, rows))}]"
    whole = listed if panel is None else f"[{listed},{_json(panel)}]"
    return hashlib.sha256(whole.encode()).hexdigest()


@lru_cache(maxsize=1024)
def _text_of(row: Frozen) -> str:
    return _json([row.section, row.indicator, row.definition, row.shown, row.numbers])


def _json(thing: object) -> str:
    return json.dumps(thing, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def take_step(
    *,
    by: Person,
    edition: Edition,
    step: str,
    reason: str = "",
    contradicted: Mapping[int, Sequence[Finding]] | None = None,
) -> None:
    """Take the step of this name. The first one settles the words beside the rows, and with them what the figures
    contradict in them (`contradicted`, by the number of the wording). To approve words that they contradict, and that
    nobody agreed all the same, needs a reason.

    Raises EditionRefused where it cannot be taken or its reason identifies a person, PermissionDenied by access.
    """
    found = next((one for one in STEPS if one.name == step), None)
    if found is None:
        raise EditionRefused(f"There is no step '{step}'.")
    access.check(by, found.action)
    with transaction.atomic():
        edition = Edition.objects.select_for_update().get(pk=edition.pk)
        refusal = why_not(by, edition, found)
        if refusal:
            raise EditionRefused(refusal)
        if found.after == EditionState.SET_ASIDE and not reason.strip():
            raise EditionRefused("Say why the edition is set aside.")
        check_texts(EditionRefused, reason)
        if found.after == EditionState.SET_ASIDE:
            edition.set_aside_reason = reason.strip()
        if found.after == EditionState.APPROVED:
            edition.approved_despite = _despite(edition, contradicted or {}, reason.strip())
        _move(edition, found.after, by)
        if edition.said_until is None:
            _settle_words(edition, contradicted or {})
        # Why it is approved all the same stands on the edition alone: nothing can be taken out of the trail.
        given = "" if found.after == EditionState.APPROVED else reason.strip()
        audit.record(by=by, action=found.done, subject=edition, reason=given)


def _move(edition: Edition, state: EditionState, by: Person) -> None:
    """Write an edition's new state, who moved it there and when, with the reasons that were set on it."""
    field = str(state).replace("-", "_")
    edition.state = state
    setattr(edition, f"{field}_by", by)
    setattr(edition, f"{field}_at", timezone.now())
    moved = ["state", f"{field}_by", f"{field}_at"]
    edition.save(update_fields=[*moved, "set_aside_reason", "approved_despite"])


def _despite(
    edition: Edition, contradicted: Mapping[int, Sequence[Finding]], reason: str
) -> str | None:
    """Why an edition is approved with words that the figures contradict and nobody agreed all the same; None where
    there are none. Raises EditionRefused where there are and no reason, or none that may be kept, is given."""
    wrong = unexplained(edition, contradicted)
    if not wrong:
        return None
    if not reason:
        raise EditionRefused(
            f"The figures contradict {plural(wrong, 'wording')} that nobody agreed all the same. "
            "Have them corrected, or say why the edition is approved with them."
        )
    try:
        check_reason(reason)
    except CommentaryRefused as refusal:
        raise EditionRefused(str(refusal)) from refusal
    return reason


def unexplained(edition: Edition, contradicted: Mapping[int, Sequence[Finding]]) -> int:
    """How many wordings about an edition's quarter the figures contradict, of those that nobody gave a reason for."""
    ids = [pk for pk, findings in contradicted.items() if findings]
    rows = Commentary.objects.filter(
        pk__in=ids, area=edition.area, period_code=edition.quarter_code, agreed_despite=""
    )
    return rows.count() if ids else 0


def _settle_words(edition: Edition, contradicted: Mapping[int, Sequence[Finding]]) -> None:
    """Let the words beside the rows stand as they are, with what the figures contradict in them."""
    edition.said_until = timezone.now()
    edition.save(update_fields=["said_until"])
    about = Commentary.objects.filter(area=edition.area, period_code=edition.quarter_code)
    for pk, findings in contradicted.items():
        about.filter(pk=pk).update(findings=kept(findings))


def steps_open_to(person: Person, edition: Edition) -> list[Step]:
    """The steps that a person may take with an edition now."""
    return [
        step
        for step in STEPS
        if access.can(person, step.action) and not why_not(person, edition, step)
    ]


def steps_closed_to(person: Person, edition: Edition) -> list[tuple[Step, str]]:
    """The steps that wait, that a person's role allows and that they may not take all the same, each with why."""
    waiting = [step for step in STEPS if edition.state in step.before]
    return [
        (step, why)
        for step in waiting
        if access.can(person, step.action) and (why := why_not(person, edition, step))
    ]


def why_not(person: Person, edition: Edition, step: Step) -> str:
    """Why a person whose role allows a step may not take it with this edition now; empty where they may."""
    if edition.state not in step.before:
        return f"This edition is {edition.get_state_display().lower()}."
    if step.after == EditionState.SET_ASIDE:
        return ""
    if person.pk in (edition.opened_by_id, edition.approved_by_id):
        return "Each step is taken by another person: you took the one before."
    if step.after == EditionState.APPROVED and sent_data_for(person, edition):
        return "You sent data for this quarter, so somebody else approves it."
    return ""


def sent_data_for(person: Person, edition: Edition) -> bool:
    """Whether a person sent or submitted a file that stands behind the edition's quarter, of its area or of one that
    its figures are added up from."""
    sent = Submission.objects.filter(
        Q(sender=person) | Q(submitted_by=person),
        area__in=[edition.area, *parts_of(edition.area)],
        state__in=SETTLED,
    )
    quarter = edition.quarter
    return any(
        parse(code).first <= quarter.last and quarter.first <= parse(code).last
        for code in sent.values_list("period_code", flat=True).distinct()
    )


def diagram() -> str:
    """The workflow as a Mermaid state diagram, made from STEPS."""
    lines = ["stateDiagram-v2", f"    [*] --> {_name(EditionState.PROVISIONAL)}: {_opened()}"]
    for step in STEPS:
        who = _who(step.action)
        lines += [
            f"    {_name(before)} --> {_name(step.after)}: {step.words} ({who})"
            for before in step.before
        ]
    lines.append(f"    {_name(EditionState.PUBLISHED)} --> [*]")
    lines.append(f"    {_name(EditionState.SET_ASIDE)} --> [*]")
    return "\n".join(lines) + "\n"


def _opened() -> str:
    return f"Open ({_who(Action.OPEN_EDITIONS)})"


def _name(state: EditionState) -> str:
    return str(state).replace("-", "_")


def _who(action: Action) -> str:
    return ", ".join(role.label for role in Role if role in access.ROLES[action])
