"""What a manager decides about indicators in the browser, and what others propose. Nothing is overwritten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from lscb import access, audit, history
from lscb.days import day_words
from lscb.models import Area, Person
from lscb.refused import FieldRefused
from performance.actions import agreement as made
from performance.actions import signals
from performance.actions.agreement import Agreement
from performance.actions.observations import alone, new_version
from performance.actions.texts import check_texts
from performance.indicators.signals import target_words
from performance.indicators.spec import IndicatorSpec, Target
from performance.models import IndicatorSetting, Observation, ProposedIndicator
from performance.models.catalogue import overtaken

# What the audit trail is told of a setting, beside the day from which a target counts. Words stand in the setting;
# from what never changes none could be taken out.
TOLD = ("indicator", "in_use", "position", "target", "upper", "tolerance")


class SettingRefused(FieldRefused):
    """A setting that cannot be made. The text says why, for the person who asked."""


class ChangedMeanwhile(SettingRefused):
    """Somebody else decided about the indicator since the person opened it."""


class TargetOvertaken(SettingRefused):
    """A target that was decided for later days would count no more. `days` name it: who saves with them means it."""

    def __init__(self, spec: IndicatorSpec, lost: Sequence[Target], since: date) -> None:
        self.days = days_of(lost)
        them = " and ".join(
            f"{target_words(spec, one)}, which counts from {day_words(one.since)}" for one in lost
        )
        super().__init__(
            f"This target counts from {day_words(since)} on, without an end, so it would take the place of the one "
            f"decided for later: {them}. If both are meant, save this one and then the other again, from its day. "
            "Save again to let this one stand alone.",
            "since",
        )


@dataclass(frozen=True)
class Aim:
    """A target from a day on; with `upper` it is a band."""

    value: float
    since: date
    upper: float | None = None
    tolerance: float = 0.0


def set_indicator(
    *,
    by: Person,
    spec: IndicatorSpec,
    in_use: bool,
    position: int,
    aim: Aim | None,
    reason: str,
    group: str = "",
    section: str = "",
    seen: int | None = None,
    overtakes: str | None = None,
) -> IndicatorSetting:
    """Switch an indicator on or off, place it in a group (empty: its theme) and in a section of the scorecard (empty:
    as that was laid out), set its target. Signals follow at once.

    `seen` is the newest decision that the person had before them (0: none was made; None: not known), `overtakes` the
    days of later targets whose place they know theirs takes (None: whichever). Raises PermissionDenied by role;
    SettingRefused without a reason or for one that identifies a person, for a target without a direction that is better
    and without a band, for a band whose upper end is not above the lower, and for a negative tolerance;
    ChangedMeanwhile, TargetOvertaken.
    """
    access.check_set_indicators(by)
    _check(spec, aim, reason)
    with transaction.atomic():
        version = new_version()  # whoever else sets one waits
        _check_others(spec, aim, seen, overtakes)
        row = IndicatorSetting.objects.create(
            indicator=spec.id,
            in_use=in_use,
            group="" if group.strip() == spec.theme else group.strip(),
            section=section.strip(),
            position=position,
            target=aim.value if aim else None,
            upper=aim.upper if aim else None,
            tolerance=aim.tolerance if aim else 0,
            since=aim.since if aim else None,
            reason=reason.strip(),
            made_by=by,
        )
        told = {name: getattr(row, name) for name in TOLD}
        since = row.since.isoformat() if row.since else None
        audit.record(by=by, action="set indicator", subject=row, since=since, **told)
        _follow(spec, version)
    return row


def _follow(spec: IndicatorSpec, version: int) -> None:
    """Bring the signals of an indicator in step with what was set, in every area that has a number of it."""
    areas = Observation.objects.filter(indicator=spec.id).values("area")
    for area in Area.objects.filter(pk__in=areas).order_by("code"):
        signals.refresh(area=area, specs=[spec], version=version)


def _check(spec: IndicatorSpec, aim: Aim | None, reason: str) -> None:
    if not reason.strip():
        raise SettingRefused("Say why, so that others understand the change.")
    check_texts(SettingRefused, reason)
    if aim is None:
        return
    if spec.polarity == "none" and aim.upper is None:
        raise SettingRefused(
            "Neither more nor less of this is better, so only a band can be its target: give both ends."
        )
    if aim.upper is not None and aim.upper <= aim.value:
        raise SettingRefused("The upper end of a band must be above the lower.")
    if aim.tolerance < 0:
        raise SettingRefused("A tolerance cannot be negative.")


def _check_others(
    spec: IndicatorSpec, aim: Aim | None, seen: int | None, overtakes: str | None
) -> None:
    """Refuse a setting that somebody else's came before, and a target that others would go unsaid by."""
    made = list(IndicatorSetting.objects.filter(indicator=spec.id).order_by("id"))
    if seen is not None and seen != (made[-1].pk if made else 0):
        raise ChangedMeanwhile(history.CHANGED_MEANWHILE)
    if aim is None or overtakes is None:
        return
    lost = overtaken(spec, made, aim.since, aim.value, aim.upper)
    if lost and days_of(lost) != overtakes:
        raise TargetOvertaken(spec, lost, aim.since)


