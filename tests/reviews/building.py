"""A review with all that belongs to one, and a round of section 11, for tests that open every address."""

from datetime import date

from django.db.models import Model

from lscb.models import Role
from lscb.periods import parse
from reviews import actions
from reviews.models import (
    Action,
    Assessment,
    AuditCase,
    Entry,
    PeerChallenge,
    Recommendation,
    Review,
    Standard,
    StateChange,
    Theme,
)
from tests import factories

# What the numbers in addresses are of.
NUMBERED: dict[str, type[Model]] = {
    "review_id": Review,
    "part_id": AuditCase,
    "change_id": StateChange,
    "theme_id": Theme,
    "history_id": Entry,
    "recommendation_id": Recommendation,
    "review_action_id": Action,
    "assessment_id": Assessment,
    "peer_id": PeerChallenge,
}
DAY = date(2026, 3, 23)
YEAR = "2026-27"


def build() -> None:
    """Make one of each. The council is asked to act and has sent its assessment."""
    manager, council = factories.person(Role.MANAGER), factories.person(Role.ANALYST, "council")
    area, agency = factories.area(), factories.agency("council")
    agency.areas.add(area)
    audit = actions.add_review(
        by=manager, kind="multi-agency-audit", title="Audit of thresholds", area=area, on=DAY
    )
    actions.save_part(by=manager, review=audit, part=AuditCase(), number=1)
    actions.save_theme(by=manager, theme=Theme(), name="Thresholds")
    asked = actions.save_part(by=manager, review=audit, part=Recommendation(), text="Agree them.")
    actions.add_action(by=manager, recommendation=asked, agency=agency, text="Meet.", due=DAY)
    standard = Standard.objects.create(number=5, name="Training", about="All are trained.")
    round_ = actions.open_round(
        by=manager, year=parse(YEAR), area=area, standards=[standard], agencies=[agency], due=DAY
    )
    sent = actions.assess(
        by=council,
        round_=round_,
        agency=agency,
        standard=standard,
        rating="green",
        evidence="A policy.",
        to_improve="",
        send=True,
    )
    actions.challenge(by=manager, assessment=sent, text="How many?")
