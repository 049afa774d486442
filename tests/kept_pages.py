"""Pages that the product keeps, as tests see them: what a test writes past the actions, no key tells."""

import sys


def forget() -> None:
    """Forget all pages that are kept."""
    module = sys.modules.get("performance.views.kept")
    if module is not None:
        module.forget()
