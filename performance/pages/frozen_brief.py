"""What stands above the rows of an edition: what changed, what was missing, the decisions asked for, as it was frozen.

Rows are kept as their indicators and challenges as their numbers, so that words taken out of a challenge are out of the
edition too.
"""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from lscb.periods import parse
from performance.models import EditionState
from performance.pages.brief import Brief, Decisions, Gap
from performance.pages.scorecard import Row
from performance.queries.scorecard import Asked, Frozen

LISTS = ("signals", "steady")  # the parts of a brief that hold rows


def freeze(
    in_brief: Brief, asked: Decisions, live: Mapping[int, Mapping[str, str]]
) -> dict[str, Any]:
    """The panel as JSON. `live` is what the live figures of the challenges' questions say, by challenge."""
    kept = asdict(in_brief) | {name: [row.id for row in getattr(in_brief, name)] for name in LISTS}
    return kept | {
        "gaps": [asdict(one) for one in in_brief.gaps],
        "editions": [
            {
                "id": one.id,
                "quarter": one.quarter.code,
                "number": one.number,
                "state": one.state.value,
            }
            for one in asked.editions
        ],
        "challenges": [
            {
                "id": one.id,
                "agency": one.agency,
                "state": one.state,
                "due": one.due.isoformat(),
                "overdue": overdue,
                "live": dict(live.get(one.id, {})),
            }
            for one, overdue in asked.challenges
        ],
    }


def brief_of(kept: Mapping[str, Any], rows: Mapping[str, Row]) -> Brief:
    """The brief that a panel holds. `rows` are the edition's, by indicator."""
    parts: dict[str, Any] = {
        name: tuple(rows[one] for one in kept[name] if one in rows) for name in LISTS
    }
    parts["gaps"] = tuple(Gap(**one) for one in kept["gaps"])
    known = {one.name: kept[one.name] for one in fields(Brief) if one.name in kept}
    return Brief(**known | parts)


def decisions_of(kept: Mapping[str, Any], questions: Mapping[int, str]) -> Decisions:
    """The decisions that a panel holds. `questions` are those of its challenges that everybody may read, as they were
    read then."""
    editions = [
        Frozen(one["id"], parse(one["quarter"]), one["number"], EditionState(one["state"]))
        for one in kept["editions"]
    ]
    challenges = [
        (
            Asked(
                one["id"], one["agency"], questions[one["id"]], one["state"],
                date.fromisoformat(one["due"]),
            ),
            one["overdue"],
        )
        for one in kept["challenges"]
        if one["id"] in questions
    ]  # fmt: skip
    return Decisions(editions, challenges)
