"""The stored facts: how many, for one period and one margin. Never a child's record.

A dataset is a model; its dimensions are its fields, never null, `all` outside the margin.
"""

from django.db import models

from lscb.models import Area
from performance.intake.codes import ALL
from performance.intake.spec import REPORTED, STATUSES
from performance.models.returns import Submission


def dimension(length: int = 40) -> "models.CharField[str, str]":
    """A dimension field: a code, or `all` outside the margin."""
    return models.CharField(max_length=length, default=ALL)


class Count(models.Model):
    """How many, for one period and one margin. `current` marks the row that counts today; older versions stay
    readable beside it, and a constraint sees to it that no two rows of one cell are ever current."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=10)
    margin = models.CharField(max_length=60)
    count = models.BigIntegerField(null=True)
    status = models.CharField(
        max_length=20, choices=[(one, one) for one in STATUSES], default=REPORTED
    )
    current = models.BooleanField(default=False)

    DIMENSIONS: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.period} {self.margin} {' '.join(self.dimensions)}: {self.count}"

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Its codes in the order of the dataset's dimensions."""
        return tuple(getattr(self, name) for name in self.DIMENSIONS)


def constraints(
    name: str, dimensions: tuple[str, ...], numbers: tuple[str, ...] = ("count",)
) -> list[models.BaseConstraint]:
    """What must hold for every dataset: one row a cell and submission, one current row a cell, and a number
    exactly where the status is `reported`."""
    nothing = models.Q(**{f"{number}__isnull": True for number in numbers})
    return [
        models.UniqueConstraint(
            name=f"{name}_one_row_a_submission", fields=["submission", "period", *dimensions]
        ),
        models.UniqueConstraint(
            name=f"{name}_one_current_row",
            fields=["area", "period", *dimensions],
            condition=models.Q(current=True),
        ),
        models.CheckConstraint(
            name=f"{name}_number_where_reported",
            condition=(models.Q(status=REPORTED) & ~nothing)
            | (~models.Q(status=REPORTED) & nothing),
        ),
    ]


class MashContact(Count):
    """Contacts to the multi-agency safeguarding hub (MASH), the front door."""

    source = dimension()
    issue = dimension()
    outcome = dimension()

    DIMENSIONS = ("source", "issue", "outcome")

    class Meta:
        constraints = constraints("mash_contact", ("source", "issue", "outcome"))


class Referral(Count):
    """Referrals that children's social care accepted."""

    source = dimension()
    age_band = dimension()
    ethnicity = dimension()
    reason = dimension()

    DIMENSIONS = ("source", "age_band", "ethnicity", "reason")

    class Meta:
        constraints = constraints("referral", ("source", "age_band", "ethnicity", "reason"))


class GradedCareProfile(Count):
    """Graded Care Profile 2: assessments completed, practitioners trained, staff licensed."""

    agency = dimension()
    kind = dimension()

    DIMENSIONS = ("agency", "kind")

    class Meta:
        constraints = constraints("graded_care_profile", ("agency", "kind"))


class PoliceDomesticAbuse(Count):
    """Domestic abuse the police recorded: crimes, incidents, and contacts sent to the MASH."""

    kind = dimension()

    DIMENSIONS = ("kind",)

    class Meta:
        constraints = constraints("police_domestic_abuse", ("kind",))


class Figure(Count):
    """A number for a simple item: a numerator (here `count`) and a denominator, or a value alone where no more was
    published. A value alone is shown, never added or averaged."""

    item = dimension(60)
    breakdown = dimension()
    category = dimension(60)
    count = models.DecimalField(  # type: ignore[assignment]
        max_digits=18, decimal_places=4, null=True, help_text="the numerator"
    )
    denominator = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True)

    DIMENSIONS = ("item", "breakdown", "category")

    class Meta:
        constraints = constraints(
            "figure", ("item", "breakdown", "category"), ("count", "denominator", "value")
        )


DATASETS: dict[str, type[Count]] = {
    model.__name__: model
    for model in (MashContact, Referral, GradedCareProfile, PoliceDomesticAbuse, Figure)
}
