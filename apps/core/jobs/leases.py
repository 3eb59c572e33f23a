"""Keeping a job while it is worked on: a thread extends the lease, so that the work itself need not think of it."""

import contextlib
import threading
from collections.abc import Iterator
from datetime import timedelta

from django.db import Error, connection
from django.db.models.functions import Now

from apps.core.jobs.heartbeats import hear
from apps.core.jobs.work import Work

LEASE = timedelta(seconds=10)
PAUSE = 3.0  # seconds; two extensions in a row may fail
PAUSE_AFTER_ERROR = 1.0
PATIENCE_AT_END = 5.0


@contextlib.contextmanager
def kept_lease(work: Work, *, pause: float = PAUSE) -> Iterator[None]:
    """Extends the lease while the block runs."""
    ended = threading.Event()
    thread = threading.Thread(target=_keep, args=(work, ended, pause), name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(PATIENCE_AT_END)


def _keep(work: Work, ended: threading.Event, pause: float) -> None:
    """The thread: has a connection of its own, and survives a restart of the database."""
    wait = pause
    try:
        while not ended.wait(wait):
            try:
                if not extend_lease(work):
                    return
                wait = pause
            except Error:
                connection.close()
                wait = min(pause, PAUSE_AFTER_ERROR)
    finally:
        connection.close()


def extend_lease(work: Work) -> bool:
    """One more lease from now; False where the job is not this attempt's any more."""
    kept = work.own_rows().update(lease_until=Now() + LEASE)
    hear("worker")  # one whose hands are full cannot answer the beat, and lives all the same
    return bool(kept)
