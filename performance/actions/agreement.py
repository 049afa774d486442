"""An agreed proposal becomes a definition: one file, checked by the same schema and read by the same loader as all."""

import os
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import yaml
from django.conf import settings
from django.utils import timezone
from pydantic import ValidationError

from lscb.days import day_words
from lscb.models import Area, Person
from performance import definitions
from performance.actions import wordings
from performance.actions.observations import recompute_indicator
from performance.definitions import OWN_PREFIX
from performance.indicators.spec import IndicatorSpec, indicators
from performance.intake.codes import code_list
from performance.models import ProposedIndicator

POPULATION = "population-0-17"
REVIEW_AFTER = timedelta(days=365)


@dataclass(frozen=True)
class Agreement:
    """What a manager adds to a proposal: who answers for it (a type of agency), how it adds up over time (`sum` or
    `last`), whether more or less is better, how often it comes, its strand, and the figure that feeds it (empty: one of
    its own)."""

    owner: str
    over_time: str
    polarity: str
    frequency: str
    strand: str
    item: str = ""


class AgreementRefused(Exception):
    """A definition that cannot be used. The text says why."""


def own_folder() -> Path:
    """Where the definitions of this installation lie."""
    return Path(settings.DATA_DIR) / "indicators"


def write(*, proposal: ProposedIndicator, agreement: Agreement, by: Person) -> Path:
    """Write the definition under the next free id and read all anew. Raises AgreementRefused, and writes no
    file, where the schema finds a fault."""
    if not agreement.item and code_list("figure_item").match(proposal.title):
        raise AgreementRefused("There is a figure of this title: choose it, or another title.")
    _check(proposal, agreement, by)
    folder = own_folder()
    folder.mkdir(parents=True, exist_ok=True)
    number = 1
    while True:
        key = f"{OWN_PREFIX}{number:02d}"
        if number > 99:
            raise AgreementRefused("There are 99 indicators of your own already.")
        path = folder / f"{key}.yaml"
        if _take(path, definition(key, proposal, agreement, by)):
            break
        number += 1
    definitions.forget()
    return path


def _check(proposal: ProposedIndicator, agreement: Agreement, by: Person) -> None:
    """Hold the definition against the schema before any file is there, so that no process ever reads a faulty one. Its
    own figure does not exist yet, so another stands in for it."""
    known = replace(agreement, item=agreement.item or POPULATION)
    try:
        IndicatorSpec.model_validate(definition(f"{OWN_PREFIX}00", proposal, known, by))
    except ValidationError as error:
        raise AgreementRefused("; ".join(fault["msg"] for fault in error.errors())) from error


def discard(path: Path) -> None:
    """Take a definition back that was written a moment ago."""
    path.unlink(missing_ok=True)
    definitions.forget()


def compute(path: Path) -> IndicatorSpec:
    """Compute a new indicator from what is held already, for every area. Runs in the caller's transaction."""
    spec = indicators()[path.stem]
    for area in Area.objects.order_by("code"):
        recompute_indicator(area=area, spec=spec)
    wordings.hold_all()  # its name may be in any of them
    return spec


def _take(path: Path, content: dict[str, object]) -> bool:
    """Write a whole file under a name that nobody has; False where it is taken."""
    draft = path.with_suffix(f".{os.getpid()}.part")
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
    draft.write_text(text, encoding="utf-8")
    try:
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    return True


def definition(
    key: str, proposal: ProposedIndicator, agreement: Agreement, by: Person
) -> dict[str, object]:
    """The definition of an agreed proposal, in the fields of `IndicatorSpec`."""
    day: date = timezone.localdate()
    item = agreement.item or key.lower()
    fields: dict[str, object] = {
        "id": key,
        "title": proposal.title,
        "theme": proposal.theme,
        "owner": agreement.owner,
        "sender": proposal.sender,
        "definition": proposal.definition,
        "why": proposal.why,
        "unit": proposal.unit,
        "aggregation": agreement.over_time,
        "polarity": agreement.polarity,
        "polarity_source": f"Agreed by the partnership, {day_words(day)}",
        "strand": agreement.strand,
        "evidence": "agreed locally",
        "frequency": agreement.frequency,
        "numerator_words": proposal.numerator_words,
        "numerator": {"dataset": "Figure", "where": {"item": item}},
        "source": "The return of other figures",
        "author": proposal.made_by.name,
        "checker": by.name,
        "next_review": day + REVIEW_AFTER,
        "changes": [{"day": day, "by": by.name, "what": "Agreed; first definition."}],
    }
    if proposal.unit != "count":
        fields |= _denominator(proposal, item)
        if agreement.over_time == "sum":
            fields["aggregation"] = "ratio of sums"
    return fields


def _denominator(proposal: ProposedIndicator, item: str) -> dict[str, object]:
    """What stands under the line: children for a rate, else the denominator that is sent with the figure."""
    under: dict[str, object] = {"dataset": "Figure", "where": {"item": item}, "take": "denominator"}
    if proposal.unit.startswith("rate"):
        under = {"dataset": "Figure", "where": {"item": POPULATION}, "per": "year"}
    return {
        "denominator_words": proposal.denominator_words,
        "denominator": under,
        "published": item,
    }
