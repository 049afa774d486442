"""What the business plan is made of: priorities, actions with milestones, risks, campaigns, the voice of the child.

Nothing here names a child: texts are checked for what identifies somebody before they are stored. What a source does
not state is empty, never 0.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse

from lscb.models import Agency, Area
from lscb.numbers import format_count
from lscb.periods import Period, parse
from performance.indicators.spec import indicators
from performance.models import Signal
from priorities import rag

SCALE = [MinValueValidator(1), MaxValueValidator(5)]


def known_indicators(value: object) -> None:
    """Raise ValidationError unless the value is a list of ids of the catalogue, each once."""
    if not isinstance(value, list) or len(set(value)) != len(value):
        raise ValidationError("Name each indicator once.")
    unknown = [str(one) for one in value if one not in indicators()]
    if unknown:
        raise ValidationError(f"The catalogue has no indicator {', '.join(unknown)}.")


class Record(models.Model):
    """What every record of the plan has: an area, a source, who made it and when, and an address of its own."""

    KIND = ""
    TEXTS: tuple[str, ...] = ()  # what people write in sentences, checked for personal data
    LIVE: ClassVar[tuple[str, ...]] = ()  # of those the texts that may hold live figures

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("priorities-record", args=[self.KIND, self.pk])

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Check the constraints of a whole record. Of what a form holds of one, the actions say in words, at its field,
        how it must stand together."""
        if not exclude:
            super().validate_constraints(exclude)


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
        return reverse("priority", args=[self.pk])


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


class Owned(Record):
    """A record that somebody answers for: an agency, and a person who signs in or a role."""

    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    owner_words = models.CharField(max_length=150, blank=True, help_text="a role, or a group")

    class Meta:
        abstract = True

    @property
    def owned_by(self) -> str:
        """Who answers for it, in words; empty where nobody does."""
        return (self.owner.name if self.owner else "") or self.owner_words


