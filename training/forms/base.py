"""What every form of training's records shares: its controls, and errors that are sentences a person can act on."""

from typing import Any, cast

from django import forms

from lscb.models import Area, Person
from lscb.periods import parse
from performance.intake.codes import code_list
from training.models import AGENCIES


def _agency_choices() -> list[tuple[str, str]]:
    """The agencies of the code list, as a form offers them."""
    return [(one.code, one.label) for one in code_list(AGENCIES)]


def _areas(field: forms.Field) -> None:
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = Area.objects.filter(agencies__type="training").distinct()
        field.initial = field.queryset.filter(kind=Area.Kind.PARTNERSHIP).first()


def _too_long(name: str, most: int) -> str:
    """What a field says of a text that is longer than it holds; the code of a period is never so long."""
    if name.endswith("_code"):
        return "Enter a quarter or a year, such as 2025-26-Q1 or 2025-26."
    return f"Write it in {most} characters or fewer."


def _dress(name: str, field: forms.Field) -> None:
    """Make a field of a model fit for a page: its control, and what it says when it is filled in wrongly."""
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = None if name == "area" else "Choose"
    elif isinstance(field, forms.ChoiceField):
        choices = cast("list[tuple[Any, str]]", field.choices)
        field.choices = [(value, "Choose" if value == "" else words) for value, words in choices]
    elif isinstance(field, forms.DateField):
        field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        field.error_messages["invalid"] = "Enter a day, such as 2026-05-31."
    elif isinstance(field, forms.CharField) and field.max_length:
        field.error_messages["max_length"] = _too_long(name, field.max_length)
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
                label=old.label, help_text=old.help_text, choices=_agency_choices
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


def period_code(text: str, kinds: tuple[str, ...]) -> str:
    """The code of a period of one of these kinds, empty for nothing. Raises ValidationError for anything else."""
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
