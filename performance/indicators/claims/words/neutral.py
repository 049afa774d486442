"""The words that name no thing of their own: a claim among only these is about what its sentence names."""

from collections.abc import Mapping, Set

from lscb.definition_files import plain
from performance.definitions import FOLDER, kept
from performance.indicators.claims.words.numerals import spelt
from performance.indicators.claims.words.scope import WHOLE

STEM = 5  # letters that make two words one


@kept
def _lists() -> Mapping[str, frozenset[str]]:
    """The lists of `definitions/neutral_words.yaml` by name."""
    listed: dict[str, str] = plain(FOLDER / "neutral_words.yaml")
    return {name: frozenset(words.split()) for name, words in listed.items()}


@kept
def neutral() -> frozenset[str]:
    """Every neutral word."""
    return frozenset[str]().union(*_lists().values()) | WHOLE


@kept
def naming() -> frozenset[str]:
    """The neutral words that say that something is spoken of: a figure, a year, it."""
    return _lists()["nouns"] | {"it", "they", "this", "these", "that", "there", "we", "i"}


def is_neutral(word: str, own: Set[str] = frozenset()) -> bool:
    """Whether a word (in small letters) names no thing of its own, or one of `own`."""
    word = word.replace("’", "'").removesuffix("'s").removesuffix("s'").strip("-'")
    one = f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")
    if not one or {word, one} & neutral() or one in own or word.endswith(("ly", "ed")):
        return True
    if all(
        part in neutral() or spelt(part) or part in own or part.removesuffix("s") in own
        for part in word.split("-")
    ):
        return True
    return any(_are_of_one_stem(name, word) for name in own if len(word) >= STEM)


def _are_of_one_stem(name: str, word: str) -> bool:
    """Whether two words are forms of one: 'register' and 'registered', 'delivery' and 'delivered'."""
    pairs = zip(name, word, strict=False)
    shared = next(
        (place for place, (a, b) in enumerate(pairs) if a != b), min(len(name), len(word))
    )
    return shared == len(word) or (shared > STEM and shared >= min(len(name), len(word)) - 2)
