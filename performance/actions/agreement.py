"""An agreed proposal becomes a definition: one file, checked by the same schema and read by the same loader as all."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
KEYS = [f"{OWN_PREFIX}{number:02d}" for number in range(1, 100)]


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


def _agreeing() -> Path:
    """Where a definition lies until it stands in the database that it was agreed to."""
    return own_folder() / "agreeing"


@contextmanager
def written(*, proposal: ProposedIndicator, agreement: Agreement, by: Person) -> Iterator[Path]:
    """The definition in a file that this process alone reads until `keep`; taken back where what is done within it
    fails. Runs in the caller's transaction, alone. Raises AgreementRefused, and writes no file, where the schema finds
    a fault."""
    path = _write(proposal, agreement, by)
    try:
        yield path
    except BaseException:
        _discard(path)
        raise


def _write(proposal: ProposedIndicator, agreement: Agreement, by: Person) -> Path:
    """Write the definition under the next free id."""
    if not agreement.item and code_list("figure_item").match(proposal.title):
        raise AgreementRefused("There is a figure of this title: choose it, or another title.")
    _check(proposal, agreement, by)
    _agreeing().mkdir(parents=True, exist_ok=True)
    taken = {path.stem for path in own_folder().glob("*.yaml")}
    key = next((one for one in KEYS if one not in taken), None)
    if key is None:
        raise AgreementRefused("There are 99 indicators of your own already.")
    path = _agreeing() / f"{key}.yaml"
    text = yaml.safe_dump(
        definition(key, proposal, agreement, by), allow_unicode=True, sort_keys=False
    )
    path.write_text(text, encoding="utf-8")
    definitions.read_also(path)
    return path


def _check(proposal: ProposedIndicator, agreement: Agreement, by: Person) -> None:
    """Hold the definition against the schema before any file is there, so that no process ever reads a faulty one. Its
    own figure does not exist yet, so another stands in for it."""
    known = replace(agreement, item=agreement.item or POPULATION)
    try:
        IndicatorSpec.model_validate(definition(f"{OWN_PREFIX}00", proposal, known, by))
    except ValidationError as error:
        raise AgreementRefused("; ".join(fault["msg"] for fault in error.errors())) from error


def keep(path: Path) -> None:
    """Put a definition with the others, for every process to read: it stands in the database that it was agreed to."""
    with suppress(FileNotFoundError):  # another process was quicker, which took this one for killed
        path.rename(own_folder() / path.name)
    definitions.read_no_more(path)


def _discard(path: Path) -> None:
    """Take a definition back that was written a moment ago."""
    path.unlink(missing_ok=True)
    definitions.read_no_more(path)


def settle() -> None:
    """Bring files in step with the database after a process was killed while it agreed to a proposal: what was agreed
    to is kept, what was not is taken back. Runs in the caller's transaction, alone, so that no agreement is under way.
    """
    for path in sorted(_agreeing().glob("*.yaml")):
        agreed = ProposedIndicator.objects.filter(
            indicator=path.stem, state=ProposedIndicator.State.AGREED
        )
        (keep if agreed.exists() else _discard)(path)


def compute(path: Path) -> IndicatorSpec:
    """Compute a new indicator from what is held already, for every area. Runs in the caller's transaction."""
    spec = indicators()[path.stem]
    for area in Area.objects.order_by("code"):
        recompute_indicator(area=area, spec=spec)
    wordings.hold_all()  # its name may be in any of them
    return spec


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
