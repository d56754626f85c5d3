"""Each order of the list gets an index that holds all it takes to find a page; later words of names get their own."""

from django.db import migrations, models

from spoiwo.toolkit.columns import HasSpace

IN_ORDER = ("sort_key", "record", "other")


def _add(name: str, *fields: str, condition: models.Q | None = None) -> migrations.AddIndex:
    index = models.Index(fields=["institution", *fields], name=name, condition=condition)
    return migrations.AddIndex(model_name="commonclient", index=index)


class Migration(migrations.Migration):
    dependencies = [("clients", "0005_walls_by_function")]
    operations = [
        migrations.RemoveIndex(model_name="commonclient", name="common_by_name"),
        migrations.RemoveIndex(model_name="commonclient", name="common_by_since"),
        _add("common_in_order_of_name", *IN_ORDER),
        _add("common_in_order_of_status", "status", *IN_ORDER),
        _add("common_oldest_first", "since", *IN_ORDER),
        _add("common_newest_first", "-since", *IN_ORDER),
        _add(
            "common_of_several_words",
            *("last_key", "first_key"),
            condition=models.Q(HasSpace("last_key")) | models.Q(HasSpace("first_key")),
        ),
    ]
