"""A meeting's pack on paper: what its page says, in the agenda's order, as a lscb Paper for Word and PDF."""

from collections.abc import Iterator

from lscb.days import day_words
from lscb.papers import Paper, Picture, Section, Table
from performance.pages import drawing
from performance.pages.cells import Cell
from performance.pages.meeting import Pack
from performance.pages.panel import Panel
from performance.pages.sparks import Spark, svg

TABLE_ROWS, TABLE_COLUMNS = 12, 7  # of a chart's table on paper, the latest periods first


def paper(pack: Pack) -> Paper:
    """The pack as a description that Word and PDF are made of."""
    return Paper(title=pack.title, sections=list(_sections(pack)), synthetic=pack.synthetic)


def _sections(pack: Pack) -> Iterator[Section]:
    yield _changed(pack)
    if pack.news_title:
        yield Section(
            pack.news_title,
            points=pack.news_words,
            none="No signal is new, and none has ended.",
            level=2,
        )
    yield Section(
        "Signals that stand now",
        points=[one.words for one in pack.signals],
        none="None that is not in the table above.",
        level=2,
    )
    yield Section(
        "2. Returns missing",
        sentences=[pack.late_today] if pack.late_senders else [],
        table=Table(
            ("From", "Return and periods"),
            [(agency, line) for agency, lines in pack.late_senders for line in lines],
        ),
        none="No return is late, of those you may see.",
    )
    yield Section(
        "Numbers missing for this quarter",
        points=[f"{gap.sender}: {gap.words}" for gap in pack.gaps],
        none="Every indicator has a number.",
        level=2,
    )
    yield _open(pack)
    yield _overdue(pack)
    yield _limits(pack)
    yield Section("5. Chosen charts", none="" if pack.views else "None is pinned to this quarter.")
    for view in pack.views:
        yield Section(view.name, level=2)
        for panel in view.panels:
            yield _panel(panel, view.below)
    waiting = [
        f"{one.quarter.label}, edition {one.number}: {one.state.label.lower()}"
        for one in pack.editions
    ]
    yield Section("6. Editions to decide on", points=waiting, none="None waits.")


def _changed(pack: Pack) -> Section:
    """The rows with a signal as a table, each with its sparkline."""
    rows = [
        (
            f"{row.title} ({row.id})",
            f"{row.value} {row.value_note}".strip(),
            _small(row.spark) if row.spark else "No series",
            row.variation.words,
            f"{row.news[:1].upper()}{row.news[1:]}",
        )
        for row in pack.changed
    ]
    columns = ("Indicator", "Latest", "Over time", "Variation", "In words")
    chance = (
        f"Were nothing to change at all, {pack.chance} would still look like a signal by chance."
    )
    return Section(
        "1. New signals",
        sentences=[one for one in (chance, pack.dependence) if one] if rows else [],
        table=Table(columns, rows),
        none="No indicator of the scorecard shows a signal of this quarter.",
    )


def _small(spark: Spark) -> Picture:
    return Picture(svg(spark, alone=True), spark.label, width=4.5)


def _open(pack: Pack) -> Section:
    rows = [
        (
            one.question,
            one.agency,
            day_words(one.due),
            one.state_words + (", overdue" if overdue else ""),
        )
        for one, overdue in pack.challenges
    ]
    return Section(
        "3. Challenges that are not closed",
        table=Table(("Question", "To", "Due", "State"), rows),
        none="None waits.",
    )


def _overdue(pack: Pack) -> Section:
    rows = [
        (
            one.title,
            one.origin,
            ", ".join(filter(None, (one.agency or "No agency", one.owner))),
            day_words(one.due),
        )
        for one in pack.actions
    ]
    return Section(
        "4. Overdue actions",
        table=Table(("Action", "From", "Whose", "Was due"), rows),
        none="No action is overdue, of those you may see.",
    )


def _limits(pack: Pack) -> Section:
    rows = [(one.title, one.limit, day_words(one.day), one.words) for one in pack.limits]
    return Section(
        "Time limits of reviews that are near or missed",
        table=Table(("Review", "Limit", "Last day", "How it stands"), rows),
        none="No limit is near, and none is missed.",
        level=2,
    )


def _panel(panel: Panel, below: str) -> Section:
    """A chosen chart: its words, its picture, its table."""
    picture = None
    if panel.figure:
        said = [*(f"{one}." for one in panel.signs), below]
        picture = Picture(
            drawing.svg(panel.figure, panel.title, said, is_headed=False),
            f"{panel.summary} {panel.course}".strip(),
        )
    rows = [
        [f"{cell.text} ({cell.note})" if cell.note else cell.text for cell in row]
        for row in _cut(panel)
    ]
    is_cut = len(panel.rows) > len(rows) or len(panel.columns) > TABLE_COLUMNS
    more = "The table holds the latest periods; the page holds all." if is_cut else ""
    texts = (panel.summary, panel.course, panel.unavailable, panel.note, more)
    return Section(
        panel.title,
        sentences=[text for text in texts if text],
        picture=picture,
        table=Table(panel.columns[:TABLE_COLUMNS], rows),
        level=3,
    )


def _cut(panel: Panel) -> list[tuple[Cell, ...]]:
    """The rows that paper has room for. Rows of categories are all kept, rows of periods the latest."""
    rows = panel.rows[:TABLE_ROWS] if panel.columns[0] == "Period" else panel.rows
    return [row[:TABLE_COLUMNS] for row in rows]
