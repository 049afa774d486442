"""What the training unit writes: its programme, and what a quarter's training tells."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from lscb.addresses import address
from lscb.models import Area
from lscb.periods import Period, parse
from performance.indicators.spec import indicators
from training.models.records import Course, Record


class ProgrammeEntry(Record):
    """An aim of the training unit for a year, what it achieved, or a report that it presented and to whom. An entry
    may name the indicator that shows it and the course that it is about."""

    KIND = "programme"
    TEXTS = ("title", "about", "presented_to", "source")
    LIVE = ("about",)

    class Form(models.TextChoices):
        AIM = "aim", "Aim"
        ACHIEVED = "achieved", "Achievement"
        PRESENTED = "presented", "Report presented"

    form = models.CharField(max_length=10, choices=Form.choices)
    year_code = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    presented_to = models.CharField(max_length=200, blank=True, help_text="the group or board")
    indicator = models.CharField(max_length=10, blank=True, help_text="one of the catalogue")
    course = models.ForeignKey(
        Course, null=True, blank=True, on_delete=models.PROTECT, related_name="programme"
    )
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-year_code", "form", "id"]
        verbose_name_plural = "programme entries"

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse a report without its group, a group where there is no report, and an indicator nobody knows."""
        is_report = self.form == self.Form.PRESENTED
        if is_report and not self.presented_to.strip():
            raise ValidationError({"presented_to": "Say to which group or board it was presented."})
        if not is_report and self.presented_to.strip():
            raise ValidationError(
                {"presented_to": "Only a report is presented: leave this empty, or choose it."}
            )
        if self.indicator and self.indicator not in indicators():
            raise ValidationError({"indicator": "The catalogue has no such indicator."})

    @property
    def area(self) -> Area:
        """The area that its text is about: the widest that the training unit works for, else the partnership's own."""
        widest = Area.objects.filter(agencies__type="training", kind=Area.Kind.PARTNERSHIP).first()
        return widest or Area.objects.get(code=settings.PARTNERSHIP_AREA)

    @property
    def year(self) -> Period:
        """The financial year that it is about."""
        return parse(self.year_code)


class Commentary(Record):
    """What a quarter's training tells, in an area: a section of its report. Empty where it was taken out again."""

    KIND = "commentary"
    TEXTS = ("text",)
    LIVE = ("text",)

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    period_code = models.CharField(max_length=10)
    text = models.TextField(blank=True, max_length=3000)

    class Meta:
        ordering = ["-period_code", "-id"]
        verbose_name_plural = "commentary"
        constraints = [
            models.UniqueConstraint(name="one_text_a_quarter", fields=["area", "period_code"])
        ]

    def __str__(self) -> str:
        return f"What training tells, {self.period.label}, {self.area.name}"

    def get_absolute_url(self) -> str:
        """The report that it stands in."""
        return f"{address('training-report', self.period)}?area={self.area.code}"

    @property
    def period(self) -> Period:
        """The quarter that it is about."""
        return parse(self.period_code)
