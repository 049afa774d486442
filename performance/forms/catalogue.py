"""The forms in which indicators are set and proposed."""

from typing import Any, cast

from django import forms

from performance.actions.agreement import Agreement
from performance.actions.catalogue import Aim
from performance.indicators.spec import IndicatorSpec, indicators
from performance.intake.codes import code_list, plain
from performance.intake.spec import returns
from performance.models import IndicatorSetting
from performance.queries import catalogue

YES, NO = "yes", "no"
COUNT = "count"


class SettingForm(forms.Form):
    """Whether an indicator is used, its place, and its target from a day on."""

    in_use = forms.ChoiceField(
        label="Is it used?",
        choices=[(YES, "Yes"), (NO, "No: it leaves the scorecard and the signals")],
    )
    group = forms.CharField(
        label="Group in the catalogue",
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"list": "groups"}),
        help_text="One that there is, or a new one. Leave it empty for the theme of its definition.",
    )
    section = forms.CharField(
        label="Section of the scorecard",
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"list": "sections"}),
        help_text="One that there is, or a new one, which comes last. Leave it empty to keep the scorecard as it was "
        "laid out, where not every indicator has a row.",
    )
    position = forms.IntegerField(
        label="Place within its group and section",
        min_value=0,
        max_value=999,
        required=False,
        help_text="1 comes first. Leave it empty to keep the order of the numbers.",
    )
    target = forms.FloatField(
        label="Target",
        required=False,
        help_text="For a band, its lower end. Leave it empty for none.",
    )
    upper = forms.FloatField(label="Upper end of a band", required=False)
    tolerance = forms.FloatField(
        label="Tolerance",
        required=False,
        help_text="How far from the target still counts as near it, in the indicator’s unit.",
    )
    since = forms.DateField(
        label="The target counts from",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label="Why?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why, so that others understand the change."},
    )

    def clean_group(self) -> str:
        """The group as it is written already, whatever its capitals."""
        text = " ".join(str(self.cleaned_data["group"]).split())
        known = {one.lower(): one for one in catalogue.groups()}
        return known.get(text.lower(), text[:1].upper() + text[1:])

    def clean_section(self) -> str:
        """The section as it is written already, whatever its capitals."""
        text = " ".join(str(self.cleaned_data["section"]).split())
        known = {one.lower(): one for one in catalogue.sections()}
        return known.get(text.lower(), text[:1].upper() + text[1:])

    def clean(self) -> dict[str, Any]:
        """A target needs the day it counts from."""
        data = super().clean() or {}
        if data.get("target") is not None and not data.get("since"):
            self.add_error("since", "Write from which day on the target counts.")
        if data.get("target") is None and data.get("upper") is not None:
            self.add_error("target", "Write the lower end of the band too.")
        return data

    def aim(self) -> Aim | None:
        """The target that was written."""
        data = self.cleaned_data
        if data["target"] is None:
            return None
        return Aim(data["target"], data["since"], data["upper"], data["tolerance"] or 0.0)

    @staticmethod
    def now(spec: IndicatorSpec, row: IndicatorSetting | None) -> dict[str, object]:
        """What holds now, to begin the form with."""
        if row is not None:
            return {
                "in_use": YES if row.in_use else NO,
                "group": row.group,
                "section": row.section,
                "position": row.position or None,
                "target": _plain(row.target),
                "upper": _plain(row.upper),
                "tolerance": _plain(row.tolerance or None),
                "since": row.since,
            }
        target = spec.target
        if target is None:
            return {"in_use": YES}
        return {
            "in_use": YES,
            "target": _plain(target.value),
            "upper": _plain(target.upper),
            "tolerance": _plain(target.tolerance or None),
            "since": target.since,
        }


def _plain(number: float | None) -> str | None:
    """A number as it is typed: 700, not 700.0."""
    return None if number is None else f"{number:.12g}"


