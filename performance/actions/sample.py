"""Loads the sample: areas and agencies from their files, then every file of facts through the intake, as any upload."""

import csv
import hashlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from lscb import audit
from lscb.definition_files import plain
from lscb.models import Agency, Area, AuditEvent
from lscb.periods import Period, parse
from performance.actions.observations import recompute_all
from performance.actions.processing import process
from performance.actions.reference import load_reference
from performance.actions.submissions import lock, receive, settle
from performance.models import PrintedFigure, State, Submission
from performance.models.returns import SETTLED
from performance.sample.synthetic import SOURCE

FOLDER = Path(__file__).resolve().parent.parent / "sample"
LOADED = "sample loaded"


class SampleRefused(Exception):
    """A file of the sample that intake refused. The text names the file and its problems."""


@dataclass(frozen=True)
class Entry:
    """A file of the sample and what it is sent for."""

    path: Path
    return_id: str
    agency: str
    area: str
    period: Period
    source: str


def entries(folder: Path, manifest: list[dict[str, str]]) -> list[Entry]:
    """The entries of a manifest whose files lie in `folder`."""
    return [
        Entry(
            path=folder / one["file"],
            return_id=one["return"],
            agency=one["agency"],
            area=one["area"],
            period=parse(one["period"]),
            source=". ".join(text for text in (one["source"], one.get("note", "")) if text),
        )
        for one in manifest
    ]


def facts(areas: frozenset[str] | None = None) -> list[Entry]:
    """The published figures of the sample, in order; of these areas only when they are named."""
    found = entries(FOLDER, _read("manifest.yaml"))
    return [one for one in found if areas is None or one.area in areas]


def load_places() -> None:
    """Areas and agencies, made or brought up to date from their files."""
    with transaction.atomic():
        areas = _load_areas(_read("areas.yaml"))
        _load_agencies(_read("agencies.yaml"), areas)
        load_reference(FOLDER)


def _load_areas(entries: list[dict[str, Any]]) -> dict[str, Area]:
    """Save the areas and what they lie within; all areas by code."""
    Area.objects.bulk_create(
        [
            Area(
                adds_up=one.get("adds_up", False),
                **{name: one[name] for name in ("code", "name", "kind", "synthetic")},
            )
            for one in entries
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "kind", "synthetic", "adds_up"],
    )
    areas = {area.code: area for area in Area.objects.all()}
    lies = Area.within.through._default_manager
    lies.filter(from_area__in=[areas[one["code"]] for one in entries]).delete()
    lies.bulk_create(
        lies.model(from_area=areas[one["code"]], to_area=areas[code])
        for one in entries
        for code in one["within"]
    )
    return areas


def _load_agencies(entries: list[dict[str, Any]], areas: dict[str, Area]) -> None:
    """Save the agencies with their areas and successors. What a person recorded of one that has none here stays."""
    fields = ("name", "type", "valid_from")
    Agency.objects.bulk_create(
        [
            Agency(
                slug=one["slug"],
                name=one["name"],
                type=one["type"],
                valid_from=_day(one.get("valid_from")),
                valid_to=_day(one.get("valid_to")),
            )
            for one in entries
        ],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=fields,
    )
    agencies = {agency.slug: agency for agency in Agency.objects.all()}
    named = [agencies[one["slug"]] for one in entries]
    for one, agency in zip(entries, named, strict=True):
        if "successor" in one:
            agency.successor, agency.valid_to = agencies[one["successor"]], _day(one["valid_to"])
    Agency.objects.bulk_update(named, ["successor", "valid_to"])
    takes_part = Agency.areas.through._default_manager
    takes_part.filter(agency__in=named).delete()
    takes_part.bulk_create(
        takes_part.model(agency=agency, area=areas[code])
        for one, agency in zip(entries, named, strict=True)
        for code in one["areas"]
    )


