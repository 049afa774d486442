"""Live figures in forms: the list to pick from, put into a text without a script too, and what stands for nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField
from django.http import HttpRequest, QueryDict

from lscb.models import Area
from performance.indicators.claims.placeholders import (
    Choice,
    Live,
    choices,
    faults,
    live_figures,
    named,
)
from performance.indicators.spec import IndicatorSpec, indicators
from performance.queries import claims

PUT, LIST = (
    "put-figure",
    "list-figures",
)  # the buttons: put a figure into a text; list those of an indicator


@dataclass(frozen=True)
class Group:
    """The figures of an indicator that can be put into a text."""

    id: str
    title: str
    choices: list[Choice]


@dataclass(frozen=True)
class Picker:
    """What a form with texts offers: the figures by indicator, the texts that they can go into, what stands in those
    now, and what of it stands for nothing (the text's label, and what to do)."""

    name: str
    texts: list[BoundField]
    into: str
    groups: list[Group]
    others: list[IndicatorSpec]
    other: str
    held: list[Live]
    faults: list[tuple[str, str]]

    @property
    def last(self) -> str:
        """The name of the text that it stands after."""
        return self.texts[-1].html_name


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent of a form to be kept; None where the page was opened, or a figure was picked."""
    return request.POST if request.method == "POST" and not _picks(request) else None


def held(request: HttpRequest, form: forms.BaseForm, field: str) -> str:
    """What a field of a form holds: what was typed, where a figure was picked; else what the form shows."""
    if _picks(request):
        return request.POST.get(form.add_prefix(field), "")
    return str(form[field].value() or "")


def _picks(request: HttpRequest) -> bool:
    return PUT in request.POST or LIST in request.POST


def picker(
    request: HttpRequest,
    form: forms.BaseForm,
    area: Area,
    texts: Iterable[str],
    ids: Sequence[str] = (),
    name: str = "",
) -> Picker:
    """The figures of some indicators in an area (of `ids`, and of another that was asked for) for the texts of a form.

    A figure that was picked is put at the end of its text, and the form, made of `sent`, holds what was typed. `name`
    tells forms of the same page apart, and is the value of their buttons.
    """
    fields = [one for one in texts if one in form.fields]
    into = request.POST.get("into", "")
    into = into if into in fields else fields[0]
    mine = request.POST.get(PUT, request.POST.get(LIST)) == (name or "1")
    if _picks(request) and mine:
        _fill(form, request.POST)
        if PUT in request.POST:
            text = f"{form.initial[into].rstrip()} {request.POST.get('figure', '')}".strip()
            form.initial[into] = text
    other = request.POST.get("figures-of", "") if mine else ""
    wanted = [one for one in dict.fromkeys((other, *ids)) if one in indicators()]
    written = {one: str(form[one].value() or "") for one in fields}
    facts = claims.of(area, {*wanted, *named(written.values())})
    groups = [Group(one, indicators()[one].title, choices(one, facts)) for one in wanted]
    return Picker(
        name=name or "1",
        texts=[form[one] for one in fields],
        into=into,
        groups=[one for one in groups if one.choices],
        others=[one for one in indicators().values() if one.is_fed],
        other=other,
        held=live_figures("\n".join(dict.fromkeys(written.values())), facts),
        faults=[
            (str(form[one].label).split(" (")[0], fault)
            for one, text in written.items()
            for fault in faults(text, facts)
        ],
    )


def _fill(form: forms.BaseForm, given: QueryDict) -> None:
    """Let a form hold what was typed, without judging it."""
    for name, field in form.fields.items():
        posted = form.add_prefix(name)
        value = field.widget.value_from_datadict(given, {}, posted)
        form.initial[name] = "" if value is None else value
