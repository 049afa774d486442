"""The fields that forms of reviews are made of, and the form whose texts name nobody."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils import timezone

from lscb.models import Agency
from performance.indicators.spec import indicators
from performance.intake.sentences import kind_in_text
from reviews import queries

PSEUDONYM = "A pseudonym, such as ‘Child J’. Never a child’s or a family’s own name."


def text(label: str, *, required: str = "", rows: int = 4, hint: str = "") -> forms.CharField:
    """A field of several lines; `required` is what is said when it is empty, and nothing means it may be."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=4000,
        required=bool(required),
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": required},
    )


def line(label: str, *, required: str = "", hint: str = "", longest: int = 120) -> forms.CharField:
    """A field of one line."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=longest,
        required=bool(required),
        error_messages={"required": required},
    )


def day(label: str, *, required: str = "", hint: str = "") -> forms.DateField:
    """A day."""
    return forms.DateField(
        label=label,
        help_text=hint,
        required=bool(required),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": required, "invalid": "Write the day as 2026-04-30."},
    )


def choice(label: str, choices: Any, *, required: str = "", hint: str = "") -> forms.ChoiceField:
    """One of several; the empty one stands first."""
    first = "Choose" if required else "Not stated"
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=[("", first), *choices],
        required=bool(required),
        error_messages={"required": required},
    )


def several(queryset: Any, label: str, hint: str = "") -> forms.ModelMultipleChoiceField:
    """Any number of rows, as checkboxes."""
    return forms.ModelMultipleChoiceField(
        queryset,
        label=label,
        help_text=hint,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def figures() -> forms.MultipleChoiceField:
    """Indicators of the catalogue, as checkboxes."""
    return forms.MultipleChoiceField(
        label="Figures",
        help_text="The indicators that it is about. They lead to it, and it to them.",
        required=False,
        choices=_catalogue,
        widget=forms.CheckboxSelectMultiple,
    )


def _catalogue() -> list[tuple[str, str]]:
    return [(one.id, f"{one.id} {one.title}") for one in indicators().values()]


class SafeForm(forms.Form):
    """A form whose texts hold nothing that identifies a person."""

    def clean(self) -> dict[str, Any]:
        """Say at each field what looks personal, without repeating it."""
        given: dict[str, Any] = super().clean() or {}
        for name, value in list(given.items()):
            kind = kind_in_text(value) if isinstance(value, str) else None
            if kind:
                said = f"This holds what looks like {kind}. Take it out: pseudonyms only."
                self.add_error(name, said)
        return given

    @classmethod
    def initial_of(cls, row: Any) -> dict[str, Any]:
        """What the form shows of a row that it changes: its fields that bear the names of the form's."""
        names = [name for name in cls.base_fields if hasattr(row, name)]
        return {name: _shown(getattr(row, name)) for name in names}

    def to_past(self, name: str) -> None:
        """Refuse a day that has not come yet."""
        on: date | None = self.cleaned_data.get(name)
        if on is not None and on > timezone.localdate():
            self.add_error(name, "That day has not come yet.")

    def offer_chosen_first(self, name: str) -> None:
        """Put what is chosen before the rest, so that it is seen."""
        field = cast("forms.MultipleChoiceField", self.fields[name])
        chosen = self.initial.get(name) or ()
        field.choices = sorted(_catalogue(), key=lambda one: one[0] not in chosen)

    def offer(self, name: str, rows: Any) -> None:
        """Say what a field of rows offers."""
        field = self.fields[name]
        field.queryset = rows  # type: ignore[attr-defined]


def _shown(value: Any) -> Any:
    return list(value.all()) if hasattr(value, "all") else value


def agencies() -> Any:
    """The agencies that can be asked to act."""
    return Agency.objects.filter(pk__in=[one.pk for one in queries.agencies()]).order_by("name")
