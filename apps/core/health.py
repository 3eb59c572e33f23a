"""Whether the portal lives, and whether people can work."""

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse


@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """Alive: the process answers. Asks nobody else."""
    return JsonResponse({"status": "ok"})


@login_not_required
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when people can work: the database answers and is migrated. The broker is named, and does not block."""
    parts = {"database": _database(), "broker": _broker()}
    ready = parts["database"] == "ok"
    return JsonResponse({"status": "ok" if ready else "unavailable", **parts}, status=200 if ready else 503)


def _database() -> str:
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError:
        return "unreachable"
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return "migrations waiting" if waiting else "ok"


def _broker() -> str:
    try:
        redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1).ping()
    except (redis.RedisError, ValueError):
        return "degraded"
    return "ok"
