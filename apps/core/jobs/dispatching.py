"""The dispatcher's part: end what has lost its worker, and tell the workers what waits."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.db import Error, connection, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from apps.core.choices import JobState
from apps.core.jobs.broker import BROKER_ERRORS, Broker
from apps.core.jobs.heartbeats import hear
from apps.core.jobs.running import DUE
from apps.core.models import Job
from apps.core.models.job import ATTEMPTS

logger = logging.getLogger(__name__)

RESEND_AFTER = timedelta(seconds=10)
MOST_AT_ONCE = 100
FIRST_TIME = Q(sent_at__isnull=True)
AGAIN = Q(sent_at__lt=Now() - RESEND_AFTER)
WANTS_HINT = FIRST_TIME | AGAIN


@dataclass
class Outage:
    """Says once that something is away, and once that it is back, however often it is tried in between."""

    what: str
    lasts: bool = False

    def begins(self, error: BaseException) -> None:
        if not self.lasts:
            logger.error("%s is away, trying again: %s", self.what, str(error).partition("\n")[0])
        self.lasts = True

    def ends(self) -> None:
        if self.lasts:
            logger.warning("%s is back.", self.what)
        self.lasts = False


class Dispatcher:
    """Turns again and again; neither a database nor a broker that is away ends it."""

    def __init__(self, broker: Broker) -> None:
        self.broker = broker
        self.of_database = Outage("The database")
        self.of_broker = Outage("The broker")

    def turn(self) -> None:
        """One look at the table of jobs."""
        try:
            release_expired()
            self.send_due()
            hear("dispatcher")
            self.of_database.ends()
        except Error as error:
            self.of_database.begins(error)
            connection.close()

    def send_due(self) -> None:
        """Sends a hint for every row that waits for one; the broker is asked only where there is such a row."""
        queues = set(Job.objects.filter(DUE, WANTS_HINT).values_list("queue", flat=True))
        if not queues:
            return
        marked: list[tuple[int, str]] = []
        try:
            with self.broker.connected() as line:
                drained = [queue for queue in queues if not line.has_hints(queue)]
                marked = mark_due(drained)
                while marked:
                    line.send(*marked[0])
                    marked.pop(0)
            self.of_broker.ends()
        except BROKER_ERRORS as error:
            self.of_broker.begins(error)
            Job.objects.filter(DUE, pk__in=[pk for pk, _queue in marked]).update(sent_at=None)


def mark_due(drained: list[str]) -> list[tuple[int, str]]:
    """Takes down that these rows are sent now, and returns them: (id, queue).

    A row is sent again only into a queue that has been emptied: while hints lie there, one of them is the row's own
    or is in front of it, and where no worker takes them they must not pile up.
    """
    with transaction.atomic():
        wanting = Job.objects.filter(DUE, FIRST_TIME | (AGAIN & Q(queue__in=drained)))
        rows = wanting.select_for_update(skip_locked=True).order_by("pk")[:MOST_AT_ONCE]
        marked = [(job.pk, job.queue) for job in rows]
        Job.objects.filter(pk__in=[pk for pk, _queue in marked]).update(sent_at=Now())
    return marked


def release_expired() -> None:
    """Ends or gives back what runs without a worker: its lease has run out.

    A row that a worker has locked is left alone, for that worker is just writing the result.
    """
    with transaction.atomic():
        expired = Job.objects.filter(state=JobState.RUNNING, lease_until__lt=Now())
        for job in expired.select_for_update(skip_locked=True).order_by("pk"):
            _release(job)


def _release(job: Job) -> None:
    row = Job.objects.filter(pk=job.pk)
    if job.cancel_asked:
        row.update(state=JobState.CANCELLED, lease_until=None, reason="", ended_at=Now())
    elif job.attempts >= ATTEMPTS:
        reason = _("The worker ended three times without finishing.")
        row.update(state=JobState.FAILED, lease_until=None, reason=reason, ended_at=Now())
    else:
        reason = _("The worker ended without finishing. It is tried again.")
        row.update(state=JobState.WAITING, lease_until=None, reason=reason, sent_at=None, not_before=None)
