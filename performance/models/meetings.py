"""The days on which the partnership's groups meet."""

from django.db import models


class Meeting(models.Model):
    """A group meets on a day. What changed is told from one meeting to the next."""

    class Group(models.TextChoices):
        SUBGROUP = "subgroup", "Performance Subgroup"
        EXECUTIVE = "executive", "Executive"

    group = models.CharField(max_length=20, choices=Group)
    day = models.DateField()

    class Meta:
        ordering = ["-day", "group"]
        constraints = [models.UniqueConstraint(name="one_meeting_a_day", fields=["group", "day"])]

    def __str__(self) -> str:
        return f"{self.group} {self.day:%Y-%m-%d}"
