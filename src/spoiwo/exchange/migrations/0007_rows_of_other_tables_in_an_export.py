from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0006_sheets_of_past_events'),
    ]

    operations = [
        migrations.AddField(
            model_name='openexport',
            name='others',
            field=models.IntegerField(default=0),
        ),
    ]
