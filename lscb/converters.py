"""Periods in addresses: `path("scorecard/<period:period>/", ...)`. Import this module before such a path."""

from django.urls import register_converter

from lscb.periods import Period, parse


class PeriodConverter:
    """A period in an address: 2025-04, 2025-26-Q1 or 2025-26."""

    regex = r"\d{4}-\d{2}(-Q[1-4])?"

    def to_python(self, value: str) -> Period:
        """The period of a code; ValueError makes the address unknown (404)."""
        return parse(value)

    def to_url(self, value: Period | str) -> str:
        """The code of a period."""
        return str(value)


register_converter(PeriodConverter, "period")
