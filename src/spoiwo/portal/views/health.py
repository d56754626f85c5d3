"""Is the process alive, can it do its work."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from spoiwo.audit import queries as audit
from spoiwo.toolkit.doors import everyone, open_to


@require_GET
def healthz(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """The process answers; asks nothing of the database."""
    return JsonResponse({"status": "ok"})


healthz.access_rule = everyone  # type: ignore[attr-defined]


@require_GET
@open_to(everyone)
def readyz(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """The database answers and has all migrations; 503 otherwise. Also told: whether the log is sealed in time."""
    try:
        executor = MigrationExecutor(connection)
        pending = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return JsonResponse({"status": "no database"}, status=503)
    if pending:
        return JsonResponse({"status": "migrations pending", "pending": pending}, status=503)
    return JsonResponse({"status": "ok", "seal": "late" if audit.state(timezone.now()).late else "ok"})
