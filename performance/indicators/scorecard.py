"""The one schema of `definitions/scorecard.yaml`: the scorecard's sections, and the dashboards with their charts."""

from typing import Literal

from pydantic import Field, model_validator

from lscb.definition_files import Definition, load
from performance.definitions import FOLDER, kept
from performance.indicators.spec import PeriodType, indicators
from performance.intake.codes import ALL


class Section(Definition):
    """A section of the scorecard or of a dashboard: a title and its indicators in order."""

    title: str
    indicators: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _known(self) -> "Section":
        _check_indicators(self.indicators)
        return self


class AreaNote(Definition):
    """What is said under a chart of one area only: its code and the words."""

    area: str
    text: str


class ChartSpec(Definition):
    """One chart: an indicator, a breakdown or none, a kind of period, and bars or lines."""

    indicator: str
    title: str
    breakdown: str = ALL
    period_type: PeriodType = "month"
    mark: Literal["line", "bar", "stacked"] = "line"
    with_indicators: tuple[str, ...] = ()
    note: str = ""
    notes: tuple[AreaNote, ...] = ()

    def said_of(self, area: str) -> "ChartSpec":
        """The chart with what is said of one area (its code) beside what is said of all."""
        said = [self.note, *(one.text for one in self.notes if one.area == area)]
        return self.model_copy(update={"note": " ".join(filter(None, said)), "notes": ()})

    @model_validator(mode="after")
    def _drawable(self) -> "ChartSpec":
        _check_indicators((self.indicator, *self.with_indicators))
        first = indicators()[self.indicator]
        if self.breakdown != ALL and self.breakdown not in first.breakdowns:
            _fault(f"breakdown: {first.id} keeps no breakdown '{self.breakdown}'")
        if self.breakdown == ALL and not first.total:
            _fault(f"breakdown: {first.id} has values only by {' or '.join(first.breakdowns)}")
        for other in self.with_indicators:
            if indicators()[other].unit != first.unit:
                _fault(
                    f"with_indicators: {other} is not in {first.id}'s unit, so one axis would mislead"
                )
        return self


class Dashboard(Definition):
    """A dashboard page: what it asks, and the charts on it, each an indicator and how it is drawn."""

    slug: str = Field(pattern=r"^[a-z][a-z-]*$")
    title: str
    question: str
    school_terms: bool = False  # shaded on its monthly charts
    charts: tuple[ChartSpec, ...] = Field(min_length=1)


def _check_indicators(ids: tuple[str, ...]) -> None:
    unknown = sorted(set(ids) - set(indicators()))
    if unknown:
        _fault(f"no indicator is named {', '.join(unknown)}")


class Scorecard(Definition):
    """`definitions/scorecard.yaml`: the quarterly scorecard's sections, and the dashboards."""

    sections: tuple[Section, ...] = Field(min_length=1)
    dashboards: tuple[Dashboard, ...]

    @model_validator(mode="after")
    def _each_once(self) -> "Scorecard":
        rows = [one for section in self.sections for one in section.indicators]
        slugs = [board.slug for board in self.dashboards]
        for name, found in (("sections", rows), ("dashboards", slugs)):
            twice = sorted({one for one in found if found.count(one) > 1})
            if twice:
                _fault(f"{name}: named twice: {', '.join(twice)}")
        return self


@kept
def scorecard() -> Scorecard:
    """The scorecard's and dashboards' layout. Raises DefinitionError when it is wrong."""
    return load(FOLDER / "scorecard.yaml", Scorecard)


def _fault(text: str) -> None:
    raise ValueError(text)
