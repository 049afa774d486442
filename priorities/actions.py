"""The only writers of the plan: keyword-only, atomic, audited, with what was there before."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from lscb import access, history
from lscb.models import Person
from lscb.periods import parse
from lscb.refused import FieldRefused
from performance.actions.texts import personal_in
from performance.queries import claims
from priorities.models import (
    Campaign,
    Judgement,
    Milestone,
    PlanAction,
    Priority,
    Record,
    Risk,
    RiskScore,
    Voice,
)

Links = Mapping[str, Sequence[models.Model]]


class PlanRefused(FieldRefused):
    """A change of the plan that cannot be."""


class ChangedMeanwhile(PlanRefused):
    """Somebody else changed the record since the person opened it."""


def save(
    *, by: Person | None, record: Record, links: Links | None = None, seen: int | None = None
) -> Record:
    """Add a record or change one, and write what changed to its history.

    `links` are its many-to-many fields by name. `seen` is the newest line of its history that the person had before
    them (None: not known). `by` is None for the sample. What live figures of its texts say is kept with the history.
    Raises PermissionDenied by access, PlanRefused where its fields do not stand together, a text names somebody or a
    figure that was put into one stands for nothing, ChangedMeanwhile where somebody else changed it.
    """
    if by is not None:
        _check_may(by, record)
    _check(record)
    with transaction.atomic():
        before = _stored(record)
        if seen is not None and before and history.latest_line(record) != seen:
            raise ChangedMeanwhile(history.CHANGED_MEANWHILE)
        if not before:
            record.made_by = by
        if by is not None:
            _check_figures(record, before)
        record.save()
        for name, linked in (links or {}).items():
            getattr(record, name).set(linked)
        if isinstance(record, Risk):
            _keep_score(record)
        after = _state(record)
        changes = history.difference(before, after)
        if changes:
            what = f"{_word(record)} {'changed' if before else 'added'}"
            said = claims.said(record, changes)
            history.record(by=by, action=what, subject=record, changes=changes, **said)
    return record


def report(
    *,
    by: Person,
    action: PlanAction,
    state: str,
    closed_on: date | None,
    different: str,
    known_by: str,
    seen: int | None = None,
) -> PlanAction:
    """Say how an action stands and what it changed for children: for its agency's people, who may not change the rest.

    Raises PermissionDenied by access, PlanRefused as `save` does.
    """
    access.check_report_on_plan(by, action)
    action.state, action.closed_on = state, closed_on
    action.different, action.known_by = different.strip(), known_by.strip()
    save(by=by, record=action, seen=seen)
    return action


def add_milestone(*, by: Person | None, action: PlanAction, title: str, due: date) -> Milestone:
    """Add a step to an action. Raises PermissionDenied by access, PlanRefused without a title or for personal data."""
    if by is not None:
        access.check_report_on_plan(by, action)
    if not title.strip():
        raise PlanRefused("Say what the milestone is.", "title")
    _refuse_personal(title, "title")
    if action.due and due > action.due:
        raise PlanRefused("A milestone is due no later than its action.", "due")
    with transaction.atomic():
        made = Milestone.objects.create(action=action, title=title.strip(), due=due)
        changes = {"milestone": ["", f"{made.title}, due {due}"]}
        history.record(by=by, action="milestone added", subject=action, changes=changes)
    return made


def reach_milestone(*, by: Person, milestone: Milestone, done: bool = True) -> None:
    """Say that a milestone was reached today, or that it was not after all. Raises PermissionDenied by access."""
    access.check_report_on_plan(by, milestone.action)
    with transaction.atomic():
        milestone = Milestone.objects.select_for_update().get(pk=milestone.pk)
        before = str(milestone.done_on or "")
        milestone.done_on = timezone.localdate() if done else None
        milestone.save(update_fields=["done_on"])
        days = (before, str(milestone.done_on or ""))
        history.record(
            by=by,
            action="milestone reached" if done else "milestone open again",
            subject=milestone.action,
            changes={"milestone": [f"{milestone.title}: {day or 'open'}" for day in days]},
        )


def judge(
    *,
    by: Person | None,
    priority: Priority,
    verdict: str,
    because: str,
    next_step: str,
    agreed_on: date,
) -> Judgement:
    """Record the executive's answer to 'are we making a difference?'; earlier answers stay.

    What its live figures say is kept with it. Raises PermissionDenied by access, PlanRefused for a day that has not
    come, personal data, or a figure that stands for nothing.
    """
    if by is not None:
        access.check_change_plan(by)
    if agreed_on > timezone.localdate():
        raise PlanRefused("That day has not come yet.", "agreed_on")
    made = Judgement(
        priority=priority,
        verdict=verdict,
        because=because.strip(),
        next_step=next_step.strip(),
        agreed_on=agreed_on,
        made_by=by,
    )
    for field in Judgement.TEXTS:
        _refuse_personal(getattr(made, field), field)
    if by is not None:
        _check_figures(made, {})
    with transaction.atomic():
        answer = {"verdict": made.get_verdict_display(), "because": made.because}
        changes = {name: ["", text] for name, text in answer.items()}
        said = claims.said(made, {name: ["", getattr(made, name)] for name in made.LIVE})
        made.said = said.get("live", {})
        made.save()
        history.record(by=by, action="answer recorded", subject=priority, changes=changes, **said)
    return made


def _check_may(by: Person, record: Record) -> None:
    """Who may save what: an agency's people report on its actions and write what children told it; the rest is the
    plan's."""
    stored = type(record)._default_manager.filter(pk=record.pk).first()
    if access.can_change_plan(by) or not isinstance(record, PlanAction | Voice):
        access.check_change_plan(by)
        return
    access.check_report_on_plan(by, record)
    if isinstance(stored, PlanAction | Voice):
        access.check_report_on_plan(by, stored)
    if isinstance(record, PlanAction):
        _only_reports(by, record, stored)


