"""Section 11: opening a round, an agency's own assessment, peer challenge, and closing the round."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone

from lscb import access
from lscb.models import Agency, Area, Person
from lscb.periods import YEAR, Period
from reviews.actions.common import ReviewRefused, alone, store
from reviews.models import Action, Assessment, PeerChallenge, Round, Standard
from reviews.reading import said_by


def open_round(
    *,
    by: Person | None,
    year: Period,
    area: Area,
    standards: Collection[Standard],
    agencies: Collection[Agency],
    due: date | None,
    about: str = "",
    source: str = "",
) -> Round:
    """Ask agencies about standards. Raises ReviewRefused, or PermissionDenied by access."""
    _may(by)
    if year.kind != YEAR:
        raise ReviewRefused("A round is for a financial year.")
    if Round.objects.filter(year_code=year.code).exists():
        raise ReviewRefused(f"There is a round for {year.label} already.")
    if not standards or not agencies:
        raise ReviewRefused("Choose at least one standard and one agency.")
    made = Round(year_code=year.code)
    values = {
        "area": area,
        "standards": list(standards),
        "agencies": list(agencies),
        "due": due,
        "about": about.strip(),
        "source": source,
    }
    with transaction.atomic():
        store(by=by, row=made, values=values, action="Round opened", round=made)
    return made


def change_round(
    *,
    by: Person,
    round_: Round,
    standards: Collection[Standard],
    agencies: Collection[Agency],
    due: date | None,
    about: str = "",
) -> None:
    """Ask other agencies, about other standards, or until another day. What was answered already is not taken back.

    Raises ReviewRefused for a closed round, or one that would lose an answer; PermissionDenied by access.
    """
    _may(by)
    if not standards or not agencies:
        raise ReviewRefused("Choose at least one standard and one agency.")
    with transaction.atomic():
        round_ = alone(round_)
        if not round_.is_open:
            raise ReviewRefused("The round is closed. It stays as it was.")
        kept = round_.assessments.filter(standard__in=standards, agency__in=agencies)
        if round_.assessments.exclude(pk__in=kept.values("pk")).exists():
            raise ReviewRefused("Somebody has begun to answer what you take out. It has to stay.")
        values = {
            "standards": list(standards),
            "agencies": list(agencies),
            "due": due,
            "about": about.strip(),
        }
        store(by=by, row=round_, values=values, action="Round changed", round=round_)


def save_standard(
    *, by: Person, standard: Standard, number: int, name: str, about: str
) -> Standard:
    """Add a standard, or change one. Raises ReviewRefused for a number that is taken; PermissionDenied by access."""
    _may(by)
    if Standard.objects.filter(number=number).exclude(pk=standard.pk).exists():
        raise ReviewRefused("There is a standard of this number already.")
    values = {"number": number, "name": name.strip(), "about": about.strip()}
    action = "Standard changed" if standard.pk else "Standard added"
    with transaction.atomic():
        standard = alone(standard)
        store(by=by, row=standard, values=values, action=action, standard=standard)
    return standard


def close_round(*, by: Person | None, round_: Round, on: date) -> None:
    """End a round: nothing that agencies sent changes any more. Raises ReviewRefused, or PermissionDenied by access."""
    _may(by)
    with transaction.atomic():
        round_ = alone(round_)
        if not round_.is_open:
            raise ReviewRefused("The round is closed already.")
        store(by=by, row=round_, values={"closed_on": on}, action="Round closed", round=round_)


def assess(
    *,
    by: Person,
    round_: Round,
    agency: Agency,
    standard: Standard,
    rating: str,
    evidence: str,
    to_improve: str,
    send: bool,
) -> Assessment:
    """Keep an agency's own assessment against a standard as a draft, or send it.

    What is sent needs a rating and evidence; what is not met also says what will be done. What was sent is changed
    only by sending again. Raises ReviewRefused, or PermissionDenied by access.
    """
    access.check_assess_section_11(by, agency)
    if send:
        _check_complete(rating, evidence, to_improve)
    with transaction.atomic():
        round_ = alone(round_)
        _check_asked(round_, agency, standard)
        found = Assessment.objects.filter(round=round_, agency=agency, standard=standard)
        row = found.first() or Assessment(round=round_, agency=agency, standard=standard)
        if row.state == Assessment.State.SENT and not send:
            raise ReviewRefused("This was sent already. Send it again to change it.")
        values: dict[str, object] = {
            "rating": rating,
            "evidence": evidence.strip(),
            "to_improve": to_improve.strip(),
        }
        if send:
            values |= {"state": Assessment.State.SENT, "sent_by": by, "sent_at": timezone.now()}
        action = "Assessment sent" if send else "Draft saved"
        first = send and row.state != Assessment.State.SENT
        if row.pk is None:
            row.save()
        store(by=by, row=row, values=values, action=action, afresh=first, assessment=row)
        _keep_figures(row, *row.LIVE)
    return row


def _check_asked(round_: Round, agency: Agency, standard: Standard) -> None:
    if not round_.is_open:
        raise ReviewRefused("The round is closed. What was sent stays as it is.")
    if not round_.standards.filter(pk=standard.pk).exists():
        raise ReviewRefused("This round does not ask about this standard.")
    if not round_.agencies.filter(pk=agency.pk).exists():
        raise ReviewRefused(f"This round does not ask {agency.name}.")


def _check_complete(rating: str, evidence: str, to_improve: str) -> None:
    if rating not in Assessment.Rating.values:
        raise ReviewRefused("Choose how far the standard is met.")
    if not evidence.strip():
        raise ReviewRefused("Say what shows it: the evidence.")
    if rating != Assessment.Rating.GREEN and not to_improve.strip():
        raise ReviewRefused("Say what will be done to meet the standard.")


def add_assessment_action(
    *, by: Person, assessment: Assessment, text: str, due: date | None, owner: str = ""
) -> Action:
    """Add what the agency will do to meet a standard. Raises ReviewRefused, or PermissionDenied by access."""
    if not access.can(by, access.Action.KEEP_REVIEWS):
        access.check_assess_section_11(by, assessment.agency)
    if not text.strip():
        raise ReviewRefused("Say what will be done.")
    action = Action(assessment=assessment, made_by=by)
    values = {"agency": assessment.agency, "text": text.strip(), "due": due, "owner": owner.strip()}
    with transaction.atomic():
        store(by=by, row=action, values=values, action="Action added", assessment=assessment)
    return action


def challenge(*, by: Person, assessment: Assessment, text: str) -> PeerChallenge:
    """Ask an agency about its assessment: anybody but the agency itself. Raises ReviewRefused or PermissionDenied."""
    access.check(by, access.Action.CHALLENGE_SECTION_11)
    if by.agency_id == assessment.agency_id:
        raise ReviewRefused("An agency does not challenge its own assessment.")
    if assessment.state != Assessment.State.SENT:
        raise ReviewRefused("Only what was sent can be challenged.")
    if not text.strip():
        raise ReviewRefused("Write the question.")
    made = PeerChallenge(assessment=assessment, by=by)
    with transaction.atomic():
        store(
            by=by,
            row=made,
            values={"text": text.strip()},
            action="Peer challenge",
            assessment=assessment,
        )
        _keep_figures(made, "text")
    return made


def answer_challenge(*, by: Person, challenge: PeerChallenge, text: str) -> None:
    """Answer a peer challenge. Raises ReviewRefused, or PermissionDenied by access."""
    access.check_assess_section_11(by, challenge.assessment.agency)
    if not text.strip():
        raise ReviewRefused("Write the answer.")
    with transaction.atomic():
        store(
            by=by,
            row=challenge,
            values={"answer": text.strip(), "answered_by": by},
            action="Peer challenge answered",
            assessment=challenge.assessment,
        )
        _keep_figures(challenge, "answer")


def _keep_figures(row: Assessment | PeerChallenge, *names: str) -> None:
    """Keep what the live figures of these texts say now, beside what others said when they were written."""
    others = {name: said for name, said in row.said.items() if name not in names}
    row.said = others | said_by(row, *names)
    row.save(update_fields=["said"])


def _may(by: Person | None) -> None:
    if by is not None:
        access.check(by, access.Action.KEEP_REVIEWS)
