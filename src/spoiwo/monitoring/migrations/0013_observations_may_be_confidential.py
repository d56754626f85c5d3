from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("monitoring", "0012_publications_say_whether_they_were_audited"),
    ]

    operations = [
        migrations.AddField(
            model_name="observation",
            name="confidential",
            field=models.BooleanField(default=False),
        ),
    ]
