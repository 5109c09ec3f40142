import logging
import signal
import threading

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from cms.jobs import tick

logger = logging.getLogger("cms.jobs")


class Command(BaseCommand):
    help = "Runs the periodic jobs each minute, until stopped."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--every", type=float, default=60, help="seconds between two ticks")

    def handle(self, *args, every: float, **options) -> None:
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        while not stop.is_set():
            close_old_connections()
            try:
                tick()
            except Exception:
                # A database that is away for a minute must not end the clock.
                logger.exception("tick failed")
            stop.wait(every)
