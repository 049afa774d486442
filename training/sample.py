"""The sample's facts of training: courses, themes of what people said, and licences, each with its source; and what is
written about a quarter."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from lscb.models import Area, AuditEvent
from training.actions import save
from training.models import Commentary, Course, Licence, ProgrammeEntry, Quote

FILE = Path(__file__).parent / "sample.yaml"
LOADED = "training record added"


@cache
def read() -> dict[str, Any]:
    """The facts as the file states them."""
    found: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found


def load(**_signal: Any) -> None:
    """Load them once; what people did to them since is left as it is."""
    known = AuditEvent.objects.filter(
        person=None, action=LOADED, object_type=Course._meta.label_lower
    )
    facts = read()
    areas = {area.code: area for area in Area.objects.all()}
    if known.exists() or not {one["area"] for one in facts["licences"]} <= areas.keys():
        return
    sources = facts["sources"]
    with transaction.atomic():
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
