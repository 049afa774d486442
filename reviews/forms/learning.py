"""The forms of what comes out of a review: findings, recommendations, actions, evidence, judged cases."""

from typing import Any

from django import forms

from lscb.models import Agency, Person
from reviews import queries, workflow
from reviews.forms.fields import SafeForm, agencies, choice, day, figures, line, several, text
from reviews.models import (
    Action,
    AuditCase,
    Dissemination,
    Finding,
    Judgement,
    Recommendation,
    Review,
    Theme,
)


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
        self.offer("agency", agencies())


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
        self.offer("agency", agencies())
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
    indicators = figures()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_chosen_first("indicators")


# The parts of a review that are added and changed on a page of their own: by their word in the address.
PARTS: dict[str, tuple[type[Any], type[SafeForm], str, str]] = {
    "finding": (
        *(Finding, FindingForm, "a finding"),
        "One thing that was found, a strength or something to improve. Themes tie it to the findings of other reviews.",
    ),
    "recommendation": (
        *(Recommendation, RecommendationForm, "a recommendation"),
        "What is asked for, and of whom in general. Agencies’ actions and the proof of impact are added to it.",
    ),
    "dissemination": (
        *(Dissemination, DisseminationForm, "how it was passed on"),
        "How what was learned reached those who need it: a one-page summary, training, a practice week, a briefing.",
    ),
    "case": (
        *(AuditCase, CaseForm, "a case"),
        "A case that was read. It is known by its number in this audit alone; judgements are added to it.",
    ),
}
