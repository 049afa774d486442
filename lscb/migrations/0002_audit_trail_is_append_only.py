"""The audit trail grows and never changes: the database itself refuses to alter or remove a row.

A later migration that remakes the table on SQLite loses the triggers and must make them again; a test notices.
"""

from django.db import migrations

SQLITE = [
    """
    CREATE TRIGGER audit_event_never_changes BEFORE UPDATE ON lscb_auditevent
    BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END
    """,
    """
    CREATE TRIGGER audit_event_never_goes BEFORE DELETE ON lscb_auditevent
    BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END
    """,
]
SQLITE_BACK = [
    "DROP TRIGGER audit_event_never_changes",
    "DROP TRIGGER audit_event_never_goes",
]
POSTGRESQL = [
    """
    CREATE FUNCTION refuse_change_of_audit_trail() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the audit trail is append-only' USING ERRCODE = 'integrity_constraint_violation'; END
    $$
    """,
    """
    CREATE TRIGGER audit_event_never_changes BEFORE UPDATE OR DELETE ON lscb_auditevent
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_audit_trail()
    """,
    """
    CREATE TRIGGER audit_event_never_goes BEFORE TRUNCATE ON lscb_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit_trail()
    """,
]
POSTGRESQL_BACK = [
    "DROP TRIGGER audit_event_never_changes ON lscb_auditevent",
    "DROP TRIGGER audit_event_never_goes ON lscb_auditevent",
    "DROP FUNCTION refuse_change_of_audit_trail()",
]


def protect(apps, schema_editor):
    """Make the triggers."""
    run(schema_editor, {"sqlite": SQLITE, "postgresql": POSTGRESQL})


def unprotect(apps, schema_editor):
    """Remove the triggers."""
    run(schema_editor, {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK})


def run(schema_editor, statements):
    """Run the statements of this database."""
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("lscb", "0001_initial")]

    operations = [migrations.RunPython(protect, unprotect)]
