"""What was published with a version becomes its first publication."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def gather(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """One publication for every version that was approved. Its table had no digest then."""
    version_model = apps.get_model("monitoring", "IndicatorVersion")
    publication_model = apps.get_model("monitoring", "Publication")
    figure_model = apps.get_model("monitoring", "Figure")
    for version in version_model.objects.filter(approved_at__isnull=False):
        publication = publication_model.objects.create(
            version=version,
            number=1,
            snapshot=version.snapshot,
            sql_hash=version.sql_hash,
            policy="public-1",
            table_hash="",
            published_by_user_id=version.approved_by_user_id,
            published_at=version.approved_at,
        )
        figure_model.objects.filter(version=version).update(publication=publication)


def scatter(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Back to figures of versions; later publications have no place there."""
    apps.get_model("monitoring", "Publication").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0003_publications")]
    operations = [migrations.RunPython(gather, scatter)]
