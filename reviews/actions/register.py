"""Entering a review in the register, changing it, and taking it from state to state."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from lscb import access
from lscb.access import Action
from lscb.models import Area, Person
from lscb.numbers import plural
from lscb.periods import Period, month_of
from performance.queries import claims
from reviews import queries, workflow
from reviews.actions.common import ReviewRefused, alone, check_past, check_texts, note, shown, store
from reviews.models import Action as Act
from reviews.models import Review, StateChange
from reviews.reading import said_by
from reviews.workflow import Step


def add_review(
    *,
    by: Person | None,
    kind: str,
    title: str,
    area: Area,
    on: date | None,
    year: Period | None = None,
    state: str = "",
    people: Iterable[Person] = (),
    **fields: Any,
) -> Review:
    """Enter a review that reached its first state (or `state`) on a day; without a day the year has to be named.

    `fields` are those of Review. Whoever enters a restricted review is named on it. `by` is None for the sample.
    Raises ReviewRefused for a title that is taken, a day to come or personal data; PermissionDenied by access.
    """
    _may(by)
    check_past(on, timezone.localdate())
    if on is None and year is None:
        raise ReviewRefused("Say on which day it began.")
    _check_title(by, title)
    year = year or month_of(on or timezone.localdate()).year
    named = list(people)
    if by is not None and fields.get("restricted") and by not in named:
        named.append(by)
    spec = workflow.KINDS[kind]
    state = state or spec.states[0].code
    review = Review(made_by=by, state=state)
    values = {"kind": kind, "title": title.strip(), "area": area, "year_code": year.code, **fields}
    with transaction.atomic():
        store(
            by=by,
            row=review,
            values=values | {"people": named},
            action=f"{spec.words} entered",
            review=review,
        )
        StateChange.objects.create(review=review, state=state, on=on, by=by)
        set_due(review)
    return review


def change_review(*, by: Person, review: Review, **fields: Any) -> None:
    """Change what the register says of a review. Raises ReviewRefused, PermissionDenied, or Http404 by access."""
    _may(by)
    _check_title(by, str(fields.get("title", "")), review)
    if fields.get("restricted") and "people" in fields and not list(fields["people"]):
        raise ReviewRefused("Name at least one person who may see a restricted review.")
    with transaction.atomic():
        review = alone(review)
        store(by=by, row=review, values=fields, action="Register changed", review=review)


def take_step(
    *,
    by: Person | None,
    review: Review,
    code: str,
    on: date | None,
    text: str = "",
    title: str = "",
) -> Review | None:
    """Take a review to its next state. Where the step begins another review, that is entered as `title` and returned.

    Raises ReviewRefused where the step is not open, its text is missing or its day cannot be; PermissionDenied by
    access.
    """
    _may(by)
    with transaction.atomic():
        review = alone(review)
        step = next((one for one in review.spec.steps_from(review.state) if one.code == code), None)
        if step is None:
            raise ReviewRefused(f"From “{review.stands.words}” there is no such step.")
        _check_step(review, step, on, text)
        check_texts({"text": text})
        change = StateChange(review=review, state=step.target, on=on, note=text.strip(), by=by)
        _keep_figures(change, before="")
        review.state = step.target
        review.save(update_fields=["state"])
        change.save()
        set_due(review)
        told = {
            "State": ["", review.stands.words],
            "On": ["", shown(on)],
            "Note": ["", text.strip()],
        }
        note(by, f"Step taken: {step.words}"[:60], review, told, review=review)
        return _open_next(by, review, step, on, title) if step.opens else None


def _check_title(by: Person | None, title: str, own: Review | None = None) -> None:
    """Refuse the name of a review that the person may see; of one they may not see, nothing is told."""
    known = access.reviews_visible_to(by, Review.objects.all()) if by else Review.objects.all()
    if known.filter(title__iexact=title.strip()).exclude(pk=own.pk if own else 0).exists():
        raise ReviewRefused("There is a review of this name already. Choose another pseudonym.")


def _check_step(review: Review, step: Step, on: date | None, text: str) -> None:
    check_past(on, timezone.localdate())
    if step.asks and not text.strip():
        raise ReviewRefused(f"Write an answer: {step.asks}")
    if step.when_done:
        _check_done(review)
    last = review.changes.filter(on__isnull=False).order_by("-id").values_list("on", flat=True)
    before = last.first()
    if on is not None and before is not None and on < before:
        raise ReviewRefused(
            f"The state before was reached on {shown(before)}; this cannot be earlier."
        )


def _check_done(review: Review) -> None:
    asked = Act.objects.filter(recommendation__review=review)
    undone = asked.exclude(state=Act.State.DONE).count()
    if undone:
        said = plural(undone, "action")
        raise ReviewRefused(
            f"Not done yet: {said} that agencies were asked for. Report on it first."
        )


def _open_next(
    by: Person | None, review: Review, step: Step, on: date | None, title: str
) -> Review:
    """Enter the review that a decision begins, seen by the same people."""
    name = title.strip() or f"{review.title}: practice review"
    return add_review(
        by=by,
        kind=step.opens,
        title=name,
        area=review.area,
        on=on,
        year=month_of(on).year if on else review.year_period,
        came_from=review,
        restricted=review.restricted,
        people=list(review.people.all()),
        source=review.source,
    )


def correct_step(*, by: Person, change: StateChange, on: date, text: str | None = None) -> None:
    """Correct the day on which a review reached a state, with its time limits, and what was written down (None: as it
    is).

    Raises ReviewRefused for a day that is to come, or lies outside those of the states before and after, for a text
    that is missing or personal; PermissionDenied by access.
    """
    _may(by)
    check_past(on, timezone.localdate())
    check_texts({"text": text})
    with transaction.atomic():
        review = alone(change.review)
        change = alone(change)
        said = change.note if text is None else text.strip()
        if change.note and not said:
            raise ReviewRefused("What was written down here has to say something.")
        known = review.changes.filter(on__isnull=False)
        before = known.filter(pk__lt=change.pk).order_by("-on").first()
        after = known.filter(pk__gt=change.pk).order_by("on").first()
        if (before and before.on and on < before.on) or (after and after.on and on > after.on):
            between = " and ".join(
                f"{one.words.lower()} ({shown(one.on)})" for one in (before, after) if one
            )
            raise ReviewRefused(f"The day does not lie in order with: {between}.")
        told = {}
        if on != change.on:
            told[f"On which day: {change.words}"[:60]] = [shown(change.on), shown(on)]
        if said != change.note:
            told[f"Written down: {change.words}"[:60]] = [change.note, said]
        noted, change.on, change.note = change.note, on, said
        if said != noted:
            _keep_figures(change, before=noted)
        change.save(update_fields=["on", "note", "said"])
        set_due(review)
        if told:
            note(by, "Step corrected", review, told, review=review)


def _keep_figures(change: StateChange, *, before: str) -> None:
    """Keep what the live figures of a step's note say now. Raises ReviewRefused for one that stands for nothing."""
    wrong = claims.first_fault(change, {"note": before})
    if wrong:
        raise ReviewRefused(wrong[1], "text")
    change.said = said_by(change, "note")


def take_over(*, by: Person, reason: str) -> list[Review]:
    """Name somebody who keeps the register on every restricted review that nobody named on it can open any more.

    Returns those reviews; none where somebody else was quicker. Raises ReviewRefused without a reason or for personal
    data in it; PermissionDenied by access.
    """
    _may(by)
    if not reason.strip():
        raise ReviewRefused("Say why you take them over.")
    check_texts({"reason": reason})
    with transaction.atomic():
        left = list(queries.left_alone().values_list("pk", flat=True))
        taken = list(Review.objects.select_for_update().filter(pk__in=left))
        for review in taken:
            review.people.add(by)
            told = {"People": ["", by.name], "Reason": ["", reason.strip()]}
            note(by, "Taken over", review, told, review=review)
    return taken


def set_due(review: Review) -> None:
    """Keep on the review the last day of the limit that is still open, so that lists can sort by it."""
    days = dict(review.changes.values_list("state", "on"))
    found = workflow.dues(review.spec, days, timezone.localdate())
    review.due = min((one.day for one in found if one.is_open), default=None)
    review.save(update_fields=["due"])


def _may(by: Person | None) -> None:
    if by is not None:
        access.check(by, Action.KEEP_REVIEWS)
