"""A text about the figures, checked against them before it is published."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from lscb import access, drafts
from lscb.http import signed_in
from lscb.models import Area
from lscb.periods import Period, parse
from performance.forms import live
from performance.indicators.claims import checked
from performance.indicators.claims.placeholders import live_figures
from performance.queries import claims, observations
from performance.views.common import chosen_area


class ClaimsForm(forms.Form):
    """The text, the area it is about, and the financial year."""

    area = forms.ChoiceField(label="Area")
    year = forms.ChoiceField(
        label="Financial year the text is about",
        required=False,
        help_text="For claims that name no period, such as ‘this year’.",
    )
    text = forms.CharField(
        label="Text",
        max_length=claims.LONGEST,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": "Paste the text that is to be checked."},
        help_text="Only your own draft of it is kept, until it is checked. Write no names: the check needs none.",
    )

    def __init__(
        self, *args: object, areas: list[Area], years: list[Period], **more: object
    ) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        area, year = self.fields["area"], self.fields["year"]
        if isinstance(area, forms.ChoiceField) and isinstance(year, forms.ChoiceField):
            area.choices = [(one.code, one.name) for one in areas]
            year.choices = [("", "The latest figures"), *[(one.code, one.label) for one in years]]


@require_http_methods(["GET", "POST"])
def claims_page(request: HttpRequest) -> HttpResponse:
    """The form; after it was sent, what the data contradict, with the recomputed value."""
    access.check_see_figures(signed_in(request))
    form = ClaimsForm(
        live.sent(request),
        areas=observations.areas_with_data(),
        years=claims.years(),
        initial={"area": chosen_area(request).code, "text": ""},
    )
    draft = drafts.resume(request, form, "Check a text")
    context: dict[str, object] = {"form": form, "draft": draft}
    if form.is_valid():
        drafts.finish(request)
        context |= _checked(form)
    area = observations.area(str(request.POST.get("area", ""))) or chosen_area(request)
    context["picker"] = live.picker(request, form, area, ["text"])
    return render(request, "performance/claims.html", context, status=422 if form.errors else 200)


def _checked(form: ClaimsForm) -> dict[str, object]:
    area = observations.area(form.cleaned_data["area"])
    if area is None:
        return {}
    text = form.cleaned_data["text"]
    facts = claims.facts(area, text)
    year = parse(form.cleaned_data["year"]) if form.cleaned_data["year"] else None
    known = claims.live(area, [text])
    full = claims.written_out(text, known)
    result = checked(full, facts, year)
    return {
        "area": area,
        "findings": result.findings,
        "telling": result.telling,
        "held": result.held,
        "live": live_figures(text, known) if known else [],
        "written_out": full,
        "done": True,
    }
