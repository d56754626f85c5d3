"""How members vote in a decision by circulation, by its names."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnership", "0003_talks_ideas_practices_templates")]

    operations = [
        migrations.AlterField(
            model_name="attendance",
            name="vote",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "No vote yet"),
                    ("for", "For"),
                    ("against", "Against"),
                    ("abstain", "Abstain"),
                ],
                max_length=10,
            ),
        ),
    ]