def load_printed() -> None:
    """What the reports printed, to be shown beside what is recomputed. Replaces what was loaded before."""
    areas = {area.code: area for area in Area.objects.all()}
    with (FOLDER / "printed.csv").open(newline="", encoding="utf-8") as file, transaction.atomic():
        PrintedFigure.objects.all().delete()
        PrintedFigure.objects.bulk_create(
            PrintedFigure(**{**row, "area": areas[row["area"]]}) for row in csv.DictReader(file)
        )


def load_files(files: list[Entry], say: Callable[[str], None]) -> int:
    """Send each file that was not sent before through the intake. Returns how many were sent.

    Observations are computed once at the end: they are a function of the counts, whatever the order. Raises
    SampleRefused at the first file that intake does not accept.
    """
    areas = {area.code: area for area in Area.objects.all()}
    agencies = {agency.slug: agency for agency in Agency.objects.all()}
    take_back(files)
    known = set(
        Submission.objects.values_list(
            "return_id", "agency_id", "area_id", "period_code", "checksum"
        )
    )
    sent = 0
    for entry in files:
        content = entry.path.read_bytes()
        agency, area = agencies[entry.agency], areas[entry.area]
        checksum = hashlib.sha256(content).hexdigest()
        if (entry.return_id, agency.pk, area.pk, entry.period.code, checksum) in known:
            continue
        submission = receive(
            by=None,
            return_id=entry.return_id,
            agency=agency,
            area=area,
            period=entry.period,
            filename=entry.path.name,
            content=content,
            source=entry.source,
            ring=False,
        )
        process(submission_id=submission.pk, recompute=False)
        submission.refresh_from_db()
        if submission.state not in (State.ACCEPTED, State.SUPERSEDED):
            raise SampleRefused(
                f"{entry.path}: {submission.state}. " + " ".join(_problems(submission))
            )
        sent += 1
        if sent % 50 == 0:
            say(f"  {sent} files")
    say("  computing indicators")
    recompute_all()  # also when no file is new, because areas may lie within others now
    return sent


def take_back(files: Collection[Entry]) -> None:
    """Withdraw what an earlier version of the sample held of an invented area and this one (`files`) does not: else a
    figure that another agency sends now would count twice, and be refused."""
    held = {(one.return_id, one.agency, one.area, one.period.code) for one in files}
    rows = Submission.objects.filter(
        area__synthetic=True,
        area__code__in={one.area for one in files},
        sender=None,
        source__startswith=SOURCE,
        state__in=SETTLED,
    )
    for one in rows.select_related("agency", "area").order_by("-pk"):
        if (one.return_id, one.agency.slug, one.area.code, one.period_code) not in held:
            with transaction.atomic():
                lock(one.agency)
                one.state = State.WITHDRAWN
                one.save(update_fields=["state"])
                settle(one)
                why = "The sample holds it no longer."
                audit.record(by=None, action="submission withdrawn", subject=one, reason=why)


def digest() -> str:
    """A checksum over every file of the sample, the synthetic area's program included."""
    found = hashlib.sha256()
    for path in sorted(FOLDER.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            found.update(path.relative_to(FOLDER).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def is_loaded(what: str) -> bool:
    """Whether exactly this sample was loaded before. What people did to it since is left as it is."""
    return AuditEvent.objects.filter(
        action=LOADED, object_type=Area._meta.label_lower, details__digest=what
    ).exists()


def note_loaded(what: str, sent: int) -> None:
    """Write that the sample was loaded."""
    area = Area.objects.order_by("code").first()
    if area is not None:
        audit.record(by=None, action=LOADED, subject=area, digest=what, files=sent)


def _problems(submission: Submission) -> Iterator[str]:
    for problem in submission.problems.all()[:5]:
        yield f"row {problem.row}, {problem.column}: {problem.message}"


def _read(name: str) -> list[dict[str, Any]]:
    content: list[dict[str, Any]] = plain(FOLDER / name)
    return content


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value
