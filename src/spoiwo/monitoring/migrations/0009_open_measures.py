"""Whether a measure is of what is public anyway."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('monitoring', '0008_programme_reports'),
    ]

    operations = [
        migrations.AddField(
            model_name='measure',
            name='is_open',
            field=models.BooleanField(default=False),
        ),
    ]
