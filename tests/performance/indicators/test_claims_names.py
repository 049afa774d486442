"""Which indicator a sentence speaks of: by the many names that people give it, and not by those of other things.

`claims/names.csv` holds natural wordings for each indicator of which the figures know something, `claims/not_names.csv`
sentences that nearly name it and speak of something else.
"""

from pathlib import Path

import pytest

from lscb.definition_files import DefinitionError
from lscb.periods import parse
from performance.definitions import forget
from performance.indicators.claims.context import rates_of
from performance.indicators.claims.reading import Reading
from performance.indicators.claims.words import names
from performance.indicators.claims.words.names import COUNTED
from performance.indicators.claims.words.text import sentences
from tests.performance.indicators.test_claims_at_large import facts, rows

YEAR = parse("2024-25")


def meant(text: str) -> set[str]:
    """The indicators that a text speaks of, and the rates of what it counts."""
    contexts = Reading(facts(), YEAR).contexts(sentences(text, YEAR))
    ids = {one for context in contexts for subject in context.subjects for one in subject.ids}
    return {one.removesuffix(COUNTED) for one in ids} | set(rates_of(ids))


def said(text: str) -> list[tuple[tuple[str, ...], list[str]]]:
    """The names in a text: the indicators, and their own words."""
    return [(one.ids, [text[a:b] for a, b in one.spans]) for one in names.names(text)]


def test_an_indicator_is_known_by_the_names_that_people_give_it():
    unknown = [row for row in rows("names.csv") if row["indicator"] not in meant(row["text"])]
    assert unknown == []


def test_what_nearly_has_an_indicators_name_is_not_taken_for_it():
    taken = [row for row in rows("not_names.csv") if row["indicator"] in meant(row["text"])]
    assert taken == []


def test_a_name_leaves_the_number_and_the_period_within_it_to_be_read():
    assert said("Contacts in 2024/25 led to a referral in 26%.") == [
        (("FD05",), ["Contacts", "led to a referral"])
    ]
    assert said("Of 16,791 contacts, 26% led to a referral.") == [
        (("FD01",), ["contacts"]),
        (("FD05",), ["led to a referral"]),
    ]


def test_no_name_reaches_over_another_or_over_a_denial():
    assert said("Contacts rose while few S47s led to a referral.")[-1][0] != ("FD05",)
    assert ("FD05",) not in [ids for ids, _ in said("Contacts that have not led to a referral")]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("contacts (led to", "no )"),
        ("contacts) led", "nothing opens )"),
        ("contacts <lead>", "no set is named lead"),
    ],
)
def test_a_line_that_cannot_be_read_says_why(line, fault, tmp_path: Path, monkeypatch):
    (tmp_path / "claims.yaml").write_text(
        f"sets: {{}}\nnames:\n  FD05:\n    - {line}\nothers: []\n", encoding="utf-8"
    )
    monkeypatch.setattr(names, "FOLDER", tmp_path)
    forget()
    with pytest.raises(DefinitionError, match=fault.replace(")", r"\)")):
        names.vocabulary()
    forget()
