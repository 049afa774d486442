"""What checking works with and what comes of it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, TypeVar

from lscb.periods import Period
from performance.intake.personal import kind_of_texts, personal, value_kind
from performance.intake.problems import Problems, problem
from performance.intake.spec import REPORTED, Problem, ReturnSpec
from performance.intake.values import Fault, Reading

Kind = Literal["counts", "records"]
NOTES_OF_A_COLUMN = 30
Value = TypeVar("Value", bound=Reading)


@dataclass(frozen=True)
class Row:
    """One clean row. In a file of counts it is row `number` of the file; in a file of events it stands for all
    events of one month with the same codes, `count` of them, and `number` is 0.

    For a figure `count` is the numerator. Every number is None unless the status is `reported`.
    """

    number: int
    period: Period
    codes: tuple[str, ...]
    count: Decimal | int | None
    status: str = REPORTED
    denominator: Decimal | None = None
    value: Decimal | None = None


@dataclass(frozen=True)
class Checked:
    """What came of a file. `read` is how many rows were read, `months` the months a file of events speaks for.
    `absent` are dimensions it says nothing about; `identifying` says that its bytes must be deleted once it is read."""

    kind: Kind
    rows: list[Row]
    problems: list[Problem]
    notes: list[str]
    read: int = 0
    months: tuple[Period, ...] = ()
    absent: tuple[str, ...] = ()
    identifying: bool = False

    @property
    def personal(self) -> bool:
        """Whether something personal was found: the bytes of the file must be deleted."""
        return any(one.code == "personal-data" for one in self.problems)

    @property
    def refused(self) -> bool:
        """Whether there is an error, so that nothing of the file may be stored."""
        return any(one.severity == "error" for one in self.problems)


@dataclass
class Job:
    """One file being checked: what it should be, and what was found so far.

    `mappings` are an agency's own words for codes: dimension -> text as `codes.plain` makes it -> code. `shares` are
    the figures that mean nothing without their denominator.
    """

    spec: ReturnSpec
    period: Period
    today: date
    mappings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    problems: Problems = field(default_factory=Problems)
    notes: list[str] = field(default_factory=list)
    shares: frozenset[str] = frozenset()

    def fault(self, fault: Fault, row: int | None, column: str | None) -> None:
        """Take a fault as an error."""
        self.problems.add(
            problem(
                fault.code,
                fault.message,
                fault.suggestion,
                row=row,
                column=column,
                found=fault.found,
            )
        )

    def warn(self, fault: Fault, row: int | None, column: str | None) -> None:
        """Take a fault as a warning."""
        self.problems.add(
            problem(
                fault.code,
                fault.message,
                fault.suggestion,
                row=row,
                column=column,
                found=fault.found,
                severity="warning",
            )
        )


def read_column(
    job: Job,
    column: str,
    texts: list[str],
    numbers: Sequence[int],
    read: Callable[[str], Value | Fault],
    *,
    births: bool = False,
) -> list[Value | None]:
    """A column as values, None where a text cannot be read; problems and notes go to the job.

    Each distinct text is read once. Texts that cannot be read are looked through for personal data; with `births`
    days long before the job's period count as such.
    """
    values: dict[str, Value] = {}
    faults: dict[str, Fault] = {}
    for text in dict.fromkeys(texts):
        found = read(text)
        if isinstance(found, Fault):
            faults[text] = found
        else:
            values[text] = found
    if faults:
        _faults(job, column, texts, numbers, faults, births)
    _notes(job, column, texts, numbers, values)
    return list(map(values.get, texts))


def _faults(
    job: Job,
    column: str,
    texts: list[str],
    numbers: Sequence[int],
    faults: dict[str, Fault],
    births: bool,
) -> None:
    strange = [text for text, fault in faults.items() if text and not fault.found]
    kind = kind_of_texts(strange, births_before=job.period.start if births else None)
    if kind:
        telling = {text for text in strange if value_kind(text) == kind} or set(strange)
        row = next(number for number, text in zip(numbers, texts, strict=True) if text in telling)
        job.problems.add(personal(kind, column, row))
    for number, text in zip(numbers, texts, strict=True):
        if text in faults and not (kind and text and not faults[text].found):
            job.fault(faults[text], number, column)


def _notes(
    job: Job, column: str, texts: list[str], numbers: Sequence[int], values: Mapping[str, Reading]
) -> None:
    noted = {text: value for text, value in values.items() if value.note or value.warning}
    if not noted:
        return
    times = Counter(texts)
    notes: Counter[str] = Counter()
    for text, value in noted.items():
        if value.note:
            notes[value.note] += times[text]
        if value.warning:
            job.warn(value.warning, numbers[texts.index(text)], column)
    for note, rows in notes.most_common(NOTES_OF_A_COLUMN):
        job.notes.append(f"{column}: {note} ({rows:,} row{'s' * (rows != 1)}).")
    if len(notes) > NOTES_OF_A_COLUMN:
        job.notes.append(
            f"{column}: {len(notes) - NOTES_OF_A_COLUMN} more texts were normalised in the same way."
        )