def _only_reports(by: Person, record: PlanAction, stored: Record | None) -> None:
    if stored is None:
        access.check_change_plan(by)
        return
    reported = ("state", "closed_on", "different", "known_by")
    old, new = _state(stored), _state(record)
    if any(old[name] != new[name] for name in new if name not in reported):
        access.check_change_plan(by)


def _check(record: Record) -> None:
    if isinstance(record, Priority | Campaign):
        _check_days(record)
    if isinstance(record, Priority):
        _check_title(record)
    if isinstance(record, PlanAction):
        _check_action(record)
    if isinstance(record, Voice):
        _check_voice(record)
    try:
        record.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise PlanRefused(" ".join(messages), field if field != "__all__" else None) from error
    for field in record.TEXTS:
        _refuse_personal(str(getattr(record, field)), field)


def _check_days(record: Priority | Campaign) -> None:
    if record.starts and record.ends and record.ends < record.starts:
        raise PlanRefused("It cannot end before it begins.", "ends")


def _check_title(record: Priority) -> None:
    same = Priority.objects.filter(area=record.area, title=record.title).exclude(pk=record.pk)
    if same.exists():
        raise PlanRefused("There is a priority with this title in the area already.", "title")


def _check_action(record: PlanAction) -> None:
    closed = record.state in (PlanAction.State.DONE, PlanAction.State.STOPPED)
    if closed and record.due and record.closed_on is None:
        raise PlanRefused("Say on which day it was closed.", "closed_on")
    if not closed and record.closed_on:
        raise PlanRefused(
            "An action that is open has no day of closing. Empty it, or say that it is done.",
            "closed_on",
        )
    if record.closed_on and record.closed_on > timezone.localdate():
        raise PlanRefused("That day has not come yet.", "closed_on")
    if bool(record.different.strip()) != bool(record.known_by.strip()):
        missing = "known_by" if record.different.strip() else "different"
        raise PlanRefused(
            "Say both: what is different for children, and how that is known.", missing
        )


def _check_voice(record: Voice) -> None:
    try:
        parse(record.period_code)
    except ValueError as error:
        raise PlanRefused(f"{error}.", "period_code") from error
    if (record.changed_on or record.told_on) and not record.did.strip():
        raise PlanRefused("Say what changed.", "did")
    for field in ("changed_on", "told_on"):
        on: date | None = getattr(record, field)
        if on and on > timezone.localdate():
            raise PlanRefused("That day has not come yet.", field)
    if record.told_on and record.changed_on and record.told_on < record.changed_on:
        raise PlanRefused("They were told after it changed, not before.", "told_on")


def _refuse_personal(text: str, field: str) -> None:
    if said := personal_in(text):
        raise PlanRefused(said, field)


def _check_figures(record: Record | Judgement, before: Mapping[str, str]) -> None:
    wrong = claims.first_fault(record, before)
    if wrong:
        field, words = wrong
        raise PlanRefused(words, field)


def _keep_score(risk: Risk) -> None:
    if risk.likelihood is None or risk.impact is None:
        return
    last = risk.scores.last()
    if last is None or (last.likelihood, last.impact) != (risk.likelihood, risk.impact):
        RiskScore.objects.create(risk=risk, likelihood=risk.likelihood, impact=risk.impact)


def _stored(record: Record) -> dict[str, str]:
    """The record as it is in the database, locked; empty for a new one."""
    if record.pk is None:
        return {}
    return _state(type(record)._default_manager.select_for_update().get(pk=record.pk))


def _state(record: Record) -> dict[str, str]:
    """Every field that people fill in, as words."""
    found = history.state(record, _listed)
    if record.pk is not None:
        for link in record._meta.many_to_many:
            found[link.name] = ", ".join(
                sorted(str(one) for one in getattr(record, link.name).all())
            )
    return found


def _listed(values: list[Any]) -> str:
    return "; ".join(
        " ".join(map(str, one)) if isinstance(one, list) else str(one) for one in values
    )


def _word(record: Record) -> str:
    return {"planaction": "plan action"}.get(
        str(record._meta.model_name), str(record._meta.model_name)
    )
