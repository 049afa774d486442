"""The forms of what the training unit records: courses, sessions, who came, what they said, licences, the workforce."""

from typing import Any, cast

from django import forms

from lscb.periods import QUARTER, YEAR
from performance import contributed
from training.forms.base import RecordForm, period_code
from training.models import Attendance, Course, Evaluation, Licence, Quote, Session, Workforce

YES_NO = ((False, "No"), (True, "Yes"))


class CourseForm(RecordForm):
    """A course. It offers the recommendations that the person may see, and keeps those that it answers beside them."""

    recommendations = forms.MultipleChoiceField(
        label="Recommendations that it answers (optional)",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Those of reviews and audits in the register.",
    )

    class Meta:
        model = Course
        fields = ("title", "about", "recommendations", "answers", "source")
        labels = {
            "about": "What it is about (optional)",
            "answers": "What else it answers (optional)",
            "source": "Source (optional)",
        }
        help_texts = {
            "answers": "In words, where the recommendation is not in the register: which review, which page.",
            "source": "Where the course is described or was reported.",
        }
        error_messages = {"title": {"unique": "There is a course of this title already."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = contributed.recommendations(self.person)
        field = cast("forms.MultipleChoiceField", self.fields["recommendations"])
        field.choices = [(key, thing.title) for key, thing in offered.items()]
        self.others = [key for key in self.instance.recommendations if key not in offered]

    def clean_recommendations(self) -> list[str]:
        """Those that were chosen, and those that it answers and the person may not see."""
        return sorted({*self.cleaned_data["recommendations"], *self.others})


class SessionForm(RecordForm):
    """A session."""

    cancelled = forms.TypedChoiceField(
        label="Was it cancelled?", choices=YES_NO, coerce=lambda value: value in (True, "True")
    )

    class Meta:
        model = Session
        fields = (
            "course", "kind", "mode", "area", "starts", "ends", "capacity", "cost", "cancelled",
            "cancelled_why",
        )  # fmt: skip
        labels = {
            "mode": "How it is held",
            "area": "Area it is for",
            "starts": "First day",
            "ends": "Last day (optional)",
            "capacity": "Places (optional)",
            "cost": "Cost of a place in pounds (optional)",
            "cancelled_why": "Why was it cancelled?",
        }
        help_texts = {
            "starts": "For a quarter of an eLearning course: the first day of the quarter.",
            "ends": "Leave it empty where it is one day.",
            "capacity": "The places offered. Needed for the percentage of places filled.",
            "cancelled_why": "Only where it was cancelled.",
        }


class AttendanceForm(RecordForm):
    """How many places an agency booked."""

    class Meta:
        model = Attendance
        fields = (
            "session", "agency", "booked", "attended", "cancelled_late", "did_not_attend", "free_places",
        )  # fmt: skip
        labels = {
            "booked": "Places booked",
            "attended": "Attended (once known)",
            "cancelled_late": "Cancelled late (once known)",
            "did_not_attend": "Did not attend (once known)",
            "free_places": "Of those booked: free places",
        }
        help_texts = {
            "agency": "Numbers only: never the name of a person.",
            "booked": "For eLearning: learners registered.",
            "attended": "For eLearning: learners who completed the course. Leave it empty while it is not known.",
        }
        error_messages = {
            "__all__": {"unique_together": "This agency has numbers for this session already."}
        }


class EvaluationForm(RecordForm):
    """What the people of a session said."""

    class Meta:
        model = Evaluation
        fields = (
            "session", "answered", "satisfied", "compared", "knowledge_before", "knowledge_after",
            "confidence_before", "confidence_after", "followed_up", "changed_practice",
        )  # fmt: skip
        labels = {
            "answered": "How many answered",
            "satisfied": "Of those: satisfied",
            "compared": "How many rated themselves before and after (optional)",
            "knowledge_before": "Of those: good knowledge before",
            "knowledge_after": "Of those: good knowledge after",
            "confidence_before": "Of those: confident before",
            "confidence_after": "Of those: confident after",
            "followed_up": "How many answered three months later (optional)",
            "changed_practice": "Of those: work differently because of it",
        }
        error_messages = {
            "session": {"unique": "This session has its evaluation already: change that one."}
        }
        help_texts = {
            "compared": "Good or confident is 4 or 5 of 5. Count people; never enter a mean.",
        }


class QuoteForm(RecordForm):
    """What somebody said of a course."""

    themes_text = forms.CharField(
        label="Themes",
        max_length=300,
        help_text="Separate them by commas, for example: confidence to act, learning passed on.",
        error_messages={"required": "Name at least one theme."},
    )

    class Meta:
        model = Quote
        fields = ("course", "role", "agency", "period_code", "text", "source")
        labels = {
            "role": "Role (optional)",
            "period_code": "Quarter or year (optional)",
            "text": "What was said (optional where the source has it)",
            "source": "Source (optional)",
        }
        help_texts = {
            "role": "What the person does, never who they are.",
            "period_code": "Such as 2025-26-Q1 or 2025-26.",
            "text": "In their words, with nothing by which a child or a colleague could be recognised.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            known = [one.name for one in self.instance.themes.all()]
            self.fields["themes_text"].initial = ", ".join(known)

    def clean_period_code(self) -> str:
        """A quarter or a year, or nothing."""
        return period_code(self.cleaned_data["period_code"], (QUARTER, YEAR))

    def themes(self) -> list[str] | None:
        """The themes that were entered, each once."""
        found = [one.strip()[:80] for one in self.cleaned_data["themes_text"].split(",")]
        return list(dict.fromkeys(filter(None, found)))


class LicenceForm(RecordForm):
    """Licences."""

    class Meta:
        model = Licence
        fields = ("licensed_for", "area", "agency", "people", "ends", "source")
        labels = {
            "people": "How many people",
            "ends": "Licences end on (optional)",
            "source": "Source (optional)",
        }
        help_texts = {"ends": "Leave it empty where it is not known."}


class WorkforceForm(RecordForm):
    """The workforce of an agency."""

    class Meta:
        model = Workforce
        fields = ("area", "agency", "year_code", "people", "source")
        labels = {
            "year_code": "Financial year",
            "people": "People who work with children or families",
            "source": "Source (optional)",
        }
        help_texts = {"year_code": "Such as 2025-26."}
        error_messages = {
            "__all__": {"unique_together": "There is a number for this agency and year already."}
        }

    def clean_year_code(self) -> str:
        """A financial year."""
        return period_code(self.cleaned_data["year_code"], (YEAR,))
