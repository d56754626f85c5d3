from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("territory", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CommuneSuccessor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=7, unique=True)),
                ("successor", models.CharField(max_length=7)),
                ("saved_by_user_id", models.BigIntegerField()),
                ("saved_at", models.DateTimeField()),
            ],
        ),
    ]
