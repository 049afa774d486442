"""Many sentences as people write them about the sample's figures of Luton and pan-Bedfordshire, half of them wrong.

`claims/figures.csv` holds the figures (the DfE's tables, the two annual reports, the police's and the training unit's
returns), `claims/sentences.csv` the sentences with what is true by them: every wrong one must be found, every true one
left alone. `claims/commentary.csv` holds what people write on an indicator's own page, where most sentences leave it
unnamed. `claims/strangers.csv` holds what people wrote who did not know how a text is read: every true text must be left
alone, and most of the wrong ones found.
"""

import csv
import random
import re
from decimal import Decimal
from functools import cache
from itertools import cycle
from pathlib import Path

from lscb.periods import parse
from performance.indicators import narrative
from performance.indicators.claims import Facts, check
from performance.indicators.claims.figures.wider import Whole
from performance.indicators.spec import indicators
from tests.performance.indicators.building import LUTON, value

FOLDER = Path(__file__).parent / "claims"
PAN = "pan-bedfordshire"
SHARE_FOUND = 0.7
SHARE_OF_STRANGERS = 0.78
FLAGGED_ELSEWHERE = 0.005
# A number that counts something: no day of a month, section of an Act, limit in days or base of a rate.
COUNTED = re.compile(
    r"(?<![\w/,.])(?<!section )(?<!Section )(?<!per )(?<!every )\d[\d,]*(?:\.\d+)?"
    r"(?=%|[ ,.]?\s|\.$)(?! (?:working days|March|miles))"
)
PLACES = {
    "Luton": LUTON,
    "Bedford": "E06000055",
    "Central Bedfordshire": "E06000056",
    "East of England": "E12000006",
    "England": "E92000001",
}
WHOLE = Whole(PAN, "Pan-Bedfordshire", (LUTON, "E06000055", "E06000056"))


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def facts() -> Facts:
    return Facts((_value(row) for row in rows("figures.csv")), [LUTON, PAN], PLACES, wholes=[WHOLE])


def _value(row: dict[str, str]):
    spec = indicators()[row["indicator"]]
    top, bottom = (
        Decimal(row[name]) if row[name] else None for name in ("numerator", "denominator")
    )
    if row["value"]:
        number = float(row["value"])
    elif bottom is None:
        number = float(top)
    else:
        number = float(top * spec.multiplier / bottom)
    made = value(
        row["indicator"], row["period"], number,
        breakdown=row["breakdown"], category=row["category"], area=row["area"],
    )  # fmt: skip
    return made._replace(numerator=top, denominator=bottom)


def test_a_wrong_sentence_is_found_and_a_true_one_is_left_alone():
    wrong = []
    for row in rows("sentences.csv"):
        found = check(row["text"], facts(), parse(row["year"]) if row["year"] else None)
        if bool(found) != (row["verdict"] == "false") or not all(one.actual for one in found):
            wrong.append((row, found))
    assert wrong == []


def test_commentary_that_leaves_its_indicator_unnamed_is_checked_and_other_things_are_left_alone():
    wrong = []
    for row in rows("commentary.csv"):
        period = parse(row["period"])
        quarter = period if period.kind == "quarter" else None
        found = check(row["text"], facts(), period.year, about=row["indicator"], quarter=quarter)
        if bool(found) != (row["verdict"] == "false"):
            wrong.append((row, found))
    assert wrong == []


def test_true_texts_of_strangers_are_left_alone_and_most_wrong_ones_found():
    flagged, missed, wrong = [], [], 0
    for row in rows("strangers.csv"):
        year = parse(row["year"]) if row["year"] else None
        found = check(row["text"], facts(), year, about=row["about"])
        wrong += row["verdict"] == "false"
        if row["verdict"] == "true" and found:
            flagged.append((row["text"], found))
        if row["verdict"] == "false" and not found:
            missed.append(row["text"])
    assert flagged == []
    assert 1 - len(missed) / wrong >= SHARE_OF_STRANGERS, missed


def test_a_true_text_about_something_else_is_left_alone_on_the_page_of_any_indicator():
    pages = cycle(["LA01", "FD03", "TR05", "FD19", "WF04", "CP08", "DA01", "LA05"])
    true = [
        row
        for name in ("sentences.csv", "strangers.csv")
        for row in rows(name)
        if row["verdict"] == "true" and not row.get("about")
    ]
    flagged = [
        (page, row["text"], found)
        for page, row in zip(pages, true, strict=False)
        if (
            found := check(
                row["text"], facts(), parse(row["year"]) if row["year"] else None, about=page
            )
        )
    ]
    assert len(flagged) <= FLAGGED_ELSEWHERE * len(true), flagged


def test_what_the_program_drafts_passes_its_own_check():
    told = [
        narrative.paragraph(line.spec, list(line.values.values()), period)
        for one, spec in indicators().items()
        if (line := facts().line(one))
        for period in line.values
    ]
    assert len(told) > 500
    assert [text for text in told if check(text, facts())] == []


def test_whatever_is_written_the_check_answers():
    """Pieces of all sentences in any order, on the page of any indicator and of any year: a page never breaks."""
    chance = random.Random(5)
    texts = rows("sentences.csv") + rows("strangers.csv")
    pieces = [one for row in texts for one in re.split(r"(?<=[.,;:])\s+", row["text"])]
    pages = sorted({row["about"] for row in rows("strangers.csv")})
    years = sorted({row["year"] for row in texts})
    for _ in range(400):
        text = " ".join(chance.choices(pieces, k=chance.randint(2, 4)))
        year = chance.choice(years)
        check(text, facts(), parse(year).year if year else None, about=chance.choice(pages))
    turned = "Referrals have gone up in every year but one since 2012/13."
    assert check(turned, facts(), parse("2024-25")) == []


def test_the_table_asks_for_both():
    verdicts = [row["verdict"] for row in rows("sentences.csv")]
    assert min(verdicts.count("true"), verdicts.count("false")) >= 200


def test_a_number_changed_in_a_true_sentence_is_mostly_found():
    """Of 150 numbers in true sentences, each changed by a quarter or more; the rest are of plans, samples and other
    things that the figures know nothing of."""
    chance = random.Random(4)
    places = [
        (row, one)
        for row in rows("sentences.csv")
        if row["verdict"] == "true"
        for one in COUNTED.finditer(row["text"])
        if float(one[0].rstrip(",").replace(",", "")) >= 3 and not one[0].startswith(("19", "20"))
    ]
    found = 0
    for row, one in chance.sample(places, 150):
        number = float(one[0].rstrip(",").replace(",", "")) * chance.choice([0.6, 0.75, 1.3, 1.6])
        changed = f"{number:,.1f}" if "." in one[0] else f"{number:,.0f}"
        text = (
            row["text"][: one.start()]
            + changed
            + row["text"][one.start() + len(one[0].rstrip(",")) :]
        )
        found += bool(check(text, facts(), parse(row["year"]) if row["year"] else None))
    assert found / 150 >= SHARE_FOUND
