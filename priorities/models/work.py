"""What the plan has people do: actions and their milestones."""

from datetime import date

from django.db import models

from performance.models import Signal
from priorities import rag
from priorities.models.base import Owned
from priorities.models.priorities import Priority


class PlanAction(Owned):
    """An action of the business plan: who does what by when, and what it changed for children."""

    KIND = "actions"
    TEXTS = ("title", "owner_words", "about", "different", "known_by", "source")
    LIVE = ("about", "different", "known_by")

    class State(models.TextChoices):
        PLANNED = "planned", "Not started"
        UNDER_WAY = "under-way", "Under way"
        DONE = "done", "Done"
        STOPPED = "stopped", "Stopped"

    priority = models.ForeignKey(
        Priority, null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )  # none: what the partnership does beside its priorities
    title = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    due = models.DateField(null=True, blank=True, help_text="empty where a source states no day")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    closed_on = models.DateField(null=True, blank=True)
    different = models.TextField(blank=True, help_text="what is different for children")
    known_by = models.TextField(blank=True, help_text="how that is known")
    signal = models.ForeignKey(
        Signal, null=True, blank=True, on_delete=models.PROTECT, related_name="plan_actions"
    )

    class Meta:
        ordering = [models.F("due").asc(nulls_last=True), "id"]
        constraints = [
            models.CheckConstraint(
                name="a_closed_action_says_when",
                condition=~models.Q(state__in=["done", "stopped"])
                | models.Q(closed_on__isnull=False)
                | models.Q(due__isnull=True),
            ),
            models.CheckConstraint(
                name="an_open_action_is_not_closed",
                condition=models.Q(state__in=["done", "stopped"])
                | models.Q(closed_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def has_evidence(self) -> bool:
        """Whether it says both what is different for children and how that is known."""
        return bool(self.different.strip() and self.known_by.strip())

    def rag(self, today: date) -> rag.Rag:
        """Its colour on a day, by the stated rule. Milestones are read from what was prefetched, where they were."""
        missed = [one.due for one in self.milestones.all() if one.done_on is None]
        return rag.judge(
            state=self.state,
            due=self.due,
            owned=bool(self.owned_by),
            has_evidence=self.has_evidence,
            open_milestones=missed,
            today=today,
        )


class Milestone(models.Model):
    """A step of an action."""

    action = models.ForeignKey(PlanAction, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(max_length=200)
    due = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due", "id"]

    def __str__(self) -> str:
        return self.title
