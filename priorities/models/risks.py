"""Risks to the plan, and what they were scored at."""

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from priorities import rag
from priorities.models.base import Owned
from priorities.models.priorities import Priority

SCALE = [MinValueValidator(1), MaxValueValidator(5)]


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
