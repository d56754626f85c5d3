"""A figure is reached through its publication alone."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0004_figures_have_their_publication")]
    operations = [
        migrations.RemoveIndex("figure", "figure_by_place"),
        migrations.RemoveField("figure", "version"),
        migrations.RemoveField("indicatorversion", "snapshot"),
        migrations.AlterField(
            "figure",
            "publication",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="figures",
                to="monitoring.publication",
            ),
        ),
        migrations.AddIndex(
            "figure", models.Index(fields=["publication", "level", "territory"], name="figure_by_place")
        ),
    ]
