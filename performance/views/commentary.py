"""What an indicator's figures tell: reading, writing and agreeing commentary for a quarter."""

from collections.abc import Collection, Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from lscb import access, drafts
from lscb.http import signed_in
from lscb.models import Agency, Area, Person
from lscb.periods import QUARTER, Period, parse
from performance.actions import commentary as actions
from performance.actions.commentary import CommentaryRefused
from performance.forms import live
from performance.forms.meetings import CommentaryForm
from performance.indicators import narrative
from performance.indicators.series import Value
from performance.indicators.spec import IndicatorSpec, indicators
from performance.models import Commentary
from performance.queries import challenges, claims, editions, events, observations
from performance.queries import commentary as queries
from performance.views.common import chosen_area, quarter_to_open

SUBGROUP = "subgroup"
KINDS = ("month", "quarter", "year")
QUARTERS = 8  # how many are offered to read about


@require_http_methods(["GET", "POST"])
def commentary(request: HttpRequest, indicator_id: str) -> HttpResponse:
    """What was said about an indicator in a quarter (`?period=`), with a form for those who may write."""
    person = signed_in(request)
    access.check_see_figures(person)
    spec = indicators().get(indicator_id.upper())
    if spec is None:
        raise Http404(f"There is no indicator '{indicator_id}'.")
    area = chosen_area(request)
    period = _period(request, area)
    values = observations.values(indicator_ids=[spec.id], areas=[area.code], period_types=KINDS)
    anew = events.rebases([area.code]).get(area.code, {}).get(spec.id, ())
    said = draft(spec, values, period, anew)
    quarters = [one for one in values if one.period_type == QUARTER]
    wordings = queries.history(spec.id, area, quarters)
    own = _own(request, person, wordings, period)
    form = _form(request, person, own.raw if own else said, own)
    refusal = ""
    title = f"What {spec.title} tells, {period.label}, {area.name}"
    kept = drafts.resume(request, form, title) if form else None
    if "agree" in request.POST:
        refusal = _agree(request, person)
        if not refusal:
            return redirect(_address(spec, area, period))
    elif live.sent(request) is not None:
        done = _take(person, spec, area, period, form)
        if done:
            drafts.finish(request)
            messages.success(request, done)
            return redirect(_address(spec, area, period))
    context = {
        "spec": spec,
        "area": area,
        "period": period,
        "draft": said,
        "form": form,
        "refusal": refusal,
        "despite": request.POST.get("despite", ""),
        "edition": editions.closed(area, period),
        "kept": kept,
        "picker": live.picker(request, form, area, ["text"], [spec.id]) if form else None,
        "may_take_out": access.can(person, access.Action.TAKE_WORDS_OUT),
        "own": own,
        **_wordings(person, area, period, quarters, wordings),
    }
    status = 422 if refusal or (form and form.errors) else 200
    return render(request, "performance/commentary.html", context, status=status)


def _wordings(
    person: Person,
    area: Area,
    period: Period,
    quarters: Sequence[Value],
    wordings: Sequence[queries.Said],
) -> dict[str, object]:
    """What stands about the quarter, each with whether the person may agree it and what the figures contradict in it
    now; earlier wordings; and the quarters to choose from."""
    standing = queries.newest(wordings, period)
    earlier = [one for one in wordings if one not in standing]
    return {
        "periods": _offered(period, quarters, wordings),
        "standing": [(one, _may_agree(person, one)) for one in queries.as_of_now(area, standing)],
        "earlier": earlier,
    }


def _address(spec: IndicatorSpec, area: Area, period: Period) -> str:
    return f"{reverse('commentary', args=[spec.id])}?area={area.code}&period={period.code}"


def _period(request: HttpRequest, area: Area) -> Period:
    text = request.GET.get("period", "")
    try:
        period = parse(text) if text else quarter_to_open(area)
    except ValueError as error:
        raise Http404(str(error)) from error
    return period if period.kind == QUARTER else Period(period.last - 2, 3).quarter


