"""What parties have agreed on never changes; it goes as a whole when all of them have erased the person."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

KEPT = "plans_version_kept"
AGREED = (
    "OLD.state IN ('in_force', 'replaced')"
    " AND (NEW.content <> OLD.content OR NEW.fingerprint <> OLD.fingerprint OR NEW.number <> OLD.number)"
)
GONE = (
    "NEW.content = '' AND NEW.fingerprint = OLD.fingerprint AND NEW.number = OLD.number AND NOT EXISTS"
    " (SELECT 1 FROM plans_planparty p JOIN clients_sourcerecord s ON s.id = p.record_id"
    " WHERE p.plan_id = OLD.plan_id AND s.erased_at IS NULL)"
)
REFUSE = "RAISE EXCEPTION 'agreed content never changes';"
# A record out of sight counts as one that is there: only the job that erases sees those of all parties.
ERASING = "coalesce(current_setting('spoiwo.job', true), '') = 'guarding'"


def let_it_go(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Refuse changes but the one that leaves nothing."""
    if editor.connection.vendor == "postgresql":
        body = f"IF {ERASING} AND {GONE} THEN RETURN NEW; END IF; {REFUSE}"
        editor.execute(_function(body))
    else:
        editor.execute(f"DROP TRIGGER {KEPT}")
        editor.execute(_trigger(f"{AGREED} AND NOT ({GONE})"))


def keep_it(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Refuse every change, as before."""
    if editor.connection.vendor == "postgresql":
        editor.execute(_function(REFUSE))
    else:
        editor.execute(f"DROP TRIGGER {KEPT}")
        editor.execute(_trigger(AGREED))


def _function(body: str) -> str:
    return f"CREATE OR REPLACE FUNCTION {KEPT}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"


def _trigger(when: str) -> str:
    return (
        f"CREATE TRIGGER {KEPT} BEFORE UPDATE ON plans_planversion WHEN {when}"
        " BEGIN SELECT RAISE(ABORT, 'agreed content never changes'); END"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0007_erasure_passes_the_walls"),
        ("clients", "0010_retention"),
    ]
    operations = [migrations.RunPython(let_it_go, keep_it)]
