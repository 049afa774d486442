"""Code lists: the values a dimension may hold, with their labels, aliases and validity dates.

A list is `definitions/codes/<name>.csv` with the columns code, label, aliases (separated by |), group,
valid_from, valid_to (ISO dates, empty for open) and source; where codes were renamed or split also `successors`: the
codes (separated by |) that count from then on what this one counted.
"""

import csv
import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from performance.definitions import FOLDER, kept, own_items

ALL = "all"  # what a dimension outside the margin holds
FIGURES = "figure_item"  # the list that a partnership's own indicators add to
SHORTEST_NAMED = 3  # characters of a word that names a code within a longer text
LEAST_ALIKE = 0.6  # of the words that tell something, by difflib's ratio
TELLS_NOTHING = frozenset(("other", "unknown", "not known", "none", "self", "service", "services"))


@dataclass(frozen=True)
class Code:
    """One value of a code list. `valid_from` and `valid_to` are inclusive days, None for open."""

    code: str
    label: str
    aliases: tuple[str, ...] = ()
    group: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    successors: tuple[str, ...] = ()


def plain(text: str) -> str:
    """Text as it is compared: lower case, one space, no difference between dashes or & and 'and'."""
    text = re.sub(r"[‐-―−]", "-", text.strip().lower())
    text = text.replace("&", " and ").replace("_", " ").replace("/", " / ")
    return re.sub(r"\s+", " ", text).strip()


@dataclass(frozen=True)
class CodeList:
    """The codes of one dimension, in the order of the file."""

    name: str
    codes: tuple[Code, ...]
    _by_text: dict[str, Code] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        for entry in self.codes:
            for text in (entry.code, entry.label, *entry.aliases):
                known = self._by_text.setdefault(plain(text), entry)
                if known is not entry:
                    raise ValueError(
                        f"codes/{self.name}.csv: '{text}' stands for both {known.code} and {entry.code}"
                    )
        for entry in self.codes:
            unknown = [one for one in entry.successors if one not in self]
            if unknown:
                raise ValueError(
                    f"codes/{self.name}.csv: {entry.code} is followed by '{unknown[0]}', which is no code"
                )

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self.codes)

    def __contains__(self, code: str) -> bool:
        return any(entry.code == code for entry in self.codes)

    def get(self, code: str) -> Code | None:
        """The entry with exactly this code."""
        return next((entry for entry in self.codes if entry.code == code), None)

    def label(self, code: str) -> str:
        """The label of a code; the code itself where the list does not know it."""
        entry = self.get(code)
        return entry.label if entry else code

    def match(self, text: str) -> Code | None:
        """The entry whose code, label or alias this is, whatever its case, spacing and dashes."""
        return self._by_text.get(plain(text))

    def suggest(self, text: str) -> Code | None:
        """The entry nearest to a text that matches none: one that its words name ('Police, Luton'), or one that is
        written much alike; None when nothing is near."""
        named = self._named_in(text)
        if named:
            return named
        near = difflib.get_close_matches(plain(text), self._by_text, n=3, cutoff=0.75)
        alike = (one for one in near if _alike(_telling(plain(text)), _telling(one)))
        return next((self._by_text[one] for one in alike), None)

    def _named_in(self, text: str) -> Code | None:
        """The one entry that as many words of the text as possible name, one after the other; None where two would."""
        words = re.findall(r"[^\s,;:()/-]+", plain(text))
        for length in range(len(words), 0, -1):
            runs = (" ".join(words[at : at + length]) for at in range(len(words) - length + 1))
            found = {
                entry.code: entry
                for run in runs
                if len(run) >= SHORTEST_NAMED and run not in TELLS_NOTHING
                if (entry := self._by_text.get(run))
            }
            if found:
                return next(iter(found.values())) if len(found) == 1 else None
        return None


def _telling(text: str) -> str:
    """The words of a text that tell it from others: 'fire service' and 'police service' share only 'service'."""
    return " ".join(word for word in text.split() if word not in TELLS_NOTHING) or text


def _alike(one: str, other: str) -> bool:
    return difflib.SequenceMatcher(None, one, other).ratio() >= LEAST_ALIKE


def read_codes(path: Path) -> CodeList:
    """One code list from its file. Raises ValueError naming file and line when it cannot be used."""
    entries = []
    with path.open(newline="", encoding="utf-8") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            try:
                entries.append(_entry(row))
            except (KeyError, ValueError) as error:
                raise ValueError(f"{path}, line {number}: {error}") from error
    return CodeList(path.stem, tuple(entries))


def _entry(row: dict[str, str]) -> Code:
    def day(name: str) -> date | None:
        return date.fromisoformat(row[name]) if row.get(name) else None

    if not row["code"] or plain(row["code"]) == ALL:
        raise ValueError("a code may be neither empty nor 'all'")
    return Code(
        code=row["code"],
        label=row["label"],
        aliases=tuple(
            alias.strip() for alias in (row.get("aliases") or "").split("|") if alias.strip()
        ),
        group=row.get("group") or "",
        valid_from=day("valid_from"),
        valid_to=day("valid_to"),
        source=row.get("source") or "",
        successors=tuple(filter(None, (row.get("successors") or "").split("|"))),
    )


@kept
def code_list(name: str) -> CodeList:
    """The code list `definitions/codes/<name>.csv`. Raises ValueError when there is none or it is wrong."""
    path = FOLDER / "codes" / f"{name}.csv"
    if not path.exists():
        known = ", ".join(sorted(other.stem for other in path.parent.glob("*.csv")))
        raise ValueError(f"there is no code list '{name}' (known: {known})")
    found = read_codes(path)
    if name != FIGURES:
        return found
    own = tuple(
        Code(code, title, group=owner, source="agreed by the partnership")
        for code, title, owner in own_items()
    )
    return CodeList(name, (*found.codes, *own))


def labels(name: str, codes: Iterable[str]) -> list[str]:
    """The labels of several codes of one list."""
    known = code_list(name)
    return [known.label(code) for code in codes]
