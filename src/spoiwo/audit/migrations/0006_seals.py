"""Seals over the ends of all chains."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import F

from spoiwo.toolkit.walls import append_only


def all_wait(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """What was written before there were seals waits for the first one."""
    head = apps.get_model("audit", "AuditHead")
    record = apps.get_model("audit", "AuditRecord")
    for one in head.objects.filter(seq__gt=F("sealed_seq")):
        newest = record.objects.filter(institution_id=one.institution_id, seq=one.seq).first()
        one.unsealed_since = newest.at if newest else None
        one.save(update_fields=["unsealed_since"])


class Migration(migrations.Migration):
    dependencies = [("audit", "0005_actions_of_surveys")]
    operations = [
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("previous_hash", models.BinaryField(max_length=32)),
                ("root", models.BinaryField(max_length=32)),
                ("records", models.BigIntegerField()),
                ("public_key", models.BinaryField(max_length=32)),
                ("signature", models.BinaryField(max_length=64)),
            ],
        ),
        migrations.AddField(
            model_name="audithead",
            name="sealed_seq",
            field=models.BigIntegerField(default=0, db_default=0),
        ),
        migrations.AddField(
            model_name="audithead",
            name="unsealed_since",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="AuditSealedHead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("institution_id", models.BigIntegerField()),
                ("seq", models.BigIntegerField()),
                ("hash", models.BinaryField(max_length=32)),
                (
                    "seal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="heads", to="audit.auditseal"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("institution_id", "seq"), name="audit_sealed_once")
                ],
            },
        ),
        migrations.RunPython(all_wait, migrations.RunPython.noop),
        append_only("audit_auditseal"),
        append_only("audit_auditsealedhead"),
    ]