def days_of(targets: Sequence[Target]) -> str:
    """The days from which targets count, as a form names them."""
    return ",".join(one.since.isoformat() for one in targets)


def propose_indicator(*, by: Person, fields: dict[str, str]) -> ProposedIndicator:
    """Ask for an indicator. Raises PermissionDenied by role, SettingRefused for a text that identifies a person."""
    access.check_propose_indicators(by)
    check_texts(SettingRefused, *fields.values())
    with transaction.atomic():
        row = ProposedIndicator.objects.create(made_by=by, **fields)
        audit.record(by=by, action="proposed indicator", subject=row, title=row.title)
    return row


def decline_proposal(*, by: Person, proposal: ProposedIndicator, answer: str) -> ProposedIndicator:
    """Decline a proposal, with an answer; who proposed it takes it back so. Raises PermissionDenied, and SettingRefused
    when it was decided or there is no answer."""
    with transaction.atomic():
        row = _open_proposal(by, proposal, answer)
        _decide(by, row, ProposedIndicator.State.DECLINED, answer)
    return row


def agree_to_proposal(
    *, by: Person, proposal: ProposedIndicator, answer: str, agreement: Agreement
) -> IndicatorSpec:
    """Agree to somebody else's proposal: it becomes a definition, and is computed from what is held already. Raises
    PermissionDenied, also for one's own, and SettingRefused when it was decided, there is no answer, or the schema
    finds a fault; then nothing is left of it. Its file is read by others once it stands in the database that it was
    agreed to, so that one of which that was never written does no harm."""
    access.check_agree_to_proposal(by, proposal.made_by_id)
    try:
        with transaction.atomic():
            alone()
            made.settle()
            row = _open_proposal(by, proposal, answer)
            with made.written(proposal=row, agreement=agreement, by=by) as path:
                row.indicator = path.stem
                _decide(by, row, ProposedIndicator.State.AGREED, answer)
                spec = made.compute(path)
    except made.AgreementRefused as error:
        raise SettingRefused(f"It cannot be computed so. {error}") from error
    made.keep(path)
    return spec


def settle_agreements() -> None:
    """Finish, or take back, what a process that was killed left of an agreement."""
    with transaction.atomic():
        alone()
        made.settle()


def _open_proposal(by: Person, proposal: ProposedIndicator, answer: str) -> ProposedIndicator:
    """The proposal to decide, kept from others. Raises PermissionDenied, SettingRefused."""
    access.check_answer_proposals(by)
    if not answer.strip():
        raise SettingRefused("Write an answer for the person who proposed it.")
    check_texts(SettingRefused, answer)
    row = ProposedIndicator.objects.select_for_update().get(pk=proposal.pk)
    if row.state != ProposedIndicator.State.PROPOSED:
        raise SettingRefused("It was decided already.")
    return row


def _decide(by: Person, row: ProposedIndicator, state: str, answer: str) -> None:
    row.state, row.answer, row.decided_by, row.decided_at = (
        state,
        answer.strip(),
        by,
        timezone.now(),
    )
    row.save(update_fields=["state", "answer", "decided_by", "decided_at", "indicator"])
    audit.record(
        by=by,
        action=f"{row.state} proposed indicator",
        subject=row,
        title=row.title,
        indicator=row.indicator,
    )
