"""What figures contradict in a wording now is kept beside it, with the series that it is held against.

Wordings of before were judged by no program that is known, so that whoever reads one has it judged, until the next
change of a figure of its area or the nightly run keeps that.
"""

from django.db import migrations, models


def hold(apps, schema_editor):
    """Have the newest wording of each voice checked when a figure of its area changes."""
    commentary = apps.get_model("performance", "Commentary").objects
    newest = {
        row[1:]: row[0]
        for row in commentary.order_by("id").values_list(
            "id", "indicator", "area", "period_code", "voice", "agency"
        )
    }
    held = apps.get_model("performance", "HeldAgainst")
    held.objects.bulk_create(
        held(wording_id=wording, area_id=area) for (_, area, *_), wording in newest.items()
    )


class Migration(migrations.Migration):
    dependencies = [
        ("lscb", "0005_the_words_of_histories"),
        ("performance", "0020_why_an_edition_is_approved_all_the_same"),
    ]

    operations = [
        migrations.AddField("commentary", "findings_now", models.JSONField(default=list)),
        migrations.AddField("commentary", "judged_by", models.CharField(blank=True, max_length=64)),
        migrations.CreateModel(
            name="HeldAgainst",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("indicator", models.CharField(blank=True, max_length=10)),
                ("area", models.ForeignKey(on_delete=models.CASCADE, related_name="+", to="lscb.area")),
                (
                    "wording",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="held_against", to="performance.commentary"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "what wordings are held against",
                "indexes": [models.Index(fields=["area", "indicator"], name="performance_area_id_1d2826_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("wording", "area", "indicator"), name="a_wording_is_held_once_against_a_series"
                    )
                ],
            },
        ),
        migrations.RunPython(hold, migrations.RunPython.noop),
    ]
