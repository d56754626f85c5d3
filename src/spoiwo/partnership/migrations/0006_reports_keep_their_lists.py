"""An approved report keeps the words of its lists."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnership", "0005_communiques_in_languages")]

    operations = [
        migrations.AddField(
            model_name="frozenfigure",
            name="lines",
            field=models.JSONField(blank=True, default=list),
        ),
    ]
