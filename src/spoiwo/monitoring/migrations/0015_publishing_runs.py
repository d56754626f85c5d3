import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("institutions", "0004_more_roles"),
        ("monitoring", "0014_measures_have_a_keeper"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublishingRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_by_user_id", models.BigIntegerField()),
                ("asked_at", models.DateTimeField()),
                ("total", models.PositiveIntegerField()),
                ("is_approving", models.BooleanField(default=False)),
                ("last", models.BigIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("published", models.PositiveIntegerField(default=0)),
                ("refused", models.JSONField(default=list)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="institutions.institution",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("finished_at__isnull", True)),
                        fields=("institution", "is_approving"),
                        name="publishing_one_run_at_once",
                    )
                ],
            },
        ),
    ]
