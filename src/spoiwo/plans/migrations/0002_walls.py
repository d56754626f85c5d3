"""Second wall: rows of a plan belong to its parties while they know the person and share plans with each other.

What parties have agreed on never changes: a trigger on both databases refuses it.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from spoiwo.toolkit.walls import guard_rows, postgres_sql

OPEN = """
CREATE FUNCTION spoiwo_plan_open(asking bigint, wanted bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1
      FROM plans_planparty p
      JOIN plans_planparty q ON q.plan_id = p.plan_id AND q.institution_id <> p.institution_id
      JOIN clients_sourcerecord s ON s.id = p.record_id
     WHERE p.plan_id = wanted
       AND p.institution_id = asking
       AND spoiwo_knows(asking, s.person_id)
       AND spoiwo_gives(q.institution_id, asking, 'measures')
  );
END
$$
"""
OF_PLAN = "spoiwo_plan_open({asking}, plan_id)"
TABLES = (
    *("planversion", "signature", "evidence", "review", "contact", "noncompliance", "remark"),
    *("employmentcheck", "diagnosis", "planevent"),
)
OWN = "institution_id = {asking}"
# Whoever begins a plan sees it before its parties are written down.
BEING_MADE = (
    "(institution_id = {asking} AND NOT EXISTS (SELECT 1 FROM plans_planparty p WHERE p.plan_id = plans_jointplan.id))"
)
KEPT = "plans_version_kept"


def keep_agreed_content(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Refuse changes of what was agreed on."""
    when = (
        "OLD.state IN ('in_force', 'replaced')"
        " AND (NEW.content <> OLD.content OR NEW.fingerprint <> OLD.fingerprint OR NEW.number <> OLD.number)"
    )
    if editor.connection.vendor == "postgresql":
        editor.execute(
            f"CREATE FUNCTION {KEPT}() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'agreed content never changes'; END $$"
        )
        editor.execute(
            f"CREATE TRIGGER {KEPT} BEFORE UPDATE ON plans_planversion FOR EACH ROW"
            f" WHEN ({when}) EXECUTE FUNCTION {KEPT}()"
        )
    else:
        editor.execute(
            f"CREATE TRIGGER {KEPT} BEFORE UPDATE ON plans_planversion WHEN {when}"
            " BEGIN SELECT RAISE(ABORT, 'agreed content never changes'); END"
        )


def let_it_change(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the trigger away."""
    if editor.connection.vendor == "postgresql":
        editor.execute(f"DROP TRIGGER IF EXISTS {KEPT} ON plans_planversion")
        editor.execute(f"DROP FUNCTION IF EXISTS {KEPT}()")
    else:
        editor.execute(f"DROP TRIGGER IF EXISTS {KEPT}")


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial"), ("clients", "0005_walls_by_function")]
    operations = [
        postgres_sql(OPEN, "DROP FUNCTION spoiwo_plan_open(bigint, bigint) CASCADE"),
        guard_rows(
            "plans_jointplan",
            using=f"{BEING_MADE} OR spoiwo_plan_open({{asking}}, id)",
        ),
        guard_rows(
            "plans_action",
            using="owner_id = {asking} OR spoiwo_plan_open({asking}, plan_id)",
            check=OF_PLAN,
        ),
        *(guard_rows(f"plans_{table}", using=OF_PLAN) for table in TABLES),
        guard_rows("plans_selectedclient", using=OWN),
        migrations.RunPython(keep_agreed_content, let_it_change),
    ]
