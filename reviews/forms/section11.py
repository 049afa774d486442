"""The forms of section 11: a round, an agency's own assessment, and words between peers."""

from typing import Any

from django import forms

from lscb.models import Agency
from lscb.periods import Period, parse
from reviews.forms.fields import SafeForm, agencies, choice, day, line, several, text
from reviews.models import Assessment, Standard


class RoundForm(SafeForm):
    """A round of section 11."""

    year = line("Financial year", required="Write a financial year.", hint="Such as 2026-27.")
    standards = several(Standard.objects.all(), "Standards asked about")
    agencies = several(Agency.objects.none(), "Agencies asked")
    due = day("Answers due by", required="Say by when agencies answer.")
    about = text(
        "About the round",
        rows=3,
        hint="How it is held, such as with round tables, and what is to follow from it.",
    )

    def __init__(self, *args: Any, opened: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("agencies", agencies())
        if opened:
            del self.fields["year"]

    def clean_year(self) -> Period:
        """The year."""
        try:
            return parse(self.cleaned_data["year"].strip().replace("/", "-"))
        except ValueError as error:
            raise forms.ValidationError("Write a financial year such as 2026-27.") from error


class StandardForm(SafeForm):
    """A standard."""

    number = forms.IntegerField(
        label="Number",
        min_value=1,
        max_value=99,
        error_messages={"required": "Number the standard."},
    )
    name = line("Name", required="Name the standard.")
    about = text(
        "What meeting it looks like",
        required="Say what meeting it looks like.",
        hint="What agencies judge themselves against, in your own words or with its place in the guidance.",
    )


class AssessmentForm(SafeForm):
    """An agency's own assessment against one standard. What is missing is asked for only when it is sent."""

    rating = choice("How far is the standard met?", Assessment.Rating.choices)
    evidence = text("What shows it?", hint="Where it can be seen: a policy, an audit, numbers.")
    to_improve = text(
        "What is still to improve, and what will be done?",
        rows=3,
        hint="Where the standard is not fully met.",
    )


class PeerChallengeForm(SafeForm):
    """What somebody else asks about an assessment."""

    text = text("What do you ask?", required="Write it.", rows=3)


class PeerAnswerForm(SafeForm):
    """What the agency answers."""

    answer = text("Your answer", required="Write it.", rows=3)
