"""Whom the partnership reached, and what children and families said: campaigns, the voice of the child."""

from django.db import models

from lscb.models import Agency
from lscb.numbers import format_count
from lscb.periods import Period, parse
from priorities.models.base import Owned, Record
from priorities.models.priorities import Priority


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
