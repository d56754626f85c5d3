"""Each party keeps a plan in its own files: case reference, file class, and who wrote them down last."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0009_walls_of_parties")]
    operations = [
        migrations.AddField("planparty", "case_ref", models.CharField(blank=True, default="", max_length=80), False),
        migrations.AddField("planparty", "jrwa", models.CharField(blank=True, default="", max_length=20), False),
        migrations.AddField("planparty", "filing_version", models.PositiveIntegerField(default=0)),
        migrations.AddField("planparty", "filed_at", models.DateTimeField(null=True)),
        migrations.AddField("planparty", "filed_by_user_id", models.BigIntegerField(default=0)),
    ]
