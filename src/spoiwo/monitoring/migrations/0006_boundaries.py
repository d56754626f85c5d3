"""Shapes of places for maps."""

from django.db import migrations, models

from spoiwo.toolkit.columns import KeyField


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0005_figures_of_publications")]
    operations = [
        migrations.CreateModel(
            name="Boundary",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", KeyField(max_length=7, unique=True)),
                ("rings", models.JSONField()),
            ],
        )
    ]
