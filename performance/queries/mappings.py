"""Reading an agency's own words for codes."""

from dataclasses import dataclass

from lscb import access
from lscb.models import Person
from performance.intake.codes import code_list
from performance.intake.spec import ReturnSpec, returns
from performance.models import Mapping, State, StoredProblem, Submission

ROWS = 5  # rows of a word that are named


@dataclass(frozen=True)
class Listed:
    """A mapping with its list and code in words, and what the person may do with it."""

    mapping: Mapping
    list_title: str
    label: str
    may_approve: bool
    may_revoke: bool


def mappings(person: Person) -> list[Listed]:
    """The mappings a person may see: those that wait first, the revoked last."""
    rows = Mapping.objects.select_related("agency", "proposed_by", "approved_by", "revoked_by")
    agency = access.calendar_agency(person)
    if agency is not None:
        rows = rows.filter(agency=agency)
    order = {"proposed": 0, "approved": 1, "revoked": 2}
    return [
        Listed(
            one,
            list_title(one.codes),
            code_list(one.codes).label(one.code),
            one.state == "proposed" and access.can_approve_mappings(person),
            one.state != "revoked" and access.can_propose_mapping(person, one.agency),
        )
        for one in sorted(rows, key=lambda one: order[one.state])
    ]


def list_title(codes: str) -> str:
    """The title of the dimension that a list of codes belongs to."""
    titles = [
        one.title for spec in returns().values() for one in spec.dimensions if one.codes == codes
    ]
    return titles[0] if titles else codes


@dataclass(frozen=True)
class Unmapped:
    """A word in a refused file that might be mapped, the list it should be in, and the first rows where it stands.

    An empty `text` stands for words that the program does not repeat, in case they name a person: whoever has the file
    types them.
    """

    text: str
    codes: str
    title: str
    suggestion: str
    rows: tuple[int, ...] = ()


def unmapped(
    submission: Submission, spec: ReturnSpec, problems: list[StoredProblem]
) -> list[Unmapped]:
    """The words of a refused file that stand for no code, each once, with the nearest code."""
    if submission.state != State.REFUSED:
        return []
    rows: dict[tuple[str, str], list[int]] = {}
    for one in problems:
        dimension = next((each for each in spec.dimensions if each.name == one.column), None)
        if one.code == "unknown-code" and dimension:
            rows.setdefault((one.found, dimension.name), []).append(one.row or 0)
    found = []
    for (text, name), where in sorted(rows.items(), key=lambda item: (not item[0][0], item[0])):
        dimension = spec.dimension(name)
        near = dimension.code_list.suggest(text) if text else None
        found.append(
            Unmapped(
                text,
                dimension.codes,
                dimension.title,
                near.code if near else "",
                tuple(sorted(where)[:ROWS]),
            )
        )
    return found
