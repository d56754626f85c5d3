"""Own clients are found by last and first name together, by birth date, and by address."""

from django.db import migrations, models


def _add(name: str, *fields: str) -> migrations.AddIndex:
    index = models.Index(fields=["institution", *fields], name=name)
    return migrations.AddIndex(model_name="recordversion", index=index)


class Migration(migrations.Migration):
    dependencies = [("clients", "0006_indexes_in_the_orders_of_the_list")]
    operations = [
        migrations.RemoveIndex(model_name="recordversion", name="version_by_last_name"),
        _add("version_by_names", "last_key", "first_key"),
        _add("version_by_birth_date", "birth_date"),
        _add("version_by_address", "place", "street", "house"),
    ]
