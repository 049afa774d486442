"""The history of what reviews keep: a review, an agency's assessment, a round, a standard, a theme.

It is kept apart from the audit trail because what a restricted review says is for the people named on it.
"""

from django.conf import settings
from django.db import models

from reviews.models.register import Review, Theme
from reviews.models.section11 import Assessment, Round, Standard


class Entry(models.Model):
    """One change. `changes`: by field in words, the value before and after."""

    review = models.ForeignKey(
        Review, null=True, blank=True, on_delete=models.PROTECT, related_name="entries"
    )
    round = models.ForeignKey(
        Round, null=True, blank=True, on_delete=models.PROTECT, related_name="entries"
    )
    assessment = models.ForeignKey(
        Assessment, null=True, blank=True, on_delete=models.PROTECT, related_name="entries"
    )
    standard = models.ForeignKey(
        Standard, null=True, blank=True, on_delete=models.PROTECT, related_name="entries"
    )
    theme = models.ForeignKey(
        Theme, null=True, blank=True, on_delete=models.PROTECT, related_name="entries"
    )
    action = models.CharField(max_length=60)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    changes = models.JSONField(default=dict)
    said = models.JSONField(default=dict, blank=True, help_text="what live figures said then")

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return self.action
