"""The form in which an event is added to the charts."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils import timezone

from lscb.models import Area

DAY, MONTH = "day", "month"


class EventForm(forms.Form):
    """What happened, where and when, and how that is known."""

    title = forms.CharField(
        label="What happened",
        max_length=150,
        help_text="Such as: MASH consultation line opens.",
        error_messages={"required": "Say what happened."},
    )
    day = forms.DateField(
        label="Day",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Where only the month is known, any day of it.",
        error_messages={
            "required": "Choose the day.",
            "invalid": "Write the day as a date, such as 2026-12-08.",
        },
    )
    known = forms.ChoiceField(
        label="What is known of when", choices=[(DAY, "The day"), (MONTH, "Only the month")]
    )
    area = forms.ModelChoiceField(
        Area.objects.none(),
        label="Area",
        to_field_name="code",
        empty_label="Choose",
        help_text="It stands on the charts of this area and of those within it.",
        error_messages={"required": "Choose the area that it was in."},
    )
    source = forms.CharField(
        label="How is it known?",
        max_length=300,
        help_text="A report, a minute, a regulation: where somebody can look it up.",
        error_messages={"required": "Say how it is known."},
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = cast("forms.ModelChoiceField[Area]", self.fields["area"])
        field.queryset = Area.objects.filter(synthetic=False).order_by("name")

    def clean_day(self) -> date:
        """A day that has come: what is planned has not happened."""
        day: date = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(
                "That day has not come yet. Add the event when it happened."
            )
        return day
