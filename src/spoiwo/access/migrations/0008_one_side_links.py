from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0007_walls_of_emergency_access")]
    operations = [
        migrations.AddField(
            model_name="sharingagreement", name="one_side_links", field=models.BooleanField(default=False)
        ),
    ]
