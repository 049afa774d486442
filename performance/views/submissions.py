"""Pages about submissions: the list, one with its progress and problems, its downloads, and withdrawing it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lscb import access, drafts
from lscb.csvfiles import csv_response
from lscb.http import signed_in
from lscb.models import Person
from performance import actions
from performance.actions import SubmissionRefused
from performance.actions.submissions import read_file
from performance.forms.shared import WithdrawForm
from performance.intake.spec import returns
from performance.models import State, Submission
from performance.models.returns import HELD, SETTLED
from performance.queries import history
from performance.queries import preview as previews
from performance.queries import submissions as queries
from performance.queries.mappings import unmapped

PAGE = 50
MOVED = 40  # indicators that would change, listed on a page
STATE_WORDS = {
    State.RECEIVED: "The file is stored and waits to be checked.",
    State.PROCESSING: "The file is being checked.",
    State.REFUSED: "Nothing of this file was stored. Correct what is listed below and send it again.",
    State.NEEDS_ANSWERS: "The file can be taken once the questions below are answered.",
    State.READY: "The file is checked and waits to be submitted.",
    State.ACCEPTED: "The numbers of this file count now.",
    State.SUPERSEDED: "A newer file says something about the same period, and counts instead.",
    State.WITHDRAWN: "The numbers of this file no longer count.",
    State.FAILED: "The program failed on this file, and we know. Nothing was stored; the file is kept.",
}
UNSIGNED = "The file was submitted, and counts once a second person of its agency signs it off."
PROBLEM_COLUMNS = ("severity", "row", "column", "code", "message", "suggestion")


def _submission(request: HttpRequest, submission_id: int) -> Submission:
    found = queries.submission(signed_in(request), submission_id)
    if found is None:
        raise Http404("There is no such submission.")
    return found


@require_GET
def submissions(request: HttpRequest) -> HttpResponse:
    """The submissions the person may see, newest first, by return and state."""
    person = signed_in(request)
    access.check_see_submissions(person)
    rows = queries.submissions(person)
    chosen = {"return": request.GET.get("return", ""), "state": request.GET.get("state", "")}
    if chosen["return"]:
        rows = rows.filter(return_id=chosen["return"])
    if chosen["state"]:
        rows = rows.filter(state=chosen["state"])
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "synthetic": any(one.area.synthetic for one in page.object_list),
        "returns": returns().values(),
        "states": State.choices,
        "chosen": chosen,
    }
    return render(request, "performance/submissions.html", context)


@require_GET
def submission(request: HttpRequest, submission_id: int) -> HttpResponse:
    """One submission: where it stands, what was found, what was kept."""
    return render(request, "performance/submission.html", _context(request, submission_id))


@require_GET
def progress(request: HttpRequest, submission_id: int) -> HttpResponse:
    """The part of the page that changes while a file is processed; it asks again until the work is done.

    `?seen=` names what the page shows already: where nothing is new the answer is 204, which changes nothing.
    """
    if request.GET.get("seen") == _seen(_submission(request, submission_id)):
        return HttpResponse(status=204)
    return render(request, "performance/parts/progress.html", _context(request, submission_id))


def _seen(submission: Submission) -> str:
    """Where a submission stands, as the page tells the server what it shows already."""
    return f"{submission.state} {submission.stage}".strip()


def _context(request: HttpRequest, submission_id: int) -> dict[str, object]:
    found = _submission(request, submission_id)
    spec = returns()[found.return_id]
    problems = queries.problems(found)
    person = signed_in(request)
    return _preview(person, found) | {
        "submission": found,
        "area": found.area,
        "seen": _seen(found),
        "words": UNSIGNED if found.is_unsigned else STATE_WORDS[State(found.state)],
        "spec": spec,
        "problems": problems[:200],
        "problem_count": len(problems),
        "cells": queries.stored_cells(found),
        "cell_count": queries.cell_count(found),
        "may_withdraw": found.state in SETTLED and access.can_withdraw(person, found),
        "may_send": access.can_send(person, spec.owners, found.agency),
        "touched": queries.indicators_touched(found),
        "steps": history.steps(found),
        "versions": history.versions(found),
    }


def _preview(person: Person, found: Submission) -> dict[str, object]:
    """What a checked file would change, and what a counting one changed since the version before."""
    held = found.state in HELD
    before = previews.version_before(found) if held or found.state in SETTLED else None
    changes = previews.cell_changes(found, before) if before else []
    moved = previews.would_change(found) if held else []
    waits = held and not found.submitted_at
    return {
        "held": held,
        "questions": queries.questions(found) if held else [],
        "waits_for_signature": found.is_unsigned,
        "may_submit": waits and access.can_accept(person, found),
        "may_discard": held and access.can_accept(person, found),
        "may_sign_off": found.is_unsigned and access.can_sign_off(person, found),
        "totals": previews.totals(found) if held else None,
        "moved": moved[:MOVED],
        "moved_count": len(moved),
        "unmapped": unmapped(found, returns()[found.return_id], queries.problems(found))
        if access.can_accept(person, found)
        else [],
        "overtaken": previews.overtaken_by(found) if held else None,
        "before": before,
        "changes": changes[: previews.LISTED],
        "change_count": len(changes),
    }


def _answers(request: HttpRequest) -> dict[str, str]:
    """The answers in a form: `answer-<code of the problem>`."""
    return {
        name.removeprefix("answer-"): str(text)
        for name, text in request.POST.items()
        if name.startswith("answer-")
    }


@require_POST
def submit(request: HttpRequest, submission_id: int) -> HttpResponse:
    """Answer what was asked and submit a checked file."""
    found = _submission(request, submission_id)
    person = signed_in(request)
    try:
        actions.submit(by=person, submission=found, answers=_answers(request))
    except SubmissionRefused as refusal:
        context = _context(request, submission_id) | {"refusal": str(refusal)}
        return render(request, "performance/submission.html", context, status=422)
    if found.is_unsigned:
        said = "The file was submitted and waits for a second person to sign it off."
    else:
        said = f"The file was submitted. {_counts(found)}"
    messages.success(request, said)
    return redirect("submission", found.pk)


def _counts(found: Submission) -> str:
    """What a file that was just taken does now."""
    if found.state == State.SUPERSEDED:
        return "A newer file about the same period counts instead."
    return "Its numbers count now."


@require_POST
def sign_off(request: HttpRequest, submission_id: int) -> HttpResponse:
    """Sign a colleague's file off."""
    found = _submission(request, submission_id)
    try:
        actions.sign_off(by=signed_in(request), submission=found)
    except SubmissionRefused as refusal:
        context = _context(request, submission_id) | {"refusal": str(refusal)}
        return render(request, "performance/submission.html", context, status=422)
    messages.success(request, f"You signed the file off. {_counts(found)}")
    return redirect("submission", found.pk)


