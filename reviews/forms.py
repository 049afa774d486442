"""The forms of reviews. Their errors are sentences a person can act on; what was typed stays."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone

from lscb.models import Agency, Area, Person
from lscb.periods import Period, parse
from performance.intake.sentences import kind_in_text
from reviews import queries, workflow
from reviews.models import (
    Action,
    Assessment,
    AuditCase,
    Dissemination,
    Finding,
    Judgement,
    Recommendation,
    Review,
    Standard,
    Theme,
)
from reviews.workflow import Step

PSEUDONYM = "A pseudonym, such as ‘Child J’. Never a child’s or a family’s own name."


def text(label: str, *, required: str = "", rows: int = 4, hint: str = "") -> forms.CharField:
    """A field of several lines; `required` is what is said when it is empty, and nothing means it may be."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=4000,
        required=bool(required),
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": required},
    )


def line(label: str, *, required: str = "", hint: str = "", longest: int = 120) -> forms.CharField:
    """A field of one line."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=longest,
        required=bool(required),
        error_messages={"required": required},
    )


def day(label: str, *, required: str = "", hint: str = "") -> forms.DateField:
    """A day."""
    return forms.DateField(
        label=label,
        help_text=hint,
        required=bool(required),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": required, "invalid": "Write the day as 2026-04-30."},
    )


def choice(label: str, choices: Any, *, required: str = "", hint: str = "") -> forms.ChoiceField:
    """One of several; the empty one stands first."""
    first = "Choose" if required else "Not stated"
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=[("", first), *choices],
        required=bool(required),
        error_messages={"required": required},
    )


def several(queryset: Any, label: str, hint: str = "") -> forms.ModelMultipleChoiceField:
    """Any number of rows, as checkboxes."""
    return forms.ModelMultipleChoiceField(
        queryset,
        label=label,
        help_text=hint,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class SafeForm(forms.Form):
    """A form whose texts hold nothing that identifies a person."""

    def clean(self) -> dict[str, Any]:
        """Say at each field what looks personal, without repeating it."""
        given: dict[str, Any] = super().clean() or {}
        for name, value in list(given.items()):
            kind = kind_in_text(value) if isinstance(value, str) else None
            if kind:
                said = f"This holds what looks like {kind}. Take it out: pseudonyms only."
                self.add_error(name, said)
        return given

    def to_past(self, name: str) -> None:
        """Refuse a day that has not come yet."""
        on: date | None = self.cleaned_data.get(name)
        if on is not None and on > timezone.localdate():
            self.add_error(name, "That day has not come yet.")

    def offer(self, name: str, rows: Any) -> None:
        """Say what a field of rows offers."""
        field = self.fields[name]
        field.queryset = rows  # type: ignore[attr-defined]


class ReviewForm(SafeForm):
    """What the register says of a review."""

    kind = choice("Kind", workflow.CHOICES, required="Choose what kind of review it is.")
    title = line("Name", required="Give it a name.", hint=PSEUDONYM)
    on = day(
        "Day it began",
        required="Say on which day it began.",
        hint="Of a rapid review the day of the notification; its fifteen working days count from here.",
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
    restricted = forms.BooleanField(
        label="Restricted: only the people named below may know of it", required=False
    )
    people = several(Person.objects.none(), "People who may see it")

    def __init__(self, *args: Any, review: Review | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("area", Area.objects.filter(pk__in=[one.pk for one in queries.areas()]))
        self.offer("people", Person.objects.filter(is_active=True).order_by("name"))
        self.fields["area"].initial = settings.PARTNERSHIP_AREA
        if review:
            del self.fields["kind"], self.fields["on"]

    def clean(self) -> dict[str, Any]:
        """A day that began; a restricted review has somebody who may see it."""
        given = super().clean()
        self.to_past("on")
        return given

    @staticmethod
    def initial_of(review: Review) -> dict[str, Any]:
        """What the form shows of a review."""
        names = ("title", "led_by", "summary", "scope", "standard", "strengths", "link")
        shown = {name: getattr(review, name) for name in (*names, "restricted")}
        return shown | {"area": review.area.code, "people": list(review.people.all())}


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


class FindingForm(SafeForm):
    """A finding."""

    kind = choice("What it is", Finding.Kind.choices, required="Choose what it is.")
    text = text("What was found", required="Write what was found.")
    themes = several(Theme.objects.all(), "Themes")


class RecommendationForm(SafeForm):
    """A recommendation."""

    text = text("Recommendation", required="Write the recommendation.")


class DisseminationForm(SafeForm):
    """How learning was passed on."""

    how = choice("How", Dissemination.How.choices, required="Choose how.")
    on = day("On which day")
    reached = line(
        "Whom it reached", hint="Groups and numbers, such as ‘84 practitioners’.", longest=200
    )
    text = text("What was passed on", rows=3)

    def clean(self) -> dict[str, Any]:
        """A day that was."""
        given = super().clean()
        self.to_past("on")
        return given


class CaseForm(SafeForm):
    """A case of an audit."""

    number = forms.IntegerField(
        label="Number of the case",
        min_value=1,
        max_value=999,
        help_text="Its number in this audit, never one from a record.",
        error_messages={"required": "Number the case."},
    )
    about = line("What kind of case", hint="In a few words that fit many children.", longest=200)
    voice = choice("The child’s voice is", AuditCase.Voice.choices)


class JudgementForm(SafeForm):
    """How practice in a case was judged."""

    case = forms.ModelChoiceField(
        AuditCase.objects.none(),
        label="Case",
        empty_label="Choose",
        error_messages={"required": "Choose the case."},
    )
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label="Agency", required=False, empty_label="All together"
    )
    grade = choice("Judgement", Judgement.Grade.choices, required="Choose the judgement.")
    text = text("Why", rows=3)

    def __init__(self, review: Review, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("case", review.cases.all())
        self.offer("agency", _agencies())


class ActionForm(SafeForm):
    """What an agency does."""

    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label="Agency",
        empty_label="Choose",
        error_messages={"required": "Choose the agency that acts."},
    )
    text = text("What it does", required="Say what the agency does.", rows=3)
    owner = line("Owner", hint="A post, not a name.", longest=100)
    due = day("Due by", required="Say by when it is done.")

    def __init__(self, *args: Any, own: Agency | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("agency", _agencies())
        if own:
            del self.fields["agency"]


class ReportForm(SafeForm):
    """How an action stands."""

    state = choice("How it stands", Action.State.choices, required="Choose how it stands.")
    progress = text(
        "What was done",
        hint="When it is done: what is different for children because of it, and how it is known.",
    )
    done_on = day("Done on")

    def clean(self) -> dict[str, Any]:
        """What is done has its day and says what was done."""
        given = super().clean()
        self.to_past("done_on")
        if given.get("state") == Action.State.DONE:
            if not given.get("done_on") and "done_on" not in self.errors:
                self.add_error("done_on", "Say on which day it was done.")
            if not given.get("progress") and "progress" not in self.errors:
                self.add_error("progress", "Say what was done, and what is different.")
        return given


class EvidenceForm(SafeForm):
    """The proof that a recommendation is embedded."""

    evidence = text(
        "What is different, and how is it known?",
        hint="Not what was done: what it changed for children. Empty while there is no proof.",
    )
    evidence_on = day("Seen on")
    re_audit_due = day("To be audited again by")
    re_audit = forms.ModelChoiceField(
        Review.objects.none(),
        label="Audit that looked again",
        required=False,
        empty_label="None yet",
    )

    def __init__(self, person: Person, found: Recommendation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = (workflow.MULTI_AGENCY_AUDIT, workflow.SINGLE_AGENCY_AUDIT)
        self.offer("re_audit", queries.reviews(person).filter(kind__in=kinds))
        if found.re_audit_id and not found.looked_again:  # type: ignore[attr-defined]
            del self.fields[
                "re_audit"
            ]  # there is one that this person may not see: it stays as it is

    def clean(self) -> dict[str, Any]:
        """Evidence has its day."""
        given = super().clean()
        self.to_past("evidence_on")
        if given.get("evidence") and not given.get("evidence_on") and not self.errors:
            self.add_error("evidence_on", "Say on which day it was seen.")
        return given


class ThemeForm(SafeForm):
    """A theme."""

    name = line("Name", required="Name the theme.", longest=100)
    about = text("What the reviews found", hint="Over all of them.")
    done = text("What was done about it")


class RoundForm(SafeForm):
    """A round of section 11."""

    year = line("Financial year", required="Write a financial year.", hint="Such as 2026-27.")
    standards = several(Standard.objects.all(), "Standards asked about")
    agencies = several(Agency.objects.none(), "Agencies asked")
    due = day("Answers due by", required="Say by when agencies answer.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("agencies", _agencies())

    def clean_year(self) -> Period:
        """The year."""
        try:
            return parse(self.cleaned_data["year"].strip().replace("/", "-"))
        except ValueError as error:
            raise forms.ValidationError("Write a financial year such as 2026-27.") from error


class AssessmentForm(SafeForm):
    """An agency's own assessment against one standard. What is missing is asked for only when it is sent."""

    rating = choice("How far is the standard met?", Assessment.Rating.choices)
    evidence = text("What shows it?", hint="Where it can be seen: a policy, an audit, numbers.")
    to_improve = text(
        "What is still to improve, and what will be done?",
        rows=3,
        hint="Where the standard is not fully met.",
    )


class WordsForm(SafeForm):
    """A question or an answer."""

    text = text("Text", required="Write it.", rows=3)


def _agencies() -> Any:
    return Agency.objects.filter(pk__in=[one.pk for one in queries.agencies()]).order_by("name")


# The parts of a review that are added and changed on a page of their own: by their word in the address.
PartForm = Callable[..., SafeForm]
PARTS: dict[str, tuple[type[Any], PartForm, str]] = {
    "finding": (Finding, FindingForm, "a finding"),
    "recommendation": (Recommendation, RecommendationForm, "a recommendation"),
    "dissemination": (Dissemination, DisseminationForm, "how it was passed on"),
    "case": (AuditCase, CaseForm, "a case"),
}
