"""The sample's facts of the plan, each with its source: what the two annual reports say, in other words."""

from typing import Any


def load(**_signal: Any) -> None:
    """Load them once; what people did to them since is left as it is."""
