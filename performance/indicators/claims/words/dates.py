"""Months and financial years as they are written, which all names of periods are made of."""

from lscb.periods import MONTH_NAMES, Period, parse

MONTHS = {
    name[:length].lower(): place for place, name in enumerate(MONTH_NAMES, 1) for length in (3, 20)
}
MONTHS["sept"] = 9
MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
YEAR = r"(?:20)?(\d\d)\s?[/–-]\s?(?:20)?(\d\d)(?!\d)"  # a financial year
CALENDAR = r"(?:20\d\d|'?\d\d(?!\d|[,.]\d))"


def month_number(name: str) -> int:
    """The number (1 to 12) of a month's name, short or long."""
    return MONTHS[name.lower().rstrip(".")]


def calendar_year(text: str) -> int:
    """A calendar year of two digits or four: `'24`, `2024`."""
    digits = text.strip("'")
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def financial_year(first: str, second: str) -> Period | None:
    """The financial year of the last two digits of its two years; None where these do not follow one another."""
    if int(second) != (int(first) + 1) % 100:
        return None
    try:
        return parse(f"20{first}-{second}")
    except ValueError:
        return None
