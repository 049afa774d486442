"""Areas, agencies, people and the audit trail: what every other app stands on."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Area(models.Model):
    """A place that figures are about. Areas nest: Luton lies within pan-Bedfordshire and the East of England."""

    class Kind(models.TextChoices):
        LOCAL_AUTHORITY = "local-authority", "Local authority"
        PARTNERSHIP = "partnership", "Several authorities"
        REGION = "region", "Region"
        COUNTRY = "country", "Country"

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    within = models.ManyToManyField("self", symmetrical=False, related_name="parts", blank=True)
    adds_up = models.BooleanField(
        default=False,
        help_text="its authorities are all of it, so that their figures add up to its own",
    )
    synthetic = models.BooleanField(
        default=False, help_text="its figures are invented, and every page says so"
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Agency(models.Model):
    """An organisation that takes part. When one replaces another, its series goes on under the successor."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    type = models.CharField(max_length=30, help_text="a code of definitions/codes/agency_types.csv")
    areas = models.ManyToManyField(Area, related_name="agencies", blank=True)
    successor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors"
    )
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a person is in the partnership. lscb/access says what each may do."""

    MANAGER = "manager", "Partnership manager"
    ANALYST = "analyst", "Partner analyst"
    SUBGROUP = "subgroup", "Performance Subgroup member"
    CHAIR = "chair", "Performance Subgroup chair"
    EXECUTIVE = "executive", "Executive"
    SCRUTINEER = "scrutineer", "Independent scrutineer"


class PersonManager(BaseUserManager["Person"]):
    """Makes people. There is no other way to make one, and no superuser."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """A person with a hashed password (an unusable one when it is None). Saves."""
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person with this e-mail address, in any case. Raises Person.DoesNotExist."""
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody who signs in. An analyst belongs to an agency."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100)
    role = models.CharField(max_length=20, choices=Role.choices)
    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="people"
    )
    is_active = models.BooleanField(default=True)
    demonstration = models.BooleanField(default=False, help_text="exists in the demonstration only")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name", "role"]

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "people"
        constraints = [
            models.CheckConstraint(
                name="an_analyst_has_an_agency",
                condition=~models.Q(role=Role.ANALYST) | models.Q(agency__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name; part of Django's contract for users."""
        return self.name


class AuditEvent(models.Model):
    """One line of the audit trail: who did what to what, when. Written in the transaction of the write it is
    about, and never changed or deleted (a trigger refuses it)."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    person = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="audit_events"
    )
    actor = models.CharField(
        max_length=150, help_text="the person's e-mail at the time, or the program's part"
    )
    action = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["object_type", "object_id"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.action} {self.object_type} {self.object_id}"


class HistoryWords(models.Model):
    """What a line of history says: by field, the words before and after. They stand apart from the audit trail, which
    never changes, so that what should never have been written can be taken out of them; lscb/history.py does both."""

    event = models.OneToOneField(
        AuditEvent, on_delete=models.PROTECT, primary_key=True, related_name="words"
    )
    changes = models.JSONField()

    class Meta:
        verbose_name_plural = "history words"

    def __str__(self) -> str:
        return f"Words of {self.event}"


class Draft(models.Model):
    """What somebody typed into a form and did not keep yet. It is theirs alone; lscb/drafts.py says how it works."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="drafts")
    address = models.CharField(max_length=500, help_text="the page on which the form stands")
    form = models.CharField(max_length=60, blank=True, help_text="which form of the page")
    title = models.CharField(max_length=300, help_text="what the form is for, in words")
    data = models.JSONField(help_text="the form's fields as they were sent, a list of texts each")
    saved_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_draft_a_form", fields=["person", "address", "form"])
        ]

    def __str__(self) -> str:
        return self.title
