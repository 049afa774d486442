"""The one schema of a return's definition (`definitions/returns/*.yaml`), and what the steps of intake pass on."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from lscb.definition_files import Definition, load_folder
from lscb.periods import MONTH, QUARTER, YEAR, Period
from performance.definitions import FOLDER, kept, own_items
from performance.intake.codes import ALL, CodeList, code_list

TOTAL = "total"  # the name of the margin that keeps no dimension

# The statuses of any number. A number is only there when it is reported.
REPORTED = "reported"
SUPPRESSED = "suppressed"
NOT_AVAILABLE = "not available"
NOT_APPLICABLE = "not applicable"
NOT_SUBMITTED = "not submitted"
STATUSES = (REPORTED, SUPPRESSED, NOT_AVAILABLE, NOT_APPLICABLE, NOT_SUBMITTED)


def _known_list(name: str) -> str:
    code_list(name)
    return name


CodeListName = Annotated[str, AfterValidator(_known_list)]


class Dimension(Definition):
    """A dimension of a dataset: its column, its code list, and what it means."""

    name: str
    title: str
    codes: CodeListName
    description: str
    derived_from: str | None = Field(
        default=None,
        description="a numeric column of record-level files it may be worked out from (age)",
    )

    @property
    def code_list(self) -> CodeList:
        """The values it may hold."""
        return code_list(self.codes)


class Margin(Definition):
    """A set of dimensions kept together, and why the partnership agreed to keep it."""

    dimensions: tuple[str, ...]
    why: str

    @property
    def name(self) -> str:
        """`total`, `source`, `source+issue`."""
        return "+".join(self.dimensions) or TOTAL


class ReturnSpec(Definition):
    """A return: what an agency sends, how often, by when, and what of it is kept."""

    id: str
    title: str
    description: str
    dataset: Literal[
        "MashContact", "Referral", "GradedCareProfile", "PoliceDomesticAbuse", "Figure"
    ]
    owners: tuple[str, ...] = Field(min_length=1, description="the types of agency that owe it")
    frequency: Literal["monthly", "quarterly", "yearly"]
    deadline_working_days: int = Field(ge=1, le=60, description="after the end of the period")
    owed_by: tuple[str, ...] | None = Field(
        default=None,
        description="the types of agency that have it on their calendar, where not all that may send it",
    )
    sign_off: bool = Field(
        default=False, description="whether a second person of the agency signs a file off"
    )
    made_by_program: bool = Field(
        default=False, description="whether the program sends it; nobody is asked for it"
    )
    kinds: tuple[Literal["counts", "records"], ...] = ("counts",)
    period_column: str = "month"
    date_column: str = "date"
    periods: tuple[Literal["month", "quarter", "year"], ...] = Field(
        default=("month",), description="the kinds of period a row may state"
    )
    dimensions: tuple[Dimension, ...] = Field(min_length=1)
    margins: tuple[Margin, ...] = ()
    items: tuple[str, ...] = Field(
        default=(), description="for figures: the items this return may carry"
    )
    ignored_columns: tuple[str, ...] = Field(
        default=(), description="columns of record-level exports that are read past and never kept"
    )
    notes: str = ""
    source: str = ""

    @model_validator(mode="after")
    def _consistent(self) -> "ReturnSpec":
        names = self.dimension_names
        for margin in self.margins:
            unknown = set(margin.dimensions) - set(names)
            if unknown:
                raise ValueError(
                    f"margins name dimensions that are not declared: {', '.join(sorted(unknown))}"
                )
            if list(margin.dimensions) != [name for name in names if name in margin.dimensions]:
                raise ValueError(f"write the margin {margin.name} in the order of the dimensions")
            if len(margin.dimensions) > 2:
                raise ValueError(
                    f"margin {margin.name}: more than two dimensions together could show one child"
                )
        if set(self.owed_by or ()) - set(self.owners):
            raise ValueError("owed_by: name only types of agency that are owners")
        if self.is_figures and self.kinds != ("counts",):
            raise ValueError("figures cannot be sent record by record")
        if not self.is_figures and not self.margins:
            raise ValueError("a return of counts must name the margins that are kept")
        return self

    @property
    def period_kind(self) -> str:
        """The kind of period it is due for: month, quarter or year."""
        return {"monthly": MONTH, "quarterly": QUARTER, "yearly": YEAR}[self.frequency]

    @property
    def due_from(self) -> tuple[str, ...]:
        """The types of agency that have it on their calendar."""
        if self.made_by_program:
            return ()
        return self.owners if self.owed_by is None else self.owed_by

    @property
    def is_figures(self) -> bool:
        """Whether its rows carry numerator, denominator and value instead of a count."""
        return self.dataset == "Figure"

    @property
    def dimension_names(self) -> tuple[str, ...]:
        """The names of its dimensions, in order."""
        return tuple(dimension.name for dimension in self.dimensions)

    @property
    def margin_names(self) -> tuple[str, ...]:
        """The names of the kept margins."""
        return tuple(margin.name for margin in self.margins)

    def dimension(self, name: str) -> Dimension:
        """The dimension of this name. Raises KeyError."""
        return next(one for one in self.dimensions if one.name == name)

    @property
    def measures(self) -> tuple[str, ...]:
        """The number columns of the counts form."""
        return ("numerator", "denominator", "value") if self.is_figures else ("count",)

    @property
    def counts_columns(self) -> tuple[str, ...]:
        """The columns of the counts form, in order."""
        return (self.period_column, *self.dimension_names, *self.measures)

    @property
    def record_columns(self) -> tuple[str, ...]:
        """The columns of the record-level form, in order: one row an event, no count."""
        return (self.date_column, *self.dimension_names)


OWN_FIGURES = "figures"  # the return that carries the figures of a partnership's own indicators


@kept
def returns() -> dict[str, ReturnSpec]:
    """All returns by id. Raises DefinitionError when one is wrong."""
    found = load_folder(FOLDER / "returns", ReturnSpec, named_by="id")
    figures = found[OWN_FIGURES]
    own = tuple(code for code, _, _ in own_items())
    return found | {OWN_FIGURES: figures.model_copy(update={"items": (*figures.items, *own)})}


@dataclass(frozen=True)
class Problem:
    """One finding in a submission. `row` counts the header line as 1; `found` names the kind of value, and
    repeats the value only where it cannot be personal."""

    code: str
    severity: Literal["error", "warning"]
    message: str
    row: int | None = None
    column: str | None = None
    found: str = ""
    suggestion: str = ""


@dataclass(frozen=True)
class Cell:
    """One number that is kept: a count (or a figure) for one period and one margin.

    `dimensions` are codes in the order of the return's dimensions, `all` outside the margin.
    For a figure `count` is the numerator. Every number is None unless the status is `reported`.
    """

    period: Period
    margin: str
    dimensions: tuple[str, ...]
    count: Decimal | int | None
    status: str = REPORTED
    denominator: Decimal | None = None
    value: Decimal | None = None


@lru_cache(maxsize=16_384)  # the same few thousand rows are asked about again and again
def margin_of(names: tuple[str, ...], codes: tuple[str, ...]) -> str:
    """The name of the margin that a row of codes states: the dimensions that do not hold `all`."""
    return "+".join(name for name, code in zip(names, codes, strict=True) if code != ALL) or TOTAL


def reported(cells: list[Cell]) -> Iterator[Cell]:
    """The cells that carry a number."""
    return (cell for cell in cells if cell.status == REPORTED)
