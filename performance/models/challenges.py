"""The challenge log: formal questions to agencies, and what came of them; views of dashboards that were kept."""

from datetime import date

from django.conf import settings
from django.db import models

from lscb.models import Agency, Area
from lscb.periods import Period, parse
from performance.models.signals import Signal


class SavedView(models.Model):
    """A page with its controls as somebody left them: a name for an address. Shared, or their own."""

    name = models.CharField(max_length=120)
    path = models.CharField(max_length=200, help_text="within the product, without the query")
    query = models.CharField(max_length=1000, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="saved_views"
    )
    shared = models.BooleanField(default=False)
    pinned_to = models.CharField(
        max_length=10, blank=True, help_text="the quarter whose meeting it is shown at"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(name="one_view_a_name", fields=["owner", "name"]),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """Where it leads."""
        return f"{self.path}?{self.query}" if self.query else self.path


class Challenge(models.Model):
    """A question put to an agency about an indicator, a signal, a return or a review: owner, due date, answer,
    outcome. `subject` names what another app keeps, such as `review:12` (see contributed.py)."""

    LIVE = ("question", "outcome")  # the texts that may hold live figures

    class State(models.TextChoices):
        OPEN = "open", "Open"
        ANSWERED = "answered", "Answered"
        CLOSED = "closed", "Closed"

    question = models.TextField()
    indicator = models.CharField(max_length=10, blank=True)
    return_id = models.CharField(max_length=40, blank=True)
    subject = models.CharField(max_length=60, blank=True, db_index=True)
    signal = models.ForeignKey(
        Signal, null=True, blank=True, on_delete=models.PROTECT, related_name="challenges"
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    period_code = models.CharField(max_length=10, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="challenges")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    raised_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField(blank=True, help_text="what difference did it make?")

    class Meta:
        ordering = ["due", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_challenge_is_about_something",
                condition=~models.Q(indicator="") | ~models.Q(return_id="") | ~models.Q(subject=""),
            ),
            models.CheckConstraint(
                name="a_closed_challenge_has_an_outcome",
                condition=~models.Q(state="closed")
                | (models.Q(closed_at__isnull=False) & ~models.Q(outcome="")),
            ),
        ]

    def __str__(self) -> str:
        return f"challenge {self.pk} to {self.agency_id}"

    @property
    def period(self) -> Period | None:
        """The period it is about, where it names one."""
        return parse(self.period_code) if self.period_code else None

    def is_overdue(self, today: date) -> bool:
        """Whether no answer came by the day it was due."""
        due: date = self.due
        return self.state == Challenge.State.OPEN and due < today


class ChallengeEntry(models.Model):
    """One line of a challenge's history. A deep dive collects views and notes here as well."""

    LIVE = ("text",)

    class Kind(models.TextChoices):
        RAISED = "raised", "Raised"
        NOTE = "note", "Note"
        EVIDENCE = "evidence", "Evidence"
        VIEW = "view", "Chart"
        FILE = "file", "File"
        CHANGED = "changed", "Changed"
        ANSWER = "answer", "Answer"
        REOPENED = "reopened", "Asked again"
        CLOSED = "closed", "Closed"
        REMINDED = "reminded", "Reminder sent"

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    text = models.TextField(blank=True)
    said = models.JSONField(
        default=dict, blank=True, help_text="what the text's live figures said when it was written"
    )
    view_name = models.CharField(max_length=120, blank=True)
    view_address = models.CharField(max_length=1300, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "challenge entries"

    def __str__(self) -> str:
        return f"{self.kind} on challenge {self.challenge_id}"

    @property
    def area(self) -> Area:
        """The area of its challenge."""
        return self.challenge.area

    @property
    def holds(self) -> str:
        """What it is, in words: `Answer`; of what was collected each part, `Charts, a note and a file`."""
        if self.kind not in (self.Kind.NOTE, self.Kind.VIEW, self.Kind.FILE):
            return self.get_kind_display()
        parts = [
            *(["charts"] if self.view_address else []),
            *(["a note"] if self.text else []),
            *(["a file"] if getattr(self, "file", None) else []),
        ]
        *first, last = parts or [self.get_kind_display()]
        said = f"{', '.join(first)} and {last}" if first else last.removeprefix("a ")
        return said[:1].upper() + said[1:]


class ChallengeFile(models.Model):
    """A file of a deep dive, as it was attached. It was read and holds nothing personal."""

    entry = models.OneToOneField(ChallengeEntry, on_delete=models.PROTECT, related_name="file")
    name = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    checksum = models.CharField(max_length=64)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.name
