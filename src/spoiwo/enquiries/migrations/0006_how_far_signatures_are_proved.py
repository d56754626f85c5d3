from django.db import migrations, models
import spoiwo.enquiries.types


class Migration(migrations.Migration):
    dependencies = [
        ("enquiries", "0005_walls_around_hidden_people"),
    ]

    operations = [
        migrations.AddField(
            model_name="confirmation",
            name="signed_proof",
            field=models.CharField(
                blank=True,
                choices=[
                    (
                        spoiwo.enquiries.types.Proof["NAMED"],
                        "Signature names this document; its arithmetic and its issuer are not checked",
                    ),
                    (spoiwo.enquiries.types.Proof["CORRECT"], "Signature correct, issuer not checked"),
                    (
                        spoiwo.enquiries.types.Proof["UNLISTED"],
                        "Signature correct, issuer not on the list of trusted ones",
                    ),
                    (spoiwo.enquiries.types.Proof["TRUSTED"], "Signature correct, issuer trusted"),
                ],
                max_length=8,
            ),
        ),
    ]
