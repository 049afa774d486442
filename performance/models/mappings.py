"""An agency's own words for codes, mapped once by an analyst and approved by the manager."""

from django.conf import settings
from django.db import models

from lscb.models import Agency


class Mapping(models.Model):
    """One spelling of one agency and the code it stands for. Used by intake while it is approved and not revoked."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="mappings")
    codes = models.CharField(max_length=40, help_text="the code list: source, ethnicity ...")
    text = models.CharField(max_length=80, help_text="the spelling as codes.plain makes it")
    code = models.CharField(max_length=60)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(auto_now_add=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    uses = models.PositiveIntegerField(default=0, help_text="in how many files it was used")
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["agency", "codes", "text", "-id"]
        constraints = [
            models.UniqueConstraint(
                name="one_mapping_of_a_text",
                fields=["agency", "codes", "text"],
                condition=models.Q(revoked_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}: '{self.text}' is {self.codes} {self.code}"

    @property
    def state(self) -> str:
        """`proposed`, `approved` or `revoked`."""
        if self.revoked_at:
            return "revoked"
        return "approved" if self.approved_at else "proposed"
