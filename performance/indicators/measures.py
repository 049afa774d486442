"""Which indicators say the same as a number, a percentage and a rate (`definitions/measures.yaml`)."""

from typing import Literal

from pydantic import Field, model_validator

from lscb.definition_files import Definition, load
from performance.definitions import FOLDER, kept
from performance.indicators.spec import indicators
from performance.intake.codes import ALL

MeasureKind = Literal["number", "percent", "rate"]
KINDS: dict[str, MeasureKind] = {"number": "number", "percent": "percent", "rate": "rate"}


class Group(Definition):
    """Indicators that say the same in other units. `by` holds the percentage of each breakdown."""

    number: str
    percent: str = ""
    rate: str = ""
    by: dict[str, str] = {}

    @property
    def ids(self) -> set[str]:
        """Every indicator of the group."""
        return {one for one in (self.number, self.percent, self.rate, *self.by.values()) if one}

    def of(self, kind: MeasureKind, breakdown: str) -> str:
        """The indicator of a kind, broken down or not; empty where the group has none."""
        if kind == "number":
            return self.number
        if kind == "percent":
            return self.percent if breakdown == ALL else self.by.get(breakdown, "")
        return self.rate


class Measures(Definition):
    """All groups."""

    groups: tuple[Group, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _known(self) -> "Measures":
        unknown = {one for group in self.groups for one in group.ids} - set(indicators())
        if unknown:
            raise ValueError(f"no indicator is named {', '.join(sorted(unknown))}")
        return self


@kept
def measures() -> Measures:
    """The groups. Raises DefinitionError when the file is wrong."""
    return load(FOLDER / "measures.yaml", Measures)


def sibling(indicator: str, kind: MeasureKind, breakdown: str) -> str:
    """The indicator that says the same as `indicator` in another unit; empty where there is none."""
    group = next((one for one in measures().groups if indicator in one.ids), None)
    return group.of(kind, breakdown) if group else ""
