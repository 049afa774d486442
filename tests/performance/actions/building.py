"""What the tests of actions share: the state of every table."""

import hashlib

from django.apps import apps
from django.db import connection

OF_A_SUBMISSION = {"performance.Submission", "performance.StoredProblem", "lscb.AuditEvent"}


def tables() -> dict[str, str]:
    """A checksum of every table of the product, but for what is written about a submission itself."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.label not in OF_A_SUBMISSION:
                table, key = (
                    connection.ops.quote_name(one)
                    for one in (model._meta.db_table, model._meta.pk.column)
                )
                cursor.execute(f"SELECT * FROM {table} ORDER BY {key}")
                rows = repr(cursor.fetchall())
                found[model._meta.label] = hashlib.sha256(rows.encode()).hexdigest()
    return found
