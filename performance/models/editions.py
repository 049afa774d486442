"""Editions: a scorecard frozen for a quarter. Its rows never change; triggers refuse it, and a checksum shows it."""

from django.conf import settings
from django.db import models

from lscb.models import Area
from lscb.periods import Period, parse


class EditionState(models.TextChoices):
    """Where an edition stands. Which step leads where is said by performance.actions.editions.STEPS."""

    PROVISIONAL = "provisional", "Provisional"
    APPROVED = "approved", "Approved"
    PUBLISHED = "published", "Published"
    SET_ASIDE = "set-aside", "Set aside"


class Edition(models.Model):
    """The scorecard of an area and quarter as it stood at a data version. `number` counts the quarter's editions.

    Who took each step and when stands beside the state, and the database refuses a state whose steps were skipped.
    `checksum` is the SHA-256 of its rows in order and of its panel (performance.actions.editions.checksum). `panel` is
    what stood above the rows: what changed, what was missing, the decisions asked for; None where it was frozen before
    panels were kept. The words beside its rows are those that stood until `said_until`; None while they may change.
    `approved_despite` is why it was approved with words that the figures contradict.
    """

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    quarter_code = models.CharField(max_length=10)
    number = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=15, choices=EditionState.choices, default=EditionState.PROVISIONAL
    )
    data_version = models.PositiveBigIntegerField(help_text="the data version that was frozen")
    checksum = models.CharField(max_length=64)
    panel = models.JSONField(null=True, blank=True)
    said_until = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField(auto_now_add=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    set_aside_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    set_aside_at = models.DateTimeField(null=True, blank=True)
    set_aside_reason = models.CharField(max_length=500, blank=True)
    # Null where nobody had to say it: SQLite makes the table anew for a column without null, and loses its triggers.
    approved_despite = models.CharField(max_length=500, null=True, blank=True)  # noqa: DJ001

    class Meta:
        ordering = ["-quarter_code", "-number"]
        constraints = [
            models.UniqueConstraint(
                name="one_edition_a_number", fields=["area", "quarter_code", "number"]
            ),
            models.CheckConstraint(
                name="no_step_of_an_edition_is_skipped",
                condition=models.Q(
                    state="provisional", approved_at__isnull=True, published_at__isnull=True
                )
                | models.Q(
                    state="approved",
                    approved_at__isnull=False,
                    approved_by__isnull=False,
                    published_at__isnull=True,
                )
                | models.Q(
                    state="published",
                    approved_at__isnull=False,
                    approved_by__isnull=False,
                    published_at__isnull=False,
                    published_by__isnull=False,
                )
                | models.Q(
                    state="set-aside", set_aside_at__isnull=False, published_at__isnull=True
                ),
            ),
            models.CheckConstraint(
                name="nobody_takes_two_steps_of_an_edition",
                condition=(
                    models.Q(approved_by__isnull=True)
                    | ~models.Q(approved_by=models.F("opened_by"))
                )
                & (
                    models.Q(published_by__isnull=True)
                    | ~models.Q(published_by=models.F("approved_by"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.quarter_code} edition {self.number}"

    @property
    def quarter(self) -> Period:
        """The quarter it is about."""
        return parse(self.quarter_code)

    @property
    def is_open(self) -> bool:
        """Whether a step still waits for somebody."""
        return self.state in (EditionState.PROVISIONAL, EditionState.APPROVED)


class EditionRow(models.Model):
    """One indicator of an edition: what its row shows, and the observations behind it, as they were.

    `shown` holds the row as the page writes it; `numbers` the observations it was made from, each with numerator,
    denominator, value and status; `definition` the SHA-256 of the indicator's definition.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="rows")
    position = models.PositiveSmallIntegerField()
    section = models.CharField(max_length=120)
    indicator = models.CharField(max_length=10)
    definition = models.CharField(max_length=64)
    shown = models.JSONField()
    numbers = models.JSONField()

    class Meta:
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(name="one_row_a_place", fields=["edition", "position"])
        ]

    def __str__(self) -> str:
        return f"edition {self.edition_id}, {self.indicator}"
