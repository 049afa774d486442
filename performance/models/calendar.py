"""What the calendar of returns remembers: what is not owed, which reminders went out, and who wants none."""

from django.conf import settings
from django.db import models

from lscb.models import Agency, Area


class Exemption(models.Model):
    """An agency does not owe a return for an area over some time, and why. Without an area: for any of its areas.

    A period is exempt when it lies within `starts` and `ends` (inclusive days; no `ends`: until further notice).
    """

    return_id = models.CharField(max_length=40)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-starts", "-id"]
        constraints = [
            models.CheckConstraint(
                name="an_exemption_ends_after_it_starts",
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} does not owe {self.return_id} from {self.starts}: {self.reason}"


class MailChoice(models.Model):
    """Whether a person wants the e-mails about returns, and those of what changed. Without a row they do."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    reminders = models.BooleanField(default=True)
    digests = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"{self.person_id}: reminders {self.reminders}, digests {self.digests}"


class SentMail(models.Model):
    """One e-mail about returns that went to a person: the key says about what, so that none is sent twice."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=120, help_text="what the e-mail was about, and on which day")
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_mail_about_it", fields=["person", "key"]),
        ]

    def __str__(self) -> str:
        return f"{self.key} to {self.person_id}"
