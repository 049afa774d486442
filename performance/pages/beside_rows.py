"""What an edition holds beside its rows: the panel above them and the words that stood next to them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from performance.actions import editions as actions
from performance.models import Edition, EditionState
from performance.pages import editions as page
from performance.pages import frozen_brief
from performance.pages.brief import Brief, Decisions
from performance.queries import challenges, commentary
from performance.queries.commentary import Said
from performance.queries.scorecard import Frozen


@dataclass(frozen=True)
class Held:
    """The panel of an edition: what had changed and what was missing, and the decisions asked for."""

    brief: Brief
    decisions: Decisions


def panel_of(found: Edition, rows: Sequence[actions.Frozen]) -> Held | None:
    """The panel that an edition holds; None for one that was frozen before panels were kept. A challenge that not
    everybody may read is left out; the edition's own next step, which it cannot hold, is the first decision."""
    kept = found.panel
    if kept is None:
        return None
    own = Frozen(found.pk, found.quarter, found.number, EditionState(found.state))
    said = {one["id"]: one["live"] for one in kept["challenges"]}
    asked = frozen_brief.decisions_of(kept, challenges.questions(said))
    return Held(
        frozen_brief.brief_of(kept, {row.indicator: page.row_of(row) for row in rows}),
        replace(asked, editions=[own, *asked.editions] if own.is_open else asked.editions),
    )


def said_in(found: Edition) -> dict[str, Said]:
    """By indicator the words beside an edition's rows. While they may change, with what the figures contradict in them
    now; then as it was found."""
    said = commentary.standing(found.area, found.quarter, found.said_until)
    if found.said_until:
        return said
    return dict(zip(said, commentary.as_of_now(found.area, said.values()), strict=True))
