"""One word more for how far a signature is proved."""

from django.db import migrations, models

import spoiwo.enquiries.types


class Migration(migrations.Migration):
    dependencies = [("enquiries", "0007_terms_are_kept")]
    operations = [
        migrations.AlterField(
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
                    (
                        spoiwo.enquiries.types.Proof["TRUSTED"],
                        "Signature correct, issuer trusted, revocation not checked",
                    ),
                    (
                        spoiwo.enquiries.types.Proof["CURRENT"],
                        "Signature correct, issuer trusted, certificate not revoked",
                    ),
                ],
                max_length=8,
            ),
        ),
    ]
