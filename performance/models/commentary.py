"""Commentary: what somebody says that an indicator's figures tell."""

from django.conf import settings
from django.db import models

from lscb.models import Agency, Area
from lscb.periods import Period, parse


class Commentary(models.Model):
    """One wording of what an indicator tells for a period, by an agency or by the Subgroup.

    A new wording is a new row and the earlier ones stay: the newest of a voice (and agency) is the one that is shown.
    `written_about` is the observation as it was when this was written, so that a later change can be flagged.
    `findings` are what the figures contradicted in it when it was written, agreed or frozen in an edition, the last of
    these; `agreed_despite` is why it was agreed all the same. `findings_now` are what they contradict today: of the
    newest of a voice it is worked out anew when figures that it is held against change (`HeldAgainst`), by the program
    and definitions that `judged_by` names (`facts.judge`).
    """

    LIVE = ("text",)

    class Voice(models.TextChoices):
        AGENCY = "agency", "The agency"
        SUBGROUP = "subgroup", "The Subgroup"

    indicator = models.CharField(max_length=10)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    period_code = models.CharField(max_length=10)
    voice = models.CharField(max_length=10, choices=Voice.choices)
    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(auto_now_add=True)
    written_about = models.JSONField(default=dict)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_despite = models.CharField(max_length=500, blank=True)
    findings = models.JSONField(default=list)
    findings_now = models.JSONField(default=list)
    judged_by = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "commentary"
        indexes = [models.Index(fields=["indicator", "area", "period_code"])]
        constraints = [
            models.CheckConstraint(
                name="an_agencys_commentary_names_it",
                condition=models.Q(voice="subgroup", agency__isnull=True)
                | models.Q(voice="agency", agency__isnull=False),
            ),
            models.CheckConstraint(
                name="nobody_agrees_their_own_commentary",
                condition=models.Q(agreed_by__isnull=True)
                | ~models.Q(agreed_by=models.F("written_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period_code} by {self.voice}"

    @property
    def period(self) -> Period:
        """The period it is about."""
        return parse(self.period_code)


class HeldAgainst(models.Model):
    """A series that the check of a wording reads: an indicator of an area. Of one that reads many, and of one that was
    not checked yet, the indicator is empty: it is held against all that its area has."""

    wording = models.ForeignKey(Commentary, on_delete=models.CASCADE, related_name="held_against")
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+")
    indicator = models.CharField(max_length=10, blank=True)

    class Meta:
        verbose_name_plural = "what wordings are held against"
        indexes = [models.Index(fields=["area", "indicator"])]
        constraints = [
            models.UniqueConstraint(
                name="a_wording_is_held_once_against_a_series",
                fields=["wording", "area", "indicator"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.wording_id} {self.area_id} {self.indicator}"
