"""The forms of what happens to a record afterwards: a report on an action, its milestones, the executive's answer."""

from typing import Any

from django import forms

from priorities.forms import ModelForm, rows
from priorities.models import Judgement, PlanAction


class ReportForm(ModelForm):
    """How an action stands, for the people of its agency."""

    class Meta:
        model = PlanAction
        fields = ("state", "closed_on", "different", "known_by")
        widgets = rows("different", "known_by") | {
            "closed_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        }
        labels = {
            "closed_on": "Closed on (optional)",
            "different": "What is different for children? (optional)",
            "known_by": "How do you know? (optional)",
        }
        help_texts = {
            "closed_on": "Once it is done or stopped.",
            "different": "The difference, not what was done.",
            "known_by": "The indicator, audit, or what children said that shows it.",
        }


class JudgementForm(ModelForm):
    """The executive's answer to 'are we making a difference?'."""

    class Meta:
        model = Judgement
        fields = ("verdict", "because", "next_step", "agreed_on")
        widgets = rows("because", "next_step") | {
            "agreed_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        }
        labels = {
            "verdict": "Are we making a difference?",
            "because": "Because",
            "next_step": "What follows from it (optional)",
            "agreed_on": "Agreed on",
        }
        help_texts = {
            "because": "Which evidence the answer rests on: figures, audits, what children said. No names.",
            "next_step": "What the partnership will do differently, or ask for.",
            "agreed_on": "The day of the meeting.",
        }
        error_messages = {
            "verdict": {"required": "Choose an answer."},
            "because": {"required": "Say which evidence it rests on."},
            "agreed_on": {
                "required": "Choose the day of the meeting.",
                "invalid": "Enter a day, such as 2026-05-31.",
            },
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Choose"), *Judgement.Verdict.choices]
        self.fields["verdict"].choices = choices  # type: ignore[attr-defined]


class MilestoneForm(forms.Form):
    """A step of an action."""

    title = forms.CharField(
        label="Milestone",
        max_length=200,
        error_messages={"required": "Say what the milestone is."},
    )
    due = forms.DateField(
        label="Due by",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Choose the day by which it is due.",
            "invalid": "Enter a day, such as 2026-05-31.",
        },
    )
