"""What the training unit keeps: courses, sessions, how many came from which agency, what they said, and licences.

Nothing here names a person who booked or came: bookings are numbers by agency. A number that is not known yet is
empty, never 0.
"""

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from lscb.addresses import address
from lscb.days import day_words
from lscb.models import Area
from performance.intake.codes import code_list

AGENCIES = "agency"  # the code list of agencies that figures are broken down by


class Record(models.Model):
    """What every record of training has: who made it and when, and an address of its own."""

    KIND = ""
    TEXTS: ClassVar[
        tuple[str, ...]
    ] = ()  # what people write, and what is checked for personal data

    LIVE: ClassVar[tuple[str, ...]] = ()  # of those the texts that may hold live figures

    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        """Its own page."""
        return address("training-record", self.KIND, self.pk)


class Course(Record):
    """A subject that is taught again and again."""

    KIND = "courses"
    TEXTS = ("title", "about", "answers", "source")

    title = models.CharField(max_length=150, unique=True)
    about = models.TextField(blank=True)
    answers = models.TextField(
        blank=True,
        help_text="what it answers, in words, where no recommendation is in the register",
    )
    recommendations = models.JSONField(
        default=list, blank=True, help_text="those it answers, as the apps that keep them name them"
    )
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class Session(Record):
    """One time a course is held: a paid session, a free event, a webinar, or a quarter of an eLearning course."""

    KIND = "sessions"
    TEXTS = ("cancelled_why",)

    class Kind(models.TextChoices):
        PAID = "paid", "Paid course"
        FREE = "free", "Free event"
        WEBINAR = "webinar", "Free webinar"
        ELEARNING = "elearning", "eLearning"

    class Mode(models.TextChoices):
        ROOM = "room", "In a room"
        ONLINE = "online", "Online with a trainer"
        BOTH = "both", "In a room and online"
        ALONE = "alone", "On one’s own"

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="sessions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    mode = models.CharField(max_length=10, choices=Mode.choices)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    starts = models.DateField(db_index=True)
    ends = models.DateField(null=True, blank=True, help_text="empty where it is one day")
    capacity = models.PositiveIntegerField(null=True, blank=True)
    cost = models.DecimalField(
        max_digits=8, decimal_places=2, null=True, blank=True, help_text="of one place, in pounds"
    )
    cancelled = models.BooleanField(default=False)
    cancelled_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-starts", "-id"]
        constraints = [
            models.CheckConstraint(
                name="a_session_ends_after_it_starts",
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course}, {day_words(self.starts)}"

    def clean(self) -> None:
        """Refuse a session that ends before it starts, and one cancelled without a reason."""
        starts, ends = getattr(self, "starts", None), self.ends
        if starts is not None and ends is not None and ends < starts:
            raise ValidationError({"ends": "The last day lies before the first."})
        if self.cancelled and not self.cancelled_why.strip():
            raise ValidationError({"cancelled_why": "Say why the session was cancelled."})


class Attendance(Record):
    """How many places of a session an agency booked and what became of them. eLearning: registered and completed."""

    KIND = "attendance"

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendance")
    agency = models.CharField(max_length=40)
    booked = models.PositiveIntegerField()
    attended = models.PositiveIntegerField(null=True, blank=True)
    cancelled_late = models.PositiveIntegerField(null=True, blank=True)
    did_not_attend = models.PositiveIntegerField(null=True, blank=True)
    free_places = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["session", "agency"]
        constraints = [
            models.UniqueConstraint(name="one_row_an_agency", fields=["session", "agency"]),
            models.CheckConstraint(
                name="free_places_are_booked_places",
                condition=models.Q(free_places__lte=models.F("booked")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_name} at {self.session}"

    def clean(self) -> None:
        """Refuse numbers that cannot stand together: what became of places, and how many were booked."""
        if self.booked is None:
            return
        became = (self.attended, self.cancelled_late, self.did_not_attend)
        if sum(one or 0 for one in became) > self.booked:
            raise ValidationError(
                {"attended": "More attended, cancelled or did not come than places were booked."}
            )
        if (self.free_places or 0) > self.booked:
            raise ValidationError({"free_places": "More free places than places were booked."})
        known = [one for one in became if one is not None]
        if known and len(known) < len(became):
            raise ValidationError(
                {"attended": "Fill in all three: attended, cancelled late and did not attend."}
            )

    @property
    def agency_name(self) -> str:
        """The agency in words."""
        return code_list(AGENCIES).label(self.agency)


class Evaluation(Record):
    """What the people of a session said, as counts: of those who answered, so many."""

    KIND = "evaluations"

    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="evaluation")
    answered = models.PositiveIntegerField()
    satisfied = models.PositiveIntegerField()
    compared = models.PositiveIntegerField(
        null=True, blank=True, help_text="how many rated themselves both before and after"
    )
    knowledge_before = models.PositiveIntegerField(null=True, blank=True)
    knowledge_after = models.PositiveIntegerField(null=True, blank=True)
    confidence_before = models.PositiveIntegerField(null=True, blank=True)
    confidence_after = models.PositiveIntegerField(null=True, blank=True)
    followed_up = models.PositiveIntegerField(
        null=True, blank=True, help_text="how many answered three months later"
    )
    changed_practice = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-session__starts", "-id"]
        constraints = [
            models.CheckConstraint(
                name="no_more_satisfied_than_answered",
                condition=models.Q(satisfied__lte=models.F("answered")),
            ),
        ]

    def __str__(self) -> str:
        return f"Evaluation of {self.session}"

    PARTS: ClassVar[tuple[tuple[str, str, str], ...]] = (
        ("satisfied", "answered", "More were satisfied than answered."),
        ("knowledge_before", "compared", "More than rated themselves both before and after."),
        ("knowledge_after", "compared", "More than rated themselves both before and after."),
        ("confidence_before", "compared", "More than rated themselves both before and after."),
        ("confidence_after", "compared", "More than rated themselves both before and after."),
        ("changed_practice", "followed_up", "More than answered three months later."),
    )

    def clean(self) -> None:
        """Refuse a part that is larger than its whole, or that has none."""
        for part, whole, fault in self.PARTS:
            number, of = getattr(self, part), getattr(self, whole)
            if number is not None and number > (of if of is not None else -1):
                raise ValidationError({part: fault if of is not None else "Say of how many."})


class Theme(models.Model):
    """What quotes have in common."""

    name = models.CharField(max_length=80, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Quote(Record):
    """What somebody said of the difference a course made: by role and agency, never by name. Where the words stand
    in a published report, the themes and the source are kept and the words are not repeated."""

    KIND = "quotes"
    TEXTS = ("role", "text", "source")

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="quotes")
    period_code = models.CharField(max_length=10, blank=True)
    role = models.CharField(max_length=100, blank=True)
    agency = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    themes = models.ManyToManyField(Theme, related_name="quotes")
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["course__title", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_quote_has_words_or_a_source",
                condition=~models.Q(text="") | ~models.Q(source=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course}: {self.role or self.agency_name}"

    def clean(self) -> None:
        """Refuse a quote with neither words nor a source where they stand."""
        if not self.text.strip() and not self.source.strip():
            raise ValidationError({"text": "Write what was said, or name the source it stands in."})

    @property
    def agency_name(self) -> str:
        """The agency in words."""
        return code_list(AGENCIES).label(self.agency)


class Licence(Record):
    """How many people of an agency are licensed, for what, and until when (empty: not stated)."""

    KIND = "licences"
    TEXTS = ("licensed_for", "source")

    licensed_for = models.CharField(max_length=100, default="Graded Care Profile 2")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    agency = models.CharField(max_length=40)
    people = models.PositiveIntegerField()
    ends = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["licensed_for", "agency", "id"]

    def __str__(self) -> str:
        return f"{self.licensed_for}, {self.agency_name}"

    @property
    def agency_name(self) -> str:
        """The agency in words."""
        return code_list(AGENCIES).label(self.agency)


class Workforce(Record):
    """How many people an agency employs or counts on who work with children: what reach is measured against."""

    KIND = "workforce"
    TEXTS = ("source",)

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    agency = models.CharField(max_length=40)
    year_code = models.CharField(max_length=10)
    people = models.PositiveIntegerField()
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-year_code", "agency"]
        verbose_name_plural = "workforce"
        constraints = [
            models.UniqueConstraint(
                name="one_workforce_a_year", fields=["area", "agency", "year_code"]
            ),
            models.CheckConstraint(
                name="a_workforce_is_somebody", condition=models.Q(people__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"Workforce of {self.agency_name}, {self.year_code}"

    @property
    def agency_name(self) -> str:
        """The agency in words."""
        return code_list(AGENCIES).label(self.agency)
