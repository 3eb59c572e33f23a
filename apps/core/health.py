"""Whether the portal lives, and whether people can work."""

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from apps.core.jobs import heartbeats


@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """Alive: the process answers. Asks nobody else."""
    return JsonResponse({"status": "ok"})


@login_not_required
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when people can work: the database answers and is migrated.

    Broker, dispatcher, worker and beat are named, and do not block: without them jobs wait, and people work.
    """
    parts = {"database": _database(), "broker": _broker(), **_processes()}
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


def _processes() -> dict[str, str]:
    """Who was heard of lately; nobody where the database cannot say."""
    try:
        alive = heartbeats.fresh()
    except Error:
        alive = set()
    return {name: "ok" if name in alive else "degraded" for name in heartbeats.FRESH}
