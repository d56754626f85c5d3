"""The tables of an empty database, made at one stroke.

Django applies migrations one after another and draws up related models anew after each step, which grows with
the square of the number of models: half a minute for what is done here in a few seconds. Into an empty database
the tables are therefore laid as the newest migrations leave them; then the steps that Django's models cannot
say (walls, triggers, shipped data) follow in their order, and all migrations are written down as applied.
A database that holds anything is left to Django's own way.
"""

from collections.abc import Iterable, Iterator, Sequence

from django.db import connections
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.operations import RunPython, RunSQL, SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

LIST_OF_MIGRATIONS = "django_migrations"


def lay_tables(alias: str) -> int:
    """Bring an empty database to the newest state, all or nothing.

    Answers the number of migrations written down as applied; 0 for a database that holds tables already.
    """
    connection = connections[alias]
    if set(connection.introspection.table_names()) - {LIST_OF_MIGRATIONS}:
        return 0
    executor = MigrationExecutor(connection)
    executor.recorder.ensure_schema()
    plan = [step for step, _backwards in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    with connection.schema_editor(atomic=True) as editor:
        _lay(editor, executor.loader.project_state(), plan)
        for step in plan:
            executor.record_migration(step)  # type: ignore[arg-type, call-arg] # stubs of an older Django
    return len(plan)


def beyond_models(operations: Iterable[Operation]) -> Iterator[Operation]:
    """Operations that do more than define models, in their order."""
    for operation in operations:
        if isinstance(operation, SeparateDatabaseAndState):
            yield from beyond_models(operation.database_operations)
        elif isinstance(operation, RunPython | RunSQL):
            yield operation


def _lay(editor: BaseDatabaseSchemaEditor, state: ProjectState, plan: Sequence[Migration]) -> None:
    for model in state.apps.get_models():
        if model._meta.managed and not model._meta.proxy:
            editor.create_model(model)
    for statement in editor.deferred_sql:  # keys and indexes, before rows come in
        editor.execute(statement)
    editor.deferred_sql.clear()
    for step in filter(_is_ours, plan):
        for operation in beyond_models(step.operations):
            operation.database_forwards(step.app_label, editor, state, state)
            _settle(editor)


def _is_ours(step: Migration) -> bool:
    """Steps of libraries beyond models convert rows that stand, and here none do."""
    return step.__module__.partition(".")[0] == __name__.partition(".")[0]


def _settle(editor: BaseDatabaseSchemaEditor) -> None:
    """Let PostgreSQL check keys of new rows now: a table with checks outstanding cannot be altered."""
    if editor.connection.vendor == "postgresql":
        editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        editor.execute("SET CONSTRAINTS ALL DEFERRED")