class ProposalForm(forms.Form):
    """What an indicator would measure, why, and who would send it."""

    title = forms.CharField(
        label="Title", max_length=120, error_messages={"required": "Give it a title."}
    )
    theme = forms.ChoiceField(
        label="Theme", error_messages={"required": "Choose the theme that it belongs to."}
    )
    definition = forms.CharField(
        label="What does it measure, exactly?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what it measures."},
    )
    why = forms.CharField(
        label="What would it tell us that we cannot see now?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what it would tell."},
    )
    unit = forms.ChoiceField(
        label="Unit",
        choices=[
            ("", "Choose"),
            (COUNT, "Count: how many"),
            ("percent", "Percent: how many of all"),
            ("rate per 10,000", "Rate per 10,000 children"),
            ("ratio", "Ratio: one number over another"),
        ],
        error_messages={"required": "Choose the unit."},
    )
    numerator_words = forms.CharField(
        label="What is counted",
        max_length=200,
        error_messages={"required": "Say what is counted."},
    )
    denominator_words = forms.CharField(
        label="Out of what",
        max_length=200,
        required=False,
        help_text="Leave it empty for a count.",
    )
    sender = forms.CharField(
        label="Who could send it",
        max_length=120,
        error_messages={"required": "Say which agency or team could send it."},
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        cast("forms.ChoiceField", self.fields["theme"]).choices = [
            ("", "Choose"),
            *((one, one) for one in catalogue.themes()),
        ]

    def clean_title(self) -> str:
        """A title that no indicator has yet."""
        text = " ".join(str(self.cleaned_data["title"]).split())
        for spec in indicators().values():
            if _as_compared(spec.title) == _as_compared(text):
                raise forms.ValidationError(
                    f"There is an indicator of this title: {spec.id}. Choose another title."
                )
        return text

    def clean(self) -> dict[str, Any]:
        """A share or rate says out of what; a count has nothing beneath it."""
        data = super().clean() or {}
        unit, beneath = data.get("unit"), data.get("denominator_words")
        if unit and unit != COUNT and not beneath:
            self.add_error("denominator_words", "Write out of what, or choose a count as the unit.")
        if unit == COUNT and beneath:
            self.add_error("denominator_words", "A count is out of nothing: leave this empty.")
        return data


def _as_compared(title: str) -> str:
    return plain(title.replace("’", "'"))


class DecisionForm(forms.Form):
    """The answer to a proposal, and for one that is agreed to how it is computed; where it is `declined`, nothing else
    than the answer is asked for."""

    answer = forms.CharField(
        label="Answer",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write an answer for the person who proposed it."},
    )
    owner = forms.ChoiceField(
        label="Which agencies answer for it?",
        error_messages={"required": "Choose which agencies answer for it."},
    )
    item = forms.ChoiceField(
        label="Which figure feeds it?",
        required=False,
        help_text="One of its own is added to the return of other figures.",
    )
    over_time = forms.ChoiceField(
        label="What is a year of it?",
        choices=[
            ("", "Choose"),
            ("sum", "Its months or quarters added up"),
            ("last", "The number at its end"),
        ],
        error_messages={"required": "Choose what a year of it is."},
    )
    polarity = forms.ChoiceField(
        label="Which is better?",
        choices=[
            ("", "Choose"),
            ("none", "Neither more nor less"),
            ("high", "More"),
            ("low", "Less"),
        ],
        error_messages={"required": "Choose which is better."},
    )
    frequency = forms.ChoiceField(
        label="How often does it come?",
        choices=[
            ("monthly", "Every month"),
            ("quarterly", "Every quarter"),
            ("yearly", "Every year"),
        ],
        initial="quarterly",
    )
    strand = forms.ChoiceField(
        label="What kind of evidence is it?",
        choices=[
            ("", "Choose"),
            ("data", "Data: what services count"),
            ("audit", "Audit: practice looked at"),
            ("workforce", "Workforce: who does the work"),
            ("feedback", "Feedback: the voice of children and families"),
            ("evaluation", "Evaluation: whether something worked"),
        ],
        error_messages={"required": "Choose what kind of evidence it is."},
    )

    def __init__(self, *args: Any, declined: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, asked in self.fields.items():
            asked.required = asked.required and (name == "answer" or not declined)
        kinds, items = code_list("agency_types"), code_list("figure_item")
        carrier = returns()["figures"]
        cast("forms.ChoiceField", self.fields["owner"]).choices = [
            ("", "Choose"),
            *((one, kinds.label(one)) for one in carrier.owners),
        ]
        cast("forms.ChoiceField", self.fields["item"]).choices = [
            ("", "One of its own"),
            *((one, items.label(one)) for one in carrier.items),
        ]

    def agreement(self) -> Agreement:
        """How it is computed."""
        names = ("owner", "over_time", "polarity", "frequency", "strand", "item")
        return Agreement(**{name: self.cleaned_data[name] for name in names})