def draft(
    spec: IndicatorSpec, values: Sequence[Value], period: Period, rebases: Collection[Period] = ()
) -> str:
    """What the figures of a quarter, else the latest before it, say by themselves, to be edited into what they mean.
    `values` are of every kind of period, because a quarter is judged by the chart of its months."""
    known = [value for value in values if value.period.last <= period.last]
    if any(value.period == period and value.is_reported for value in known):
        return narrative.paragraph(spec, known, period, rebases=rebases)
    longer = [value for value in known if value.period_type != "month"]
    return narrative.latest(spec, longer or known, rebases=rebases)


def _own(
    request: HttpRequest, person: Person, wordings: Sequence[queries.Said], period: Period
) -> queries.Said | None:
    """The person's own newest wording about a quarter, which the form goes on from; none where the address asks for
    the draft again (`?draft=1`)."""
    if "draft" in request.GET:
        return None
    mine = [one for one in wordings if one.period == period and one.written_by_id == person.pk]
    return mine[0] if mine else None


def _form(
    request: HttpRequest, person: Person, text: str, own: queries.Said | None
) -> CommentaryForm | None:
    """The form, where the person may write for anybody. It begins with a text, and with the voice of their `own`
    wording."""
    voices = [(SUBGROUP, "The Performance Subgroup")] if _writes(person, None) else []
    voices += [(str(one.pk), one.name) for one in challenges.agencies() if _writes(person, one)]
    if not voices:
        return None
    sent = live.sent(request)
    given = sent if sent is not None and "text" in sent else None
    voice = next((code for code, name in voices if own and name.endswith(own.who)), voices[0][0])
    return CommentaryForm(voices, given, initial={"text": text, "voice": voice})


def _writes(person: Person, agency: Agency | None) -> bool:
    return access.can_write_commentary(person, agency)


def _may_agree(person: Person, said: queries.Said) -> bool:
    return not said.is_agreed and access.can_agree_commentary(person, said.written_by_id)


def _take(
    person: Person,
    spec: IndicatorSpec,
    area: Area,
    period: Period,
    form: CommentaryForm | None,
) -> str:
    """Keep a new wording; what was done in words, empty where the form says what is wrong."""
    if form is None:
        access.refuse(person, "write commentary")
    if not form.is_valid():
        return ""
    voice, text = form.cleaned_data["voice"], form.cleaned_data["text"]
    wrong = claims.faults(area, text)
    if wrong:
        form.add_error("text", " ".join(wrong))
        return ""
    agency = None if voice == SUBGROUP else Agency.objects.filter(pk=voice).first()
    try:
        actions.write_commentary(
            by=person,
            indicator=spec.id,
            area=area,
            period=period,
            text=text,
            agency=agency,
            live=claims.kept(area, [text]),
        )
    except CommentaryRefused as refusal:
        form.add_error("text", str(refusal))
        return ""
    return "The wording is kept. Somebody else agrees it."


def _agree(request: HttpRequest, person: Person) -> str:
    """Agree a wording; why that is refused, empty where it is done."""
    found = request.POST["agree"]
    row = Commentary.objects.filter(pk=int(found)).first() if found.isdecimal() else None
    if row is None:
        raise Http404("There is no such wording.")
    despite = request.POST.get("despite", "")
    try:
        actions.agree_commentary(by=person, commentary=row, despite=despite)
    except CommentaryRefused as refusal:
        return str(refusal)
    messages.success(request, "The wording is agreed.")
    return ""


def _offered(
    period: Period, values: Sequence[Value], wordings: Sequence[queries.Said]
) -> list[Period]:
    """The quarters to choose from: the latest with figures, those written about, and the one that is shown."""
    with_figures = sorted({one.period for one in values if one.is_reported})[-QUARTERS:]
    return sorted({period, *with_figures, *(one.period for one in wordings)})
