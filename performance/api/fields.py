"""Fields that the serializers of the API share."""

from collections.abc import Callable, Collection
from decimal import Decimal
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from lscb.periods import Period, parse

MOST_CODES = 100


@extend_schema_field(OpenApiTypes.NUMBER)
class NumberField(serializers.Field[Any, Any, Any, Any]):
    """A stored decimal as a JSON number: whole where it is whole, so that 61 is not written 61.0."""

    def to_representation(self, value: Decimal) -> int | float:
        """The number."""
        return int(value) if value == value.to_integral_value() else float(value)


class CodesField(serializers.CharField):
    """One or more codes, with commas between them. With `known` any other code is an error that names it."""

    def __init__(
        self,
        *,
        known: Callable[[], Collection[str]] | None = None,
        what: str = "code",
        **kwargs: Any,
    ) -> None:
        super().__init__(max_length=4000, **kwargs)
        self.known, self.what = known, what

    def to_internal_value(self, data: Any) -> Any:
        """The codes as a list, each once, in the order given."""
        text: str = super().to_internal_value(data)
        codes = list(dict.fromkeys(code.strip() for code in text.split(",") if code.strip()))
        if len(codes) > MOST_CODES:
            raise serializers.ValidationError(f"At most {MOST_CODES} may be named.")
        known = self.known() if self.known else codes
        unknown = [f"There is no {self.what} '{code}'." for code in codes if code not in known]
        if unknown:
            raise serializers.ValidationError(unknown)
        return codes


class PeriodField(serializers.CharField):
    """A month, quarter or financial year: 2025-04, 2025-26-Q1, 2025-26."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=10, **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        """The period."""
        text: str = super().to_internal_value(data)
        try:
            return parse(text)
        except ValueError as error:
            raise serializers.ValidationError(f"{str(error).capitalize()}.") from error

    def to_representation(self, value: Period | str) -> str:
        """Its code."""
        return str(value)
