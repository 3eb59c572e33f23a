"""What the workers can be told. Jobs are kinds of their own (core.jobs); these two carry no work in themselves."""

import contextlib
from typing import Any

from celery import shared_task
from celery.signals import worker_process_init
from django.db import Error, connection

from apps.core.jobs import running
from apps.core.jobs.heartbeats import hear


@shared_task(name="core.run_job")
def run_job(pk: int) -> None:
    """The hint that a job waits."""
    running.run_job(pk)


@shared_task(name="core.heard")
def heard() -> None:
    """Sent by beat and done by a worker: both live, and so does the way between them."""
    hear("beat", "worker")


@worker_process_init.connect
def begin(**_signal: Any) -> None:
    """A worker is there from its start on, not only from the first message of the beat."""
    with contextlib.suppress(Error):
        hear("worker")
    connection.close()
