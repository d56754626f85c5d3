import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0002_walls"), ("plans", "0003_shipped")]

    operations = [
        migrations.AddField(
            model_name="referral",
            name="action",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="plans.action",
            ),
        ),
    ]
