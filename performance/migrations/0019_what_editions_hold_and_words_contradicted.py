"""What stands above an edition's rows, until when its words could change, and what figures contradict in a wording.

The panel of an edition never changes, and its words are settled once; the database itself refuses it. Editions of
before hold no panel, and the words that their pages showed.
"""

from importlib import import_module

from django.db import migrations, models
from django.db.models.functions import Coalesce

before = import_module("performance.migrations.0006_editions_never_change")

CHANGED = "OLD.panel {0} NEW.panel OR (OLD.said_until IS NOT NULL AND OLD.said_until {0} NEW.said_until)"
SQLITE = [
    f"""
    CREATE TRIGGER edition_words_never_change BEFORE UPDATE OF panel, said_until ON performance_edition
    WHEN {CHANGED.format("IS NOT")}
    BEGIN SELECT RAISE(ABORT, '{before.WORDS}'); END
    """
]
POSTGRESQL = [
    f"""
    CREATE TRIGGER edition_words_never_change BEFORE UPDATE ON performance_edition
    FOR EACH ROW WHEN ({CHANGED.format("IS DISTINCT FROM")})
    EXECUTE FUNCTION refuse_change_of_edition()
    """
]
SQLITE_BACK = ["DROP TRIGGER edition_words_never_change"]
POSTGRESQL_BACK = ["DROP TRIGGER edition_words_never_change ON performance_edition"]


def protect(apps, schema_editor):
    """Make the trigger."""
    before.run(schema_editor, {"sqlite": SQLITE, "postgresql": POSTGRESQL})


def unprotect(apps, schema_editor):
    """Remove the trigger."""
    before.run(schema_editor, {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK})


def settle(apps, schema_editor):
    """Let the words of editions of before be those that their pages showed: until they were published, else set aside
    or approved."""
    at = Coalesce("published_at", "set_aside_at", "approved_at")
    apps.get_model("performance", "Edition").objects.update(said_until=at)


class Migration(migrations.Migration):
    dependencies = [("performance", "0018_events_that_people_add")]

    operations = [
        migrations.AddField("commentary", "agreed_despite", models.CharField(blank=True, max_length=500)),
        migrations.AddField("commentary", "findings", models.JSONField(default=list)),
        migrations.AddField("edition", "panel", models.JSONField(blank=True, null=True)),
        migrations.AddField("edition", "said_until", models.DateTimeField(blank=True, null=True)),
        migrations.RunPython(protect, unprotect),
        migrations.RunPython(settle, migrations.RunPython.noop),
    ]
