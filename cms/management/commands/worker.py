import logging
import threading

from django.db import close_old_connections, connection
from django_tasks_db.management.commands.db_worker import Command as DatabaseWorker

from cms.jobs import beat

logger = logging.getLogger("cms.tasks")
EVERY_SECONDS = 20


class Command(DatabaseWorker):
    help = "Runs background tasks, and says every 20 seconds that it is alive (see /readyz)."

    def handle(self, **options) -> None:
        stop = threading.Event()
        thread = threading.Thread(target=self._beat, args=(stop,), daemon=True)
        thread.start()
        try:
            super().handle(**options)
        finally:
            stop.set()

    def configure_logging(self, verbosity: int) -> None:
        """Levels and handlers are those of the settings (`cms.logs`): two lines a task say nothing."""

    def _beat(self, stop: threading.Event) -> None:
        while not stop.is_set():
            try:
                close_old_connections()
                beat("worker")
            except Exception:
                logger.exception("worker heartbeat failed")
            stop.wait(EVERY_SECONDS)
        connection.close()
