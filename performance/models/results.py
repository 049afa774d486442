"""What is computed from counts and definitions, and what printed reports said beside it."""

from django.db import models

from lscb.models import Area
from performance.indicators.spec import PERIOD_TYPES
from performance.intake.spec import REPORTED, STATUSES


class Observation(models.Model):
    """An indicator's value for an area, a period and a category, with what it was computed from.

    `period_type` is month, quarter, year, ytd (April to the month named) or rolling (the twelve months to the
    month named). `present` of `expected` parts were there; a value stands only where nothing was missing.
    """

    indicator = models.CharField(max_length=10)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    period_type = models.CharField(max_length=10, choices=[(one, one) for one in PERIOD_TYPES])
    period = models.CharField(max_length=10)
    breakdown = models.CharField(max_length=40)
    category = models.CharField(max_length=60)
    numerator = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    denominator = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    value = models.FloatField(null=True)
    lower = models.FloatField(null=True)
    upper = models.FloatField(null=True)
    status = models.CharField(
        max_length=20, choices=[(one, one) for one in STATUSES], default=REPORTED
    )
    present = models.PositiveSmallIntegerField()
    expected = models.PositiveSmallIntegerField()
    published = models.BooleanField(
        default=False, help_text="a printed value alone, not computed from counts"
    )
    parts = models.TextField(
        default="", help_text="the codes of the areas it is added up from; empty for own figures"
    )
    lacking = models.TextField(default="", help_text="those of them without a number")

    class Meta:
        ordering = ["indicator", "area", "period_type", "breakdown", "category", "period"]
        # finds an area's last period at once, however long its history
        indexes = [models.Index(fields=["area", "period_type", "period"])]
        constraints = [
            models.UniqueConstraint(
                name="one_observation",
                # in this order its index finds a series, whatever other breakdowns there are
                fields=["indicator", "area", "breakdown", "period_type", "period", "category"],
            ),
            models.CheckConstraint(
                name="a_value_where_reported",
                condition=models.Q(status=REPORTED, value__isnull=False)
                | (~models.Q(status=REPORTED) & models.Q(value__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.area_id} {self.period_type} {self.period} {self.category}: {self.value}"


class DataVersion(models.Model):
    """One row: a number that grows with every change of the observations. Caches and ETags are keyed by it."""

    number = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"data version {self.number}"


class PrintedFigure(models.Model):
    """What a report printed, shown beside the recomputed value where the two disagree. Never computed with."""

    indicator = models.CharField(max_length=10)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=10)
    breakdown = models.CharField(max_length=40)
    category = models.CharField(max_length=60)
    what = models.CharField(
        max_length=120, blank=True, help_text="empty for the value itself; else what of it"
    )
    printed = models.CharField(max_length=60, help_text="as the report prints it")
    document = models.CharField(max_length=200)
    place = models.CharField(max_length=200)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["indicator", "period", "category"]
        constraints = [
            models.UniqueConstraint(
                name="one_printed_figure_a_place",
                fields=[
                    "indicator",
                    "area",
                    "period",
                    "breakdown",
                    "category",
                    "what",
                    "document",
                    "place",
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period}: {self.printed}"
