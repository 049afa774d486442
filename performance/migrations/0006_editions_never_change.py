"""What an edition printed never changes: the database itself refuses to alter or remove its rows.

Of the edition itself only its steps (approved, published, set aside) may be written. A later migration that remakes
these tables on SQLite loses the triggers and must make them again; a test notices.
"""

from django.db import migrations

FROZEN = "area_id, quarter_code, number, data_version, checksum, opened_by_id, opened_at"
WORDS = "an edition never changes"
SQLITE = [
    f"""
    CREATE TRIGGER edition_row_never_changes BEFORE UPDATE ON performance_editionrow
    BEGIN SELECT RAISE(ABORT, '{WORDS}'); END
    """,
    f"""
    CREATE TRIGGER edition_row_never_goes BEFORE DELETE ON performance_editionrow
    BEGIN SELECT RAISE(ABORT, '{WORDS}'); END
    """,
    f"""
    CREATE TRIGGER edition_never_changes BEFORE UPDATE OF {FROZEN} ON performance_edition
    WHEN {" OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in FROZEN.split(", "))}
    BEGIN SELECT RAISE(ABORT, '{WORDS}'); END
    """,
    f"""
    CREATE TRIGGER edition_never_goes BEFORE DELETE ON performance_edition
    BEGIN SELECT RAISE(ABORT, '{WORDS}'); END
    """,
]
SQLITE_BACK = [
    "DROP TRIGGER edition_row_never_changes",
    "DROP TRIGGER edition_row_never_goes",
    "DROP TRIGGER edition_never_changes",
    "DROP TRIGGER edition_never_goes",
]
POSTGRESQL = [
    f"""
    CREATE FUNCTION refuse_change_of_edition() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation'; END
    $$
    """,
    """
    CREATE TRIGGER edition_row_never_changes BEFORE UPDATE OR DELETE ON performance_editionrow
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_edition()
    """,
    """
    CREATE TRIGGER edition_row_never_goes BEFORE TRUNCATE ON performance_editionrow
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_edition()
    """,
    f"""
    CREATE TRIGGER edition_never_changes BEFORE UPDATE ON performance_edition
    FOR EACH ROW WHEN ({" OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in FROZEN.split(", "))})
    EXECUTE FUNCTION refuse_change_of_edition()
    """,
    """
    CREATE TRIGGER edition_never_goes BEFORE DELETE ON performance_edition
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_edition()
    """,
]
POSTGRESQL_BACK = [
    "DROP TRIGGER edition_row_never_changes ON performance_editionrow",
    "DROP TRIGGER edition_row_never_goes ON performance_editionrow",
    "DROP TRIGGER edition_never_changes ON performance_edition",
    "DROP TRIGGER edition_never_goes ON performance_edition",
    "DROP FUNCTION refuse_change_of_edition()",
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
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("performance", "0005_editions_commentary_challenges")]

    operations = [migrations.RunPython(protect, unprotect)]
