"""An invented area: 27 months of returns for all datasets, made from a seed. No child in it is real.

The files have the form in which agencies send them, and go through the intake like any upload. Contacts are drawn
one by one: a source, an issue that depends on the source, an outcome that depends on the issue. Contacts that
became referrals are the referrals, so the two returns agree. Three things are planted for the reader to find:

- a step: police contacts about domestic abuse rise by half from the ninth month before the end;
- a trend: the share of referrals whose ethnicity is not known falls steadily;
- a single point: hardly any Graded Care Profile 2 assessments in the twelfth month.

Rapid reviews are rare enough for a g chart. Referrals to the mental health service come from a clinical commissioning
group, and from July 2022 on from the integrated care board that took its place, so nothing compares across that day.

The police's own count of contacts sent is a few higher than the hub's each month, as two owners of one fact are.
The same seed gives the same bytes.
"""

import csv
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

from lscb.periods import Period, between, parse
from performance.intake.codes import ALL
from performance.sample import synthetic_figures as figures
from performance.sample.synthetic_weights import (
    AGES,
    AGES_BY_REASON,
    DAYS,
    ETHNICITIES,
    ISSUES,
    ISSUES_BY_SOURCE,
    OUTCOMES,
    OUTCOMES_BY_ISSUE,
    SCHOOL_SHARE,
    SEASON,
    SOURCES,
    Weights,
)

AREA = "demonstration"
LAST = parse("2025-06")
SOURCE = "Synthetic figures made by the program from a seed; no real child, family or agency"
CONTACTS_A_MONTH = 900
STEP = 1.5  # police contacts about domestic abuse, from STEP_MONTHS before the end
STEP_MONTHS = 9
QUIET_MONTH = 11  # counted from the first month: hardly any assessments
CRIMES_A_MONTH, INCIDENTS_A_MONTH = 215, 150
ASSESSMENTS = {"council": 11, "health": 7}
TRAINED = {"council": 9, "health": 6, "schools": 8, "voluntary": 3}
LICENSED = 10

Entry = dict[str, str]  # as in manifest.yaml: file, return, agency, area, period, source, note


@dataclass(frozen=True)
class Contact:
    """One invented contact; for a referral also an age band and an ethnic group."""

    date: str
    source: str
    issue: str
    outcome: str
    age_band: str
    ethnicity: str


def build(folder: Path, *, seed: int, last: Period = LAST, months: int = 27) -> list[Entry]:
    """Write the synthetic area's files into `folder` and list them as the manifest lists files, in order.

    `last` is the last month; `months` (three or more, and whole quarters give the fullest figures) counts back
    from it. Raises ValueError when `last` is no month or there are too few months.
    """
    if last.kind != "month" or months < 3:
        raise ValueError("the synthetic area ends with a month and lasts three months or more")
    folder.mkdir(parents=True, exist_ok=True)
    span = between(last.shift(1 - months), last)
    random = Random(seed)
    contacts = {
        month: _contacts(random, month, number, months) for number, month in enumerate(span)
    }
    found = [_contacts_file(folder, month, contacts[month]) for month in span]
    found += [_referrals_file(folder, month, contacts[month]) for month in span]
    found += [_police_file(random, folder, month, contacts[month]) for month in span]
    found += [_gcp2_file(random, folder, month, number) for number, month in enumerate(span)]
    kept = Random(seed + 1)  # draws of its own, so that the others stay as they are
    for number, month in enumerate(span):
        rows = figures.kept(kept, month, number / months)
        found.append(_write(folder, "returns-calendar", "partnership", month, rows))
    for table in figures.succession(Random(seed + 2), last):
        found.append(_write(folder, table.return_id, table.agency, table.period, table.rows))
    for table in figures.earlier_training(Random(seed + 3), span[0]):
        found.append(_write(folder, table.return_id, table.agency, table.period, table.rows))
    referred = {month: len(_referrals(contacts[month])) for month in span}
    for table in figures.tables(random, referred):
        found.append(_write(folder, table.return_id, table.agency, table.period, table.rows))
    return found


def poisson(random: Random, mean: float) -> int:
    """How many events happen when `mean` are expected: exponential waiting times, counted."""
    count, waited = -1, 0.0
    while waited <= mean:
        waited -= math.log(1.0 - random.random())
        count += 1
    return count


def _draw(random: Random, weights: Weights, count: int = 1) -> list[str]:
    return random.choices(list(weights), list(weights.values()), k=count)


def _sources(month: Period) -> Weights:
    """The sources of a month: schools send hardly anything in August."""
    return SOURCES | {"schools": SOURCES["schools"] * SCHOOL_SHARE[month.first % 12]}


