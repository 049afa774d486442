"""The sample's facts of reviews, audits and section 11: the annual report 2020/21, each with its source."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from lscb.definition_files import plain
from lscb.models import Agency, Area
from lscb.periods import parse
from reviews.actions import (
    add_action,
    add_review,
    close_round,
    open_round,
    report_action,
    save_part,
    save_theme,
)
from reviews.models import (
    Assessment,
    AuditCase,
    Dissemination,
    Finding,
    Recommendation,
    Review,
    Round,
    Standard,
    Theme,
)

FILE = Path(__file__).parent / "sample.yaml"


def load(**_signal: Any) -> None:
    """Load them once; what people did to them since is left as it is."""
    if Review.objects.exists() or Round.objects.exists():
        return
    facts = read()
    with transaction.atomic():
        for one in facts["themes"]:
            save_theme(by=None, theme=Theme(), **({"source": facts["source"]} | one))
        for one in facts["reviews"]:
            if Area.objects.filter(code=one.get("area", settings.PARTNERSHIP_AREA)).exists():
                _review(facts, one)  # that of the demonstration area only where it is loaded
        for review in Review.objects.filter(kind__in=("scr", "cspr"), state="published"):
            for one in facts["passed_on"]:
                save_part(by=None, review=review, part=Dissemination(), **one)
        _section_11(facts)


@cache
def read() -> dict[str, Any]:
    """The facts as the file states them."""
    found: dict[str, Any] = plain(FILE)
    return found


def _review(facts: dict[str, Any], one: dict[str, Any]) -> None:
    """One review with all that the report says of it."""
    caveat = facts["caveat"] if one.get("stage_assumed") else ""
    texts = {name: one.get(name, "") for name in ("led_by", "scope", "standard", "strengths")}
    review = add_review(
        by=None,
        kind=one["kind"],
        title=one["title"],
        area=Area.objects.get(code=one.get("area", settings.PARTNERSHIP_AREA)),
        on=None,
        year=parse(one.get("year", facts["year"])),
        state=one["state"],
        summary=" ".join(text for text in (one.get("summary", ""), caveat) if text),
        came_from=Review.objects.filter(title=one.get("came_from")).first(),
        source=one.get("source", facts["source"]),
        indicators=one.get("indicators", []),
        **texts,
    )
    for found in one.get("findings", []):
        themes = list(Theme.objects.filter(name__in=found.get("themes", [])))
        kind = found.get("kind", Finding.Kind.TO_IMPROVE)
        part = {"kind": kind, "text": found["text"], "themes": themes}
        save_part(by=None, review=review, part=Finding(), **part)
    for number, about in enumerate(one.get("cases", []), start=1):
        save_part(by=None, review=review, part=AuditCase(), number=number, about=about)
    for passed in one.get("disseminations", []):
        save_part(by=None, review=review, part=Dissemination(), **passed)
    for asked in one.get("recommendations", []):
        _recommendation(review, **asked)


def _recommendation(review: Review, text: str, actions: Sequence[dict[str, str]] = ()) -> None:
    made = save_part(by=None, review=review, part=Recommendation(), text=text)
    for one in actions:
        agency = Agency.objects.get(slug=one["agency"])
        asked = add_action(by=None, recommendation=made, agency=agency, text=one["text"], due=None)
        if "state" in one:
            report_action(by=None, action=asked, state=one["state"], progress="")


def _section_11(facts: dict[str, Any]) -> None:
    """The round of the report: what agencies said, without a judgement, because none is printed."""
    told = facts["section_11"]
    standards = {one["number"]: Standard.objects.create(**one) for one in told["standards"]}
    agencies = {one.slug: one for one in Agency.objects.filter(slug__in=told["agencies"])}
    made = open_round(
        by=None,
        year=parse(facts["year"]),
        area=Area.objects.get(code=settings.PARTNERSHIP_AREA),
        standards=list(standards.values()),
        agencies=list(agencies.values()),
        due=None,
        about=told["about"],
        source=facts["source"],
    )
    for one in told["answers"]:
        Assessment.objects.create(
            round=made,
            standard=standards[one["standard"]],
            agency=agencies[one["agency"]],
            evidence=one.get("evidence", ""),
            to_improve=one["to_improve"],
            state=Assessment.State.SENT,
            source=facts["source"],
        )
    close_round(by=None, round_=made, on=told["closed_on"])
