"""What every record of the plan shares: an area, a source, an address, and somebody who answers for it."""

from collections.abc import Collection
from typing import ClassVar

from django.conf import settings
from django.db import models

from lscb.addresses import address
from lscb.models import Agency, Area


class Record(models.Model):
    """What every record of the plan has: an area, a source, who made it and when, and an address of its own."""

    KIND = ""
    TEXTS: tuple[str, ...] = ()  # what people write in sentences, checked for personal data
    LIVE: ClassVar[tuple[str, ...]] = ()  # of those the texts that may hold live figures

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        """Its own page."""
        return address("priorities-record", self.KIND, self.pk)

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Check the constraints of a whole record. Of what a form holds of one, the actions say in words, at its field,
        how it must stand together."""
        if not exclude:
            super().validate_constraints(exclude)


class Owned(Record):
    """A record that somebody answers for: an agency, and a person who signs in or a role."""

    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    owner_words = models.CharField(max_length=150, blank=True, help_text="a role, or a group")

    class Meta:
        abstract = True

    @property
    def owned_by(self) -> str:
        """Who answers for it, in words; empty where nobody does."""
        return (self.owner.name if self.owner else "") or self.owner_words
