"""The forms of what the training unit writes: its programme, and what a quarter's training tells."""

from typing import Any, cast

from django import forms

from lscb.periods import YEAR
from performance.indicators.spec import indicators
from training.forms.base import RecordForm, period_code
from training.models import Commentary, ProgrammeEntry


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
        return period_code(self.cleaned_data["year_code"], (YEAR,))


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
