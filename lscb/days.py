"""How a day is written for people: in sentences and papers `3 May 2026`, in the cells of lists `3 Nov 2026`."""

from datetime import date, datetime


def day_words(day: date) -> str:
    """A day, or the day of a local moment, in words: `29 November 2026`."""
    return f"{day.day} {day:%B %Y}"


def moment_words(at: datetime) -> str:
    """A local moment in words: `29 November 2026, 14:03`."""
    return f"{day_words(at)}, {at:%H:%M}"


def day_short(day: date) -> str:
    """A day as a list's cell has room for it: `29 Nov 2026`."""
    return f"{day.day} {day:%b %Y}"


def day_and_month(day: date) -> str:
    """A day where its year is told beside it: `29 Nov`."""
    return f"{day.day} {day:%b}"
