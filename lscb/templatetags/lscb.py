"""Filters and tags of every page: numbers and periods in words, the look of states.

Load them with `{% load lscb %}`. Numbers are written by lscb.numbers, periods by lscb.periods; nothing is done twice.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lscb import addresses, context, numbers, periods

register = template.Library()

# A state's colour is never alone: the chip carries the words. green, amber, red, blue, grey.
STATE_KINDS: dict[str, str] = {
    "received": "blue",
    "processing": "blue",
    "refused": "red",
    "needs-answers": "amber",
    "ready": "amber",
    "accepted": "green",
    "superseded": "grey",
    "withdrawn": "grey",
    "failed": "red",
}
VARIATION_WORDS: dict[str, str] = {
    "common": "Usual variation",
    "concern-high": "Concern, high",
    "concern-low": "Concern, low",
    "improvement-high": "Improvement, high",
    "improvement-low": "Improvement, low",
    "special-high": "Special cause, high",
    "special-low": "Special cause, low",
    "few": "Too few points",
    "none": "No data",
}

# Inside an icon: a steady line, a rise, a fall, too little to draw; for assurance a tick, a cross, a question.
RISE, FALL = (
    "M6 18 12 14 17 15 22 8M18 7.5 22.6 7.2 22.4 11.8",
    "M6 9 12 13 17 12 22 19M22.4 14.8V19.4H18",
)
ICONS: dict[str, str] = {
    "common": "M5 15 10 11 15 15 20 10 23 13",
    "concern-high": RISE,
    "improvement-high": RISE,
    "special-high": RISE,
    "concern-low": FALL,
    "improvement-low": FALL,
    "special-low": FALL,
    "few": "M9 14H19",
    "none": "",
    "passes": "M8 14.5 12.5 19 20.5 9.5",
    "fails": "M9 9 19 19M19 9 9 19",
    "hit-and-miss": "M10.5 11.2A3.6 3.6 0 1 1 15.6 14.2C14.5 14.8 14 15.5 14 17M14 20.4V20.5",
}
FRAMES: dict[str, SafeString] = {
    "variation": SafeString('<circle cx="14" cy="14" r="12.5"/>'),
    "assurance": SafeString('<rect x="2" y="2" width="24" height="24" rx="6"/>'),
}
ASSURANCES = ("passes", "fails", "hit-and-miss")
PAPER = {
    "concern": "#b8560a",
    "fails": "#b8560a",
    "improvement": "#14608f",
    "passes": "#14608f",
    "special": "#5b3c88",
}

CONTROLS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.Textarea, "govuk-textarea"),
    (forms.Select, "govuk-select"),
    (forms.FileInput, "govuk-file-upload"),
)


@register.filter
def count(value: Any, status: str = "") -> str:
    """`{{ n|count }}`: 3,215."""
    return numbers.format_count(value, status)


@register.filter
def value(number: Any, unit: str = "count") -> str:
    """`{{ number|value:unit }}`: 26.1%."""
    return numbers.format_value(number, unit)


@register.simple_tag
def figure(observation: Any, unit: str) -> str:
    """`{% figure observation unit %}`: the value of anything with value, numerator, denominator and status."""
    return numbers.format_value(
        observation.value,
        unit,
        numerator=observation.numerator,
        denominator=observation.denominator,
        status=observation.status,
    )


@register.filter
def change(number: Any, unit: str = "count") -> str:
    """`{{ number|change:unit }}`: −32.1 points."""
    return numbers.format_change(number, unit)


@register.filter
def relative_change(number: Any) -> str:
    """`{{ percentage|relative_change }}`: +18.0%."""
    return numbers.format_relative_change(number)


@register.filter
def unit_words(unit: str) -> str:
    """`{{ unit|unit_words }}`: per 10,000."""
    return numbers.unit_words(unit)


@register.filter
def missing(status: str) -> str:
    """`{{ status|missing }}`: suppressed at source."""
    return numbers.missing_words(status)


@register.filter
def plural(number: int, words: str) -> str:
    """`{{ n|plural:"problem" }}` or `{{ n|plural:"agency,agencies" }}`: 3 problems."""
    one, _, many = words.partition(",")
    return numbers.plural(number, one, many)


@register.filter
def file_size(size: int) -> str:
    """`{{ size|file_size }}`: 372 kB."""
    return numbers.format_bytes(size)


@register.filter
def period(code: str) -> str:
    """`{{ code|period }}`: Quarter 1, 2025/26."""
    return periods.parse(code).label


@register.filter
def period_short(code: str) -> str:
    """`{{ code|period_short }}`: Q1 25/26."""
    return periods.parse(code).short


@register.filter
def period_span(code: str) -> str:
    """`{{ code|period_span }}`: April to June 2025."""
    return periods.parse(code).span


@register.filter
def state_kind(state: str) -> str:
    """The chip's kind for a submission's state."""
    return STATE_KINDS.get(state, "grey")


@register.simple_tag
@lru_cache(maxsize=512)
def chip(kind: str, text: str) -> SafeString:
    """`{% chip "green" "Met" %}`: a status in words; its colour only says it again."""
    return format_html('<span class="chip {}">{}</span>', kind, text)


@register.simple_tag
def address(name: str, *args: object) -> str:
    """`{% address "indicator" spec.id %}`: what `{% url %}` gives, sooner where a list asks for many."""
    return addresses.address(name, *args)


@register.simple_tag
def navigation_list(links: Iterable[context.Link]) -> SafeString:
    """`{% navigation_list navigation %}`: the navigation of lscb.context as a list of links."""
    return context.written(tuple(links))


@register.simple_tag
def variation(kind: str, text: str = "") -> SafeString:
    """`{% variation "concern-high" %}`: how a series behaves, as icon and words."""
    return icon("variation", kind, text or VARIATION_WORDS[kind])


@register.simple_tag
def assurance(kind: str, text: str) -> SafeString:
    """`{% assurance "passes" "Passes target" %}`: whether a series can be relied on to meet its target."""
    return icon("assurance", kind, text)


def icon_svg(kind: str) -> str:
    """An icon as an SVG file of its own, for paper, in the colours that lscb.css gives it on white."""
    family = "assurance" if kind in ASSURANCES else "variation"
    colour = next((one for name, one in PAPER.items() if kind.startswith(name)), "#6c7a87")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 28 28" fill="none" stroke="{colour}" '
        f'stroke-width="2.4">{FRAMES[family]}<path d="{ICONS[kind]}"/></svg>'
    )


@lru_cache(maxsize=512)
def icon(family: str, kind: str, text: str) -> SafeString:
    """An icon of variation (a circle) or assurance (a square) with the words that say the same."""
    return format_html(
        '<span class="{} {}"><svg viewBox="0 0 28 28" width="24" height="24" aria-hidden="true">{}'
        '<path d="{}"/></svg><span>{}</span></span>',
        family,
        kind,
        FRAMES[family],
        ICONS[kind],
        text,
    )


@register.filter
def faults(bound: BoundField) -> list[str]:
    """`{% for one in field|faults %}`: what is wrong with a field. One that is only empty is named, because the list of
    a form's faults stands apart from its fields."""
    unnamed = str(forms.Field.default_error_messages["required"])
    named = f"Fill in: {bound.label}."
    return [named if str(one) == unnamed else str(one) for one in bound.errors]


