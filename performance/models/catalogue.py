"""What the partnership manager sets for indicators in the browser, beside their definition files. Rows are never
changed, but that a reason may be taken out: the latest counts, the earlier ones are the history."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.conf import settings
from django.db import models
from django.utils.timezone import localdate

from lscb.prepared import prepared
from performance.indicators.scorecard import Scorecard, Section
from performance.indicators.spec import IndicatorSpec, Target, indicators


class IndicatorSetting(models.Model):
    """One decision about an indicator: whether it is used, where it stands in the catalogue, and its target from a
    day on. Every field is stated in every row, so that the latest row stands for itself."""

    indicator = models.CharField(max_length=10)
    in_use = models.BooleanField(default=True)
    group = models.CharField(
        max_length=60, blank=True, default="", help_text="where it stands; empty for its theme"
    )
    section = models.CharField(
        max_length=60,
        blank=True,
        default="",
        help_text="the scorecard's section in which it stands; empty as the scorecard was laid out",
    )
    position = models.PositiveSmallIntegerField(
        default=0, help_text="its place within its group; 0 leaves it where its id puts it"
    )
    target = models.FloatField(null=True, blank=True)
    upper = models.FloatField(null=True, blank=True, help_text="with it the target is a band")
    tolerance = models.FloatField(default=0)
    since = models.DateField(null=True, blank=True, help_text="from when on the target counts")
    reason = models.TextField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["indicator", "id"])]

    def __str__(self) -> str:
        return f"{self.indicator} from {self.made_at:%Y-%m-%d}"


class ProposedIndicator(models.Model):
    """An indicator that somebody asks for: what it would measure, why, and who would send it."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        AGREED = "agreed", "Agreed"
        DECLINED = "declined", "Declined"

    title = models.CharField(max_length=120)
    theme = models.CharField(max_length=60)
    definition = models.TextField()
    why = models.TextField()
    unit = models.CharField(max_length=30)
    numerator_words = models.CharField(max_length=200)
    denominator_words = models.CharField(max_length=200, blank=True)
    sender = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    answer = models.TextField(blank=True)
    indicator = models.CharField(
        max_length=10, blank=True, help_text="the id of the definition that it became"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title


def agreed(
    specs: Iterable[IndicatorSpec], day: date, decisions: Iterable[IndicatorSetting] | None = None
) -> dict[str, IndicatorSpec]:
    """The definitions that are in use on a day, by id, with the target that counts on it and all that were set (what a
    manager set, else the definition's own), and the group where a manager put it. Those switched off by that day are
    left out: what was decided later takes nothing out of the time before. `decisions` are all of them, the oldest
    first; one query where they are not given."""
    listed = {spec.id: spec for spec in specs}
    if decisions is None:
        decisions = _decisions(tuple(listed))
    rows: dict[str, list[IndicatorSetting]] = {}
    for row in decisions:
        rows.setdefault(row.indicator, []).append(row)
    found = {}
    for key, spec in listed.items():
        made = rows.get(key, [])
        by_then = [row for row in made if localdate(row.made_at) <= day]
        if by_then and not by_then[-1].in_use:
            continue
        found[key] = _with_targets(spec, made, day)
        if made and made[-1].group:
            found[key] = found[key].model_copy(update={"theme": made[-1].group})
    return found


@prepared
def _decisions(ids: Collection[str]) -> models.QuerySet[IndicatorSetting]:
    return IndicatorSetting.objects.filter(indicator__in=ids)


def arranged(layout: Scorecard, places: Mapping[str, tuple[str, int]]) -> Scorecard:
    """The scorecard's layout with the rows where a manager put them: `places` are (section, place within it) by
    indicator, an empty section leaving a row where it was. A section of a new name comes last. Within a section those
    with a place stand first."""
    if not any(title or position for title, position in places.values()):
        return layout
    sections = {section.title: list(section.indicators) for section in layout.sections}
    for key, (title, _) in places.items():
        if title and key in indicators():
            for listed in sections.values():
                if key in listed:
                    listed.remove(key)
            sections.setdefault(title, []).append(key)

    def place(key: str) -> tuple[bool, int]:
        position = places.get(key, ("", 0))[1]
        return (position == 0, position)

    return layout.model_copy(
        update={
            "sections": tuple(
                Section(title=title, indicators=tuple(sorted(listed, key=place)))
                for title, listed in sections.items()
                if listed
            )
        }
    )


def _with_targets(
    spec: IndicatorSpec, made: Iterable[IndicatorSetting], day: date
) -> IndicatorSpec:
    """The definition with the targets of its settings, each from its day on, and with that of a day. A setting without
    a target takes away what counted, from the day on which it was decided."""
    decided = _decided(spec, made)
    if len(decided) == bool(spec.target):
        return spec
    dated = spec.model_copy(update={"decided": tuple(decided)})
    return dated.model_copy(update={"target": dated.target_on(day)})


def _decided(
    spec: IndicatorSpec, made: Iterable[IndicatorSetting]
) -> list[tuple[date, Target | None]]:
    """What was decided of an indicator's target, the oldest first: from which day on which target, or none."""
    own: list[tuple[date, Target | None]] = (
        [(spec.target.since, spec.target)] if spec.target else []
    )
    return own + [(row.since or localdate(row.made_at), _target(row)) for row in made]


def overtaken(
    spec: IndicatorSpec,
    made: Iterable[IndicatorSetting],
    since: date,
    value: float,
    upper: float | None,
) -> list[Target]:
    """The targets that were `made` to count from a later day than a new one and would count no more beside it, the
    earliest first: what is decided later holds from its day on, without an end. Not those that ask for the same."""
    standing: list[tuple[date, Target | None]] = []
    for day, target in _decided(spec, made):
        standing = [*(one for one in standing if one[0] < day), (day, target)]
    return [
        target
        for day, target in standing
        if target and day > since and (target.value, target.upper) != (value, upper)
    ]


def _target(row: IndicatorSetting) -> Target | None:
    """The target of a setting; none where it has none."""
    if row.target is None or row.since is None:
        return None
    return Target(
        value=row.target,
        upper=row.upper,
        tolerance=row.tolerance,
        since=row.since,
        reason=row.reason,
    )
