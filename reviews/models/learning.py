"""What came out of reviews: findings, recommendations, what agencies do about them, and how the learning spread."""

from datetime import date

from django.conf import settings
from django.db import models

from lscb.addresses import address
from lscb.models import Agency, Area
from reviews.models.register import Review, Theme


class Finding(models.Model):
    """Something that a review found."""

    class Kind(models.TextChoices):
        STRENGTH = "strength", "Strength"
        TO_IMPROVE = "to-improve", "To improve"

    LIVE = ("text",)  # the texts that may hold live figures

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="findings")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.TO_IMPROVE)
    text = models.TextField()
    themes = models.ManyToManyField(Theme, blank=True, related_name="findings")

    class Meta:
        ordering = ["review", "-kind", "id"]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def area(self) -> Area:
        """The area of its review."""
        return self.review.area


class Recommendation(models.Model):
    """What a review asks for, and the proof that it is embedded: what is different, and how it is known."""

    LIVE = ("text", "evidence")

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="recommendations")
    text = models.TextField()
    evidence = models.TextField(blank=True)
    evidence_on = models.DateField(null=True, blank=True)
    re_audit_due = models.DateField(null=True, blank=True)
    re_audit = models.ForeignKey(
        Review, null=True, blank=True, on_delete=models.PROTECT, related_name="re_audits"
    )

    class Meta:
        ordering = ["review", "id"]
        constraints = [
            models.CheckConstraint(
                name="evidence_has_its_day",
                condition=models.Q(evidence="") | models.Q(evidence_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        """Its place on the page of its review."""
        return f"{self.review.get_absolute_url()}#recommendation-{self.pk}"

    @property
    def area(self) -> Area:
        """The area of its review."""
        return self.review.area


class Dissemination(models.Model):
    """How what was learned was passed on."""

    class How(models.TextChoices):
        SUMMARY = "summary", "One-page summary"
        TRAINING = "training", "Training or webinar"
        PRACTICE_WEEK = "practice-week", "Practice week"
        BRIEFING = "briefing", "Briefing or meeting"

    LIVE = ("text",)

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="disseminations")
    how = models.CharField(max_length=15, choices=How.choices)
    on = models.DateField(null=True, blank=True)
    reached = models.CharField(max_length=200, blank=True, help_text="whom, and how many")
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["review", "on", "id"]

    def __str__(self) -> str:
        return f"{self.get_how_display()} on {self.review_id}"

    @property
    def area(self) -> Area:
        """The area of its review."""
        return self.review.area


class Action(models.Model):
    """What an agency does about a recommendation, or about its own section 11 assessment."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        UNDER_WAY = "under-way", "Under way"
        DONE = "done", "Done"

    LIVE = ("text", "progress")

    recommendation = models.ForeignKey(
        Recommendation, null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )
    assessment = models.ForeignKey(
        "reviews.Assessment",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="actions",
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    owner = models.CharField(max_length=100, blank=True, help_text="a post, not a name")
    due = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    progress = models.TextField(blank=True)
    done_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = [models.F("due").asc(nulls_last=True), "id"]
        constraints = [
            models.CheckConstraint(
                name="an_action_answers_one_thing",
                condition=models.Q(recommendation__isnull=False, assessment__isnull=True)
                | models.Q(recommendation__isnull=True, assessment__isnull=False),
            ),
            models.CheckConstraint(
                name="a_done_action_has_its_day",
                condition=~models.Q(state="done") | models.Q(done_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        """Where it is reported on, by those who may."""
        return address("review-action", self.pk)

    @property
    def area(self) -> Area:
        """The area of the review or assessment that it is about."""
        if self.recommendation:
            return self.recommendation.area
        return self.assessment.area  # type: ignore[union-attr]  # an action answers one of the two

    @property
    def answers(self) -> str:
        """What it answers, in words: the review of its recommendation, or the standard and its round."""
        if self.recommendation:
            return self.recommendation.review.title
        return f"{self.assessment.round}, {self.assessment.standard}" if self.assessment else ""

    def is_overdue(self, today: date) -> bool:
        """Whether its day has passed and it is not done."""
        due: date | None = self.due
        return self.state != Action.State.DONE and due is not None and due < today
