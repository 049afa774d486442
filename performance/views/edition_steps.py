"""A step of an edition: first a page of all that it fixes, then the step itself, of exactly what was shown."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from lscb import access
from lscb.http import signed_in
from lscb.models import Person
from lscb.numbers import plural
from performance.actions import editions as actions
from performance.actions.editions import EditionRefused, Frozen, Step
from performance.models import Edition
from performance.pages import beside_rows
from performance.pages.brief import gaps
from performance.pages.scorecard import Row
from performance.queries import editions as queries
from performance.queries.commentary import Said
from performance.views import frozen

NOT_SEEN = (
    "What this step fixes is not what was on the page that you sent: its words or its state have changed since, or the "
    "page was not read at all. Nothing was done. Look through it as it is now, and take the step again."
)


@dataclass(frozen=True)
class Tally:
    """How many rows an edition has: with a number of the quarter, an earlier one or none; with agreed words."""

    rows: int
    reported: int
    older: int
    none: int
    agreed: int


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, edition_id: int, name: str) -> HttpResponse:
    """What a step with an edition (approve, publish, set aside) would fix; a POST takes it, where nothing of that has
    changed since it was shown."""
    person = signed_in(request)
    found, rows = frozen.edition_of(edition_id)
    wanted = next((one for one in actions.STEPS if one.name == name), None)
    if wanted is None:
        raise Http404(f"There is no step '{name}'.")
    access.check(person, wanted.action)
    said = beside_rows.said_in(found)
    closed = actions.why_not(person, found, wanted)
    refusal = ""
    if request.method == "POST" and not closed:
        refusal = _taken(request, person, found, wanted, said)
        if not refusal:
            found.refresh_from_db()
            messages.success(request, f"The edition is {found.get_state_display().lower()} now.")
            return redirect("edition", found.pk)
    context = _context(found, rows, wanted, said)
    context |= {"closed": closed, "refusal": refusal, "reason": request.POST.get("reason", "")}
    status = 422 if closed or refusal else 200
    return render(request, "performance/edition_step.html", context, status=status)


def _taken(
    request: HttpRequest, person: Person, found: Edition, wanted: Step, said: Mapping[str, Said]
) -> str:
    """Take the step; why it was not taken, empty where it was."""
    if request.POST.get("seen") != seen(found, said):
        return NOT_SEEN
    try:
        actions.take_step(
            by=person,
            edition=found,
            step=wanted.name,
            reason=request.POST.get("reason", ""),
            contradicted=frozen.contradicted(found),
        )
    except EditionRefused as refusal:
        return str(refusal)
    return ""


def seen(found: Edition, said: Mapping[str, Said]) -> str:
    """A digest of all that a step would fix: the rows and the panel, the state, and every word with what the figures
    contradict in it."""
    words = [(one.id, one.text, one.is_agreed, one.despite, one.findings) for one in said.values()]
    whole = repr((found.pk, found.checksum, found.state, sorted(words, key=lambda one: one[0])))
    return hashlib.sha256(whole.encode()).hexdigest()[:32]


def _context(
    found: Edition, rows: Sequence[Frozen], wanted: Step, said: Mapping[str, Said]
) -> dict[str, object]:
    """What the page of a step shows."""
    sections = frozen.sections_of(rows)
    listed = list({row.id: row for section in sections for row in section.rows}.values())
    unexplained = [one for one in said.values() if one.findings and not one.despite]
    return {
        "edition": found,
        "number": str(found.number),
        "area": found.area,
        "step": wanted,
        "asks": _asks(wanted, len(unexplained)),
        "unexplained": unexplained,
        "sections": sections,
        "said": said,
        "contradicted": [
            (row.title, said[row.id]) for row in listed if row.id in said and said[row.id].findings
        ],
        "drafts": [
            (row.title, said[row.id])
            for row in listed
            if row.id in said and not said[row.id].is_agreed
        ],
        "tally": _tally(listed, said),
        "signals": [row for row in listed if row.variation.is_signal],
        "missing": gaps([row for row in listed if row.is_missing or row.is_older]),
        "restated": frozen.restated(found, rows),
        "steps_taken": frozen.steps_taken(found),
        "intact": queries.is_intact(found, rows),
        "seen": seen(found, said),
    }


def _asks(wanted: Step, unexplained: int) -> str:
    """What a step needs a reason for; empty where it needs none."""
    if wanted.name == "set-aside":
        return "Why is it set aside?"
    if wanted.name == "approve" and unexplained:
        return (
            f"Why is it approved with {plural(unexplained, 'wording')} that the figures contradict?"
        )
    return ""


def _tally(rows: Sequence[Row], said: Mapping[str, Said]) -> Tally:
    return Tally(
        rows=len(rows),
        reported=sum(1 for row in rows if not row.is_missing and not row.is_older),
        older=sum(1 for row in rows if row.is_older),
        none=sum(1 for row in rows if row.is_missing and not row.is_older),
        agreed=sum(1 for one in said.values() if one.is_agreed),
    )
