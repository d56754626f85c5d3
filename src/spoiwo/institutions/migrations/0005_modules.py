"""What an institution uses: everything at first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("institutions", "0004_more_roles"),
    ]

    operations = [
        migrations.AddField(
            model_name="institution",
            name="with_calendar",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="institution",
            name="with_documents",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="institution",
            name="with_public_page",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="institution",
            name="with_surveys",
            field=models.BooleanField(default=True),
        ),
    ]
