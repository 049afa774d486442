"""Section 11 of the Children Act 2004: standards, rounds, and how each agency judges itself against them."""

from django.conf import settings
from django.db import models

from lscb.addresses import address
from lscb.models import Agency, Area


class Standard(models.Model):
    """A standard that agencies judge themselves against."""

    number = models.PositiveSmallIntegerField(unique=True)
    name = models.CharField(max_length=120)
    about = models.TextField(help_text="what meeting it looks like")

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"Standard {self.number}: {self.name}"


class Round(models.Model):
    """A year's round: which standards are asked about, and until when."""

    LIVE = ("about",)  # the texts that may hold live figures

    year_code = models.CharField(max_length=10, unique=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    standards = models.ManyToManyField(Standard, related_name="rounds")
    agencies = models.ManyToManyField(Agency, related_name="+")
    about = models.TextField(blank=True, help_text="how it was held, and what followed from it")
    due = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-year_code"]

    def __str__(self) -> str:
        return f"Section 11, {self.year_label}"

    @property
    def year_label(self) -> str:
        """The financial year it belongs to: 2020/21."""
        return f"{self.year_code[:4]}/{self.year_code[5:7]}"

    @property
    def is_open(self) -> bool:
        """Whether agencies may still answer."""
        return self.closed_on is None


class Assessment(models.Model):
    """How an agency judges itself against a standard. A draft is seen by the agency alone."""

    class Rating(models.TextChoices):
        GREEN = "green", "Met"
        AMBER = "amber", "Partly met"
        RED = "red", "Not met"

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SENT = "sent", "Sent"

    LIVE = ("evidence", "to_improve")

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="assessments")
    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="assessments")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    rating = models.CharField(max_length=5, choices=Rating.choices, blank=True)
    evidence = models.TextField(blank=True)
    to_improve = models.TextField(blank=True)
    said = models.JSONField(
        default=dict, blank=True, help_text="what live figures of its texts said when it was sent"
    )
    state = models.CharField(max_length=5, choices=State.choices, default=State.DRAFT)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["standard__number", "agency__name"]
        constraints = [
            models.UniqueConstraint(
                name="one_assessment_an_agency_and_standard",
                fields=["round", "standard", "agency"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.standard_id} {self.rating}"

    def get_absolute_url(self) -> str:
        """Its place on the page of its agency."""
        page = address("section-11-agency", self.round.year_code, self.agency.slug)
        return f"{page}#standard-{self.standard.number}"

    @property
    def area(self) -> Area:
        """The area of its round."""
        return self.round.area

    @property
    def stays(self) -> bool:
        """Whether its live figures stay as they were: nothing that was sent to a round that is closed changes."""
        return self.is_sent and not self.round.is_open

    @property
    def is_sent(self) -> bool:
        """Whether others than the agency may see it."""
        return self.state == Assessment.State.SENT


class PeerChallenge(models.Model):
    """What somebody else asks about an assessment, and what the agency answers."""

    LIVE = ("text", "answer")

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="challenges")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(blank=True)
    said = models.JSONField(
        default=dict, blank=True, help_text="what live figures said when it was asked and answered"
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def area(self) -> Area:
        """The area of its round."""
        return self.assessment.area

    @property
    def stays(self) -> bool:
        """Whether its live figures stay as they were: it was asked and answered with the figures of its day."""
        return True
