"""The cases of an audit and how each agency's work on them was judged. A case is a number, never a child."""

from django.db import models

from lscb.models import Agency, Area
from reviews.models.register import Review


class AuditCase(models.Model):
    """A case that was read, by its number within the audit."""

    class Voice(models.TextChoices):
        YES = "yes", "Evidenced"
        NO = "no", "Not evidenced"

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="cases")
    number = models.PositiveSmallIntegerField()
    about = models.CharField(max_length=200, blank=True)
    voice = models.CharField(max_length=3, choices=Voice.choices, blank=True)

    class Meta:
        ordering = ["review", "number"]
        constraints = [
            models.UniqueConstraint(name="one_case_a_number", fields=["review", "number"])
        ]

    def __str__(self) -> str:
        return f"Case {self.number}"


class Judgement(models.Model):
    """How practice in a case was judged: of one agency, or (no agency) of all together."""

    class Grade(models.TextChoices):
        OUTSTANDING = "outstanding", "Outstanding"
        GOOD = "good", "Good"
        REQUIRES = "requires", "Requires improvement"
        INADEQUATE = "inadequate", "Inadequate"

    LIVE = ("text",)  # the texts that may hold live figures

    case = models.ForeignKey(AuditCase, on_delete=models.PROTECT, related_name="judgements")
    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    grade = models.CharField(max_length=12, choices=Grade.choices)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["case", "agency__name"]
        constraints = [
            models.UniqueConstraint(name="one_judgement_an_agency", fields=["case", "agency"]),
            models.UniqueConstraint(
                name="one_judgement_of_all_together",
                fields=["case"],
                condition=models.Q(agency__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.grade}"

    @property
    def area(self) -> Area:
        """The area of its audit."""
        return self.case.review.area


GOOD_OR_BETTER = (Judgement.Grade.OUTSTANDING, Judgement.Grade.GOOD)
