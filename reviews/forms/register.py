"""The forms of the register: a review, and a step to its next state."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from lscb.models import Area, Person
from reviews import queries, workflow
from reviews.forms.fields import PSEUDONYM, SafeForm, choice, day, figures, line, several, text
from reviews.models import Review, StateChange
from reviews.workflow import Step


class ReviewForm(SafeForm):
    """What the register says of a review."""

    kind = choice("Kind", workflow.CHOICES, required="Choose what kind of review it is.")
    title = line("Name", required="Give it a name.", hint=PSEUDONYM)
    on = day(
        "Day it began",
        required="Say on which day it began.",
        hint="Of a rapid review the day on which the local authority knew of the incident: five working days for the "
        "notification count from it, and fifteen for the review from the notification.",
    )
    area = forms.ModelChoiceField(
        Area.objects.none(), label="Area", to_field_name="code", empty_label=None
    )
    led_by = line("Led by", hint="An agency, a group or a reviewer’s post.")
    summary = text("Summary", hint="What it is about. No names, dates of birth or addresses.")
    scope = text("Scope", rows=3, hint="What is looked at, and which cases.")
    standard = text(
        "Standard", rows=3, hint="Audits: what good practice is, and where it is written."
    )
    strengths = text("Strengths", rows=3)
    link = forms.URLField(
        label="Published at",
        required=False,
        max_length=300,
        assume_scheme="https",
        error_messages={"invalid": "Write the whole address, such as https://example.org/report."},
    )
    indicators = figures()
    restricted = forms.BooleanField(
        label="Restricted: only the people named below may know of it", required=False
    )
    people = several(Person.objects.none(), "People who may see it")

    def __init__(self, *args: Any, review: Review | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("area", Area.objects.filter(pk__in=[one.pk for one in queries.areas()]))
        named = review.people.values("pk") if review else ()  # also who does not sign in now
        people = Person.objects.filter(Q(is_active=True) | Q(pk__in=named))
        self.offer("people", people.order_by("name"))
        self.offer_chosen_first("indicators")
        self.fields["area"].initial = settings.PARTNERSHIP_AREA
        if review:
            del self.fields["kind"], self.fields["on"]

    def clean(self) -> dict[str, Any]:
        """A day that began; a restricted review has somebody who may see it."""
        given = super().clean()
        self.to_past("on")
        return given

    @classmethod
    def initial_of(cls, row: Review) -> dict[str, Any]:
        """What the form shows of a review."""
        return super().initial_of(row) | {"area": row.area.code}


class TakeOverForm(SafeForm):
    """Why somebody takes over what nobody else can open."""

    reason = text(
        "Why you take them over",
        required="Say why.",
        rows=2,
        hint="It stands in the history of each review.",
    )


class ReasonForm(SafeForm):
    """Why words are taken out of a history."""

    reason = text(
        "Why they are taken out",
        required="Say why.",
        rows=2,
        hint="It stands in the history instead. Do not repeat what is taken out.",
    )


class DayForm(SafeForm):
    """On which day a state was reached, and what was written down then."""

    on = day("On which day", required="Say on which day.")
    text = text("What was written down", rows=3)

    @classmethod
    def initial_of(cls, row: StateChange) -> dict[str, Any]:
        """What the form shows of a state that was reached."""
        return {"on": row.on, "text": row.note}

    def clean(self) -> dict[str, Any]:
        """A day that was."""
        given = super().clean()
        self.to_past("on")
        return given


class StepForm(SafeForm):
    """A step to the next state: its day, and what it asks to be written down."""

    on = day("On which day", required="Say on which day.")

    def __init__(self, step: Step, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step = step
        self.fields["on"].initial = timezone.localdate()
        self.fields["text"] = (
            text(step.asks, required="Write an answer.") if step.asks else text("Note", rows=2)
        )
        if step.opens:
            words = workflow.KINDS[step.opens].words.lower()
            self.fields["title"] = line(
                f"Name of the {words}", hint=f"{PSEUDONYM} Empty: the name of this one is kept."
            )

    def clean(self) -> dict[str, Any]:
        """A day that was."""
        given = super().clean()
        self.to_past("on")
        return given
