"""Filters and tags of the pages of reviews. Load them with `{% load reviews %}`."""

from django import template

register = template.Library()

GRADES = {"outstanding": "green", "good": "green", "requires": "amber", "inadequate": "red"}
ACTIONS = {"open": "amber", "under-way": "blue", "done": "green"}


@register.filter
def grade_kind(grade: str) -> str:
    """The colour of a judgement's chip."""
    return GRADES.get(grade, "grey")


@register.filter
def action_kind(state: str) -> str:
    """The colour of the chip of how an action stands."""
    return ACTIONS.get(state, "grey")
