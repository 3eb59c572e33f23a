"""The one place that sends something to Redis: the dispatcher's hints."""

import contextlib
from collections.abc import Iterator
from typing import Any

import redis
from celery import Celery
from kombu.connection import Connection
from kombu.exceptions import OperationalError

# Seconds. A broker that accepts and never answers must not hold up the dispatcher's other work.
PATIENCE = 2
# Redis-py and Kombu would each try for half a minute by themselves; the dispatcher tries at its next turn.
AT_ONCE_OR_NOT = {
    "socket_timeout": PATIENCE,
    "socket_connect_timeout": PATIENCE,
    "retry_on_timeout": False,
    "max_retries": 0,
}
BROKER_ERRORS = (OperationalError, redis.RedisError, OSError)


class Broker:
    """Sends hints by the settings of Celery. A connection lives for one turn: after an outage nothing stale is left."""

    def __init__(self) -> None:
        self._celery = Celery("dispatcher", set_as_current=False)
        self._celery.config_from_object("django.conf:settings", namespace="CELERY")

    @contextlib.contextmanager
    def connected(self) -> Iterator["Line"]:
        """A line to the broker; BROKER_ERRORS where it is away."""
        with self._celery.connection_for_write(transport_options=AT_ONCE_OR_NOT) as connection:
            connection.ensure_connection(max_retries=0)
            yield Line(self._celery, connection)


class Line:
    """An open connection."""

    def __init__(self, celery: Celery, connection: Connection) -> None:
        self._celery = celery
        self._connection = connection

    def has_hints(self, queue: str) -> bool:
        """Whether hints lie in the queue that no worker has taken yet."""
        channel: Any = self._connection.default_channel
        return bool(channel.client.llen(queue))

    def send(self, pk: int, queue: str) -> None:
        """The hint that this job waits. It is lost without harm."""
        self._celery.send_task(
            "core.run_job", [pk], queue=queue, connection=self._connection, ignore_result=True, retry=False
        )
