"""Terms of answers are kept on a page: who changed one last, and which version it is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("enquiries", "0006_how_far_signatures_are_proved")]
    operations = [
        migrations.AddField("answerterm", "version", models.PositiveIntegerField(default=1)),
        migrations.AddField("answerterm", "edited_at", models.DateTimeField(null=True)),
        migrations.AddField("answerterm", "edited_by_user_id", models.BigIntegerField(default=0)),
    ]
