"""Filters and tags of every page: numbers and periods in words, the look of states.

Load them with `{% load lscb %}`. Numbers are written by lscb.numbers, periods by lscb.periods; nothing is done twice.
"""

from typing import Any

from django import forms, template
from django.forms import BoundField

from lscb import numbers, periods

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


@register.filter
def variation_words(kind: str) -> str:
    """The words beside a variation icon. Raises KeyError for a kind that has none."""
    return VARIATION_WORDS[kind]


@register.inclusion_tag("parts/chip.html")
def chip(kind: str, text: str) -> dict[str, str]:
    """`{% chip "green" "Met" %}`: a status in words."""
    return {"kind": kind, "text": text}


@register.inclusion_tag("parts/variation.html")
def variation(kind: str, text: str = "") -> dict[str, str]:
    """`{% variation "concern-high" %}`: how a series behaves, as icon and words."""
    return {"kind": kind, "text": text or VARIATION_WORDS[kind]}


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
