"""Both parties keep a referral in their own files, under a file class as well."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0004_walls_around_hidden_people")]
    operations = [
        migrations.AddField("referral", "jrwa", models.CharField(blank=True, default="", max_length=20), False),
        migrations.AddField(
            "referral", "receiver_jrwa", models.CharField(blank=True, default="", max_length=20), False
        ),
    ]
