"""Priorities, and the executive's answers to whether they make a difference."""

from collections.abc import Sequence
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from lscb.addresses import address
from lscb.models import Agency, Area
from performance.indicators.spec import indicators
from performance.models import Signal
from priorities.models.base import Record


def known_indicators(value: object) -> None:
    """Raise ValidationError unless the value is a list of ids of the catalogue, each once."""
    if not isinstance(value, list) or len(set(value)) != len(value):
        raise ValidationError("Name each indicator once.")
    unknown = [str(one) for one in value if one not in indicators()]
    if unknown:
        raise ValidationError(f"The catalogue has no indicator {', '.join(unknown)}.")


class Priority(Record):
    """What the partnership set out to change, for how long, with whom, and by which indicators it will know."""

    KIND = "priorities"
    TEXTS = (
        "title", "lead_words", "shared_with", "why", "from_reviews", "from_audits", "outcomes", "source",
    )  # fmt: skip
    LIVE = ("why", "from_reviews", "from_audits", "outcomes")

    title = models.CharField(max_length=150)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True, help_text="empty where no end was agreed")
    lead = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="priorities_led"
    )
    lead_words = models.CharField(max_length=150, blank=True, help_text="the role or group")
    partners = models.ManyToManyField(Agency, blank=True, related_name="priorities_shared")
    shared_with = models.CharField(max_length=200, blank=True, help_text="other boards")
    why = models.TextField()
    signals = models.ManyToManyField(Signal, blank=True, related_name="priorities")
    from_reviews = models.TextField(blank=True)
    from_audits = models.TextField(blank=True)
    outcomes = models.TextField(help_text="what will be different for children")
    indicators = models.JSONField(default=list, blank=True, validators=[known_indicators])
    evidence = models.JSONField(
        default=list, blank=True, help_text="keys of what other apps keep: reviews, themes, courses"
    )
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["position", "title"]
        verbose_name_plural = "priorities"
        constraints = [
            models.UniqueConstraint(name="one_priority_a_title", fields=["area", "title"]),
            models.CheckConstraint(
                name="a_priority_ends_after_it_starts",
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page of impact."""
        return address("priority", self.pk)


class Judgement(models.Model):
    """The executive's answer to 'are we making a difference?' for a priority, on a day. A later one follows it; none is
    changed."""

    TEXTS = ("because", "next_step")
    LIVE: ClassVar[tuple[str, ...]] = TEXTS
    moved: Sequence[str] = ()  # how live figures moved since it was recorded, of one that is read

    class Verdict(models.TextChoices):
        YES = "yes", "Yes"
        PARTLY = "partly", "In part"
        NOT_YET = "not-yet", "Not yet"
        UNKNOWN = "unknown", "We cannot tell"

    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="judgements")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    because = models.TextField(help_text="which evidence it rests on")
    next_step = models.TextField(blank=True, help_text="what follows from it")
    said = models.JSONField(
        default=dict, blank=True, help_text="what its live figures said when it was recorded"
    )
    agreed_on = models.DateField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-agreed_on", "-id"]

    def __str__(self) -> str:
        return f"{self.priority}: {self.get_verdict_display()}"

    @property
    def area(self) -> Area:
        """The area of its priority."""
        return self.priority.area

    @property
    def kind(self) -> str:
        """The colour of its chip."""
        return {"yes": "green", "partly": "amber", "not-yet": "red"}.get(self.verdict, "grey")
