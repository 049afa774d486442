"""The pack of a meeting: what a quarter's agenda needs, in its order, as plain data for page, PDF and Word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lscb.days import day_words
from lscb.periods import Period
from performance.contributed import OverdueAction, TimeLimit
from performance.models import Signal
from performance.pages.brief import Gap
from performance.pages.panel import Panel
from performance.pages.scorecard import Row
from performance.queries.calendar import Owed
from performance.queries.scorecard import Asked, Frozen
from performance.queries.signals import News
from performance.queries.signals import Row as SignalRow


@dataclass(frozen=True)
class ChosenView:
    """A view that was pinned to the meeting: its name, its address, the charts it holds, and in words their area and
    date."""

    name: str
    address: str
    panels: tuple[Panel, ...]
    below: str = ""


@dataclass(frozen=True)
class Pack:
    """A meeting's pack. `changed` are the rows with a signal, `late` the returns that are overdue, `news` what changed
    since the last meeting of the Performance Subgroup; None where no meeting is kept."""

    quarter: Period
    area_name: str
    synthetic: bool
    changed: tuple[Row, ...]
    signals: tuple[SignalRow, ...]
    chance: str
    dependence: str
    gaps: tuple[Gap, ...]
    late: tuple[Owed, ...]
    challenges: tuple[tuple[Asked, bool], ...]
    actions: tuple[OverdueAction, ...]
    limits: tuple[TimeLimit, ...]
    editions: tuple[Frozen, ...]
    views: tuple[ChosenView, ...]
    today: date
    news: News | None = None

    @property
    def news_title(self) -> str:
        """`Changed since the last meeting of the Performance Subgroup, 8 September 2026`; empty where none is kept."""
        if self.news is None or self.news.meeting is None:
            return ""
        day = day_words(self.news.meeting)
        return f"Changed since the last meeting of the Performance Subgroup, {day}"

    @property
    def news_words(self) -> tuple[str, ...]:
        """What is new and what ended since then, one sentence each; what is only missing stands in its own part."""
        if self.news is None:
            return ()
        new = [one for one in self.news.new if one.kind != Signal.Kind.MISSING]
        gone = [one for one in self.news.ended if one.kind != Signal.Kind.MISSING]
        return (
            *(f"New: {one.words}" for one in new),
            *(f"No longer there: {one.words} {one.by_people}".rstrip() for one in gone),
        )

    @property
    def title(self) -> str:
        """`Meeting pack: Quarter 4, 2024/25, Luton`."""
        return f"Meeting pack: {self.quarter.label}, {self.area_name}"

    @property
    def late_today(self) -> str:
        """That returns are told as they are missing on the day, also in the pack of an older quarter."""
        return f"As of {day_words(self.today)}, whatever quarter they are of."

    @property
    def charts(self) -> int:
        """How many charts were chosen."""
        return sum(len(one.panels) for one in self.views)

    @property
    def late_senders(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The late returns by who owes them: (agency, one line a return)."""
        return late_senders(self.late)

    @property
    def late_returns(self) -> int:
        """How many returns are late, each counted once whatever periods it lacks."""
        return sum(len(lines) for _, lines in self.late_senders)


def late_senders(late: Sequence[Owed]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Late returns of one area by agency, whoever owes most first, each with its periods:
    `("Police", ("Domestic abuse: May 2026, June 2026",))`."""
    found: dict[str, dict[str, list[str]]] = {}
    for one in late:
        owed = found.setdefault(one.agency, {})
        owed.setdefault(one.spec.title, []).append(one.duty.period.short)
    return tuple(
        (agency, tuple(f"{title}: {_few(periods)}" for title, periods in sorted(owed.items())))
        for agency, owed in sorted(found.items(), key=lambda one: (-len(one[1]), one[0]))
    )


def _few(periods: list[str]) -> str:
    """Up to four periods by name, else from the first to the last with their number."""
    if len(periods) <= 4:
        return ", ".join(periods)
    return f"{len(periods)} periods, {periods[0]} to {periods[-1]}"
