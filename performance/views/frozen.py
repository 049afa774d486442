"""What an edition holds and what differs from it today: for its page, its sheet, its files and its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from lscb.models import Area, Person
from lscb.periods import Period
from performance.actions import editions as actions
from performance.actions.editions import Frozen
from performance.indicators.claims import Finding
from performance.models import Edition
from performance.pages import beside_rows, frozen_brief
from performance.pages import editions as page
from performance.pages.board import board
from performance.pages.brief import brief, decisions
from performance.pages.scorecard import Row, SectionOf
from performance.pages.standing import day
from performance.queries import challenges, commentary, observations
from performance.queries import editions as queries


def sections_of(rows: Sequence[Frozen]) -> list[SectionOf]:
    """An edition's rows by section, as they were shown."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.section, []).append(page.row_of(row))
    return [SectionOf(title, tuple(listed)) for title, listed in found.items()]


def edition_of(edition_id: int) -> tuple[Edition, list[Frozen]]:
    """The edition of this number with its rows. Raises Http404."""
    found = queries.edition(edition_id)
    if found is None:
        raise Http404("There is no such edition.")
    return found, queries.rows_of(found)


def file_name(found: Edition) -> str:
    """How the files of an edition are called, without their ending."""
    return f"scorecard-{found.quarter.code}-{found.area.code}-edition-{found.number}"


def steps_taken(found: Edition) -> list[str]:
    """Where an edition stands, in sentences: `Edition 1, published.`, and who took which step on which day."""
    steps = (
        ("Frozen", found.opened_at, found.opened_by),
        ("Approved", found.approved_at, found.approved_by),
        ("Signed off and published", found.published_at, found.published_by),
        ("Set aside", found.set_aside_at, found.set_aside_by),
    )
    despite = found.approved_despite
    return [
        f"Edition {found.number}, {found.get_state_display().lower()}.",
        *(f"{what} {day(at)} by {by.name}." for what, at, by in steps if at and by),
        *(
            [f"Approved although figures contradict words beside them: {despite}"]
            if despite
            else []
        ),
    ]


def brief_of(found: Edition, rows: Sequence[Frozen]) -> dict[str, Any]:
    """The panel that an edition holds, as templates take it; nothing for one that was frozen before panels were
    kept."""
    held = beside_rows.panel_of(found, rows)
    return {"brief": held.brief, "decisions": held.decisions} if held else {}


def contradicted(found: Edition) -> dict[int, Sequence[Finding]]:
    """What the figures contradict in the words beside an edition's rows, by the number of the wording; nothing where
    the words are settled."""
    return (
        {}
        if found.said_until
        else {one.id: one.findings for one in beside_rows.said_in(found).values()}
    )


def reworded(
    found: Edition, rows: Sequence[Frozen], other: Edition | None = None
) -> list[page.Reworded]:
    """The rows (those of `found`) beside which other words stand in another edition of the quarter, else now."""
    then = commentary.standing(found.area, found.quarter, found.said_until)
    until = other.said_until if other else None
    now = commentary.standing(found.area, found.quarter, until)
    return page.reworded(rows, then, now)


@dataclass(frozen=True)
class Restated:
    """A difference with the files that caused it, or why there is none."""

    difference: page.Difference
    causes: list[queries.Cause]

    @property
    def why(self) -> str:
        """The cause where no file is one."""
        if self.causes:
            return ""
        if self.difference.definition_changed:
            return "The indicator’s definition changed."
        return "A comparison, a target, a rule, a rebase or the program changed; no file touched these periods since."


def restated(found: Edition, rows: Sequence[Frozen]) -> list[Restated]:
    """What an edition printed and what differs today, each with its causes."""
    return _with_causes(page.differences(rows, live_rows(found.area, found.quarter)), found)


def live_rows(area: Area, quarter: Period) -> list[Frozen]:
    """The rows of the scorecard as they are now."""
    now = board(area.code, quarter)
    return page.freeze(now.page, now.values)


def freeze(*, by: Person, area: Area, quarter: Period) -> Edition:
    """Freeze the scorecard of a quarter as it is now. Raises PermissionDenied, and EditionRefused as `open_edition`."""
    version = observations.data_version()
    now = board(area.code, quarter)
    asked = decisions(now.written)
    live = challenges.live_figures([one.id for one, _ in asked.challenges])
    return actions.open_edition(
        by=by,
        area=area,
        quarter=quarter,
        rows=page.freeze(now.page, now.values),
        panel=frozen_brief.freeze(brief(now.page), asked, live),
        data_version=version,
    )


def _with_causes(differences: Sequence[page.Difference], since: Edition) -> list[Restated]:
    by_area: dict[str, dict[str, tuple[str, ...]]] = {}
    for one in differences:
        by_area.setdefault(one.area, {})[one.indicator] = tuple(moved.code for moved in one.moved)
    known = {area: queries.causes(area, since.opened_at, moved) for area, moved in by_area.items()}
    return [Restated(one, known[one.area].get(one.indicator, [])) for one in differences]
