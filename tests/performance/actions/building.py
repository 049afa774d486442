"""What the tests of actions share: the state of every table."""

import hashlib

from django.apps import apps
from django.core import serializers

OF_A_SUBMISSION = {"performance.Submission", "performance.StoredProblem", "lscb.AuditEvent"}


def tables() -> dict[str, str]:
    """A checksum of every table of the product, but for what is written about a submission itself."""
    found = {}
    for model in apps.get_models():
        name = f"{model._meta.app_label}.{model.__name__}"
        if name not in OF_A_SUBMISSION:
            rows = serializers.serialize("json", model._base_manager.order_by("pk"))
            found[name] = hashlib.sha256(rows.encode()).hexdigest()
    return found
