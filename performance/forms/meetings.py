"""The forms of commentary, challenges and saved views. Their errors are sentences a person can act on."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from lscb.models import Agency, Area, Person
from lscb.periods import Period, parse
from performance import contributed
from performance.indicators.spec import indicators
from performance.intake.spec import returns
from performance.models import Meeting
from performance.queries import challenges, submissions

WEEKS_TO_ANSWER = 4


def _text(label: str, required: str, rows: int = 4, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": required},
    )


class MeetingForm(forms.Form):
    """A group meets on a day."""

    group = forms.ChoiceField(
        label="Group",
        choices=[("", "Choose"), *Meeting.Group.choices],
        error_messages={"required": "Choose the group that meets."},
    )
    day = forms.DateField(
        label="Day",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Choose the day of the meeting.",
            "invalid": "Write the day as a date, such as 2026-12-08.",
        },
    )

    def clean_group(self) -> Meeting.Group:
        """The group."""
        return Meeting.Group(self.cleaned_data["group"])


class ChallengeForm(forms.Form):
    """A question to an agency."""

    question = _text(
        "Question", "Write the question.", help_text="One question, that can be answered."
    )
    about = forms.ChoiceField(label="About")
    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label="To which agency",
        empty_label="Choose",
        error_messages={"required": "Choose the agency that is asked."},
    )
    owner = forms.ModelChoiceField(
        Person.objects.none(),
        label="Who there answers",
        required=False,
        empty_label="Any of its people",
    )
    area = forms.ModelChoiceField(
        Area.objects.none(), label="Area", to_field_name="code", empty_label=None
    )
    due = forms.DateField(
        label="Answer due by",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Choose the day by which the answer is due."},
    )
    period = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)
    signal = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, asker: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(f"indicator:{one.id}", f"{one.id} {one.title}") for one in indicators().values()]
        sent = [(f"return:{one.id}", one.title) for one in returns().values()]
        about = self.fields["about"]
        agency, owner, area = (self.fields[name] for name in ("agency", "owner", "area"))
        about.choices = [("Indicators", listed), ("Returns", sent), *_subjects(asker)]  # type: ignore[attr-defined]
        agencies = [one.pk for one in challenges.agencies()]
        agency.queryset = Agency.objects.filter(pk__in=agencies)  # type: ignore[attr-defined]
        people = [one.pk for one in challenges.owners()]
        owner.queryset = Person.objects.filter(pk__in=people)  # type: ignore[attr-defined]
        owner.label_from_instance = _person  # type: ignore[attr-defined]
        areas = [one.pk for one in submissions.areas_for_upload()]
        area.queryset = Area.objects.filter(pk__in=areas)  # type: ignore[attr-defined]
        self.fields["due"].initial = timezone.localdate() + timedelta(weeks=WEEKS_TO_ANSWER)

    def clean_due(self) -> date:
        """The day; one that has passed cannot be kept."""
        due: date = self.cleaned_data["due"]
        if due < timezone.localdate():
            raise forms.ValidationError("That day has passed. Choose a later one.")
        return due

    def clean_period(self) -> Period | None:
        """The period it is about, where the address named one."""
        text = self.cleaned_data["period"]
        try:
            return parse(text) if text else None
        except ValueError as error:
            raise forms.ValidationError(f"{error}.") from error


def _subjects(asker: Person) -> list[tuple[str, list[tuple[str, str]]]]:
    """What other apps let a challenge be about, by kind, each as `subject:kind:key` and its title."""
    return [
        (
            subject.label,
            [
                (f"subject:{kind}:{key}", thing.title)
                for key, thing in subject.visible(asker).items()
            ],
        )
        for kind, subject in contributed.SUBJECTS.items()
    ]


def _person(person: Person) -> str:
    return f"{person.name}, {person.agency.name}" if person.agency else person.name


class AnswerForm(forms.Form):
    """An agency's answer."""

    text = _text("Answer", "Write the answer.")
    evidence = forms.CharField(
        label="Evidence",
        required=False,
        max_length=3000,
        help_text="Where it can be seen: a report, a page, a number. No names of children.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class OutcomeForm(forms.Form):
    """What came of a challenge."""

    outcome = _text(
        "What difference did it make?",
        "Say what difference it made, also where it made none.",
        help_text="To children, or to what the partnership knows.",
    )


class AgainForm(forms.Form):
    """What an answer leaves open."""

    again = _text("What is still open?", "Say what the answer leaves open.", rows=3)
    new_due = forms.DateField(
        label="Answer due by",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Choose the day by which the answer is due."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_due"].initial = timezone.localdate() + timedelta(weeks=2)


class NoteForm(forms.Form):
    """A note, a saved view or a file for a deep dive."""

    note = forms.CharField(
        label="Note", required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 3})
    )
    view = forms.ChoiceField(label="Saved view", required=False)
    file = forms.FileField(
        label="File",
        required=False,
        help_text="Word, Excel, CSV or text, at most 2 MB. It is read for names of children before it is kept. A PDF "
        "cannot be read so: add the document it was made from, or its text.",
    )

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(str(one.pk), one.name) for one in challenges.views_for(person)]
        self.fields["view"].choices = [("", "None"), *listed]  # type: ignore[attr-defined]


class CommentaryForm(forms.Form):
    """What figures tell, for the Subgroup or an agency."""

    voice = forms.ChoiceField(label="For whom you write")
    text = _text(
        "What does this tell us?",
        "Write what the figures tell, in a sentence or two.",
        rows=8,
        help_text="What it may mean for children, and what it does not show. No names.",
    )

    def __init__(self, voices: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["voice"].choices = voices  # type: ignore[attr-defined]
