"""What people learnt, as counts that add up: summed from evaluations for the return, and read back for the report.

Each item of the return `training` is a part of a whole: of the people who rated themselves both before and after, so
many with good knowledge before; of those who answered three months later, so many who work differently.
"""

from collections.abc import Iterable, Mapping

from training.models import Evaluation

Pair = tuple[int, int]  # a part, and the whole it is of

# Each item of the return: the part and the whole in an evaluation, and what must be known besides.
ITEMS: dict[str, tuple[str, str, str]] = {
    "knowledge-before": ("knowledge_before", "compared", "knowledge_after"),
    "knowledge-after": ("knowledge_after", "compared", "knowledge_before"),
    "confidence-before": ("confidence_before", "compared", "confidence_after"),
    "confidence-after": ("confidence_after", "compared", "confidence_before"),
    "changed-practice": ("changed_practice", "followed_up", "followed_up"),
}
# Each question of a report: its words, the item before (empty: not asked before) and after.
QUESTIONS = (
    ("Good knowledge", "knowledge-before", "knowledge-after"),
    ("Confident to act", "confidence-before", "confidence-after"),
    ("Work differently three months later", "", "changed-practice"),
)


def summed(evaluations: Iterable[Evaluation]) -> Mapping[str, Pair]:
    """The items of which anything was asked, added up over evaluations."""
    rows = list(evaluations)
    found: dict[str, Pair] = {}
    for item, (part, whole, besides) in ITEMS.items():
        asked = [
            one
            for one in rows
            if getattr(one, whole)
            and getattr(one, part) is not None
            and getattr(one, besides) is not None
        ]
        if asked:
            found[item] = (
                sum(getattr(one, part) for one in asked),
                sum(getattr(one, whole) for one in asked),
            )
    return found
