"""What the workers can be told: hints that a job waits (core.jobs), and what the machine does by itself."""

import contextlib
from typing import Any

from celery import shared_task
from celery.signals import worker_process_init
from django.db import Error, connection

from apps.core.jobs import running
from apps.core.jobs.heartbeats import hear
from apps.core.uploads import sweep_uploads


@shared_task(name="core.run_job")
def run_job(pk: int) -> None:
    """The hint that a job waits."""
    running.run_job(pk)


@shared_task(name="core.heard")
def heard() -> None:
    """Sent by beat and done by a worker: both live, and so does the way between them."""
    hear("beat", "worker")


@shared_task(name="core.sweep_uploads")
def throw_away_old_uploads() -> None:
    """Sent by beat each hour: files to which nobody said yes within a day."""
    sweep_uploads()


@worker_process_init.connect
def begin(**_signal: Any) -> None:
    """A worker is there from its start on, not only from the first message of the beat."""
    with contextlib.suppress(Error):
        hear("worker")
    connection.close()
