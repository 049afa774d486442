"""The forms of steps with training's records: taking one out, sending a quarter as a return."""

from django import forms

from lscb.models import Area
from lscb.periods import QUARTER
from training.forms.base import period_code


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
        return period_code(self.cleaned_data["quarter"], (QUARTER,))
