"""Periods in addresses: `path("scorecard/<period:period>/", ...)`. Import this module before such a path."""

from django.urls import register_converter

from lscb.periods import Period, parse

LAST_YEAR = 2200  # of an address: pages read on from there, to a year's end and to the period after


class PeriodConverter:
    """A period in an address: 2025-04, 2025-26-Q1 or 2025-26."""

    regex = r"\d{4}-\d{2}(-Q[1-4])?"

    def to_python(self, value: str) -> Period:
        """The period of a code; ValueError makes the address unknown (404)."""
        found = parse(value)
        if found.start.year > LAST_YEAR:
            raise ValueError(f"There is no page about {value}.")
        return found

    def to_url(self, value: Period | str) -> str:
        """The code of a period."""
        return str(value)


register_converter(PeriodConverter, "period")
