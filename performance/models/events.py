"""What a reader of a chart should know: dated events, statistical neighbours."""

from datetime import date

from django.conf import settings
from django.db import models

from lscb.models import Area
from lscb.periods import Period, month_of


class Event(models.Model):
    """Something that happened, drawn on the charts of its area and of the areas within it. It explains nothing by
    itself: whether it caused a change is for people to say."""

    day = models.DateField()
    month_only = models.BooleanField(default=False, help_text="only the month is known")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=150)
    source = models.CharField(max_length=300)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="empty for one that came with the sample",
    )

    class Meta:
        ordering = ["day", "title"]
        constraints = [models.UniqueConstraint(name="one_event", fields=["day", "area", "title"])]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.title}"

    @property
    def period(self) -> Period:
        """The month it lies in."""
        day: date = self.day
        return month_of(day)


class Neighbour(models.Model):
    """A statistical neighbour of an area in a published model, 1 being the nearest."""

    model = models.CharField(max_length=20)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="neighbours")
    rank = models.PositiveSmallIntegerField()
    neighbour = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    closeness = models.CharField(max_length=30)
    source = models.TextField()

    class Meta:
        ordering = ["-model", "rank"]
        constraints = [
            models.UniqueConstraint(name="one_neighbour_a_rank", fields=["model", "area", "rank"])
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.area_id} {self.rank}: {self.neighbour_id}"
