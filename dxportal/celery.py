"""What `celery worker` and `celery beat` run."""

import logging
import os
import signal
import threading
import warnings
from typing import Any

import celery
from celery.platforms import SecurityWarning
from celery.signals import setup_logging, worker_process_init, worker_shutting_down
from kombu import connection

from dxportal.embedded.children import die_with_parent

# Seconds that a running job has left after SIGTERM; supervisors kill after ten.
PATIENCE_AT_STOP = 4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dxportal.settings.production")
if os.environ.get("DEMO") == "1":
    # The demo may run as root (docs/adr/0003). Messages are JSON, which carries no code.
    warnings.simplefilter("ignore", SecurityWarning)


class Connection(connection.Connection):
    """Asks each second for a broker that is away: Kombu would wait longer and longer, up to half a minute."""

    def ensure_connection(self, *args: Any, **options: Any) -> connection.Connection:
        once_a_second = {"interval_start": 1, "interval_step": 0, "interval_max": 1}
        return super().ensure_connection(*args, **{**once_a_second, **options})


app = celery.Celery("dxportal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.amqp.Connection = Connection


@setup_logging.connect
def keep_the_portals_logging(**_signal: Any) -> None:
    """Settings say where lines go; of Celery itself only what went wrong."""
    logging.getLogger("celery").setLevel(logging.WARNING)


@worker_process_init.connect
def end_with_the_worker(**_signal: Any) -> None:
    """A killed worker takes its children with it; their jobs go to others as the leases run out."""
    die_with_parent(signal.SIGKILL, os.getppid())


@worker_shutting_down.connect
def end_within_seconds(how: str, **_signal: Any) -> None:
    """A job that does not finish in time is given up: its lease runs out, and the next worker does it."""
    if how == "Warm":
        last = threading.Timer(PATIENCE_AT_STOP, os.kill, (os.getpid(), signal.SIGQUIT))
        last.daemon = True
        last.start()
