"""Submissions and their problems. The submission row is the queue: the broker only rings."""

from django.conf import settings
from django.db import models

from lscb.models import Agency, Area, Person
from lscb.periods import Period, parse


class State(models.TextChoices):
    """Where a submission stands."""

    RECEIVED = "received", "Received"
    PROCESSING = "processing", "Being checked"
    REFUSED = "refused", "Refused"
    NEEDS_ANSWERS = "needs-answers", "Needs answers"
    READY = "ready", "Ready to submit"
    ACCEPTED = "accepted", "Accepted"
    SUPERSEDED = "superseded", "Replaced by a newer file"
    WITHDRAWN = "withdrawn", "Withdrawn"
    FAILED = "failed", "Failed"


WAITING = (State.RECEIVED, State.PROCESSING)
HELD = (State.NEEDS_ANSWERS, State.READY)  # checked; a person decides what becomes of it
SETTLED = (State.ACCEPTED, State.SUPERSEDED)  # its counts are stored; newer files may cover them


class Submission(models.Model):
    """One file sent for one return, area and period by an agency.

    A later submission for the same return, agency and area covers an earlier one wherever its period contains the
    earlier one's rows; which rows count is kept on the counts themselves (`current`).
    """

    return_id = models.CharField(max_length=40, db_column="return_id")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="submissions")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="submissions")
    period_code = models.CharField(max_length=10)
    state = models.CharField(
        max_length=15, choices=State.choices, default=State.RECEIVED, db_index=True
    )

    filename = models.CharField(
        max_length=200, help_text="as the sender named it; the file has another name"
    )
    stored_as = models.CharField(
        max_length=80, blank=True, help_text="empty once the bytes were deleted"
    )
    size = models.BigIntegerField()
    checksum = models.CharField(max_length=64, help_text="SHA-256 of the bytes, hexadecimal")
    source = models.TextField(
        blank=True, help_text="where the file's facts were published, for the sample"
    )

    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="submissions"
    )
    received_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    idempotency_key = models.CharField(max_length=100, null=True, blank=True)  # noqa: DJ001  unique where there is one

    previewed = models.BooleanField(
        default=False, help_text="sent by a person who looks at it before it counts"
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    signed_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_off_at = models.DateTimeField(null=True, blank=True)

    stage = models.CharField(
        max_length=60, blank=True, help_text="what is being done, while it is done"
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.CharField(max_length=32, blank=True, help_text="which worker's attempt holds it")
    lease_until = models.DateTimeField(null=True, blank=True)

    kind = models.CharField(max_length=10, blank=True, help_text="counts or records")
    rows = models.PositiveIntegerField(null=True, blank=True)
    total = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    notes = models.JSONField(default=list, help_text="what was normalised, in sentences")

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["return_id", "agency", "area"])]
        constraints = [
            models.UniqueConstraint(
                name="one_submission_for_a_key",
                fields=["sender", "idempotency_key"],
                condition=models.Q(idempotency_key__isnull=False),
            ),
            models.CheckConstraint(
                name="a_known_state",
                condition=models.Q(state__in=[str(value) for value in State.values]),
            ),
            models.CheckConstraint(
                name="nobody_signs_off_their_own_file",
                condition=models.Q(signed_off_by__isnull=True)
                | ~models.Q(signed_off_by=models.F("sender")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.return_id} {self.period_code} #{self.pk}"

    @property
    def period(self) -> Period:
        """The period it was sent for."""
        return parse(self.period_code)

    @property
    def is_waiting(self) -> bool:
        """Whether a worker still has to finish it."""
        return self.state in WAITING

    @property
    def is_unsigned(self) -> bool:
        """Whether it was submitted and waits for a second person's signature."""
        return self.state == State.READY and self.submitted_at is not None

    def state_words(self) -> str:
        """Where it stands, in a word or two."""
        return "Waits for a signature" if self.is_unsigned else self.get_state_display()

    def sent_by(self) -> str:
        """Who sent it, in words."""
        person: Person | None = self.sender
        return person.name if person else "the program"


class StoredProblem(models.Model):
    """One finding in a submission, as the sender sees it. Never holds a personal value."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="problems")
    code = models.SlugField(max_length=40)
    severity = models.CharField(max_length=10, choices=[("error", "Error"), ("warning", "Warning")])
    row = models.PositiveIntegerField(null=True, blank=True, help_text="1 is the header line")
    column = models.CharField(max_length=100, blank=True)
    message = models.TextField()
    found = models.CharField(max_length=200, blank=True)
    suggestion = models.TextField(blank=True)
    answer = models.CharField(
        max_length=500, blank=True, help_text="why a warning is right as it is"
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.severity} {self.code} in row {self.row}, column {self.column}"
