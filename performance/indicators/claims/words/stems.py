"""The words of a text as names are compared by: small, without plural endings, abbreviations written out."""

import re
from collections.abc import Sequence
from functools import lru_cache

# Words that names are compared without: 'care leavers were in suitable homes', 'the contacts then led to a referral'.
_PASSED = (
    "had have has now is are wa was were be been being who which that a an the our its their also already actually "
    "currently directly duly eventually finally formally fully immediately only promptly quickly recently simply still "
    "subsequently successfully swiftly then thereby ultimately usually"
)
PASSED = frozenset(_PASSED.split())
# Words that mean the same, and abbreviations: the words on the right stand where the one on the left stood.
SAME = {
    "within": "in",
    "inside": "in",
    "into": "to",
    "children": "child",
    "youngster": "child",
    "s47": "section 47",
    "s.47": "section 47",
    "47s": "47",
    "s47s": "section 47",
    "icpc": "initial child protection conference",
    "cp": "child protection",
    "cpp": "child protection plan",
    "cin": "child in need",
    "cla": "child in care",
    "lac": "child in care",
    "da": "domestic abuse",
    "dv": "domestic abuse",
    "dva": "domestic abuse",
    "nfa": "no further action",
    "nfa'd": "no further action",
    "nfa'ed": "no further action",
    "eet": "education employment training",
    "ehe": "elective home education",
    "cme": "child missing education",
    "elearner": "elearning learner",
    "rereferral": "re-referral",
    "18s": "18",
    "two": "2",
    "three": "3",
    "twelve": "12",
    "fifteen": "15",
    "twenty": "20",
}
# What a word means after another: 'domestic violence', 'S 47'.
_PAIRS = {("domestic", "violence"): ("domestic", "abuse"), ("s", "47"): ("section", "47")}
_WORD = re.compile(r"[a-z0-9](?:[a-z0-9'+.&-]*[a-z0-9'+])?")
# Hyphens join no words but those of a prefix ('re-referrals') and ranges of numbers.
_HYPHEN = re.compile(
    r"(?<=[a-z])(?<!\bre)(?<!\bnon)(?<!\bpost)(?<!\bpre)(?<!\banti)-(?=[a-z0-9])|(?<=\d)-(?=[a-z])"
)
_ELEARNING = re.compile(r"\be-(learn\w*)")


@lru_cache(maxsize=64)  # a sentence is read for indicators, categories and more
def words(text: str) -> Sequence[tuple[int, int, str]]:
    """The words of a text with their places, small, without apostrophes' variants and plural endings; several words at
    one place for an abbreviation."""
    plain = _ELEARNING.sub(r"e\1 ", text.lower().replace("’", "'"))
    plain = _HYPHEN.sub(" ", plain)
    found: list[tuple[int, int, str]] = []
    for one in _WORD.finditer(plain):
        stem = _stem(one[0])
        said = SAME.get(one[0]) or SAME.get(stem, stem)
        for word in said.split():
            if word in PASSED:
                continue
            pair = _PAIRS.get((found[-1][2], word)) if found else None
            if pair:
                found[-1] = (*found[-1][:2], pair[0])
            found.append((one.start(), one.end(), pair[1] if pair else word))
    return found


def _stem(word: str) -> str:
    word = word.removesuffix("'s").strip("'")
    if len(word) > 3 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word
