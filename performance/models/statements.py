"""What people say of a series and why: that its limits begin anew, that figures compare across a break."""

from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone

from lscb.days import day_words
from lscb.models import Area
from lscb.periods import Period, parse
from lscb.prepared import prepared


class Statement(models.Model):
    """What somebody said of an indicator's series in an area at a period, and why. One taken back stays on record."""

    indicator = models.CharField(max_length=10)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    period_code = models.CharField(max_length=10)
    reason = models.TextField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.indicator} {self.area_id} {self.period_code}"

    @property
    def period(self) -> Period:
        """The period it is said of."""
        return parse(self.period_code)

    @property
    def words(self) -> str:
        """`said Ana Khan on 3 May 2026: the lists hold the same groups`."""
        return said_words(self.made_by.name, self.made_at, self.reason)


def said_words(name: str, at: datetime, reason: str) -> str:
    """Who said something, when and why: `said Ana Khan on 3 May 2026: the lists hold the same groups`."""
    return f"said {name} on {day_words(timezone.localtime(at))}: {reason}"


def _one_standing(name: str) -> models.UniqueConstraint:
    """Of a series at a period, one that was not taken back."""
    return models.UniqueConstraint(
        name=name,
        fields=["indicator", "area", "period_code"],
        condition=models.Q(removed_at__isnull=True),
    )


class Rebase(Statement):
    """Limits start anew from this period on."""

    class Meta(Statement.Meta):
        constraints = [_one_standing("one_rebase_a_period")]


def rebases_in(areas: Collection[str]) -> dict[tuple[str, str], tuple[Period, ...]]:
    """By indicator and area (code) the periods at which limits begin anew."""
    found: dict[tuple[str, str], tuple[Period, ...]] = {}
    for code, indicator, period in _rebases_in(areas):
        found[indicator, code] = (*found.get((indicator, code), ()), parse(period))
    return found


@prepared
def _rebases_in(areas: Collection[str]) -> models.QuerySet[Rebase, tuple[str, str, str]]:
    rows = Rebase.objects.filter(area__code__in=areas, removed_at__isnull=True)
    return rows.values_list("area__code", "indicator", "period_code")


class Comparable(Statement):
    """The figures on both sides of the break at this period compare."""

    class Meta(Statement.Meta):
        constraints = [_one_standing("one_comparable_a_break")]
