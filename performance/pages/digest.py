"""The e-mail that tells a group what changed since its last meeting, or since it was last told. Figures, never
anything about a child."""

from datetime import date

from django.urls import reverse

from lscb.days import day_words
from lscb.models import Role
from lscb.numbers import plural
from lscb.working_days import DAY, is_working_day, working_days_between
from performance.models import Signal
from performance.pages.brief import chance_words, dependence_words
from performance.queries.false_alarms import Watched
from performance.queries.signals import News, Row

DAYS_BEFORE = 5  # working days before a meeting from which on its digest may go out
GROUPS: dict[str, tuple[Role, ...]] = {
    "subgroup": (Role.SUBGROUP, Role.CHAIR, Role.MANAGER),
    "executive": (Role.EXECUTIVE, Role.SCRUTINEER),
}


def is_due(today: date, coming: date | None, *, was_told: bool) -> bool:
    """Whether a group's digest goes out today: once, from five working days before its next meeting on; on the
    first working day of a week where no meeting is to come; never at weekends and on bank holidays."""
    if not is_working_day(today):
        return False
    if coming is None:
        earlier = (today - DAY * back for back in range(1, today.weekday() + 1))
        return not any(is_working_day(day) for day in earlier)
    return not was_told and working_days_between(today, coming) <= DAYS_BEFORE


def subject(news: News, place: str) -> str:
    """The subject of the e-mail: how much there is, and where."""
    parts = [plural(len(news.new), "new signal")] if news.new else []
    off = sum(bool(row.off) for row in news.ended)
    if len(news.ended) > off:
        parts.append(f"{len(news.ended) - off} ended")
    if off:
        parts.append(f"{off} not watched any more")
    return f"{place}: {', '.join(parts)}"


def text(news: News, *, place: str, watched: Watched, site: str) -> str:
    """The e-mail as plain text, the most pressing first, with the number of false alarms to expect. `site` is where
    people reach the product."""
    since = "you were last told"
    if news.meeting:
        since = f"your last meeting, on {day_words(news.meeting)}"
    lines = [f"What changed in the figures of {place} since {since}.", ""]
    found = [row for row in news.new if row.kind != Signal.Kind.MISSING]
    late = [row for row in news.new if row.kind == Signal.Kind.MISSING]
    for title, rows in (("New", found), ("No longer there", news.ended)):
        if rows:
            lines += [title, *[f"- {_line(row)}" for row in rows], ""]
    if late:
        lines += ["Missing", *[f"- {_said(row)}" for row in late], ""]
    if watched.series:
        lines.append(
            f"Of {watched.series} series that can be judged, {chance_words(watched.standing)} would show a special "
            f"cause by chance, and {chance_words(watched.ended)} one that has ended."
        )
        lines += [dependence_words(watched.stocks)] if watched.stocks else []
    lines += [
        "",
        f"The charts and the rules: {site}{reverse('signals')}",
        f"To get no e-mails about signals: {site}{reverse('account')}",
    ]
    return "\n".join(lines) + "\n"


def _line(row: Row) -> str:
    return f"{row.kind_words}. {_said(row)}"


def _said(row: Row) -> str:
    """A signal with its numbers, whom else it is of, its rule, and what people decided meanwhile."""
    also = f" Also: {', '.join(row.also)}." if row.also else ""
    by_people = f" {row.by_people}" if row.by_people else ""
    return f"{row.words}{also} Rule: {row.rule}{by_people}"
