"""Fields that the serializers of the API share."""

from collections.abc import Callable, Collection
from decimal import Decimal
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from lscb.periods import Period, parse

MOST_CODES, LONGEST_CODE = 100, 60


@extend_schema_field(OpenApiTypes.NUMBER)
class NumberField(serializers.Field[Any, Any, Any, Any]):
    """A stored decimal as a JSON number: whole where it is whole, so that 61 is not written 61.0."""

    def to_representation(self, value: Decimal) -> int | float:
        """The number."""
        return int(value) if value == value.to_integral_value() else float(value)


@extend_schema_field(OpenApiTypes.STR)
class CodesField(serializers.Field[Any, Any, Any, Any]):
    """One or more codes, with commas between them. With `known` any other code is an error that names it."""

    def __init__(
        self,
        *,
        known: Callable[[], Collection[str]] | None = None,
        what: str = "code",
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.known, self.what = known, what

    def to_internal_value(self, data: Any) -> list[str]:
        """The codes as a list, each once, in the order given."""
        codes = list(dict.fromkeys(code.strip() for code in str(data).split(",") if code.strip()))
        if len(codes) > MOST_CODES:
            raise serializers.ValidationError(f"At most {MOST_CODES} may be named.")
        if any(len(code) > LONGEST_CODE or not code.isprintable() for code in codes):
            raise serializers.ValidationError(f"This is no {self.what}.")
        known = self.known() if self.known else codes
        unknown = [f"There is no {self.what} '{code}'." for code in codes if code not in known]
        if unknown:
            raise serializers.ValidationError(unknown)
        return codes


@extend_schema_field(OpenApiTypes.STR)
class PeriodField(serializers.Field[Any, Any, Any, Any]):
    """A month, quarter or financial year: 2025-04, 2025-26-Q1, 2025-26."""

    def to_internal_value(self, data: Any) -> Period:
        """The period."""
        try:
            return parse(str(data).strip())
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from error