@require_POST
def discard(request: HttpRequest, submission_id: int) -> HttpResponse:
    """Throw away a file that does not count yet."""
    found = _submission(request, submission_id)
    try:
        actions.discard(by=signed_in(request), submission=found)
    except SubmissionRefused as refusal:
        context = _context(request, submission_id) | {"refusal": str(refusal)}
        return render(request, "performance/submission.html", context, status=422)
    messages.success(request, "The file was discarded. Nothing of it counts.")
    return redirect("submission", found.pk)


@require_GET
def problems(request: HttpRequest, submission_id: int) -> HttpResponse:
    """All problems as a CSV file, to mail to whoever made the export."""
    found = _submission(request, submission_id)
    rows = [
        [
            getattr(problem, name) if getattr(problem, name) is not None else ""
            for name in PROBLEM_COLUMNS
        ]
        for problem in queries.problems(found)
    ]
    return csv_response(f"problems-{found.pk}.csv", PROBLEM_COLUMNS, rows)


@require_GET
def file(request: HttpRequest, submission_id: int) -> HttpResponse:
    """The file as it was sent, as an attachment."""
    found = _submission(request, submission_id)
    try:
        content = read_file(found)
    except FileNotFoundError as error:
        raise Http404("The file was deleted.") from error
    response = HttpResponse(content, content_type="application/octet-stream")
    extension = found.filename.rsplit(".", 1)[-1].lower() if "." in found.filename else "bin"
    safe = extension if extension in ("csv", "xlsx", "tsv", "txt") else "bin"
    response["Content-Disposition"] = f'attachment; filename="submission-{found.pk}.{safe}"'
    return response


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, submission_id: int) -> HttpResponse:
    """Take an accepted submission back, with a reason."""
    found = _submission(request, submission_id)
    person = signed_in(request)
    access.check_withdraw(person, found)
    form = WithdrawForm(request.POST or None)
    draft = drafts.resume(request, form, f"Withdraw file {found.pk}")
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(by=person, submission=found, reason=form.cleaned_data["reason"])
        except SubmissionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            drafts.finish(request)
            messages.success(
                request, "The file was withdrawn, and what it touched was computed again."
            )
            return redirect("submission", found.pk)
    status = 422 if form.errors else 200
    return render(
        request,
        "performance/withdraw.html",
        {
            "submission": found,
            "area": found.area,
            "number": str(found.pk),
            "form": form,
            "draft": draft,
        },
        status=status,
    )
