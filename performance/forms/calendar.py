"""The forms of the calendar of returns."""

from typing import Any

from django import forms

from lscb.models import Agency, Area
from lscb.periods import Period, parse
from performance.intake.spec import returns

NOT_A_PERIOD = "Enter a period such as 2026-04, 2026-27-Q1 or 2026-27."


class PeriodField(forms.CharField):
    """A text that is a period."""

    def clean(self, value: Any) -> Any:
        """The period, or None for an empty text where that may be."""
        text = super().clean(value).strip()
        if not text:
            return None
        try:
            return parse(text)
        except ValueError as error:
            raise forms.ValidationError(str(error).capitalize() + ".") from error


def _owed_returns() -> list[tuple[str, str]]:
    return [(spec.id, spec.title) for spec in returns().values() if spec.due_from]


class ExemptionForm(forms.Form):
    """Which return an agency does not owe, from when to when, and why."""

    return_id = forms.ChoiceField(label="Return", choices=_owed_returns)
    agency = forms.ModelChoiceField(Agency.objects.all(), label="Agency", empty_label=None)
    area = forms.ModelChoiceField(
        Area.objects.filter(agencies__isnull=False, synthetic=False).distinct(),
        label="Area",
        empty_label="Every area",
        required=False,
    )
    starts = PeriodField(
        label="From period", max_length=10, error_messages={"required": NOT_A_PERIOD},
        help_text="A month such as 2026-04, a quarter such as 2026-27-Q1, or a year such as 2026-27.",
    )  # fmt: skip
    ends = PeriodField(
        label="To period (optional)", max_length=10, required=False,
        help_text="Leave it empty for until further notice.",
    )  # fmt: skip
    reason = forms.CharField(
        label="Why is it not applicable?", max_length=300,
        error_messages={"required": "Say why, so that others understand the gap."},
    )  # fmt: skip

    def clean_starts(self) -> Period:
        """The first period."""
        starts: Period = self.cleaned_data["starts"]
        return starts


class MailForm(forms.Form):
    """Which e-mails a person wants."""

    reminders = forms.BooleanField(
        label="Send me e-mails about returns (before and after a deadline, and the manager’s digest) "
        "and about what is past its day in the business plan",
        required=False,
    )
    digests = forms.BooleanField(
        label="Send me what changed in the figures before a meeting of my group", required=False
    )
