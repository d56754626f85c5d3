from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("monitoring", "0011_programmes_breaks_and_frames"),
    ]

    operations = [
        migrations.AddField(
            model_name="publication",
            name="audit",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Not done"),
                    ("done", "Done: nothing hidden can be told to within a quarter"),
                    (
                        "absent",
                        "Not done: SciPy is not installed. Whoever runs the platform adds spoiwo[interval].",
                    ),
                    (
                        "too_large",
                        "Not done: more than 2,000 figures hang together. Break them down less.",
                    ),
                ],
                default="",
                max_length=9,
            ),
            preserve_default=False,
        ),
    ]
