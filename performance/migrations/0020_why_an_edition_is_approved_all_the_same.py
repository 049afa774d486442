"""Why an edition was approved with words that the figures contradict. The column may be null, so that SQLite adds it to
the table as it is: made anew it would lose the triggers that protect editions."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("performance", "0019_what_editions_hold_and_words_contradicted")]

    operations = [
        migrations.AddField(
            "edition",
            "approved_despite",
            models.CharField(blank=True, max_length=500, null=True),
        )
    ]
