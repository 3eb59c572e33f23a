"""Celery carries hints to the workers; the database owns the jobs (docs/adr/0006)."""

from typing import Any

from dxportal.embedded.address import broker_url, redis_url

CELERY_BROKER_URL = broker_url(redis_url())
# Seconds. Leases recover what a killed worker had; Redis may give a hint back whenever it likes.
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
    "visibility_timeout": 3600,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_SOFT_TIME_LIMIT = 10 * 60
CELERY_TASK_TIME_LIMIT = 12 * 60
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500  # what drawing and typesetting leave in memory goes with the process
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True  # none is acknowledged late: cancels nothing
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_REDIRECT_STDOUTS = False
CELERY_TIMEZONE = "Asia/Tokyo"
# What nobody took before the next one is due is thrown away, so that nothing piles up while the workers are away.
CELERY_BEAT_SCHEDULE = {
    "heard": {"task": "core.heard", "schedule": 20.0, "options": {"expires": 20}},
    "sweep-uploads": {"task": "core.sweep_uploads", "schedule": 3600.0, "options": {"expires": 3600}},
    "reorganized": {"task": "organization.move_to_successors", "schedule": 3600.0, "options": {"expires": 3600}},
}
