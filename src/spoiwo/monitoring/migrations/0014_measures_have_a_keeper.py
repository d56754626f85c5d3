import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("institutions", "0004_more_roles"),
        ("monitoring", "0013_observations_may_be_confidential"),
    ]

    operations = [
        migrations.AddField(
            model_name="measure",
            name="description_pl",
            field=models.CharField(blank=True, default="", max_length=1000),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="measure",
            name="description_en",
            field=models.CharField(blank=True, default="", max_length=1000),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="measure",
            name="institution",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="institutions.institution",
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="retired_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="measure",
            name="edit_version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="measure",
            name="saved_by_user_id",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="measure",
            name="saved_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
