"""Pages of training's records: lists that filter, sort, page and export; one record with its history; its forms."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import ChoiceField, Field, ModelChoiceField
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from lscb import access, drafts
from lscb.csvfiles import csv_response
from lscb.history import changes_of, events, latest_line
from lscb.http import signed_in
from lscb.lists import Cell, shown
from lscb.models import Area, AuditEvent
from performance.forms import live
from performance.indicators.claims import Finding
from performance.indicators.claims.placeholders import as_they_were
from performance.queries.claims import contradicted, read_out, texts_of
from training import actions, evidence, programme, queries
from training.actions import ChangedMeanwhile, TrainingRefused
from training.forms import FORMS, RecordForm, RemoveForm, form_of
from training.models import Course, ProgrammeEntry, Quote, Record, Session
from training.records import KINDS, Kind

MADE_OF = {
    "attendance": "session",
    "evaluations": "session",
    "quotes": "course",
    "sessions": "course",
}


def _kind(slug: str) -> Kind:
    if slug not in KINDS:
        raise Http404("There is no such list of training.")
    return KINDS[slug]


def _record(kind: Kind, record_id: int) -> Record:
    found = kind.every().filter(pk=record_id).first()
    if not isinstance(found, Record):
        raise Http404(f"There is no such {kind.one}.")
    return found


def _posted(request: HttpRequest) -> QueryDict | None:
    """What was posted to be kept, be it nothing at all; None for a page that is only looked at, or a figure picked."""
    return live.sent(request)


@require_GET
def records(request: HttpRequest, kind: str) -> HttpResponse:
    """A list of records, by its filters, search and order."""
    person = signed_in(request)
    access.check_see_figures(person)
    what = _kind(kind)
    given = request.GET.dict()
    context = {
        "kind": what,
        "list": shown(what.rows(given), given, what.shown, what.filters, what.search),
        "may_edit": access.can_edit_training(person),
        "area": Area.objects.filter(code=given.get("area", "")).first(),
        "themes": evidence.themes() if what.model is Quote else (),
    }
    return render(request, "training/records.html", context)


@require_GET
def records_csv(request: HttpRequest, kind: str) -> HttpResponse:
    """The same list as CSV: what the filters keep, in its order, every page of it."""
    access.check_see_figures(signed_in(request))
    what = _kind(kind)
    rows = (
        [_plain(column.cell(one)) for column in what.columns]
        for one in what.rows(request.GET.dict())
    )
    header = [column.title for column in what.columns]
    return csv_response(f"training-{what.slug}.csv", header, rows)


def _plain(cell: Cell) -> str:
    return cell.text or (cell.chip[1] if cell.chip else "")


@require_GET
def record(request: HttpRequest, kind: str, record_id: int) -> HttpResponse:
    """One record: all of it, what belongs to it, and its history."""
    person = signed_in(request)
    access.check_see_figures(person)
    what = _kind(kind)
    found = _record(what, record_id)
    may_edit = access.can_edit_training(person)
    if found.LIVE:
        read_out([found])
    context: dict[str, Any] = {
        "kind": what,
        "record": found,
        "facts": _facts(found),
        "findings": _contradicted(found) if may_edit else [],
        "history": history(found),
        "may_edit": may_edit,
    }
    about = getattr(found, "session", found)  # a booking lies where its session does
    context["area"] = getattr(about, "area", None)
    if isinstance(found, Course):
        context["answered"] = evidence.answered(found, person)
    if isinstance(found, ProgrammeEntry):
        area = queries.area(None)
        context["line"] = programme.lines(area, [found])[0] if area else None
    if isinstance(found, Session):
        context["attendance"] = found.attendance.all()
        context["evaluation"] = getattr(found, "evaluation", None)
    return render(request, "training/record.html", context)


def _contradicted(found: Record) -> list[Finding]:
    """What the figures contradict in the texts of a record that may hold live figures."""
    texts = "\n".join(texts_of(found))
    return contradicted(found.area, texts) if texts else []  # type: ignore[attr-defined]


def _facts(found: Record) -> list[tuple[str, str]]:
    """What a record holds, in the words of its form."""
    form = FORMS[found.KIND](instance=found)
    state = actions.state(found)
    names = {"themes_text": "themes"}
    return [
        (_label(field), _words(field, state.get(names.get(name, name), "")))
        for name, field in form.fields.items()
        if name != "recommendations"  # shown as links, those that the person may see
    ]


def _label(field: Field) -> str:
    return str(field.label).split(" (")[0]


def _words(field: Field | None, value: str) -> str:
    """A value as its form offers it: an agency by its name, not by its code."""
    if not value or not isinstance(field, ChoiceField) or isinstance(field, ModelChoiceField):
        return value
    offered = cast("list[tuple[Any, Any]]", field.choices)
    return next((str(words) for code, words in offered if str(code) == value), value)


def history(found: Record) -> list[tuple[AuditEvent, list[tuple[str, str, str]]]]:
    """The lines of a record's history, each with what changed: the words of the form, before, after."""
    fields = form_of(found)(instance=found).fields
    return [(event, list(_changed(event, fields))) for event in events(found)]


