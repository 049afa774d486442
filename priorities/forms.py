"""The forms of the plan. Their errors are sentences a person can act on."""

import re
from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils import timezone

from lscb.models import Agency, Area, Person
from lscb.periods import parse
from performance import contributed
from performance.indicators.spec import indicators
from performance.models import Signal
from performance.queries.challenges import agencies
from performance.queries.signals import signals
from performance.queries.submissions import areas_for_upload
from priorities.models import Campaign, PlanAction, Priority, Record, Risk, Voice

if TYPE_CHECKING:  # Django's forms are generic to the type checker only
    ModelForm = forms.ModelForm[Any]
else:
    ModelForm = forms.ModelForm

LINE = re.compile(r"^\s*([0-9][0-9,]*)\s+(\S.*)$")


def rows(*names: str) -> dict[str, forms.Widget]:
    """A box for sentences for each of these fields."""
    return {name: forms.Textarea(attrs={"rows": 4}) for name in names}


class RecordForm(ModelForm):
    """A record of the plan. Days are entered as days; a person who signs in may own what an agency does."""

    REQUIRED: tuple[str, ...] = ()  # what a person must fill in although a source may leave it out

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = self._meta.help_texts or {}
        for name, one in self.fields.items():
            if name in list(self._meta.fields or ()) and name not in self.declared_fields:
                one.help_text = own.get(name, "")  # the model's are for those who read the code
            if name in self.REQUIRED:
                one.required = True
            if isinstance(one, forms.DateField):
                one.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
                one.error_messages["invalid"] = "Enter a day, such as 2026-05-31."
            if isinstance(one, forms.CharField) and one.max_length:
                one.error_messages["max_length"] = (
                    f"Write it in {one.max_length} characters or fewer."
                )
            if isinstance(one, forms.IntegerField):
                one.widget = forms.TextInput(attrs={"inputmode": "numeric"})
                one.error_messages["invalid"] = "Enter a whole number."
            if isinstance(one, forms.ModelChoiceField) and not isinstance(
                one, forms.ModelMultipleChoiceField
            ):
                _choose(name, one)
            if isinstance(one, forms.TypedChoiceField):
                offered = cast("list[tuple[Any, str]]", one.choices)
                one.choices = [(code, words if code else "Choose") for code, words in offered]
            label = str(one.label)
            if not one.required and "optional" not in label:
                one.label = f"{label} (optional)"

    def links(self) -> dict[str, list[Any]]:
        """The many-to-many fields that were chosen, by name."""
        names = {one.name for one in self._meta.model._meta.many_to_many}
        return {name: list(self.cleaned_data[name]) for name in names if name in self.fields}


def _choose(name: str, field: "forms.ModelChoiceField[Any]") -> None:
    field.empty_label = "Choose" if field.required else "None"
    if name == "area":
        areas = [one.pk for one in areas_for_upload()]
        field.queryset = Area.objects.filter(pk__in=areas).order_by("synthetic", "name")
        field.empty_label = None
    if name in ("agency", "lead"):
        field.queryset = Agency.objects.filter(pk__in=[one.pk for one in agencies()])
    if name == "owner":
        field.queryset = Person.objects.filter(is_active=True).select_related("agency")
        field.label_from_instance = _person  # type: ignore[method-assign,assignment]


def _person(person: Person) -> str:
    return f"{person.name}, {person.agency.name if person.agency else person.get_role_display()}"


def _chosen_first(
    chosen: Collection[str], choices: Iterable[tuple[str, str]]
) -> list[tuple[str, str]]:
    """The choices of a long list, those that are chosen at the top where they are seen."""
    return sorted(choices, key=lambda one: one[0] not in chosen)


