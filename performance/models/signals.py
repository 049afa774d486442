"""Signals that were found in the observations, and how long each has stood."""

from django.db import models

from lscb.models import Area
from performance.indicators.spec import PERIOD_TYPES


class Signal(models.Model):
    """What a recompute found in a series: a special cause, a target crossed, a restatement, data that is missing.

    A signal stands from `first_seen_at` until a recompute no longer finds it (`ended_at`). It is the same signal as
    long as kind, indicator, area, period and direction stay; its words and numbers follow the data.
    """

    class Kind(models.TextChoices):
        SPECIAL_CAUSE = "special-cause", "Special cause"
        TARGET = "target", "Target crossed"
        SENSE = "sense", "Numbers that do not fit"
        ENDED = "ended", "Special cause ended"
        RESTATEMENT = "restatement", "Restated"
        MISSING = "missing", "Missing data"

    kind = models.CharField(max_length=15, choices=Kind.choices)
    indicator = models.CharField(max_length=10)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    period_type = models.CharField(max_length=10, choices=[(one, one) for one in PERIOD_TYPES])
    period = models.CharField(max_length=10, help_text="the period it began with")
    direction = models.CharField(max_length=5, blank=True, help_text="high, low or nothing")
    judgement = models.CharField(
        max_length=20, blank=True, help_text="improvement, concern or nothing"
    )
    latest = models.CharField(max_length=10, help_text="the latest period it was seen in")
    words = models.TextField(help_text="what was found, with its numbers")
    rule = models.TextField(help_text="the rule that found it, in words")
    numbers = models.JSONField(default=dict, help_text="what the rule was applied to")
    rank = models.IntegerField(help_text="the smaller, the further up the list")
    first_seen_at = models.DateTimeField()
    first_seen_version = models.PositiveBigIntegerField(help_text="the data version that showed it")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_version = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["rank", "indicator", "id"]
        indexes = [models.Index(fields=["area", "ended_at"])]
        constraints = [
            models.UniqueConstraint(
                name="one_open_signal",
                fields=["kind", "indicator", "area", "period_type", "period", "direction"],
                condition=models.Q(ended_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.indicator} {self.area_id} {self.period}"


class DigestSent(models.Model):
    """That a group of people was told what changed, up to a data version, so that nothing is told twice."""

    group = models.CharField(max_length=20)
    sent_at = models.DateTimeField()
    version = models.PositiveBigIntegerField()
    recipients = models.PositiveSmallIntegerField()
    meeting_day = models.DateField(
        null=True, blank=True, help_text="the meeting it was sent before; empty for a weekly one"
    )

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "digests sent"

    def __str__(self) -> str:
        return f"{self.group} {self.sent_at:%Y-%m-%d %H:%M}"