def _changed(event: AuditEvent, fields: Mapping[str, Field]) -> Iterator[tuple[str, str, str]]:
    said = event.details.get("live", {})  # what live figures said when the line was written
    for name, pair in changes_of(event).items():
        field = fields.get(name)
        if any(pair):
            before, after = (_words(field, as_they_were(text, said)) for text in pair)
            yield _label(field) if field else name, before, after


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, kind: str) -> HttpResponse:
    """Add a record. `?session=` or `?course=` chooses what it belongs to."""
    access.check_edit_training(signed_in(request))
    what = _kind(kind)
    parent = MADE_OF.get(kind, "")
    initial = {parent: request.GET[parent]} if parent in request.GET else {}
    form = FORMS[what.slug](_posted(request), initial=initial, person=signed_in(request))
    return _edit(request, what, form, None)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, kind: str, record_id: int) -> HttpResponse:
    """Change a record."""
    access.check_edit_training(signed_in(request))
    what = _kind(kind)
    found = _record(what, record_id)
    form = FORMS[what.slug](_posted(request), instance=found, person=signed_in(request))
    return _edit(request, what, form, found)


def _edit(request: HttpRequest, what: Kind, form: RecordForm, found: Record | None) -> HttpResponse:
    seen = latest_line(found) if found else 0
    words = str(found) if found else ""
    text = request.POST.get("seen", "")
    seen = int(text) if text.isdecimal() else seen
    sent = _posted(request) is not None
    if sent:
        saved = _save(request, form, seen if found else None)
        if saved:
            drafts.finish(request)
            messages.success(request, "Saved. What changed stands in the history.")
            return redirect(saved)
        if found and form.has_error(NON_FIELD_ERRORS, "changed"):
            seen = latest_line(found)  # told once; whoever saves again means it
    title = f"Change {words}" if found else f"Add {what.a}"
    draft = drafts.resume(request, form, title)
    picker = _picker(request, form)
    context = {
        "kind": what,
        "form": form,
        "record": found,
        "words": words,
        "draft": draft,
        "seen": draft.value("seen", seen),
        "picker": picker,
        "findings": _wrong(form) if picker else [],
    }
    status = 422 if sent else 200
    return render(request, "training/edit.html", context, status=status)


def _picker(request: HttpRequest, form: RecordForm) -> live.Picker | None:
    """The figures that the texts of a record can hold, first those of the indicator that shows it."""
    record = form.instance
    if not record.LIVE:
        return None
    shown = live.held(request, form, "indicator")
    return live.picker(request, form, record.area, record.LIVE, [shown] if shown else [])


def _wrong(form: RecordForm) -> list[Finding]:
    """What the figures contradict in the texts as they stand in a form."""
    written = [str(form[name].value() or "") for name in form.instance.LIVE]
    return contradicted(form.instance.area, "\n".join(written))


def _save(request: HttpRequest, form: RecordForm, seen: int | None) -> Record | None:
    """The record once saved; None after its faults went to the form, which keeps what was typed."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return actions.save(
            by=signed_in(request), record=form.instance, themes=form.themes(), seen=seen
        )
    except ChangedMeanwhile as refusal:
        form.add_error(None, ValidationError(str(refusal), code="changed"))
    except TrainingRefused as refusal:
        field = "themes_text" if refusal.field == "themes" else refusal.field
        form.add_error(field if field in form.fields else None, str(refusal))
    return None


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, kind: str, record_id: int) -> HttpResponse:
    """Take a record out, with a reason."""
    person = signed_in(request)
    access.check_edit_training(person)
    what = _kind(kind)
    found = _record(what, record_id)
    form = RemoveForm(_posted(request))
    draft = drafts.resume(request, form, f"Take out: {found}")
    if request.method == "POST" and form.is_valid():
        try:
            actions.remove(by=person, record=found, reason=form.cleaned_data["reason"])
        except TrainingRefused as refusal:
            form.add_error("reason", str(refusal))
        else:
            drafts.finish(request)
            messages.success(request, "Taken out. The audit trail keeps what it held.")
            return redirect("training-records", what.slug)
    context = {"kind": what, "record": found, "form": form, "draft": draft}
    return render(
        request, "training/remove.html", context, status=422 if request.method == "POST" else 200
    )
