"""Tells the workers which jobs wait, until somebody ends it."""

import signal
import time
from types import FrameType
from typing import Any, NoReturn

from django.core.management.base import BaseCommand

from apps.core.jobs.broker import Broker
from apps.core.jobs.dispatching import Dispatcher

PAUSE = 0.5  # seconds between two turns


class Command(BaseCommand):
    help = "Dispatches jobs to the workers; runs until it gets SIGTERM or Ctrl-C."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)
        dispatcher = Dispatcher(Broker())
        while True:
            dispatcher.turn()
            time.sleep(PAUSE)


def stop(_number: int, _frame: FrameType | None) -> NoReturn:
    """At once, in whatever the turn is: what was marked and not sent is sent again by the next dispatcher."""
    raise SystemExit(0)
