"""Figures belong to a publication; cards say where the figure should go, and since when they no longer count."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0002_observations_are_kept")]
    operations = [
        migrations.AddField("indicatorversion", "aims", models.JSONField(default=dict)),
        migrations.AddField("indicatorversion", "retired_at", models.DateTimeField(null=True)),
        migrations.AddField("indicatorversion", "edit_version", models.PositiveIntegerField(default=1)),
        migrations.CreateModel(
            name="Publication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("snapshot", models.CharField(max_length=64)),
                ("sql_hash", models.CharField(max_length=64)),
                ("policy", models.CharField(max_length=20)),
                ("table_hash", models.CharField(max_length=64)),
                ("published_by_user_id", models.BigIntegerField()),
                ("published_at", models.DateTimeField()),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="publications",
                        to="monitoring.indicatorversion",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            "publication",
            models.UniqueConstraint(fields=("version", "number"), name="publication_number_once"),
        ),
        migrations.AddField(
            "figure",
            "publication",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="figures",
                to="monitoring.publication",
            ),
        ),
    ]
