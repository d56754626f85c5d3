"""Communiqués in several languages, with enclosures, and letters that follow one another."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnership", "0004_votes")]

    operations = [
        migrations.AlterField(
            model_name="letter",
            name="in_reply_to",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="followed_by",
                to="partnership.letter",
            ),
        ),
        migrations.AddField(
            model_name="sentedition",
            name="translations",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="sentedition",
            name="enclosures",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.CreateModel(
            name="Enclosure",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                (
                    "communique",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="enclosures",
                        to="partnership.communique",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("communique", "sha256"), name="enclosure_once_per_file"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Translation",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("de", "German"), ("uk", "Ukrainian")], max_length=2
                    ),
                ),
                ("title", models.CharField(max_length=250)),
                ("text", models.TextField()),
                (
                    "communique",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="translations",
                        to="partnership.communique",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("communique", "language"), name="translation_once_per_language"
                    )
                ],
            },
        ),
    ]