def _contacts(random: Random, month: Period, number: int, months: int) -> list[Contact]:
    """The contacts of one month, by date. `number` counts months from the first."""
    total = poisson(random, CONTACTS_A_MONTH * SEASON[month.first % 12])
    stepped = number >= months - STEP_MONTHS
    sources = _draw(random, _sources(month), total)
    if stepped:  # the extra contacts come on top of the others
        share = ISSUES_BY_SOURCE["police"]["domestic-abuse"] / sum(
            ISSUES_BY_SOURCE["police"].values()
        )
        extra = (STEP - 1) * share * sources.count("police")
        sources += ["police: step"] * poisson(random, extra)
    days = [month.start + timedelta(offset) for offset in range((month.end - month.start).days + 1)]
    dates = random.choices(days, [DAYS[day.weekday()] for day in days], k=len(sources))
    ethnicities = ETHNICITIES | {"unknown": max(0.2, 4.0 - 0.15 * number)}
    found = [
        _contact(random, day.isoformat(), source, ethnicities)
        for day, source in zip(dates, sources, strict=True)
    ]
    return sorted(found, key=lambda contact: contact.date)


def _contact(random: Random, day: str, source: str, ethnicities: Weights) -> Contact:
    if source == "police: step":
        source, issue = "police", "domestic-abuse"
    else:
        issue = _draw(random, ISSUES_BY_SOURCE.get(source, ISSUES))[0]
    outcome = _draw(random, OUTCOMES_BY_ISSUE.get(issue, OUTCOMES))[0]
    age_band = _draw(random, AGES_BY_REASON.get(issue, AGES))[0]
    return Contact(day, source, issue, outcome, age_band, _draw(random, ethnicities)[0])


def _referrals(contacts: Sequence[Contact]) -> list[Contact]:
    return [contact for contact in contacts if contact.outcome == "new-referral"]


def _contacts_file(folder: Path, month: Period, contacts: Sequence[Contact]) -> Entry:
    rows = [("date", "source", "issue", "outcome")]
    rows += [(one.date, one.source, one.issue, one.outcome) for one in contacts]
    return _write(folder, "mash-contacts", "council", month, rows)


def _referrals_file(folder: Path, month: Period, contacts: Sequence[Contact]) -> Entry:
    rows = [("date", "source", "age_band", "ethnicity", "reason")]
    rows += [
        (one.date, one.source, one.age_band, one.ethnicity, one.issue)
        for one in _referrals(contacts)
    ]
    return _write(folder, "referrals", "council", month, rows)


def _police_file(random: Random, folder: Path, month: Period, contacts: Sequence[Contact]) -> Entry:
    """Counts of the police: crimes, incidents, and the contacts they hold themselves to have sent."""
    season = SEASON[month.first % 12]
    sent = sum(one.source == "police" and one.issue == "domestic-abuse" for one in contacts)
    rows: list[tuple[object, ...]] = [
        ("month", "kind", "count"),
        (month, "crime", poisson(random, CRIMES_A_MONTH * season)),
        (month, "incident", poisson(random, INCIDENTS_A_MONTH * season)),
        (month, "contact", sent + poisson(random, 2)),
    ]
    return _write(folder, "police-da", "police", month, rows)


def _gcp2_file(random: Random, folder: Path, month: Period, number: int) -> Entry:
    """Counts of the tool's use by agency, and each kind's sum over the agencies."""
    share = 0.1 if number == QUIET_MONTH else 1.0
    kinds = {
        "assessments-completed": {
            agency: poisson(random, mean * share) for agency, mean in ASSESSMENTS.items()
        },
        "practitioners-trained": {
            agency: poisson(random, mean) for agency, mean in TRAINED.items()
        },
        "staff-licensed": {"council": LICENSED + number // 9, "health": 3},
    }
    rows: list[tuple[object, ...]] = [("month", "agency", "kind", "count")]
    for kind, agencies in kinds.items():
        rows.append((month, ALL, kind, sum(agencies.values())))
        rows += [(month, agency, kind, count) for agency, count in agencies.items()]
    return _write(folder, "gcp2", "training", month, rows)


def _write(
    folder: Path, return_id: str, agency: str, period: Period, rows: Iterable[Sequence[object]]
) -> Entry:
    """One file and its entry."""
    path = folder / f"{return_id}-{period}-{agency}.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return {
        "file": path.name,
        "return": return_id,
        "agency": agency,
        "area": AREA,
        "period": period.code,
        "source": SOURCE,
        "note": "",
    }
