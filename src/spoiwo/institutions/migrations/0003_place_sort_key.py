"""Places sort the Polish way; rows made before are filled when they are saved next."""

from django.db import migrations

import spoiwo.toolkit.columns


class Migration(migrations.Migration):
    dependencies = [("institutions", "0002_last_change_and_withdrawal")]

    operations = [
        migrations.AddField(
            model_name="institution",
            name="place_key",
            field=spoiwo.toolkit.columns.KeyField(blank=True, default="", max_length=170),
            preserve_default=False,
        ),
    ]
