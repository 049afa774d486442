"""The one schema of an indicator's definition (`definitions/indicators/*.yaml`)."""

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from lscb.definition_files import Definition, load_files, load_folder
from lscb.numbers import UNITS
from lscb.periods import parse
from performance.definitions import FOLDER, kept, own_files
from performance.intake.codes import ALL, code_list
from performance.intake.spec import Dimension, ReturnSpec, margin_of, returns

Dataset = Literal["MashContact", "Referral", "GradedCareProfile", "PoliceDomesticAbuse", "Figure"]
PeriodType = Literal["month", "quarter", "year", "ytd", "rolling"]
PERIOD_TYPES: tuple[PeriodType, ...] = ("month", "quarter", "year", "ytd", "rolling")


# Breakdowns whose categories are readings of one number, and no parts of it: none of them is the largest group.
ALTERNATIVES = ("release",)


class Measure(Definition):
    """What is counted: rows of one dataset at one margin.

    `where` fixes dimensions to one code each. `take` picks the number of a figure. `per: year` holds a yearly
    number (a population) for every period of that financial year instead of adding it up. `whole` keeps the
    measure to the total when the indicator is broken down (the denominator of a share).
    """

    dataset: Dataset
    where: dict[str, str] = {}
    any_of: dict[str, tuple[str, ...]] = Field(
        default={}, description="one dimension that may hold any of several codes, which are added"
    )
    less: dict[str, str] = Field(
        default={},
        description="codes in place of those of `where`, whose number is taken away (bookings less non-attendance)",
    )
    take: Literal["count", "denominator"] = "count"
    per: Literal["period", "year"] = "period"
    whole: bool = False

    @model_validator(mode="after")
    def _known_codes(self) -> "Measure":
        spec = next(iter(returns_of(self.dataset)), None)
        if spec is None:
            raise ValueError(f"no return feeds the dataset {self.dataset}")
        named = [*self.where.items(), *self.less.items()]
        named += [(name, code) for name, codes in self.any_of.items() for code in codes]
        for name, code in named:
            if name not in spec.dimension_names:
                _fault(
                    f"{self.dataset} has no dimension '{name}' (it has {', '.join(spec.dimension_names)})"
                )
            if code not in spec.dimension(name).code_list:
                _fault(f"{name}: no code '{code}' in codes/{spec.dimension(name).codes}.csv")
        if set(self.less) - set(self.where):
            _fault("less: name only dimensions that `where` fixes")
        if self.dataset == "Figure":
            _check_item(self.where.get("item"))
        return self

    def dimensions(self, breakdown: str = ALL, category: str = ALL) -> tuple[tuple[str, ...], ...]:
        """The cells to add, each as codes in the order of the dataset's dimensions."""
        fixed = dict(self.where)
        if self.dataset == "Figure":
            if breakdown != ALL and not self.whole:
                fixed |= {"breakdown": breakdown, "category": category}
        elif breakdown != ALL and not self.whole:
            fixed[breakdown] = category
        names = dataset_dimensions(self.dataset)
        choices = [(name, code) for name, codes in self.any_of.items() for code in codes]
        if not choices:
            return (tuple(fixed.get(name, ALL) for name in names),)
        return tuple(
            tuple({**fixed, chosen: code}.get(name, ALL) for name in names)
            for chosen, code in choices
        )

    def taken_away(self, cells: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
        """The cells to take away from `cells`; none without `less`."""
        if not self.less:
            return ()
        names = dataset_dimensions(self.dataset)
        return tuple(
            tuple(self.less.get(name, code) for name, code in zip(names, codes, strict=True))
            for codes in cells
        )


class Target(Definition):
    """A target and its rule. With `upper` it is a band from `value` to `upper`; `tolerance` is the amber width."""

    value: float
    upper: float | None = None
    tolerance: float = 0
    since: date
    reason: str

    def asks_as(self, other: "Target | None") -> bool:
        """Whether another target asks for the same, whenever and whyever it was set."""
        return other is not None and (self.value, self.upper) == (other.value, other.upper)


class Change(Definition):
    """One entry of a definition's change log. With `breaks` figures from that period on mean something else than
    earlier ones, so that the two are not compared unless somebody says that they may be."""

    day: date
    by: str
    what: str
    breaks: str = Field(default="", description="the period (code) from which on figures differ")
    breakdowns: tuple[str, ...] = Field(default=(), description="only broken down by these")
    areas: tuple[str, ...] = Field(default=(), description="only in these areas (codes)")

    @model_validator(mode="after")
    def _a_period(self) -> "Change":
        if self.breaks:
            parse(self.breaks)
        elif self.breakdowns or self.areas:
            _fault("breaks: name the period from which on figures differ")
        return self


class IndicatorSpec(Definition):
    """An indicator: what it says, from what it is computed, how it adds up over time, and who answers for it."""

    id: str = Field(pattern=r"^[A-Z]{2}\d{2}$")
    title: str
    theme: str
    owner: str = Field(
        description="the type of agency that sends it: a code of codes/agency_types.csv"
    )
    sender: str = Field(description="who sends it, in words")
    definition: str
    why: str
    unit: Literal[
        "count",
        "percent",
        "rate per 1,000",
        "rate per 10,000",
        "rate per 100,000",
        "ratio",
        "per day",
        "cases per worker",
    ]
    aggregation: Literal["sum", "last", "ratio of sums", "recount", "annual"]
    polarity: Literal["high", "low", "none"]
    polarity_source: str
    strand: Literal["data", "audit", "workforce", "feedback", "evaluation"] = Field(
        description="of the balanced scorecard of evidence; feedback is the voice of children and families"
    )
    evidence: str
    frequency: Literal["monthly", "quarterly", "termly", "yearly"]
    numerator: Measure | None = None
    denominator: Measure | None = None
    per_working_day: bool = Field(
        default=False,
        description="whether the numerator is divided by the working days of its period, which nobody sends",
    )
    numerator_words: str
    denominator_words: str = ""
    as_expected: bool = Field(
        default=False,
        description="whether the denominator is what a category’s share of the denominator leads to expect of all",
    )
    published: str | None = Field(
        default=None, description="the figures item under which a printed value alone may be sent"
    )
    awaited: bool = Field(
        default=False,
        description="whether nobody has begun to send it: 'not yet collected' until its first number comes",
    )
    breakdowns: tuple[str, ...] = ()
    several: tuple[str, ...] = Field(
        default=(),
        description="breakdowns of which one case may have several categories: they are no parts of a whole",
    )
    total: bool = Field(
        default=True, description="whether the indicator has a value without a breakdown"
    )
    target: Target | None = None
    decided: tuple[tuple[date, Target | None], ...] = Field(
        default=(),
        exclude=True,
        description="what was set in the browser, the oldest first: from a day on this target, or none",
    )
    no_limits: str = Field(
        default="",
        description="why no control chart judges it, where its series is no process: within 'No limits: ...'",
    )
    small_numbers: bool = False
    can_pass_100: bool = Field(
        default=False,
        description="whether a percentage can be over 100, because what is counted above is no part of what is below",
    )
    source: str
    author: str
    checker: str
    next_review: date
    changes: tuple[Change, ...] = Field(min_length=1)
    notes: str = ""

    def __hash__(self) -> int:
        """Definitions are told apart by all they say, and found by their id."""
        return hash(self.id)

    @model_validator(mode="after")
    def _consistent(self) -> "IndicatorSpec":
        if self.owner not in code_list("agency_types"):
            _fault(f"owner: no agency type '{self.owner}'")
        if self.published:
            _check_item(self.published)
        if self.aggregation == "ratio of sums" and self.numerator and not self.is_divided:
            _fault("aggregation: a ratio of sums needs a denominator")
        if self.aggregation == "sum" and self.denominator:
            _fault("aggregation: with a denominator write 'ratio of sums'")
        if self.unit == "count" and self.denominator:
            _fault("unit: a count has no denominator")
        if self.target and self.polarity == "none" and self.target.upper is None:
            _fault("target: without polarity only a band (value and upper) can be a target")
        for measure in (self.numerator, self.denominator):
            if measure:
                self._check_margins(measure)
        return self

    @model_validator(mode="after")
    def _worked_out_denominators(self) -> "IndicatorSpec":
        if self.per_working_day and (self.denominator or self.aggregation != "ratio of sums"):
            _fault("per_working_day: it is the denominator of a ratio of sums")
        if self.as_expected and (self.total or self.denominator is None):
            _fault(
                "as_expected: only categories (total: false) can be set against what is expected"
            )
        return self

    @model_validator(mode="after")
    def _decides_nothing(self) -> "IndicatorSpec":
        if self.decided:
            _fault("decided: later targets are set in the browser, not in the definition")
        return self

    @model_validator(mode="after")
    def _changes_of_known_breakdowns(self) -> "IndicatorSpec":
        for change in self.changes:
            unknown = sorted(set(change.breakdowns) - set(self.breakdowns))
            if unknown:
                _fault(f"changes: the indicator keeps no breakdown '{unknown[0]}'")
        return self

    def _check_margins(self, measure: Measure) -> None:
        figures = measure.dataset == "Figure"
        known = (
            [code.code for code in code_list("breakdown")]
            if figures
            else dataset_dimensions(measure.dataset)
        )
        for breakdown in self.breakdowns:
            if breakdown not in known and not measure.whole:
                _fault(
                    f"breakdowns: {measure.dataset} has no breakdown '{breakdown}' (it has {', '.join(known)})"
                )
        if figures:
            return
        kept = {name for spec in returns_of(measure.dataset) for name in spec.margin_names}
        names = dataset_dimensions(measure.dataset)
        for breakdown in (ALL, *self.breakdowns) if self.total else self.breakdowns:
            for codes in measure.dimensions(breakdown, "some category"):
                margin = margin_of(names, codes)
                if margin not in kept:
                    _fault(
                        f"{measure.dataset} keeps no margin '{margin}' (kept: {', '.join(sorted(kept))})"
                    )

    def target_on(self, day: date) -> Target | None:
        """The target that counts on a day: the latest set that counts then, else the definition's own. A value is
        judged by the one that counted on its period's last day."""
        own = [(self.target.since, self.target)] if self.target and not self.decided else []
        counting = [target for since, target in (*own, *self.decided) if since <= day]
        return counting[-1] if counting else None

    @property
    def has_data_source(self) -> bool:
        """Whether somebody sends what feeds it; otherwise it is 'not yet collected'."""
        return self.is_fed and not self.awaited

    @property
    def is_fed(self) -> bool:
        """Whether what feeds it can be sent at all."""
        return self.numerator is not None or self.published is not None

    @property
    def is_divided(self) -> bool:
        """Whether its numerator has a denominator: one that is sent, or the working days."""
        return self.denominator is not None or self.per_working_day

    @property
    def item(self) -> str:
        """The figure that feeds it; empty where a data set does, or nothing."""
        if self.numerator is not None:
            return self.numerator.where.get("item", "")
        return self.published or ""

    @property
    def multiplier(self) -> int:
        """What numerator / denominator is multiplied by."""
        return UNITS[self.unit][0]

    @property
    def decimals(self) -> int:
        """To how many decimals a value is written."""
        return UNITS[self.unit][3]

    def dimension(self, breakdown: str) -> Dimension | None:
        """The dimension behind a breakdown of a dataset; None for breakdowns of figures."""
        if self.numerator and self.numerator.dataset != "Figure":
            for spec in returns_of(self.numerator.dataset):
                if breakdown in spec.dimension_names:
                    return spec.dimension(breakdown)
        return None


def _fault(text: str) -> None:
    raise ValueError(text)


def _check_item(item: str | None) -> None:
    if item not in {item for spec in returns().values() for item in spec.items}:
        _fault(f"item: no return carries the figure '{item}'")


def returns_of(dataset: str) -> list[ReturnSpec]:
    """The returns that feed a dataset."""
    return [spec for spec in returns().values() if spec.dataset == dataset]


@kept
def feeding_returns(spec: IndicatorSpec) -> tuple[ReturnSpec, ...]:
    """The returns that bring an indicator's numerator, or the value printed for it; none for one without a source."""
    if spec.numerator is not None and not spec.item:
        return tuple(returns_of(spec.numerator.dataset))
    return tuple(one for one in returns().values() if spec.item in one.items)


@kept
def sending_type(spec: IndicatorSpec) -> str:
    """The type of agency that sends an indicator's figure; empty for one that is fed by a data set."""
    entry = code_list("figure_item").get(spec.item) if spec.item else None
    return entry.group if entry else ""


@kept
def dataset_dimensions(dataset: str) -> tuple[str, ...]:
    """The names of a dataset's dimensions, in order. Raises ValueError when no return feeds it."""
    found = returns_of(dataset)
    if not found:
        raise ValueError(f"no return feeds the dataset {dataset}")
    return found[0].dimension_names


@kept
def indicators() -> dict[str, IndicatorSpec]:
    """All indicators by id, in the order of their ids, the partnership's own last. Raises DefinitionError when one is
    wrong."""
    found = load_folder(FOLDER / "indicators", IndicatorSpec, named_by="id")
    return found | load_files(own_files(), IndicatorSpec, named_by="id")


@kept
def share_items() -> frozenset[str]:
    """The figures that are only ever read as a share of their own denominator: one without it says nothing."""
    shares: set[str] = set()
    alone: set[str] = set()
    for spec in indicators().values():
        above, below = spec.numerator, spec.denominator
        if above is not None and above.dataset == "Figure":
            is_share = below is not None and (below.take, below.where) == (
                "denominator",
                above.where,
            )
            (shares if is_share else alone).add(above.where["item"])
    return frozenset(shares - alone)