class PriorityForm(RecordForm):
    """A priority. It offers as evidence what everybody may see, and keeps what it rests on beside that."""

    indicators = forms.MultipleChoiceField(
        label="Indicators that show progress",
        required=False,
        help_text="Choose those that would move if children were better off.",
        widget=forms.CheckboxSelectMultiple,
    )
    evidence = forms.MultipleChoiceField(
        label="Audits, reviews and training that bear on it",
        required=False,
        help_text="They stand beside the indicators on the priority’s page, with what came of them.",
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Priority
        fields = (
            "title", "area", "position", "starts", "ends", "lead", "lead_words", "partners", "shared_with",
            "why", "signals", "from_reviews", "from_audits", "outcomes", "indicators", "evidence", "source",
        )  # fmt: skip
        widgets = rows("why", "from_reviews", "from_audits", "outcomes") | {
            "partners": forms.CheckboxSelectMultiple(),
            "signals": forms.CheckboxSelectMultiple(),
        }
        labels = {
            "position": "Place in the list",
            "starts": "From",
            "ends": "Until",
            "lead": "Leading agency",
            "lead_words": "Lead: the role or group",
            "partners": "Agencies that share it",
            "shared_with": "Other boards that share it",
            "why": "Why it was chosen",
            "signals": "Signals that it rests on",
            "from_reviews": "What reviews showed",
            "from_audits": "What audits showed",
            "outcomes": "Outcomes wanted",
        }
        help_texts = {
            "ends": "Leave it empty where no end was agreed.",
            "shared_with": "Such as the safeguarding adults board, or the three boards of Bedfordshire.",
            "why": "The evidence: what the figures, reviews and audits show. No names.",
            "outcomes": "What will be different for children, so that it can be seen.",
            "source": "Where it was agreed or reported.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicators"].choices = _chosen_first(  # type: ignore[attr-defined]
            self.instance.indicators,
            [(one.id, f"{one.id} {one.title}") for one in indicators().values()],
        )
        offered = contributed.evidence()
        self.fields["evidence"].choices = _chosen_first(  # type: ignore[attr-defined]
            self.instance.evidence,
            [
                (one.key, f"{contributed.EVIDENCE_STRANDS[one.strand]}: {one.title}")
                for strand in contributed.EVIDENCE_STRANDS
                for one in offered.values()
                if one.strand == strand
            ],
        )
        self.others = [key for key in self.instance.evidence if key not in offered]
        standing = signals().filter(ended_at__isnull=True)
        if self.instance.pk:
            standing = standing | signals().filter(priorities=self.instance)
        field = self.fields["signals"]
        field.queryset = standing.distinct().order_by("rank", "id")  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: one.words  # type: ignore[attr-defined]
        partners = self.fields["partners"]
        partners.queryset = Agency.objects.filter(  # type: ignore[attr-defined]
            pk__in=[one.pk for one in agencies()]
        )

    def clean_evidence(self) -> list[str]:
        """What was chosen, and what it rests on and not everybody may see."""
        return [*self.cleaned_data["evidence"], *self.others]


class ActionForm(RecordForm):
    """An action of the plan. The questions on impact come first to mind when it is closed, so they stand here too."""

    REQUIRED = ("due", "agency")
    signal_id = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = PlanAction
        fields = (
            "title", "priority", "area", "agency", "owner", "owner_words", "about", "due", "state", "closed_on",
            "different", "known_by", "source",
        )  # fmt: skip
        widgets = rows("about", "different", "known_by")
        labels = {
            "title": "Action",
            "about": "What will be done",
            "owner": "Owner: a person who signs in",
            "owner_words": "Owner: a role or group",
            "due": "Due by",
            "closed_on": "Closed on",
            "different": "What is different for children?",
            "known_by": "How do you know?",
        }
        help_texts = {
            "priority": "None: it stands on the plan beside the priorities.",
            "closed_on": "Once it is done or stopped.",
            "different": "The difference, not what was done. Leave it empty while there is none to show.",
            "known_by": "The indicator, audit, or what children said that shows it.",
            "source": "Where it was agreed or reported.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signal_id"].widget = forms.HiddenInput()
        if self.instance.pk and self.instance.due is None:
            self.fields["due"].required = False

    def clean_signal_id(self) -> int | None:
        """The signal that the action answers; one that is not known is left out."""
        number = self.cleaned_data["signal_id"]
        if number and Signal.objects.filter(pk=number).exists():
            self.instance.signal_id = number
        return number


class RiskForm(RecordForm):
    """A risk."""

    REQUIRED = ("likelihood", "impact", "review_on")

    class Meta:
        model = Risk
        fields = (
            "title", "priority", "area", "about", "likelihood", "impact", "agency", "owner", "owner_words",
            "mitigation", "review_on", "state", "source",
        )  # fmt: skip
        widgets = rows("about", "mitigation")
        labels = {
            "title": "Risk",
            "about": "What may happen, and what it would mean for children",
            "owner": "Owner: a person who signs in",
            "owner_words": "Owner: a role or group",
            "mitigation": "What is done about it",
            "review_on": "Review on",
        }
        help_texts = {
            "likelihood": "1 (rare) to 5 (almost certain).",
            "impact": "1 (slight) to 5 (grave) for children.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("likelihood", "impact"):
            for code in ("min_value", "max_value"):
                self.fields[name].error_messages[code] = "Enter a number from 1 to 5."


class CampaignForm(RecordForm):
    """A campaign or project. Its reach is written a line a number."""

    reach = forms.CharField(
        label="Reach",
        required=False,
        max_length=2000,
        help_text="A line a number: the number, then what it counts. 4,000 clicks to the website",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Campaign
        fields = (
            "title", "form", "priority", "area", "agency", "owner", "owner_words", "about", "starts", "ends",
            "reach", "outcome", "source",
        )  # fmt: skip
        widgets = rows("about", "outcome")
        labels = {
            "form": "Kind",
            "owner": "Owner: a person who signs in",
            "owner_words": "Owner: a role or group",
            "about": "What it is for",
            "starts": "Began",
            "ends": "Ended",
        }
        help_texts = {"outcome": "What came of it for children, and how that is known."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["reach"] = "\n".join(self.instance.reached)

    def clean_reach(self) -> list[list[Any]]:
        """The pairs of a number and what it counts."""
        pairs: list[list[Any]] = []
        for line in self.cleaned_data["reach"].splitlines():
            found = LINE.match(line)
            if found:
                pairs.append([int(found[1].replace(",", "")), found[2].strip()])
            elif line.strip():
                raise forms.ValidationError(
                    "Begin each line with the number, then say what it counts: 4,000 clicks to the website."
                )
        return pairs


class VoiceForm(RecordForm):
    """What children and families said, and what changed."""

    REQUIRED = ("heard", "agency")

    class Meta:
        model = Voice
        fields = (
            "activity", "area", "priority", "agency", "period_code", "who", "heard", "said", "did", "changed_on",
            "told_on", "source",
        )  # fmt: skip
        widgets = rows("said", "did")
        labels = {
            "activity": "How they were asked",
            "agency": "Agency that asked",
            "period_code": "Period",
            "who": "Who was heard",
            "heard": "How many were heard",
            "said": "You said",
            "did": "We did",
            "changed_on": "Changed on",
            "told_on": "They were told on",
        }
        help_texts = {
            "period_code": "A month such as 2026-10, a quarter such as 2026-27-Q3, or a year such as 2026-27.",
            "who": "Such as: young people in care. Never a name.",
            "said": "In their sense, so that nobody can be recognised.",
            "did": "What changed because they said it. Leave it empty while nothing did.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period_code"].error_messages["max_length"] = (
            "Enter a month such as 2026-10, a quarter such as 2026-27-Q3, or a year such as 2026-27."
        )

    def clean_period_code(self) -> str:
        """The code of a period that has begun."""
        try:
            period = parse(self.cleaned_data["period_code"].strip())
        except ValueError as error:
            raise forms.ValidationError(str(error).capitalize() + ".") from error
        if period.start > timezone.localdate():
            raise forms.ValidationError(f"{period.label} has not begun yet.")
        return period.code


FORMS: dict[str, type[RecordForm]] = {
    "priorities": PriorityForm,
    "actions": ActionForm,
    "risks": RiskForm,
    "campaigns": CampaignForm,
    "voice": VoiceForm,
}


def form_of(record: Record) -> type[RecordForm]:
    """The form of a record's kind."""
    return FORMS[record.KIND]


def first_due(today: date) -> date:
    """The day that a new action is due by, until another is chosen: the end of the financial year."""
    return date(today.year + (today.month > 3), 3, 31)
