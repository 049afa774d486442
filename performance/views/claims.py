"""A text about the figures, checked against them before it is published."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from lscb import access
from lscb.http import signed_in
from lscb.models import Area
from lscb.periods import Period, parse
from performance.indicators.claims import check
from performance.indicators.claims.placeholders import choices, live_figures
from performance.indicators.spec import indicators
from performance.queries import claims, observations
from performance.views.common import chosen_area

LONGEST = 100_000  # characters: an annual report has about as many


class ClaimsForm(forms.Form):
    """The text, the area it is about, and the financial year."""

    area = forms.ChoiceField(label="Area")
    year = forms.ChoiceField(
        label="Financial year the text is about",
        required=False,
        help_text="For claims that name no period, such as 'this year'.",
    )
    text = forms.CharField(
        label="Text",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": "Paste the text that is to be checked."},
        help_text="Nothing of it is kept. Write no names: the check needs none.",
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
    areas = observations.areas_with_data()
    area = chosen_area(request)
    form = ClaimsForm(
        request.POST if request.method == "POST" else None,
        areas=areas,
        years=claims.years(),
        initial={"area": area.code, "text": ""},
    )
    context: dict[str, object] = {"form": form, **_picking(request, area)}
    status = 200
    if request.method == "POST":
        if form.is_valid():
            context |= _checked(form)
        else:
            status = 422
    return render(request, "performance/claims.html", context, status=status)


def _picking(request: HttpRequest, area: Area) -> dict[str, object]:
    """The list of live figures to pick from, once an indicator was chosen."""
    pick = request.GET.get("pick", "")
    known = pick in indicators()
    return {
        "picking_area": area,
        "indicators": [one for one in indicators().values() if one.has_data_source],
        "pick": pick if known else "",
        "picks": choices(pick, claims.of(area, [pick])) if known else [],
    }


def _checked(form: ClaimsForm) -> dict[str, object]:
    area = observations.area(form.cleaned_data["area"])
    if area is None:
        return {}
    text = form.cleaned_data["text"]
    facts = claims.facts(area, text)
    year = parse(form.cleaned_data["year"]) if form.cleaned_data["year"] else None
    known = claims.live(area, [text])
    live = live_figures(text, known) if known else []
    full = claims.written_out(text, known)
    return {
        "area": area,
        "findings": check(full, facts, year),
        "live": live,
        "written_out": full if live else "",
        "done": True,
    }
