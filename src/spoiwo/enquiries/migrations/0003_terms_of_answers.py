"""Terms of answering that installations begin with: examples that a lawyer has to confirm, like the legal bases."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TERMS = (
    ("", 14, "termin przyjęty w braku przepisu szczególnego; do ustalenia przez prawnika"),
    ("social-assistance-105", 7, "art. 105 ustawy o pomocy społecznej: niezwłocznie, nie później niż w 7 dni"),
)


def add_terms(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Write the terms down."""
    term = apps.get_model("enquiries", "AnswerTerm")
    for code, days, source in TERMS:
        term.objects.get_or_create(basis_code=code, defaults={"days": days, "source": source})


class Migration(migrations.Migration):
    dependencies = [("enquiries", "0002_walls")]
    operations = [migrations.RunPython(add_terms, migrations.RunPython.noop)]
