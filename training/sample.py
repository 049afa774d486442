"""The sample's facts of training: courses, themes of what people said, and licences, each with its source.

The reports print no attendance by agency and no numbers by session, so there are none here. What people said is
not repeated: its themes are kept, with role and agency as printed, and where the words stand.
"""

from typing import Any

from lscb.models import Area, AuditEvent
from training.actions import save
from training.models import Course, Licence, Quote

REPORT = "Luton LSCP annual report data 2024/25"
IMPACT = f"{REPORT}, impact of attending learning events"
OLDER = "Luton LSCB annual report 2020/21, safeguarding training"
HEADLINES = f"{REPORT}, training headlines"
WORKING_TOGETHER = "Working Together to Safeguard Children"

COURSES: tuple[tuple[str, str, str], ...] = (
    (WORKING_TOGETHER, "Updated in 2020/21 with the lessons of reviews and audits.", f"{OLDER}; {IMPACT}"),
    ("Designated Safeguarding Leads: Roles & Responsibilities", "Introduced in January 2025.", IMPACT),
    ("Designated Safeguarding Leads: Update", "", IMPACT),
    ("Contextual Safeguarding", "", IMPACT),
    ("Voice of the Child", "", IMPACT),
    ("Safeguarding Children with Disabilities", "", IMPACT),
    ("Safeguarding Young People into Adulthood", "", IMPACT),
    ("Safer Recruitment", "", IMPACT),
    ("Safeguarding Supervision", "", IMPACT),
    (
        "Risk Assessment & Thresholds",
        "A free webinar after local child safeguarding practice reviews, given with the safeguarding partners.",
        f"{HEADLINES}; {IMPACT}",
    ),
    ("Understanding Neglect", "Given together with partner agencies.", HEADLINES),
    ("Multi-Agency Information Submission Form", "Given together with partner agencies.", HEADLINES),
    ("Domestic Abuse: Learning from local reviews and audits", "A series of events.", OLDER),
)  # fmt: skip

# Course, role as printed (empty where none is), agency, themes.
SAID: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (WORKING_TOGETHER, "Designated safeguarding lead", "schools", ("how agencies work together", "good practice")),
    (WORKING_TOGETHER, "Clinical manager", "voluntary", ("knowledge of the trainer", "policies brought up to date")),
    (WORKING_TOGETHER, "Community nursery nurse", "health", ("how agencies work together", "barriers overcome")),
    (WORKING_TOGETHER, "Childminder", "early-years", ("whom to report concerns to",)),
    (WORKING_TOGETHER, "Family Partnership", "other", ("confidence to act", "a concern was shared")),
    ("Designated Safeguarding Leads: Update", "", "schools", ("learning passed on", "records audited")),
    ("Contextual Safeguarding", "", "schools", ("learning passed on",)),
    ("Voice of the Child", "", "schools", ("the child’s voice in meetings and records",)),
    ("Voice of the Child", "MASH", "council", ("the child’s voice in meetings and records", "trust")),
    ("Safeguarding Children with Disabilities", "", "voluntary", ("governance and supervision reviewed",)),
    ("Safer Recruitment", "Deputy head", "schools", ("learning passed on", "prevention")),
    ("Safeguarding Supervision", "Drug and alcohol practitioner", "other", ("more reflection in supervision",)),
    ("Risk Assessment & Thresholds", "", "probation", ("how agencies work together",)),
    ("Risk Assessment & Thresholds", "", "police", ("how other agencies assess risk",)),
)  # fmt: skip
LOADED = "training record added"
YEAR = "2024-25"


def load(**_signal: Any) -> None:
    """Load them once; what people did to them since is left as it is."""
    known = AuditEvent.objects.filter(
        person=None, action=LOADED, object_type=Course._meta.label_lower
    )
    luton = Area.objects.filter(code="E06000032").first()
    if luton is None or known.exists():
        return
    courses = {}
    for title, about, source in COURSES:
        course = Course(title=title, about=about, source=source)
        save(by=None, record=course)
        courses[title] = course
    for title, role, agency, themes in SAID:
        quote = Quote(
            course=courses[title], role=role, agency=agency, period_code=YEAR, source=IMPACT
        )
        save(by=None, record=quote, themes=themes)
    save(
        by=None,
        record=Licence(area=luton, agency="unknown", people=12, source=f"{REPORT}, chart 6"),
    )
