"""The facts of training in the sample with their sources, what is written about a quarter, and invented records."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from lscb.history import events
from lscb.models import Area, AuditEvent
from performance import contributed
from training.actions import save
from training.models import (
    Attendance,
    Commentary,
    Course,
    Evaluation,
    Licence,
    ProgrammeEntry,
    Quote,
    Session,
    Workforce,
)

FILE = Path(__file__).parent / "sample.yaml"
LOADED = "training record added"
SYNTHETIC = "demonstration"
PLACES = ("agency", "booked", "attended", "cancelled_late", "did_not_attend", "free_places")


@cache
def read() -> dict[str, Any]:
    """The facts as the file states them."""
    found: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found


def load(**_signal: Any) -> None:
    """Load them once; what people did to them since is left as it is."""
    with transaction.atomic():
        _load_facts()
        area = Area.objects.filter(code=SYNTHETIC).first()
        if area and not Session.objects.filter(area=area).exists():
            _load_invented(read()["invented"], area)


def link(**_signal: Any) -> None:
    """Link courses to the recommendations of the sample that they answer, once these are there, unless people changed
    them since."""
    keys = {one.title: key for key, one in contributed.recommendations(None).items()}
    for one in read()["invented"]["courses"]:
        course = Course.objects.filter(title=one["title"]).first()
        if course is None or events(course).count() != 1:
            continue
        course.recommendations = [keys[said] for said in one["recommendations"] if said in keys]
        save(by=None, record=course)


def _load_facts() -> None:
    known = AuditEvent.objects.filter(
        person=None, action=LOADED, object_type=Course._meta.label_lower
    )
    facts = read()
    areas = {area.code: area for area in Area.objects.all()}
    if known.exists() or not {one["area"] for one in facts["licences"]} <= areas.keys():
        return
    sources = facts["sources"]
    for one in facts["courses"]:
        source = "; ".join(sources[name] for name in one["sources"])
        texts = {name: one.get(name, "") for name in ("title", "about", "answers")}
        save(by=None, record=Course(source=source, **texts))
    for title, said in facts["quotes"].items():
        course = Course.objects.get(title=title)
        for one in said:
            quote = Quote(
                course=course,
                role=one.get("role", ""),
                agency=one["agency"],
                period_code=facts["year"],
                source=sources["impact"],
            )
            save(by=None, record=quote, themes=one["themes"])
    for one in facts["programme"]:
        about = Course.objects.filter(title=one.get("course", "")).first()
        texts = {
            name: one.get(name, "") for name in ("title", "about", "presented_to", "indicator")
        }
        entry = ProgrammeEntry(
            form=one["form"], year_code=one["year"], course=about, source=sources[one["source"]], **texts
        )  # fmt: skip
        save(by=None, record=entry)
    for one in facts["licences"]:
        save(by=None, record=Licence(**(one | {"area": areas[one["area"]]})))
    for one in facts["commentary"]:
        save(by=None, record=Commentary(**(one | {"area": areas[one["area"]]})))


def _load_invented(given: dict[str, Any], area: Area) -> None:
    """The records of the demonstration area."""
    source = given["source"]
    for one in given["courses"]:
        texts = {name: one[name] for name in ("title", "about")}
        save(by=None, record=Course(source=source, **texts))  # what it answers: see `link`
    for one in given["sessions"]:
        course = Course.objects.get(title=one["course"])
        session = Session(course=course, area=area, **one["session"])
        save(by=None, record=session)
        for row in one.get("attendance", ()):
            save(by=None, record=Attendance(session=session, **dict(zip(PLACES, row, strict=True))))
        if "evaluation" in one:
            save(by=None, record=Evaluation(session=session, **one["evaluation"]))
    for year, staff in given["workforce"].items():
        for agency, people in staff.items():
            record = Workforce(
                area=area, agency=agency, year_code=year, people=people, source=source
            )
            save(by=None, record=record)
    for one in given["licences"]:
        save(by=None, record=Licence(area=area, source=source, **one))
