"""The forms of training's records. Their errors are sentences a person can act on."""

from typing import Any, cast

from django import forms

from lscb.models import Area, Person
from lscb.periods import QUARTER, YEAR, parse
from performance import contributed
from performance.indicators.spec import indicators
from performance.intake.codes import code_list
from training.models import (
    AGENCIES,
    Attendance,
    Commentary,
    Course,
    Evaluation,
    Licence,
    ProgrammeEntry,
    Quote,
    Record,
    Session,
    Workforce,
)

YES_NO = ((False, "No"), (True, "Yes"))


def agency_choices() -> list[tuple[str, str]]:
    """The agencies of the code list, as a form offers them."""
    return [(one.code, one.label) for one in code_list(AGENCIES)]


def _areas(field: forms.Field) -> None:
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = Area.objects.filter(agencies__type="training").distinct()
        field.initial = field.queryset.filter(kind=Area.Kind.PARTNERSHIP).first()


def too_long(name: str, most: int) -> str:
    """What a field says of a text that is longer than it holds; the code of a period is never so long."""
    if name.endswith("_code"):
        return "Enter a quarter or a year, such as 2025-26-Q1 or 2025-26."
    return f"Write it in {most} characters or fewer."


def _dress(name: str, field: forms.Field) -> None:
    """Make a field of a model fit for a page: its control, and what it says when it is filled in wrongly."""
    field.error_messages["required"] = f"Fill in: {str(field.label).lower()}."
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = None if name == "area" else "Choose"
    elif isinstance(field, forms.ChoiceField):
        choices = cast("list[tuple[Any, str]]", field.choices)
        field.choices = [(value, "Choose" if value == "" else words) for value, words in choices]
    elif isinstance(field, forms.DateField):
        field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        field.error_messages["invalid"] = "Enter a day, such as 2026-05-31."
    elif isinstance(field, forms.CharField) and field.max_length:
        field.error_messages["max_length"] = too_long(name, field.max_length)
    elif isinstance(field, forms.IntegerField):
        field.widget = forms.TextInput(attrs={"inputmode": "numeric"})
        field.error_messages["invalid"] = "Enter a whole number."


class RecordForm(forms.ModelForm):
    """A record of training. `agency` is one of the code list; days are entered as days."""

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        if "agency" in self.fields:
            old = self.fields["agency"]
            self.fields["agency"] = forms.ChoiceField(
                label=old.label, help_text=old.help_text, choices=agency_choices
            )
        if "area" in self.fields:
            _areas(self.fields["area"])
        hints = self._meta.help_texts or {}
        for name, field in self.fields.items():
            if name not in self.declared_fields:
                field.help_text = hints.get(name, "")  # the models' own are for those who program
            _dress(name, field)

    def themes(self) -> list[str] | None:
        """The themes that were entered; None where the record has none."""
        return None


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
        return _period(self.cleaned_data["period_code"], (QUARTER, YEAR))

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
        return _period(self.cleaned_data["year_code"], (YEAR,))


class ProgrammeForm(RecordForm):
    """An aim, an achievement, or a report that was presented."""

    indicator = forms.ChoiceField(
        label="Indicator that shows it (optional)",
        required=False,
        help_text="Its figure stands beside it in the quarterly report.",
    )

    class Meta:
        model = ProgrammeEntry
        fields = (
            "form", "year_code", "title", "about", "presented_to", "indicator", "course", "source",
        )  # fmt: skip
        labels = {
            "form": "What it is",
            "year_code": "Financial year",
            "title": "In one line",
            "about": "More of it (optional)",
            "presented_to": "Presented to (for a report)",
            "course": "Course that it is about (optional)",
            "source": "Source (optional)",
        }
        help_texts = {
            "year_code": "Such as 2025-26: the year that an aim is for, or in which something was done.",
            "presented_to": "The group or board, never a person.",
            "source": "Where it was reported.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ChoiceField", self.fields["indicator"])
        field.choices = [
            ("", "None"),
            *((one.id, f"{one.id} {one.title}") for one in indicators().values()),
        ]

    def clean_year_code(self) -> str:
        """A financial year."""
        return _period(self.cleaned_data["year_code"], (YEAR,))


class CommentaryForm(RecordForm):
    """What a quarter's training tells. Its area and quarter are those of the report."""

    class Meta:
        model = Commentary
        fields = ("text",)
        labels = {"text": "What this quarter’s training tells us"}
        help_texts = {
            "text": "Change the draft to what the figures mean. Empty takes it out of the report. No names."
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = self.instance.pk is None
        self.fields["text"].error_messages["required"] = "Write what the figures tell."


class RemoveForm(forms.Form):
    """Why a record is taken out."""

    reason = forms.CharField(
        label="Why is it taken out?",
        max_length=300,
        error_messages={"required": "Say why it is taken out."},
    )


class SendForm(forms.Form):
    """Which quarter of which area is sent as a return."""

    area = forms.ModelChoiceField(
        Area.objects.filter(agencies__type="training").distinct(),
        label="Area",
        to_field_name="code",
        empty_label=None,
    )
    quarter = forms.CharField(
        label="Quarter",
        max_length=10,
        help_text="Such as 2025-26-Q1.",
        error_messages={"required": "Enter a quarter, such as 2025-26-Q1."},
    )

    def clean_quarter(self) -> str:
        """The code of a quarter."""
        return _period(self.cleaned_data["quarter"], (QUARTER,))


def _period(text: str, kinds: tuple[str, ...]) -> str:
    text = text.strip()
    if not text:
        return ""
    try:
        period = parse(text)
    except ValueError as error:
        raise forms.ValidationError(str(error).capitalize() + ".") from error
    if period.kind not in kinds:
        raise forms.ValidationError(
            f"Enter a {' or a '.join(kinds)}, such as 2025-26-Q1 or 2025-26."
        )
    return period.code


def form_of(record: Record) -> type[RecordForm]:
    """The form of a record's kind."""
    return CommentaryForm if isinstance(record, Commentary) else FORMS[record.KIND]


FORMS: dict[str, type[RecordForm]] = {
    form.Meta.model.KIND: form
    for form in (
        CourseForm, SessionForm, AttendanceForm, EvaluationForm, QuoteForm, LicenceForm, WorkforceForm,
        ProgrammeForm,
    )
}  # fmt: skip
