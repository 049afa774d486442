"""The register: reviews, audits and inspections, where each stands and since when.

A child is named by a pseudonym only. A restricted review exists for the people named on it, and for nobody else.
"""

from datetime import date

from django.conf import settings
from django.db import models

from lscb.addresses import address
from lscb.models import Area
from lscb.periods import Period, parse
from reviews import workflow
from reviews.workflow import Kind, State


class Theme(models.Model):
    """What findings of several reviews have in common, and what was done about it. `indicators`: the ids of those that
    show it in figures."""

    LIVE = ("about", "done")  # the texts that may hold live figures

    name = models.CharField(max_length=100, unique=True)
    about = models.TextField(blank=True, help_text="what the reviews found, over all of them")
    done = models.TextField(blank=True, help_text="what was done about it")
    indicators = models.JSONField(default=list, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def area(self) -> Area:
        """The area that its texts are about: the partnership's own."""
        return Area.objects.get(code=settings.PARTNERSHIP_AREA)


class Review(models.Model):
    """A review, an audit or an inspection. `indicators`: the ids of those that it is about."""

    LIVE = ("summary", "scope", "standard", "strengths")

    kind = models.CharField(max_length=30, choices=workflow.CHOICES)
    title = models.CharField(max_length=120)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    year_code = models.CharField(max_length=10, db_index=True)
    state = models.CharField(max_length=30)
    due = models.DateField(null=True, blank=True, help_text="of the limit that is still open")
    summary = models.TextField(blank=True)
    scope = models.TextField(blank=True)
    standard = models.TextField(blank=True)
    strengths = models.TextField(blank=True)
    led_by = models.CharField(max_length=120, blank=True)
    came_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="led_to"
    )
    link = models.URLField(blank=True, max_length=300)
    indicators = models.JSONField(default=list, blank=True)
    restricted = models.BooleanField(default=False)
    people = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="restricted_reviews"
    )
    source = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-year_code", "kind", "title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its own page."""
        return address("review", self.pk)

    @property
    def spec(self) -> Kind:
        """Its kind, with states, steps and limits."""
        return workflow.KINDS[self.kind]

    @property
    def stands(self) -> State:
        """The state it is in."""
        return self.spec.state(self.state)

    @property
    def is_audit(self) -> bool:
        """Whether cases are judged in it."""
        return self.spec.group == workflow.AUDITS

    @property
    def year_period(self) -> Period:
        """The financial year it belongs to."""
        return parse(self.year_code)

    @property
    def year_label(self) -> str:
        """That year in words: 2020/21."""
        return self.year_period.label


class StateChange(models.Model):
    """A state that a review reached, on which day (empty: not known), and what was written down with it."""

    LIVE = ("note",)

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="changes")
    state = models.CharField(max_length=30)
    on: "models.DateField[date | None, date | None]" = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    said = models.JSONField(
        default=dict, blank=True, help_text="what the note's live figures said when it was written"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="a_state_is_reached_once", fields=["review", "state"])
        ]

    def __str__(self) -> str:
        return f"{self.review_id} {self.state}"

    @property
    def area(self) -> Area:
        """The area of its review."""
        return self.review.area

    @property
    def stays(self) -> bool:
        """Whether its live figures stay as they were: what was decided was decided with the figures of its day."""
        return True

    @property
    def words(self) -> str:
        """The state in words."""
        return workflow.KINDS[self.review.kind].state(self.state).words
