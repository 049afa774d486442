"""The forms of performance's pages. Their errors are sentences a person can act on."""

import hashlib
from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils import timezone

from lscb.models import Agency, Area, Person
from lscb.periods import Period, month_of, parse
from performance.intake.spec import ReturnSpec
from performance.intake.values import Fault, read_period
from performance.queries import submissions


class UploadForm(forms.Form):
    """One file for one return, area and period."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="Agency", empty_label=None)
    area = forms.ModelChoiceField(
        Area.objects.none(),
        label="Area the figures are about",
        to_field_name="code",
        empty_label=None,
    )
    period = forms.CharField(
        label="Period",
        max_length=30,
        help_text="A month such as 2025-04, a quarter such as 2025-26-Q1, or a year such as 2025-26 whose rows "
        "state their months.",
        error_messages={"required": "Enter the period the file is for, for example 2025-04."},
    )
    file = forms.FileField(
        label="CSV or Excel file",
        allow_empty_file=True,
        error_messages={"required": "Choose the file to send."},
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=100, required=False)

    def __init__(self, person: Person, spec: ReturnSpec, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.spec = spec
        agencies = submissions.agencies_for(person, spec)
        areas = submissions.areas_for_upload()
        self._field("agency").queryset = Agency.objects.filter(pk__in=[one.pk for one in agencies])
        self._field("area").queryset = Area.objects.filter(
            pk__in=[one.pk for one in areas]
        ).order_by("synthetic", "name")
        if len(agencies) == 1:
            self.fields["agency"].initial = agencies[0]
        home = next((one for one in areas if one.code == settings.PARTNERSHIP_AREA), None)
        self.fields["area"].initial = home.code if home else None

    def key_of(self, content: bytes) -> str | None:
        """What makes two clicks one submission: the form as it was opened, and everything that was chosen in it. The
        same form sent again with another file is another submission."""
        chosen = self.cleaned_data
        if not chosen["key"]:
            return None
        parts = (chosen["key"], chosen["agency"].pk, chosen["area"].code, chosen["period"])
        return hashlib.sha256(repr(parts).encode() + content).hexdigest()

    def _field(self, name: str) -> forms.ModelChoiceField:
        return cast("forms.ModelChoiceField", self.fields[name])

    def clean_period(self) -> Period:
        """The period; one that has not begun cannot have a return yet."""
        period = read_period(self.cleaned_data["period"].strip())
        if isinstance(period, Fault):
            raise forms.ValidationError(f"{period.message} {period.suggestion}")
        if period.first > month_of(timezone.localdate()).first:
            raise forms.ValidationError(
                f"{period.label} has not begun yet. Choose an earlier period."
            )
        return period


class WithdrawForm(forms.Form):
    """Why a submission is taken back."""

    reason = forms.CharField(
        label="Why is this file withdrawn?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say why the file is withdrawn, so that others understand the change."
        },
    )


class RebaseForm(forms.Form):
    """From which period on an indicator's limits begin anew, and why."""

    period = forms.ChoiceField(
        label="First period of the new limits",
        error_messages={
            "required": "Choose the period that the new limits begin with.",
            "invalid_choice": "There is no number for that period: choose one from the list.",
        },
    )
    reason = forms.CharField(
        label="What changed, and how do we know?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why the limits should begin anew."},
    )

    def __init__(self, periods: list[Period], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [("", "Choose"), *[(one.code, one.label) for one in periods]]
        cast("forms.ChoiceField", self.fields["period"]).choices = choices

    def clean_period(self) -> Period:
        """The period."""
        return parse(self.cleaned_data["period"])
