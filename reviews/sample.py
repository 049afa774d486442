"""The sample's facts of reviews, audits and section 11, each with its source."""

from typing import Any


def load(**_signal: Any) -> None:
    """Load them once; what people did to them since is left as it is."""
