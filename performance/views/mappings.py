"""Pages of an agency's own words for codes: the list, mapping a word, approving and revoking."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lscb import access
from lscb.http import signed_in
from performance import actions
from performance.actions import SubmissionRefused
from performance.actions import mappings as writers
from performance.forms.mappings import MappingForm
from performance.models import Mapping, Submission
from performance.queries import mappings as queries
from performance.queries import submissions


@require_GET
def mappings(request: HttpRequest) -> HttpResponse:
    """The mappings of one's agency; of every agency for the manager."""
    person = signed_in(request)
    access.check_see_submissions(person)
    return render(request, "performance/mappings.html", {"listed": queries.mappings(person)})


@require_http_methods(["GET", "POST"])
def map_code(request: HttpRequest, submission_id: int) -> HttpResponse:
    """Map a word that a refused file holds to a code, for the agency that sent the file."""
    person = signed_in(request)
    found = _submission(request, submission_id)
    access.check_accept(person, found)
    codes, text = request.GET.get("codes", ""), request.GET.get("text", "")
    spec = submissions.spec_of(found)
    known = queries.unmapped(found, spec, submissions.problems(found))
    word = next((one for one in known if (one.text, one.codes) == (text, codes)), None)
    if word is None:
        if request.method == "POST" or codes:
            raise Http404("The file holds no such word.")
        context = {"submission": found, "number": str(found.pk), "known": known}
        return render(request, "performance/map_choose.html", context)
    initial = {"code": word.suggestion}
    form = MappingForm(word.codes, request.POST or None, typed=not text, initial=initial)
    if request.method == "POST" and form.is_valid():
        text = text or form.cleaned_data["text"]
        try:
            writers.propose(
                by=person, agency=found.agency, codes=codes, text=text,
                code=form.cleaned_data["code"],
            )  # fmt: skip
        except writers.MappingRefused as refusal:
            form.add_error("code" if word.text else "text", str(refusal))
        else:
            messages.success(request, _mapped(text, again=bool(found.stored_as)))
            return redirect("submission", found.pk)
    context = {
        "submission": found,
        "number": str(found.pk),
        "area": found.area,
        "word": word,
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "performance/map_code.html", context, status=status)


def _mapped(text: str, *, again: bool) -> str:
    """What to do next. A file that held identifiers was deleted and cannot be checked again."""
    return f"'{text}' is mapped. {'Check' if again else 'Send'} the file again to use it."


@require_POST
def check_again(request: HttpRequest, submission_id: int) -> HttpResponse:
    """Check a refused file once more, as a new submission."""
    found = _submission(request, submission_id)
    try:
        again = actions.check_again(by=signed_in(request), submission=found)
    except SubmissionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("submission", found.pk)
    return redirect("submission", again.pk)


@require_POST
def approve(request: HttpRequest, mapping_id: int) -> HttpResponse:
    """Approve a mapping."""
    person = signed_in(request)
    access.check_approve_mappings(person)
    return _change(request, writers.approve, mapping_id, "The mapping is approved.")


@require_POST
def revoke(request: HttpRequest, mapping_id: int) -> HttpResponse:
    """Revoke a mapping."""
    return _change(request, writers.revoke, mapping_id, "The mapping is revoked.")


def _change(request: HttpRequest, action: object, mapping_id: int, said: str) -> HttpResponse:
    person = signed_in(request)
    access.check_see_submissions(person)
    mapping = get_object_or_404(Mapping.objects.select_related("agency"), pk=mapping_id)
    agency = access.calendar_agency(person)
    if agency is not None and agency != mapping.agency_id:
        raise Http404("There is no such mapping.")
    try:
        action(by=person, mapping=mapping)  # type: ignore[operator]
        messages.success(request, said)
    except writers.MappingRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("mappings")


def _submission(request: HttpRequest, submission_id: int) -> Submission:
    found = submissions.submission(signed_in(request), submission_id)
    if found is None:
        raise Http404("There is no such submission.")
    return found