@register.inclusion_tag("parts/field.html")
def field(
    bound: BoundField, label: str = "", hint: str | None = None, autocomplete: str = ""
) -> dict[str, Any]:
    """`{% field form.email label="Email address" %}`: a field in GOV.UK's markup, with its hint and faults.

    Without `hint` the field's own help text is used; an empty one means none. Checkboxes of several choices stand in
    a group, one of a yes or no beside its label.
    """
    widget = bound.field.widget
    hint = str(bound.help_text) if hint is None else hint
    look = next((name for kind, name in CONTROLS if isinstance(widget, kind)), "govuk-input")
    attributes: dict[str, Any] = {
        "class": f"{look} {look}--error" if bound.errors else look,
        "placeholder": False,
        "aria-describedby": False,
    }
    about = [part for part, there in (("hint", hint), ("error", bound.errors)) if there]
    if about:
        attributes["aria-describedby"] = " ".join(f"{bound.id_for_label}-{part}" for part in about)
    if autocomplete:
        attributes["autocomplete"] = autocomplete
    return {
        "bound": bound,
        "is_group": isinstance(widget, forms.CheckboxSelectMultiple),
        "is_check": isinstance(widget, forms.CheckboxInput),
        "label": label or bound.label,
        "hint": hint,
        "control": bound.as_widget(attrs=attributes),
    }
