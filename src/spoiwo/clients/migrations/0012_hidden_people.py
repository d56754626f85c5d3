from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0011_walls_of_retention"),
        ("institutions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="HiddenPerson",
            fields=[
                (
                    "hidden",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="whose",
                        serialize=False,
                        to="clients.hiddenrecord",
                    ),
                ),
                ("person", models.UUIDField()),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="institutions.institution",
                    ),
                ),
            ],
        ),
    ]