class PlanAction(Owned):
    """An action of the business plan: who does what by when, and what it changed for children."""

    KIND = "actions"
    TEXTS = ("title", "owner_words", "about", "different", "known_by", "source")
    LIVE = ("about", "different", "known_by")

    class State(models.TextChoices):
        PLANNED = "planned", "Not started"
        UNDER_WAY = "under-way", "Under way"
        DONE = "done", "Done"
        STOPPED = "stopped", "Stopped"

    priority = models.ForeignKey(
        Priority, null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )  # none: what the partnership does beside its priorities
    title = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    due = models.DateField(null=True, blank=True, help_text="empty where a source states no day")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    closed_on = models.DateField(null=True, blank=True)
    different = models.TextField(blank=True, help_text="what is different for children")
    known_by = models.TextField(blank=True, help_text="how that is known")
    signal = models.ForeignKey(
        Signal, null=True, blank=True, on_delete=models.PROTECT, related_name="plan_actions"
    )

    class Meta:
        ordering = [models.F("due").asc(nulls_last=True), "id"]
        constraints = [
            models.CheckConstraint(
                name="a_closed_action_says_when",
                condition=~models.Q(state__in=["done", "stopped"])
                | models.Q(closed_on__isnull=False)
                | models.Q(due__isnull=True),
            ),
            models.CheckConstraint(
                name="an_open_action_is_not_closed",
                condition=models.Q(state__in=["done", "stopped"])
                | models.Q(closed_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def has_evidence(self) -> bool:
        """Whether it says both what is different for children and how that is known."""
        return bool(self.different.strip() and self.known_by.strip())

    def rag(self, today: date) -> rag.Rag:
        """Its colour on a day, by the stated rule. Milestones are read from what was prefetched, where they were."""
        missed = [one.due for one in self.milestones.all() if one.done_on is None]
        return rag.judge(
            state=self.state,
            due=self.due,
            owned=bool(self.owned_by),
            has_evidence=self.has_evidence,
            open_milestones=missed,
            today=today,
        )


class Milestone(models.Model):
    """A step of an action."""

    action = models.ForeignKey(PlanAction, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(max_length=200)
    due = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due", "id"]

    def __str__(self) -> str:
        return self.title


class Risk(Owned):
    """What may keep the partnership from its aims: how likely, how grave, who answers for it, what is done."""

    KIND = "risks"
    TEXTS = ("title", "owner_words", "about", "mitigation", "source")
    LIVE = ("about", "mitigation")

    class State(models.TextChoices):
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"

    priority = models.ForeignKey(
        Priority, null=True, blank=True, on_delete=models.PROTECT, related_name="risks"
    )
    title = models.CharField(max_length=200)
    about = models.TextField()
    likelihood = models.PositiveSmallIntegerField(null=True, blank=True, validators=SCALE)
    impact = models.PositiveSmallIntegerField(null=True, blank=True, validators=SCALE)
    mitigation = models.TextField()
    review_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)

    class Meta:
        ordering = ["state", "-id"]

    def __str__(self) -> str:
        return self.title

    @property
    def score(self) -> int | None:
        """Likelihood times impact, 1 to 25; None where a source states neither."""
        if self.likelihood is None or self.impact is None:
            return None
        return self.likelihood * self.impact

    @property
    def level(self) -> rag.Rag:
        """How high it is, in words and a colour."""
        return rag.risk_level(self.score)

    @property
    def movement(self) -> str:
        """How the score moved when it was last changed, in words. Scores are read from what was prefetched."""
        return rag.movement([one.points for one in self.scores.all()])

    def review_missed(self, today: date) -> bool:
        """Whether the day of its review passed while it is open."""
        return bool(self.state == self.State.OPEN and self.review_on and self.review_on < today)


class RiskScore(models.Model):
    """What a risk was scored at, from when: its movement over time."""

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="scores")
    likelihood = models.PositiveSmallIntegerField(validators=SCALE)
    impact = models.PositiveSmallIntegerField(validators=SCALE)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.likelihood} x {self.impact}"

    @property
    def points(self) -> int:
        """Likelihood times impact, 1 to 25."""
        return self.likelihood * self.impact


class Campaign(Owned):
    """A campaign or project: whom it reached, and what came of it."""

    KIND = "campaigns"
    TEXTS = ("title", "owner_words", "about", "outcome", "source")
    LIVE = ("about", "outcome")

    class Form(models.TextChoices):
        CAMPAIGN = "campaign", "Campaign"
        PROJECT = "project", "Project"

    priority = models.ForeignKey(
        Priority, null=True, blank=True, on_delete=models.PROTECT, related_name="campaigns"
    )
    title = models.CharField(max_length=150)
    form = models.CharField(max_length=10, choices=Form.choices)
    about = models.TextField()
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    reach = models.JSONField(
        default=list, blank=True, help_text="pairs of a number and what it counts"
    )
    outcome = models.TextField(blank=True, help_text="what came of it")

    class Meta:
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def reached(self) -> list[str]:
        """Its reach in words, one line a number."""
        return [f"{format_count(number)} {what}" for number, what in self.reach]


class Voice(Record):
    """You said, we did: what children and families said, how they were asked, what changed because of it."""

    KIND = "voice"
    TEXTS = ("activity", "who", "said", "did", "source")
    LIVE = ("did",)

    priority = models.ForeignKey(
        Priority, null=True, blank=True, on_delete=models.PROTECT, related_name="voices"
    )
    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    activity = models.CharField(max_length=200, help_text="how they were asked")
    period_code = models.CharField(max_length=10)
    who = models.CharField(max_length=150)
    heard = models.PositiveIntegerField(null=True, blank=True, help_text="empty: not counted")
    said = models.TextField()
    did = models.TextField(blank=True, help_text="what changed because of it")
    changed_on = models.DateField(null=True, blank=True)
    told_on = models.DateField(null=True, blank=True, help_text="when they were told")

    class Meta:
        ordering = ["-period_code", "-id"]
        verbose_name_plural = "voices"

    def __str__(self) -> str:
        return self.activity

    @property
    def period(self) -> Period:
        """The period in which they were heard."""
        return parse(self.period_code)

    @property
    def standing(self) -> str:
        """How far it has come, in words."""
        if not self.did.strip():
            return "No change yet"
        return "Changed and told" if self.told_on else "Changed, not reported back"
