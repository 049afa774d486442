"""The forms of the agencies: a new one, and that one takes over from another."""

from typing import Any, cast

from django import forms

from lscb.models import Agency, Area
from performance.intake.codes import code_list

NOT_A_DAY = "Write the day as a date, such as 2026-04-01."


def _types() -> list[tuple[str, str]]:
    return [(one.code, one.label) for one in code_list("agency_types")]


class AgencyForm(forms.Form):
    """An agency that takes part from now on, or that takes over from another."""

    name = forms.CharField(
        label="Name", max_length=120, error_messages={"required": "Write the agency’s name."}
    )
    kind = forms.ChoiceField(
        label="Type",
        choices=_types,
        help_text="It decides which returns the agency owes, and whose indicators are its own.",
    )
    areas = forms.ModelMultipleChoiceField(
        Area.objects.none(),
        label="Areas that it sends for",
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one area."},
    )
    first_day = forms.DateField(
        label="First day (optional)",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="It owes nothing for the time before. Leave it empty if it was always there.",
        error_messages={"invalid": NOT_A_DAY},
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = cast("forms.ModelMultipleChoiceField[Area]", self.fields["areas"])
        field.queryset = Area.objects.filter(agencies__isnull=False).distinct().order_by("name")


class ReplacementForm(forms.Form):
    """Until when an agency takes part, and which one takes over."""

    last_day = forms.DateField(
        label="Its last day",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Choose its last day.", "invalid": NOT_A_DAY},
    )
    successor = forms.ModelChoiceField(
        Agency.objects.none(),
        label="Which agency takes over?",
        to_field_name="slug",
        empty_label="Choose",
        error_messages={
            "required": "Choose the agency that takes over.",
            "invalid_choice": "Choose an agency of the list.",
        },
    )

    def __init__(self, agency: Agency, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = cast("forms.ModelChoiceField[Agency]", self.fields["successor"])
        field.queryset = Agency.objects.exclude(pk=agency.pk).order_by("name")
