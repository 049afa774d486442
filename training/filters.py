"""What the lists of training's records are narrowed by: what each filter offers, and what it keeps."""

from django.utils import timezone

from lscb.lists import Filter, Rows, exact
from lscb.models import Area
from lscb.periods import month_of, parse
from performance.intake.codes import code_list
from training import evidence
from training.models import AGENCIES, Course, ProgrammeEntry, Session, Theme, Workforce


def agencies() -> list[tuple[str, str]]:
    """The agencies that training knows, by code."""
    return [(one.code, one.label) for one in code_list(AGENCIES)]


def courses() -> list[tuple[str, str]]:
    """The courses, by number."""
    return [(str(pk), title) for pk, title in Course.objects.values_list("pk", "title")]


def areas() -> list[tuple[str, str]]:
    """The areas for which a training unit sends, by code."""
    return list(
        Area.objects.filter(agencies__type="training").distinct().values_list("code", "name")
    )


def themes() -> list[tuple[str, str]]:
    """The themes of what was said, by number."""
    return [(str(pk), name) for pk, name in Theme.objects.values_list("pk", "name")]


def session_kinds() -> list[tuple[str, str]]:
    """How a session can be held."""
    return [(str(code), str(words)) for code, words in Session.Kind.choices]


def forms() -> list[tuple[str, str]]:
    """The kinds of entries of the programme."""
    return [(str(code), str(words)) for code, words in ProgrammeEntry.Form.choices]


def years() -> list[tuple[str, str]]:
    """The financial years in which sessions began, the newest first."""
    days = Session.objects.order_by().values_list("starts", flat=True).distinct()
    begun = sorted({month_of(day).year for day in days}, reverse=True)
    return [(year.code, year.label) for year in begun]


def workforce_years() -> list[tuple[str, str]]:
    """The financial years of counts of the workforce, the newest first."""
    codes = Workforce.objects.order_by("-year_code").values_list("year_code", flat=True)
    return [(code, parse(code).label) for code in dict.fromkeys(codes)]


def programme_years() -> list[tuple[str, str]]:
    """The financial years of the programme, the newest first."""
    codes = ProgrammeEntry.objects.order_by("-year_code").values_list("year_code", flat=True)
    return [(code, parse(code).label) for code in dict.fromkeys(codes)]


AGENCY = Filter("agency", "Agency", agencies, exact("agency"))
AREA = Filter("area", "Area", areas, exact("area__code"))
OF_SESSION = Filter("area", "Area", areas, exact("session__area__code"))


def year_of(path: str, label: str = "Financial year") -> Filter:
    """A filter by the financial year of the first day of a session, at `path`."""

    def keep(rows: Rows, value: str) -> Rows:
        year = parse(value)
        return rows.filter(**{f"{path}__range": (year.start, year.end)})

    return Filter("year", label, years, keep)


ANSWERING = {
    "register": "Recommendations in the register",
    "words": "In words only",
    "none": "Nothing stated",
}


def keep_answering(rows: Rows, value: str) -> Rows:
    """Courses by what is said of what they answer."""
    if value == "register":
        return rows.exclude(recommendations=[])
    rows = rows.filter(recommendations=[])
    return rows.exclude(answers="") if value == "words" else rows.filter(answers="")


LICENCE_ENDS = {
    "past": "Ended",
    "soon": "Within half a year",
    "later": "Later",
    "unknown": "Not stated",
}


def keep_ending(rows: Rows, value: str) -> Rows:
    """Licences by when they end."""
    today = timezone.localdate()
    soon = today + evidence.ENDS_SOON
    if value == "past":
        return rows.filter(ends__lt=today)
    if value == "soon":
        return rows.filter(ends__range=(today, soon))
    return rows.filter(ends__gt=soon) if value == "later" else rows.filter(ends__isnull=True)
