"""What a ranking says on a dashboard: its panel, who leads, every move, the ranks that several share."""

from lscb.numbers import plural
from performance.pages.cells import Cell
from performance.pages.panel import Panel
from performance.pages.ranks import Ranking, RankRow


def panel(found: Ranking, indicator: str, breakdown: str) -> Panel:
    """The ranking as a dashboard's panel: the ranks over the years, its words, its table."""
    since = f", and what moved since {found.before}" if found.before else ""
    return Panel(
        id=f"ranks-{breakdown.replace('_', '-')}",
        title=f"{found.title}: top ten in {found.year}{since}",
        indicator=indicator,
        period_type="year",
        breakdown=breakdown,
        figure=found.figure,
        summary=words(found),
        course=found.course,
        columns=("Name", "Rank", found.year, "Rank before", "Moved"),
        rows=tuple(
            (
                Cell(row.label, is_number=False),
                Cell(str(row.rank), address=row.address),
                Cell(row.value, address=row.address),
                Cell(row.before or "—", address=row.address_before),
                Cell(row.moved or "Not known"),
            )
            for row in found.rows
        ),
        unavailable=""
        if found.figure
        else "Ranks over the years need two years with every category.",
        note=" ".join(filter(None, (found.note, *_changed_names(found)))),
        wide=True,
    )


def _changed_names(found: Ranking) -> list[str]:
    said = []
    if found.leavers:
        said.append(f"No longer in the top ten: {'; '.join(found.leavers)}.")
    if found.silent:
        said.append(
            f"Without a number in {found.year}, so nothing is known of their rank: {'; '.join(found.silent)}."
        )
    if found.unranked:
        said.append(
            f"Not ranked, because they hold what has no name: {'; '.join(found.unranked)}."
            if len(found.unranked) > 1
            else f"Not ranked, because it holds what has no name: {found.unranked[0]}."
        )
    if found.codes:
        said.append(f"A name can move a rank by itself: {'; '.join(found.codes)}.")
    return said


def words(found: Ranking) -> str:
    """What the ranking says: who leads, who was first before, every move, and whether moves are more than chance."""
    first = found.rows[0]
    said = f"{found.few}{first.label} ({first.value}{found.of}) comes first in {found.year}"
    if found.before and first.before:
        said += f", {'as' if first.before == '1' else f'number {first.before}'} in {found.before}"
    if not found.before:
        return f"{said}."
    told = [f"{said}."]
    for way in ("Up", "Down"):
        listed = [
            f"{row.label} {plural(_steps(row), 'place')}"
            for row in found.rows
            if row.moved.startswith(way)
        ]
        if listed:
            told.append(f"{way}: {', '.join(listed)}.")
    if len(told) == 1:
        told.append("None that was ranked before moved.")
    new = [row.label for row in found.rows if row.moved.startswith("New")]
    if new:
        told.append(f"New in the top ten: {'; '.join(new)}.")
    return " ".join(filter(None, (*told, *_ties(found), found.chance)))


def _ties(found: Ranking) -> list[str]:
    """The ranks that several share, since their numbers are the same: `A and B share rank 6.`"""
    shared: dict[int, list[str]] = {}
    for row in found.rows:
        shared.setdefault(row.rank, []).append(row.label)
    return [
        f"{', '.join(names[:-1])} and {names[-1]} share rank {rank}."
        for rank, names in shared.items()
        if len(names) > 1
    ]


def _steps(row: RankRow) -> int:
    return int(row.moved.split()[1])
