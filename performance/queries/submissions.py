"""Reading submissions and returns for pages and the API."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count as Tally
from django.db.models import Q, QuerySet

from lscb import access
from lscb.models import Agency, Area, Person
from lscb.prepared import prepared
from performance.indicators.spec import indicators
from performance.intake.spec import ReturnSpec, returns
from performance.models import DATASETS, Figure, State, StoredProblem, Submission
from performance.models.returns import HELD
from performance.queries.observations import NATIONAL


def submissions(person: Person) -> QuerySet[Submission]:
    """The submissions a person may see, newest first, with the numbers of their errors and warnings."""
    rows = Submission.objects.select_related("agency", "area", "sender").annotate(
        errors=Tally("problems", filter=Q(problems__severity="error")),
        warnings=Tally("problems", filter=Q(problems__severity="warning")),
    )
    return access.submissions_visible_to(person, rows).order_by("-id")


def openable(person: Person, ids: Collection[int]) -> set[int]:
    """Of these submissions those that a person may open."""
    rows = _known(ids) if ids else []
    return {one.pk for one in rows if access.can_see_submission(person, one)}


@prepared
def _known(numbers: Collection[int]) -> QuerySet[Submission]:
    return Submission.objects.filter(pk__in=numbers).only("agency")


def submission(person: Person, submission_id: int) -> Submission | None:
    """One submission, or None where there is none that the person may see."""
    return submissions(person).filter(pk=submission_id).first()


def spec_of(submission: Submission) -> ReturnSpec:
    """The definition of the return it was sent for."""
    return returns()[submission.return_id]


def problems(submission: Submission) -> list[StoredProblem]:
    """Its problems, errors first, in the order of the rows."""
    found = list(submission.problems.all())
    return sorted(found, key=lambda one: (one.severity != "error", one.row or 0, one.pk))


@dataclass(frozen=True)
class Unfinished:
    """A checked file that does not count yet, and what the person who looks has to do with it."""

    submission: Submission
    task: str


def unfinished(person: Person) -> list[Unfinished]:
    """The files of one's own agency that wait for somebody, oldest first."""
    if access.calendar_agency(person) is None:
        return []
    held = submissions(person).filter(state__in=HELD).order_by("id")
    return [Unfinished(one, _task(person, one)) for one in held]


def _task(person: Person, submission: Submission) -> str:
    if submission.state == State.NEEDS_ANSWERS:
        return "Answer what is asked, and submit it."
    if not submission.is_unsigned:
        return "Look at it, and submit it."
    if access.can_sign_off(person, submission):
        return "Look at it, and sign it off."
    return "A colleague signs it off."


@dataclass(frozen=True)
class Question:
    """The warnings of one kind, which one reason answers."""

    code: str
    warnings: list[StoredProblem]
    answer: str


def questions(submission: Submission) -> list[Question]:
    """What a submission must have answered before it counts, one question a kind of warning."""
    grouped: dict[str, list[StoredProblem]] = {}
    for one in problems(submission):
        if one.severity == "warning":
            grouped.setdefault(one.code, []).append(one)
    return [Question(code, same, same[0].answer) for code, same in grouped.items()]


def returns_for(person: Person) -> list[ReturnSpec]:
    """The returns a person may upload."""
    sent = [spec for spec in returns().values() if not spec.made_by_program]
    owners = {kind for spec in sent for kind in spec.owners}
    kinds = {one.type for one in access.agencies_to_send_for(person, owners)}
    return [spec for spec in sent if kinds.intersection(spec.owners)]


def agencies_for(person: Person, spec: ReturnSpec) -> list[Agency]:
    """The agencies for which a person may send a return."""
    if spec.made_by_program:
        return []
    return list(access.agencies_to_send_for(person, spec.owners))


def areas_for_upload() -> list[Area]:
    """The areas that returns may be sent for: those of the partnership's agencies, not of a national publisher."""
    return _areas_for_upload()


@prepared
def _areas_for_upload() -> QuerySet[Area]:
    kinds = (Area.Kind.LOCAL_AUTHORITY, Area.Kind.PARTNERSHIP)
    rows = Area.objects.filter(kind__in=kinds, agencies__in=Agency.objects.exclude(type=NATIONAL))
    return rows.distinct().order_by("synthetic", "name")


@dataclass(frozen=True)
class StoredCell:
    """One stored count as a page shows it: the period, the codes and the numbers."""

    period: str
    dimensions: tuple[str, ...]
    numbers: tuple[object, ...]
    status: str
    current: bool


def stored_cells(submission: Submission, limit: int = 200) -> list[StoredCell]:
    """What was kept of a submission, at most `limit` cells."""
    spec = returns()[submission.return_id]
    model = DATASETS[spec.dataset]
    numbers = ("count", "denominator", "value") if model is Figure else ("count",)
    rows = model._default_manager.filter(submission=submission).order_by("period", "pk")[:limit]
    return [
        StoredCell(
            row.period,
            row.dimensions,
            tuple(getattr(row, name) for name in numbers),
            row.status,
            row.current,
        )
        for row in rows
    ]


def cell_count(submission: Submission) -> int:
    """How many cells were kept of a submission."""
    spec = returns()[submission.return_id]
    return DATASETS[spec.dataset]._default_manager.filter(submission=submission).count()


@dataclass(frozen=True)
class Touched:
    """An indicator that a submission feeds."""

    id: str
    title: str


def indicators_touched(submission: Submission) -> list[Touched]:
    """The indicators that the submission's dataset feeds, for the links on its page. For figures only those whose
    items it carries."""
    spec = returns()[submission.return_id]
    items: set[str] = set()
    if spec.is_figures:
        items = set(Figure.objects.filter(submission=submission).values_list("item", flat=True))
    found = []
    for one in indicators().values():
        measures = [measure for measure in (one.numerator, one.denominator) if measure]
        fed = any(
            measure.dataset == spec.dataset
            and (not spec.is_figures or measure.where.get("item") in items)
            for measure in measures
        )
        if fed or one.published in items:
            found.append(Touched(one.id, one.title))
    return found
