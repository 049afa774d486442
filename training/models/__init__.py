"""What training keeps: its records, and what the unit writes."""

from training.models.records import (
    AGENCIES,
    Attendance,
    Course,
    Evaluation,
    Licence,
    Quote,
    Record,
    Session,
    Theme,
    Workforce,
)
from training.models.written import Commentary, ProgrammeEntry

__all__ = [
    "AGENCIES",
    "Attendance",
    "Commentary",
    "Course",
    "Evaluation",
    "Licence",
    "ProgrammeEntry",
    "Quote",
    "Record",
    "Session",
    "Theme",
    "Workforce",
]
